import type { BreakdownNode, ExposureRow, NettingSetReport } from '../../../wire/margin-report.ts'
import { atomsOf, centsNearest, centsUp } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { sharedSteps } from '../../shared-steps.ts'
import { cellsOf, wrapped } from '../../terminal/cells.ts'
import { drawn, from, type Ink, upTo } from '../../terminal/pen.ts'
import { factorText } from '../factor-text.ts'
import { millionthsOf, tenthsText } from '../set-figures.ts'
import { termOf } from './house-steps.ts'
import { FIGURE_EDGE, stepLine } from './step-line.ts'

const NAME = 2
const EXPOSURE_EDGE = 32
const WEIGHT_EDGE = 46
const FROM = 61
const ATOMS_PER_CENT = 10n ** 16n

/** Step 1: exposures by factor, those that earn an offset first; weighted sizes add up to G and U as shown. */
export function exposureStep(
  set: NettingSetReport,
  correlated: BreakdownNode | undefined,
  ink: Ink,
): readonly string[] {
  const rows = set.exposures ?? []
  if (rows.length === 0) return [drawn([from(NAME, 'nothing here moves with a risk factor', 'dim')], ink)]
  const [earned, alone] = [rows.filter((row) => row.earnsOffset), rows.filter((row) => !row.earnsOffset)]
  const gross = sumCents(correlated, 'G', earned)
  const inFull = sumCents(correlated, 'U', alone)
  return [
    drawn(
      [
        from(NAME, 'factor', 'dim'),
        upTo(EXPOSURE_EDGE, 'exposure', 'dim'),
        upTo(WEIGHT_EDGE, 'risk weight', 'dim'),
        upTo(FIGURE_EDGE, 'weighted', 'dim'),
        from(FROM, 'from', 'dim'),
      ],
      ink,
    ),
    ...rowLines(earned, gross, set, ink),
    ...stepLine('gross G, sum of sizes', printedCents(gross), {}, ink),
    ...rowLines(alone, inFull, set, ink),
    ...(alone.length === 0
      ? []
      : stepLine('in full U, sum of sizes', printedCents(inFull), { said: 'no offset yet' }, ink)),
  ]
}

/** As the correlated component has it; of a model without, the sizes added up. */
function sumCents(correlated: BreakdownNode | undefined, id: string, rows: readonly ExposureRow[]): bigint {
  const sum = correlated === undefined ? undefined : termOf(correlated, id)?.value
  return centsUp(
    sum === undefined ? rows.reduce((all, { weighted }) => all + magnitude(atomsOf(weighted)), 0n) : atomsOf(sum),
  )
}

function rowLines(rows: readonly ExposureRow[], total: bigint, set: NettingSetReport, ink: Ink): readonly string[] {
  const sizes = sharedSteps(
    rows.map(({ weighted }) => magnitude(atomsOf(weighted))),
    { total, step: ATOMS_PER_CENT },
  )
  return rows.flatMap((row, i) => {
    const cents = row.weighted.startsWith('-') ? -(sizes[i] ?? 0n) : (sizes[i] ?? 0n)
    return rowLine(row, cents, set, ink)
  })
}

function rowLine(row: ExposureRow, cents: bigint, set: NettingSetReport, ink: Ink): readonly string[] {
  const name = factorText(row.factor)
  const exposure = printedCents(centsNearest(atomsOf(row.exposure)))
  const isShort = NAME + cellsOf(name) + 1 + cellsOf(exposure) <= EXPOSURE_EDGE
  const [first = '', ...more] = wrapped(sourcesOf(row, set).join(', '), Math.max(1, ink.columns - FROM))
  return [
    ...(isShort ? [] : [drawn([from(NAME, name)], ink)]),
    drawn(
      [
        ...(isShort ? [from(NAME, name)] : []),
        upTo(EXPOSURE_EDGE, exposure),
        upTo(WEIGHT_EDGE, `${tenthsText((millionthsOf(row.riskWeight) + 500n) / 1_000n)} %`),
        upTo(FIGURE_EDGE, printedCents(cents)),
        from(FROM, first, 'dim'),
      ],
      ink,
    ),
    ...more.map((text) => drawn([from(FROM, text, 'dim')], ink)),
  ]
}

/** Of the peg of what contracts settle in also their unsettled result: what is exposed is not the balance alone. */
function sourcesOf({ factor, from: sources, exposure }: ExposureRow, set: NettingSetReport): readonly string[] {
  const asset = /^(.+)\/peg$/.exec(factor)?.[1]
  const held = [...set.collateral, ...set.borrows].find((row) => row.asset === asset)
  const isBalanceAlone = held !== undefined && centsNearest(atomsOf(held.value)) === centsNearest(atomsOf(exposure))
  return asset === undefined || isBalanceAlone || set.positions.length === 0 ? sources : [...sources, 'P&L']
}

function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n
}
