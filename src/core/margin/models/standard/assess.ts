import { add } from '../../../quantity/arithmetic.ts'
import { WHOLE } from '../../../quantity/ppm.ts'
import { narrowDown, narrowShareUp, shareOf } from '../../../quantity/product.ts'
import { NO_QUANTITY } from '../../../quantity/quantity.ts'
import { NO_WIDE_VALUE, type WideValue } from '../../../quantity/value.ts'
import type { MarketId } from '../../../instrument/identifier.ts'
import { claimsWith, valuedPositions, worthOfClaims } from '../../../portfolio/claims.ts'
import { prudence } from '../../../portfolio/prudence.ts'
import { houseSide, type MarginInput, type Side } from '../../model.ts'
import type { SideParameters, StandardParameters } from './parameters.ts'
import { claimTerm, ordersTerm, positionTerm } from './terms.ts'

/** Claims and contracts, each on its own: decides liquidation. */
export function maintenance(input: MarginInput<StandardParameters>): Side {
  return heldSide(input, input.parameters.maintenance, NO_WIDE_VALUE)
}

/** The same at the initial figures, with resting orders at their worst side and doubted prices at their worse bound. */
export function initial(input: MarginInput<StandardParameters>): Side {
  let onTop = worseBounds(input)
  for (const { term } of restingOrders(input)) onTop = add(onTop, term)
  return heldSide(input, input.parameters.initial, onTop)
}

function heldSide(input: MarginInput<StandardParameters>, parameters: SideParameters, onTop: WideValue): Side {
  const { portfolio, market } = input
  const valued = valuedPositions(portfolio, market)
  const claims = claimsWith(portfolio, valued, market)
  let required = onTop
  for (const claim of claims) required = add(required, claimTerm(claim, parameters))
  for (const { position, contract } of valued)
    required = add(required, positionTerm(position.quantity, contract, market, parameters))
  return houseSide(narrowDown(worthOfClaims(claims)), narrowShareUp(required))
}

/** Low-confidence prices at their worse bound, as `shareOf`. */
export function worseBounds({ portfolio, market, time }: MarginInput<StandardParameters>): WideValue {
  const valued = valuedPositions(portfolio, market)
  return shareOf(prudence(claimsWith(portfolio, valued, market), valued, market, time), WHOLE)
}

/** What the resting orders of each market add, as `shareOf`, in the order the markets first appear. */
export function restingOrders({
  portfolio,
  orders,
  market,
  parameters,
}: MarginInput<StandardParameters>): readonly { readonly market: MarketId; readonly term: WideValue }[] {
  if (orders.length === 0) return NO_ORDERS
  return [...new Set(orders.map((order) => order.market))].map((id) => {
    const held = portfolio.positions.find((position) => position.market === id)?.quantity ?? NO_QUANTITY
    const resting = orders.filter((order) => order.market === id)
    return { market: id, term: ordersTerm(held, id, resting, market, parameters.initial) }
  })
}

const NO_ORDERS: readonly never[] = []
