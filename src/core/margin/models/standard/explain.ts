import { isNegative, isZero } from '../../../quantity/arithmetic.ts'
import { allocate } from '../../../quantity/allocation.ts'
import { tierOf } from '../../../quantity/tier.ts'
import type { Value, WideValue } from '../../../quantity/value.ts'
import { claimsWith, valuedPositions } from '../../../portfolio/claims.ts'
import { type Derivation, given } from '../../derivation.ts'
import type { MarginInput } from '../../model.ts'
import { initial, maintenance, restingOrders, worseBounds } from './assess.ts'
import { type SideParameters, type StandardParameters, UNKNOWN_ASSET, UNKNOWN_MARKET } from './parameters.ts'
import { claimTerm, notionalOf, positionTerm } from './terms.ts'

interface Leaf {
  readonly id: string
  readonly term: WideValue
  readonly note: string
}

/** Maintenance margin by claim and contract: the parts add up to it to the last unit. */
export function explainMaintenance(input: MarginInput<StandardParameters>): Derivation {
  return derivation(
    'maintenanceMargin',
    maintenance(input).requirement,
    heldLeaves(input, input.parameters.maintenance),
  )
}

/** Initial margin by claim, contract, orders of a market, and doubted prices: the parts add up to it to the last unit. */
export function explainInitial(input: MarginInput<StandardParameters>): Derivation {
  const orders = restingOrders(input).map(({ market, term }): Leaf => {
    return { id: `orders/${market}`, term, note: 'resting orders at their worst side' }
  })
  const doubted: Leaf = { id: 'prudence', term: worseBounds(input), note: 'low-confidence prices at their worse bound' }
  const leaves = [...heldLeaves(input, input.parameters.initial), ...orders, ...(isZero(doubted.term) ? [] : [doubted])]
  return derivation('initialMargin', initial(input).requirement, leaves)
}

function heldLeaves({ portfolio, market }: MarginInput<StandardParameters>, parameters: SideParameters): Leaf[] {
  const valued = valuedPositions(portfolio, market)
  const claims = claimsWith(portfolio, valued, market).map((claim): Leaf => {
    const weights = parameters.assets.get(claim.asset) ?? UNKNOWN_ASSET
    const note = isNegative(claim.flow) ? `debt, weight ${weights.borrowWeight} ppm` : `haircut ${weights.haircut} ppm`
    return { id: `asset/${claim.asset}`, term: claimTerm(claim, parameters), note }
  })
  const contracts = valued.map(({ position, contract }): Leaf => {
    const tiers = parameters.markets.get(position.market) ?? UNKNOWN_MARKET
    const { rate } = tierOf(notionalOf(position.quantity, contract), tiers)
    const term = positionTerm(position.quantity, contract, parameters)
    return { id: `position/${position.market}`, term, note: `marginal rate ${rate} ppm` }
  })
  return [...claims, ...contracts]
}

function derivation(id: string, requirement: Value, leaves: readonly Leaf[]): Derivation {
  const exact = leaves.map(({ term }) => term)
  const parts = allocate(requirement, exact)
  const terms = leaves.map((leaf, i) => given(leaf.id, parts[i] ?? requirement, leaf.note))
  return { id, op: 'sum', value: requirement, terms, note: 'every position on its own, no netting between underlyings' }
}
