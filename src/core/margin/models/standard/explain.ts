import { isNegative, isZero } from '../../../quantity/arithmetic.ts'
import { allocate } from '../../../quantity/allocation.ts'
import { tierOf } from '../../../quantity/tier.ts'
import type { Quantity } from '../../../quantity/quantity.ts'
import type { Value, WideValue } from '../../../quantity/value.ts'
import type { ValuedContract } from '../../../market/listing.ts'
import { claimsWith, valuedPositions } from '../../../portfolio/claims.ts'
import { given } from '../../derivation.ts'
import type { Attribution, Explanation } from '../../explanation.ts'
import type { MarginInput } from '../../model.ts'
import { initial, maintenance, restingOrders, worseBounds } from './assess.ts'
import { type SideParameters, type StandardParameters, UNKNOWN_ASSET, UNKNOWN_MARKET } from './parameters.ts'
import { claimTerm, haircutOf, notionalOf, positionTerm } from './terms.ts'

interface Leaf {
  readonly id: string
  /** Who bears it. */
  readonly kind: Attribution['kind']
  readonly of: string
  readonly term: WideValue
  readonly note: string
}

/** Maintenance margin by claim and contract: the parts add up to it to the last unit. */
export function explainMaintenance(input: MarginInput<StandardParameters>): Explanation {
  return explanation(
    'maintenanceMargin',
    maintenance(input).requirement,
    heldLeaves(input, input.parameters.maintenance),
  )
}

/** Initial margin by claim, contract, orders of a market, and doubted prices: the parts add up to it to the last unit. */
export function explainInitial(input: MarginInput<StandardParameters>): Explanation {
  const orders = restingOrders(input).map(({ market, term }): Leaf => {
    return { id: `orders/${market}`, kind: 'order', of: market, term, note: 'resting orders at their worst side' }
  })
  const note = 'low-confidence prices at their worse bound'
  const doubted: Leaf = { id: 'prudence', kind: 'addOn', of: 'prudence', term: worseBounds(input), note }
  const leaves = [...heldLeaves(input, input.parameters.initial), ...orders, ...(isZero(doubted.term) ? [] : [doubted])]
  return explanation('initialMargin', initial(input).requirement, leaves)
}

function heldLeaves({ portfolio, market }: MarginInput<StandardParameters>, parameters: SideParameters): Leaf[] {
  const valued = valuedPositions(portfolio, market)
  const claims = claimsWith(portfolio, valued, market).map((claim): Leaf => {
    const weights = parameters.assets.get(claim.asset) ?? UNKNOWN_ASSET
    const isDebt = isNegative(claim.flow)
    const note = isDebt
      ? `debt, weight ${weights.borrowWeight} ppm`
      : `haircut ${haircutOf(weights, claim.listed.listing)} ppm`
    const kind = isDebt ? 'borrow' : 'collateral'
    return { id: `asset/${claim.asset}`, kind, of: claim.asset, term: claimTerm(claim, parameters), note }
  })
  const contracts = valued.map(({ position, contract }): Leaf => {
    const term = positionTerm(position.quantity, contract, market, parameters)
    return {
      id: `position/${position.market}`,
      kind: 'position',
      of: position.market,
      term,
      note: chargeNote(position.quantity, contract, parameters),
    }
  })
  return [...claims, ...contracts]
}

function chargeNote(quantity: Quantity, contract: ValuedContract, parameters: SideParameters): string {
  if (contract.terms.kind === 'option')
    return isNegative(quantity) ? 'short options: the whole underlying and the mark' : 'long options: the whole mark'
  const { rate } = tierOf(notionalOf(quantity, contract), parameters.markets.get(contract.terms.id) ?? UNKNOWN_MARKET)
  return `marginal rate ${rate} ppm`
}

function explanation(id: string, requirement: Value, leaves: readonly Leaf[]): Explanation {
  const exact = leaves.map(({ term }) => term)
  const parts = allocate(requirement, exact)
  const terms = leaves.map((leaf, i) => given(leaf.id, parts[i] ?? requirement, leaf.note))
  const note = 'every position on its own, no netting between underlyings'
  return {
    derivation: { id, op: 'sum', value: requirement, terms, note },
    attribution: leaves.map(({ kind, of }, i) => ({ kind, id: of, value: parts[i] ?? requirement })),
    binding: undefined,
    exposures: [],
    scenarios: [],
    correlations: undefined,
  }
}
