import { type Move, STILL } from '../../../quantity/move.ts'
import type { AssetId, FactorId } from '../../../instrument/identifier.ts'
import { basisClass, pegFactor, priceFactor } from './factor-name.ts'
import { lineMoves, namedColumn } from './line-moves.ts'
import type { OptionPricing } from '../../../market/listing.ts'
import { type OptionBounds, optionBounds } from '../../../pricing/option-bounds.ts'
import { optionNodes } from '../../../pricing/option-nodes.ts'
import type { AssetRisk, ClaimRisk, Plimsoll1Parameters, Scenario } from './parameters.ts'
import { factorCharges } from './factor-charge.ts'
import type { MeasuredEpoch, PreparedEpoch, ScenarioGroup } from './measured-epoch.ts'
import { requiredAlone, usefulSize } from './useful-size.ts'

/** An epoch as every assessment takes it; a useful size is worked out when it is first asked for. */
export function prepareEpoch(parameters: Plimsoll1Parameters): PreparedEpoch {
  const measured = measuredEpoch(parameters)
  const requiredAloneOf = remembered((asset) => requiredAlone(asset, measured))
  const usefulSizeOf = remembered((asset) => usefulSize(parameters.assets.get(asset), requiredAloneOf(asset)))
  return { ...measured, requiredAloneOf, usefulSizeOf }
}

function remembered<Figure>(workOut: (asset: AssetId) => Figure): (asset: AssetId) => Figure {
  const figures = new Map<AssetId, Figure>()
  return (asset) => {
    const known = figures.get(asset)
    if (known !== undefined) return known
    const figure = workOut(asset)
    figures.set(asset, figure)
    return figure
  }
}

/** All but the useful sizes, which are measured with it. */
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
