import { add, isNegative } from '../../../quantity/arithmetic.ts'
import { allocate } from '../../../quantity/allocation.ts'
import { WHOLE } from '../../../quantity/ppm.ts'
import { narrowDown, narrowShareUp, shareOf } from '../../../quantity/product.ts'
import { NO_QUANTITY } from '../../../quantity/quantity.ts'
import { tierOf } from '../../../quantity/tier.ts'
import { NO_WIDE_VALUE, type WideValue } from '../../../quantity/value.ts'
import type { MarketId } from '../../../instrument/identifier.ts'
import { claimsOf, claimsWith, valuedPositions, worthOfClaims } from '../../../portfolio/claims.ts'
import type { Portfolio } from '../../../portfolio/portfolio.ts'
import { prudence } from '../../../portfolio/prudence.ts'
import { type Derivation, given } from '../../derivation.ts'
import { houseSide, type MarginInput, type MarginModel, type MarketDataKey, type Side } from '../../model.ts'
import type { MarketView } from '../../../market/listing.ts'
import {
  decodeStandard,
  type SideParameters,
  type StandardParameters,
  UNKNOWN_ASSET,
  UNKNOWN_MARKET,
} from './parameters.ts'
import { claimTerm, notionalOf, ordersTerm, positionTerm } from './terms.ts'

/** Haircut collateral, weighted debts, tiered contracts, each on its own: see the README beside this file. */
export const standard: MarginModel<StandardParameters> = {
  id: 'standard',
  decodeParameters: decodeStandard,
  requires,
  maintenance: (input) => heldSide(input, input.parameters.maintenance, NO_WIDE_VALUE),
  initial: (input) => heldSide(input, input.parameters.initial, add(openOrders(input), worseBounds(input))),
  explain,
}

function requires(portfolio: Portfolio, market: MarketView): readonly MarketDataKey[] {
  const keys: MarketDataKey[] = portfolio.holdings.map(({ asset }) => ({ kind: 'index', asset }))
  for (const position of portfolio.positions) {
    keys.push({ kind: 'mark', market: position.market })
    const terms = market.markets.get(position.market)?.terms
    if (terms?.kind === 'perpetual') keys.push({ kind: 'index', asset: terms.settlement })
  }
  return keys
}

function heldSide(input: MarginInput<StandardParameters>, parameters: SideParameters, onTop: WideValue): Side {
  const { portfolio, market } = input
  const valued = valuedPositions(portfolio, market)
  const claims = claimsWith(portfolio, valued, market)
  let required = onTop
  for (const claim of claims) required = add(required, claimTerm(claim, parameters))
  for (const { position, contract } of valued)
    required = add(required, positionTerm(position.quantity, contract, parameters))
  return houseSide(narrowDown(worthOfClaims(claims)), narrowShareUp(required))
}

/** Low-confidence prices at their worse bound, as `shareOf`. */
function worseBounds({ portfolio, market, time }: MarginInput<StandardParameters>): WideValue {
  const valued = valuedPositions(portfolio, market)
  return shareOf(prudence(claimsWith(portfolio, valued, market), valued, market, time), WHOLE)
}

function openOrders({ portfolio, orders, market, parameters }: MarginInput<StandardParameters>): WideValue {
  if (orders.length === 0) return NO_WIDE_VALUE
  const markets = new Set<MarketId>(orders.map((order) => order.market))
  let required = NO_WIDE_VALUE
  for (const id of markets) {
    const held = portfolio.positions.find((position) => position.market === id)?.quantity ?? NO_QUANTITY
    const resting = orders.filter((order) => order.market === id)
    required = add(required, ordersTerm(held, id, resting, market, parameters.initial))
  }
  return required
}

function explain(input: MarginInput<StandardParameters>): Derivation {
  const { portfolio, market, parameters } = input
  const leaves: { readonly id: string; readonly term: WideValue; readonly note: string }[] = []
  for (const claim of claimsOf(portfolio, market)) {
    const weights = parameters.maintenance.assets.get(claim.asset) ?? UNKNOWN_ASSET
    const note = isNegative(claim.flow) ? `debt, weight ${weights.borrowWeight} ppm` : `haircut ${weights.haircut} ppm`
    leaves.push({ id: `asset/${claim.asset}`, term: claimTerm(claim, parameters.maintenance), note })
  }
  for (const { position, contract } of valuedPositions(portfolio, market)) {
    const tier = tierOf(
      notionalOf(position.quantity, contract),
      parameters.maintenance.markets.get(position.market) ?? UNKNOWN_MARKET,
    )
    leaves.push({
      id: `position/${position.market}`,
      term: positionTerm(position.quantity, contract, parameters.maintenance),
      note: `marginal rate ${tier.rate} ppm`,
    })
  }
  const { requirement } = standard.maintenance(input)
  const parts = allocate(
    requirement,
    leaves.map(({ term }) => term),
  )
  const terms = leaves.map(({ id, note }, i) => given(id, parts[i] ?? requirement, note))
  return {
    id: 'maintenanceMargin',
    op: 'sum',
    value: requirement,
    terms,
    note: 'every position on its own, no netting between underlyings',
  }
}
