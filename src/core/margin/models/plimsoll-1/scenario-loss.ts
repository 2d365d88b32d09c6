import { isLess } from '../../../quantity/arithmetic.ts'
import { dampedLossUp, meanLossUp } from '../../../quantity/moved-worth.ts'
import { NO_VALUE, type Value } from '../../../quantity/value.ts'
import { type RowProfit, type RowProfits, worstRows } from '../../../quantity/worst-rows.ts'
import type { LineMoves } from './line-moves.ts'
import { optionExtra, type OptionGroup } from './option-group.ts'
import type { Scenario } from './parameters.ts'
import type { MeasuredEpoch, ScenarioGroup } from './prepared-epoch.ts'
import type { RiskLine } from './risk-line.ts'

/** What moves with factors: worths in proportion, and options of each underlying together. */
export interface Measured {
  readonly lines: readonly RiskLine[]
  readonly options: readonly OptionGroup[]
}

/** Loss of a portfolio in its worst scenario, damped, rounded up; the scenario is undefined if none loses anything. */
export interface ScenarioLoss {
  readonly loss: Value
  readonly scenario: Scenario | undefined
}

/** Mean of the worst losses in historical windows, rounded up, with the windows it is the mean of, worst first. */
export interface HistoryLoss {
  readonly loss: Value
  readonly windows: readonly RowProfit[]
}

/** One window in so many counts among the worst: the mean of the worst 1.25%. */
const WINDOWS_PER_TAIL = 80

/** The worst of the published list (METHODOLOGY 4): those that count on both sides, or the damped crashes of the initial side. */
export function worstScenario(of: Measured, epoch: MeasuredEpoch, side: 'both' | 'initialOnly'): ScenarioLoss {
  let worst: ScenarioLoss = { loss: NO_VALUE, scenario: undefined }
  for (const group of epoch.scenarios) {
    if (group.initialOnly !== (side === 'initialOnly')) continue
    const found = worstOfGroup(of, group)
    if (isLess(worst.loss, found.loss)) worst = found
  }
  return worst
}

/** Mean of the m = ceil(n / 80) largest losses over n windows: each exact, one rounding at the end. Nothing without windows. */
export function worstHistory(of: Measured, { windows }: MeasuredEpoch): HistoryLoss {
  const { rowCount } = windows.table
  if (rowCount === 0) return { loss: NO_VALUE, windows: [] }
  const worst = worstRows(profitsIn(of, windows), tailOf(rowCount))
  return { loss: meanLossUp(worst.map(({ profit }) => profit)), windows: worst }
}

/** Profit in each row of a table, part by part. */
export function profitsIn({ lines, options }: Measured, moves: LineMoves): RowProfits {
  const parts = lines.map((line) => ({ worth: line.worth, column: moves.columnOf(line) }))
  const extras = options.map((group) => optionExtra(group, moves))
  return { rowCount: moves.table.rowCount, parts, extras }
}

function worstOfGroup(of: Measured, { damp, scenarios, moves }: ScenarioGroup): ScenarioLoss {
  const worst = worstRows(profitsIn(of, moves), 1)[0]
  if (worst === undefined) return { loss: NO_VALUE, scenario: undefined }
  return { loss: dampedLossUp(worst.profit, damp), scenario: scenarios[worst.row] }
}

/** Whole part of n over 80, rounded up: integers stay exact. */
function tailOf(rowCount: number): number {
  return (rowCount + WINDOWS_PER_TAIL - 1 - ((rowCount + WINDOWS_PER_TAIL - 1) % WINDOWS_PER_TAIL)) / WINDOWS_PER_TAIL
}
