import type { BacktestReport, CoverageRow } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { percent } from '../../html/percent.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { chanceText, levelText, percents, timesText } from '../backtest-figure.ts'
import { mporText } from '../backtest-words.ts'
import { HEADLINE_TARGET, headlineRows, passesByHolm, rowsAt } from '../coverage-rows.ts'
import { cellHtml, figure, figureOr } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { folded, reasonsHtml } from './section-note.ts'
import { resultPill } from './result-pill.ts'

export const NO_RUN = 'no book of the type has two exceedances, so none can follow another'
export const NONE_OVER = 'no window lost more than its margin'
export const NOTHING_BESIDE = 'nothing to net, so nothing to compare with'

/** The headline: one row a type, with how much of what is allowed was used. */
export function coverageSection(report: BacktestReport): string {
  const rows = headlineRows(report)
  if (rows.length === 0) return ''
  const byHolm = rows.some(passesByHolm) ? ' A type above its limit may pass: Holm over all types.' : ''
  const table = figureTable({
    label: 'Coverage by type',
    groups: [
      { text: '', span: 3 },
      { text: 'windows that lost more than the margin', span: 4 },
      { text: 'p', span: 3 },
      { text: 'excess / margin', span: 2 },
      { text: '', span: 2 },
    ],
    head: [
      'type',
      'books',
      'windows',
      'over',
      'allowed',
      '',
      'rate, %',
      'one-sided',
      'Kupiec',
      'Christoff.',
      'mean',
      'worst',
      'traffic light',
      '',
    ],
    rows: rows.map(headlineRow),
    className: 'cov',
  })
  const lacks = (what: (row: CoverageRow) => unknown) => rows.some((row) => what(row) === null)
  return cardHtml({
    id: 'coverage',
    title: `Coverage at ${levelText(HEADLINE_TARGET)}, all windows`,
    sub: `The bar is filled up to what is allowed; the line is what is expected. Books of a type share their days: they are not independent trials.${byHolm}`,
    span: 's12',
    body: `${table}${reasonsHtml([
      [lacks((row) => row.christoffersenP), NO_RUN],
      [lacks((row) => row.worstExceedanceRatio), NONE_OVER],
    ])}`,
  })
}

function headlineRow(row: CoverageRow): string {
  const mark = row.holmPasses ? '' : 'bad'
  return figureRow(
    row.portfolio,
    [
      figure(printedCount(row.books)),
      figure(printedCount(row.n)),
      figure(printedCount(row.exceedances), 'b'),
      figure(printedCount(row.allowed)),
      cellHtml(usedHtml(row), 'us'),
      figure(rateText(row)),
      figure(chanceText(row.binomialP)),
      figure(chanceText(row.kupiecP)),
      figureOr(row.christoffersenP === null ? null : chanceText(row.christoffersenP), NO_RUN),
      ...ratioCells(row),
      cellHtml(lightHtml(row)),
      cellHtml(resultPill(row.holmPasses)),
    ],
    mark,
  )
}

function ratioCells({ meanExceedanceRatio: mean, worstExceedanceRatio: worst }: CoverageRow): readonly string[] {
  return [mean, worst].map((ratio) => figureOr(ratio === null ? null : timesText(ratio), NONE_OVER))
}

/** Exceedances of what is allowed, drawn: full is the limit. The figures stand beside it. */
function usedHtml({ exceedances, allowed, n, target }: CoverageRow): string {
  const most = Math.max(1, allowed)
  const used = Math.min(1, exceedances / most)
  const expected = Math.min(1, (n * (1 - target)) / most)
  const tone = exceedances > allowed ? 'over' : ''
  return `<span class="ub" aria-hidden="true"><i class="${tone}" style="width:${percent(used)}"></i><u style="left:${percent(expected)}"></u></span>`
}

function lightHtml({ trafficLight }: CoverageRow): string {
  return `<span class="tl ${trafficLight}"></span>${trafficLight}`
}

function rateText({ exceedances, n }: CoverageRow): string {
  return n === 0 ? percents(0, 2) : percents(exceedances / n, 2)
}

/** The same at calm and stressed windows, and at the other targets. */
export function regimesSection(report: BacktestReport): string {
  const calm = rowsAt(report, { target: HEADLINE_TARGET, regime: 'calm' })
  const stressed = rowsAt(report, { target: HEADLINE_TARGET, regime: 'stressed' })
  if (calm.length + stressed.length === 0) return ''
  return cardHtml({
    id: 'regimes',
    title: `Calm and stressed windows, at ${levelText(HEADLINE_TARGET)}`,
    sub: 'The same margins, counted apart; each regime has its own test. Pass: share of books that pass by themselves',
    span: 's12',
    body: `<h3>Stressed</h3>${rowTable('Stressed windows', stressed)}<h3>Calm</h3>${rowTable('Calm windows', calm)}${rowReasons([...calm, ...stressed])}`,
  })
}

/** Rows at targets other than the headline's, and of other horizons: all windows first, regimes folded. */
export function targetsSection(report: BacktestReport): string {
  const targets = [...new Set(report.rows.map(({ target }) => target))].filter((target) => target !== HEADLINE_TARGET)
  const others = report.rows.filter(({ mpor }) => mpor !== report.mpor)
  if (targets.length === 0 && others.length === 0) return ''
  const parts = targets.map((target) => {
    const all = rowsAt(report, { target, regime: 'all' })
    const regimes = (['calm', 'stressed'] as const).map((regime) => {
      const rows = rowsAt(report, { target, regime })
      return rows.length === 0
        ? ''
        : folded(`At ${levelText(target)}, ${regime} windows`, rowTable(`At ${levelText(target)}, ${regime}`, rows))
    })
    return `<h3>At ${levelText(target)}, all windows</h3>${rowTable(`At ${levelText(target)}, all windows`, all)}${regimes.join('')}`
  })
  const horizons = others.length === 0 ? '' : folded('Other horizons', rowTable('Other horizons', others, longNameOf))
  return cardHtml({
    id: 'targets',
    title: `${targets.map(levelText).join(' and ')}`,
    sub: 'The same books and windows at other targets. Pass: share of books that pass by themselves',
    span: 's12',
    body: `${parts.join('')}${horizons}${rowReasons(report.rows)}`,
  })
}

function rowTable(label: string, rows: readonly CoverageRow[], nameOf = typeOf): string {
  return figureTable({
    label,
    groups: [
      { text: '', span: 3 },
      { text: 'above the margin', span: 3 },
      { text: 'one-sided', span: 2 },
      { text: 'Kupiec', span: 1 },
      { text: 'Christoffersen', span: 2 },
      { text: 'margin', span: 1 },
      { text: 'excess / margin', span: 2 },
      { text: '', span: 2 },
    ],
    head: [
      'type',
      'books',
      'windows',
      'over',
      'allowed',
      'rate, %',
      'p',
      'pass, %',
      'p',
      'p',
      'pass, %',
      'mean, %',
      'mean',
      'worst',
      'light',
      '',
    ],
    rows: rows.map((row) => fullRow(nameOf(row), row)),
  })
}

function fullRow(name: string, row: CoverageRow): string {
  return figureRow(
    name,
    [
      figure(printedCount(row.books)),
      figure(printedCount(row.n)),
      figure(printedCount(row.exceedances), 'b'),
      figure(printedCount(row.allowed)),
      figure(rateText(row)),
      figure(chanceText(row.binomialP)),
      figure(percents(row.booksPassing)),
      figure(chanceText(row.kupiecP)),
      figureOr(row.christoffersenP === null ? null : chanceText(row.christoffersenP), NO_RUN),
      figure(percents(row.christoffersenPassing)),
      figure(percents(row.meanMargin)),
      ...ratioCells(row),
      cellHtml(lightHtml(row)),
      cellHtml(resultPill(row.holmPasses)),
    ],
    row.holmPasses ? '' : 'bad',
  )
}

function typeOf({ portfolio }: CoverageRow): string {
  return portfolio
}

function longNameOf({ portfolio, mpor, regime, target }: CoverageRow): string {
  return `${portfolio}, ${mporText(mpor)}, ${regime}, ${levelText(target)}`
}

function rowReasons(rows: readonly CoverageRow[]): string {
  return reasonsHtml([
    [rows.some(({ christoffersenP }) => christoffersenP === null), NO_RUN],
    [rows.some(({ worstExceedanceRatio }) => worstExceedanceRatio === null), NONE_OVER],
  ])
}
