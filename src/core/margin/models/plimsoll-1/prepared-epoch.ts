import { type Move, STILL } from '../../../quantity/move.ts'
import type { Ppm } from '../../../quantity/ppm.ts'
import type { Quantity } from '../../../quantity/quantity.ts'
import type { AssetId, FactorId } from '../../../instrument/identifier.ts'
import { basisClass, pegFactor, priceFactor } from './factor-name.ts'
import { type LineMoves, lineMoves, namedColumn } from './line-moves.ts'
import type { EuropeanOption } from '../../../instrument/market.ts'
import type { OptionPricing } from '../../../market/listing.ts'
import { type OptionBounds, optionBounds } from '../../../pricing/option-bounds.ts'
import type { OptionGrid } from '../../../pricing/option-grid.ts'
import { optionNodes } from '../../../pricing/option-nodes.ts'
import type { AssetRisk, ClaimRisk, Plimsoll1Parameters, Scenario } from './parameters.ts'
import { type FactorCharge, factorCharges } from './upper-bound.ts'
import { usefulSize } from './useful-size.ts'

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

export function prepareEpoch(parameters: Plimsoll1Parameters): PreparedEpoch {
  const measured = measuredEpoch(parameters)
  const sizes = new Map<AssetId, Quantity>()
  function usefulSizeOf(asset: AssetId): Quantity {
    const known = sizes.get(asset)
    if (known !== undefined) return known
    const size = usefulSize(asset, measured)
    sizes.set(asset, size)
    return size
  }
  return { ...measured, usefulSizeOf }
}

function measuredEpoch(parameters: Plimsoll1Parameters): MeasuredEpoch {
  const { windows, scenarios } = parameters
  const groups = Map.groupBy(scenarios, ({ damp, initialOnly }) => `${damp} ${initialOnly}`)
  const pegs = new Map<FactorId, ClaimRisk>()
  const prices = new Map<FactorId, AssetRisk>()
  for (const [asset, risk] of parameters.assets) {
    prices.set(priceFactor(asset), risk)
    if (risk.claim !== undefined) pegs.set(pegFactor(asset), risk.claim)
  }
  const tables = {
    parameters,
    scenarios: [...groups.values()].map(groupOf),
    windows: lineMoves({ rowCount: windows.count, columnOf: (factor) => namedColumn(windows.columns, factor) }),
    pegs,
    prices,
    boundsOf: rememberedBounds(),
  }
  return { ...tables, chargeOf: factorCharges(tables) }
}

/** A pricing is replaced when an option is repriced, so what was worked out from it goes with it. */
function rememberedBounds(): MeasuredEpoch['boundsOf'] {
  const known = new WeakMap<OptionPricing, OptionBounds>()
  return (terms, pricing, grid) => {
    const before = known.get(pricing)
    if (before !== undefined) return before
    const bounds = optionBounds(optionNodes(terms, pricing, grid))
    known.set(pricing, bounds)
    return bounds
  }
}

function groupOf(scenarios: readonly Scenario[]): ScenarioGroup {
  const first = scenarios[0]
  if (first === undefined) throw new RangeError('a group of scenarios has at least one')
  const columnOf = (factor: FactorId) => scenarios.map((scenario) => moveIn(scenario, factor))
  const { damp, initialOnly } = first
  return { damp, initialOnly, scenarios, moves: lineMoves({ rowCount: scenarios.length, columnOf }) }
}

function moveIn({ moves }: Scenario, factor: FactorId): Move {
  const shared = basisClass(factor)
  return moves.get(factor) ?? (shared === undefined ? undefined : moves.get(shared)) ?? STILL
}
