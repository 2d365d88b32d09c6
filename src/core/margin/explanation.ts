import type { Move } from '../quantity/move.ts'
import type { Ppm } from '../quantity/ppm.ts'
import type { Value } from '../quantity/value.ts'
import type { FactorId } from '../instrument/identifier.ts'
import type { Derivation } from './derivation.ts'

/** All that a report shows of one requirement beside the number: made by the model from the terms it charges. */
export interface Explanation {
  /** Its value equals the requirement. */
  readonly derivation: Derivation
  /** Who bears it: adds up to the requirement to the last unit; below zero for what protects. */
  readonly attribution: readonly Attribution[]
  /** What decided among terms of which only the largest counts; undefined if the model has none. */
  readonly binding: Binding | undefined
  /** By name; empty for a model without risk factors. */
  readonly exposures: readonly FactorExposure[]
  /** Worst first; empty for a model without scenarios. */
  readonly scenarios: readonly ScenarioOutcome[]
  /** Of the factors in `exposures` that earn an offset; undefined for a model without. */
  readonly correlations: CorrelationTable | undefined
}

export interface Attribution {
  readonly kind: 'collateral' | 'borrow' | 'position' | 'order' | 'addOn'
  /** An asset, a market, or the name of an add-on such as `keeper/fixed`. */
  readonly id: string
  readonly value: Value
}

export interface Binding {
  /** Such as `correlated`, `scenario`, `history`, `basis`, `peg`. */
  readonly component: string
  /** Of the correlated component: `now`, `one` or `break`. */
  readonly regime: string | undefined
  /** Of the scenario component: the name of the scenario. */
  readonly scenario: string | undefined
  readonly runnerUp:
    | { readonly component: string; readonly scenario: string | undefined; readonly value: Value }
    | undefined
}

export interface FactorExposure {
  readonly factor: FactorId
  /** USD per unit of simple return. */
  readonly exposure: Value
  readonly riskWeight: Ppm
  /** Exposure times risk weight, rounded away from zero. */
  readonly weighted: Value
  readonly earnsOffset: boolean
  /** Assets and markets it comes from. */
  readonly from: readonly string[]
}

export interface ScenarioOutcome {
  readonly id: string
  /** Only factors that move. */
  readonly moves: ReadonlyMap<FactorId, Move>
  readonly damp: Ppm
  /** Whether it counts on the initial side only. */
  readonly initialOnly: boolean
  /** Profit (negative: loss) before damping, rounded down. */
  readonly profit: Value
  /** By asset or market; add up to the profit. */
  readonly contributions: readonly { readonly id: string; readonly value: Value }[]
}

/** Correlations in ppm, a row for each factor in the order given, as each regime has them. */
export interface CorrelationTable {
  readonly factors: readonly FactorId[]
  readonly now: readonly (readonly Move[])[]
  readonly one: readonly (readonly Move[])[]
  readonly break: readonly (readonly Move[])[]
}
