import type { CalibrationReport, LeftOutAsset } from '../../wire/calibration-report.ts'
import { fixed, shareText } from '../backtest/backtest-figure.ts'
import { joinedSections, labelledLines, verdictLines } from '../epoch/labelled-lines.ts'
import { printedCount } from '../figure.ts'
import { titleLines } from '../margin/head-lines.ts'
import { quotedWord } from '../quoted-word.ts'
import { wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, upTo } from '../terminal/pen.ts'

const WIDEST = 80
const MOST_ERRORS = 5
/** Where names of what is left out begin, and how many are named. */
const NAMES_FROM = 28
const MOST_NAMES = 8
const [FACTORS, EARNING, QUANTILE, MEDIAN] = [34, 48, 60, 78]
const [MEASURED, FITTED] = [66, 78]

const REASONS: Readonly<Record<LeftOutAsset['reason'], string>> = {
  Collapsed: 'collapsed',
  NoLongerPriced: 'no longer priced',
  TooFewPrices: 'under 90 days',
  NoReference: 'reference not in it',
  BadName: 'not a name',
}

/** The report for a terminal, ending in a line break. */
export function calibrationTerminal(report: CalibrationReport, style: Ink): string {
  const ink = { ...style, columns: Math.min(style.columns, WIDEST) }
  const { epoch, asOf, mpor } = report
  return joinedSections([
    [
      ...titleLines('calibrate', epoch.file, { modelVersion: `plimsoll-1/${epoch.id}`, epochHash: epoch.hash }, ink),
      drawn([upTo(ink.columns, `prices to the end of ${asOf} · MPOR ${mpor}`, 'dim')], ink),
    ],
    verdictLines('WRITTEN', sentence(report), 'good', ink),
    leftOutLines(report, ink),
    tierLines(report, ink),
    fitLines(report, ink),
    assumptionLines(report, ink),
    closingLines(report, ink),
  ])
}

function sentence({ epoch, leftOut, prices }: CalibrationReport): string {
  const { assets, collateral, factors, scenarios, windows } = epoch
  const out = leftOut.length === 0 ? 'none is left out' : `${printedCount(leftOut.length)} left out`
  const held = `${printedCount(assets)} assets, ${printedCount(collateral)} of them collateral, ${out}`
  const of = `${printedCount(factors)} factors, ${printedCount(scenarios)} scenarios, ${printedCount(windows)} windows`
  return `${held}; ${of}, from ${printedCount(prices.series)} series of prices`
}

function leftOutLines({ leftOut }: CalibrationReport, ink: Ink): readonly string[] {
  if (leftOut.length === 0) return []
  const rows = [...Map.groupBy(leftOut, ({ reason }) => reason)].flatMap(([reason, assets]) => {
    const names = assets.map(({ asset }) => asset)
    const more = names.length > MOST_NAMES ? ` and ${printedCount(names.length - MOST_NAMES)} more` : ''
    const lines = wrapped(`${names.slice(0, MOST_NAMES).join(', ')}${more}`, Math.max(1, ink.columns - NAMES_FROM))
    return lines.map((line, i) =>
      drawn(
        [
          ...(i === 0 ? [from(2, REASONS[reason]), upTo(NAMES_FROM - 2, printedCount(names.length))] : []),
          from(NAMES_FROM, line, reason === 'Collapsed' ? 'loss' : 'plain'),
        ],
        ink,
      ),
    )
  })
  return [drawn([from(2, 'LEFT OUT'), from(NAMES_FROM, 'charged in full', 'dim')], ink), ...rows]
}

function tierLines({ tiers }: CalibrationReport, ink: Ink): readonly string[] {
  const head = [
    from(2, 'TIER'),
    upTo(FACTORS, 'factors', 'dim'),
    upTo(EARNING, 'with offset', 'dim'),
    upTo(QUANTILE, 'quantile', 'dim'),
    upTo(MEDIAN, 'median weight', 'dim'),
  ]
  const rows = tiers.map(({ tier, factors, earningOffset, quantile, medianRiskWeight }) =>
    drawn(
      [
        from(2, tier),
        upTo(FACTORS, printedCount(factors)),
        upTo(EARNING, printedCount(earningOffset)),
        upTo(QUANTILE, fixed(quantile, 2)),
        upTo(MEDIAN, shareText(medianRiskWeight, 2)),
      ],
      ink,
    ),
  )
  return [drawn(head, ink), ...rows]
}

function fitLines({ fit }: CalibrationReport, ink: Ink): readonly string[] {
  const { pairs, rms, largest } = fit
  if (pairs === 0) return []
  const rows = largest
    .slice(0, MOST_ERRORS)
    .map(({ factors, measured, fitted }) =>
      drawn([from(2, factors.join(' and ')), upTo(MEASURED, fixed(measured, 2)), upTo(FITTED, fixed(fitted, 2))], ink),
    )
  const says = `${fixed(rms, 3)} off (rms) over ${printedCount(pairs)} pairs; farthest`
  return [
    drawn([from(2, 'CORRELATIONS'), upTo(MEASURED, 'measured', 'dim'), upTo(FITTED, 'fitted', 'dim')], ink),
    drawn([from(2, says, 'dim')], ink),
    ...rows,
  ]
}

function assumptionLines({ assumptions }: CalibrationReport, ink: Ink): readonly string[] {
  return [
    drawn([from(2, 'ASSUMED')], ink),
    ...assumptions.flatMap((text) =>
      wrapped(text, Math.max(1, ink.columns - 4)).map((line, i) =>
        drawn([...(i === 0 ? [from(2, '·', 'dim')] : []), from(4, line, 'dim')], ink),
      ),
    ),
  ]
}

function closingLines({ epoch, prices, notes }: CalibrationReport, ink: Ink): readonly string[] {
  const file = quotedWord(epoch.file)
  return [
    ...labelledLines('hash', epoch.hash, 'dim', ink),
    ...labelledLines('prices', prices.hash, 'dim', ink),
    ...(notes.length === 0
      ? []
      : labelledLines('notes', `${printedCount(notes.length)} on the price files; --json lists them`, 'dim', ink)),
    ...labelledLines('next', `plimsoll epoch verify ${file} --hash ${epoch.hash}`, 'dim', ink),
    ...labelledLines('', `plimsoll margin FILE --epoch ${file}`, 'dim', ink),
  ]
}
