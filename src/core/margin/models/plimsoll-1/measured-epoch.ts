import type { Ppm } from '../../../quantity/ppm.ts'
import type { Quantity } from '../../../quantity/quantity.ts'
import type { Extremes } from '../../../quantity/adverse.ts'
import type { AssetId, FactorId } from '../../../instrument/identifier.ts'
import type { EuropeanOption } from '../../../instrument/market.ts'
import type { OptionPricing } from '../../../market/listing.ts'
import type { OptionBounds } from '../../../pricing/option-bounds.ts'
import type { OptionGrid } from '../../../pricing/option-grid.ts'
import type { LineMoves } from './line-moves.ts'
import type { AssetRisk, ClaimRisk, Plimsoll1Parameters, Scenario } from './parameters.ts'

/** An epoch with its tables of moves, shared by all accounts. */
export interface MeasuredEpoch {
  readonly parameters: Plimsoll1Parameters
  readonly scenarios: readonly ScenarioGroup[]
  readonly windows: LineMoves
  /** Claims by their peg factor. */
  readonly pegs: ReadonlyMap<FactorId, ClaimRisk>
  /** Assets by their price factor. */
  readonly prices: ReadonlyMap<FactorId, AssetRisk>
  /** Bounds of an option on the nodes of a grid, worked out once for each pricing. */
  readonly boundsOf: (terms: EuropeanOption, pricing: OptionPricing, grid: OptionGrid) => OptionBounds
  /** The most a factor is charged in any term. */
  readonly chargeOf: (factor: FactorId) => FactorCharge
}

/** With what every assessment needs of it worked out once. */
export interface PreparedEpoch extends MeasuredEpoch {
  /** w of an asset, by `requiredAlone`. */
  readonly requiredAloneOf: (asset: AssetId) => Ppm
  /** q* of an asset of the epoch, by `usefulSize`. */
  readonly usefulSizeOf: (asset: AssetId) => Quantity
}

/** Scenarios of one damping and one side, as rows of one table. */
export interface ScenarioGroup {
  readonly damp: Ppm
  readonly initialOnly: boolean
  /** At least one, in the order of the epoch. */
  readonly scenarios: readonly Scenario[]
  readonly moves: LineMoves
}

/** The most a factor alone is charged in each term of the maintenance side. */
export interface FactorCharge {
  /** Its risk weight. */
  readonly weight: Extremes
  /** Its own worst move in any damped scenario. */
  readonly scenario: Extremes
  /** The mean of its own worst moves in windows, as many as are taken of a portfolio's. */
  readonly history: Extremes
  /** Its largest rise in any row, not damped: what moves on top of it moves so much more. */
  readonly rise: Ppm
}
