import type { NettingSetReport, ScenarioRow } from '../../../wire/margin-report.ts'
import { atomsOf, centsDown } from '../../amount.ts'
import { sharedSteps } from '../../shared-steps.ts'
import { countedCents, countedText } from './counted-loss.ts'
import { factorText } from '../factor-text.ts'
import { tenthsOf } from './move-text.ts'
import { stressGrids } from './stress-grid.ts'

/** What the script needs to say who causes a cell and what else moves in it. Numbers are packed: a text of whole numbers, blanks between. */
export interface StressData {
  /** Factors this account depends on. */
  readonly factors: readonly string[]
  /** Assets and markets. */
  readonly holdings: readonly string[]
  readonly cells: { readonly [index: number]: StressCell }
}

/**
 * Name; moves in tenths of a percent by factor; contributions in cents by holding, which add up to the next; profit or loss in cents;
 * how much of a loss counts, in cents and in words; factors that move and that nothing here depends on.
 */
export type StressCell = readonly [
  id: string,
  moves: string,
  contributions: string,
  pnl: string,
  counted: string,
  how: string,
  others: number,
]

const ATOMS_PER_CENT = 10n ** 16n

/** Of the cells of the heat map; undefined where there is none. */
export function stressData(set: NettingSetReport): StressData | undefined {
  const { scenarios, exposures } = set
  const grids = stressGrids(set)
  if (scenarios === null || exposures === null || grids.length === 0) return undefined
  const factors = exposures.map(({ factor }) => factor)
  const holdings = [...new Set(scenarios.flatMap(({ contributions }) => Object.keys(contributions ?? {})))]
  const shown = grids.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)).filter((at) => at !== undefined)
  const cells = shown.flatMap((at) => {
    const scenario = scenarios[at]
    return scenario === undefined ? [] : [[at, cellOf(scenario, factors, holdings)] as const]
  })
  return { factors: factors.map(factorText), holdings, cells: Object.fromEntries(cells) }
}

function cellOf(scenario: ScenarioRow, factors: readonly string[], holdings: readonly string[]): StressCell {
  const { id, moves, pnl, contributions } = scenario
  const total = centsDown(atomsOf(pnl))
  const parts = holdings.map((name) => atomsOf(contributions?.[name] ?? '0'))
  const cents = contributions === null ? [] : sharedSteps(parts, { total, step: ATOMS_PER_CENT })
  const known = new Set(factors)
  const others = Object.keys(moves).filter((factor) => !known.has(factor)).length
  return [
    id,
    factors.map((factor) => tenthsOf(moves[factor] ?? '0.000000')).join(' '),
    cents.join(' '),
    total.toString(),
    countedCents(scenario).toString(),
    countedText(scenario),
    others,
  ]
}
