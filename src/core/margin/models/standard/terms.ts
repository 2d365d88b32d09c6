import {
  absolute,
  add,
  compare,
  isNegative,
  isPositive,
  larger,
  negate,
  subtract,
} from '../../../quantity/arithmetic.ts'
import { costOf, shareOf, worthOf } from '../../../quantity/product.ts'
import { ONE_DOLLAR, type Price } from '../../../quantity/price.ts'
import type { Quantity } from '../../../quantity/quantity.ts'
import { tieredShareOf } from '../../../quantity/tier.ts'
import { NO_WIDE_VALUE, type WideValue } from '../../../quantity/value.ts'
import { WHOLE } from '../../../quantity/ppm.ts'
import type { MarketId } from '../../../instrument/identifier.ts'
import type { EuropeanOption } from '../../../instrument/market.ts'
import { indexPrice, type MarketView, type ValuedContract, valuedContract } from '../../../market/listing.ts'
import type { Order, OrderSide } from '../../../ledger/order.ts'
import type { Claim } from '../../../portfolio/claims.ts'
import { type AssetWeights, type SideParameters, UNKNOWN_ASSET, UNKNOWN_MARKET } from './parameters.ts'

/** Every term below is exact and a million times too large (`shareOf`), so that a requirement is rounded once, at its end. */

/** Requirement of a claim: its haircut if it is held, its borrow weight if it is owed. */
export function claimTerm(claim: Claim, parameters: SideParameters): WideValue {
  const worth = worthOf(claim.flow, claim.price)
  const { haircut, borrowWeight } = weightsOf(claim, parameters)
  return isNegative(claim.flow) ? shareOf(negate(worth), borrowWeight) : shareOf(worth, haircut)
}

/**
 * Requirement of contracts of one market: the marginal rates of its tiers on their notional, long or short alike; of options,
 * whatever the table says, all that can be lost of what is held long, and the whole underlying with the mark for what is short.
 */
export function positionTerm(quantity: Quantity, contract: ValuedContract, parameters: SideParameters): WideValue {
  if (contract.terms.kind === 'option') return shareOf(optionCharge(quantity, contract.terms, contract), WHOLE)
  return tieredShareOf(notionalOf(quantity, contract), parameters.markets.get(contract.terms.id) ?? UNKNOWN_MARKET)
}

/**
 * In USD: a long option can lose its mark value and no more. A short put can lose its strike, which is at most mark and
 * underlying together; the loss of a short call has no bound, and the same is charged. Without an index the strike stands for it.
 */
function optionCharge(quantity: Quantity, { strike }: EuropeanOption, contract: ValuedContract): WideValue {
  const atMark = notionalOf(quantity, contract)
  if (!isNegative(quantity)) return atMark
  const { settlementPrice, underlyingPrice } = contract
  const size = absolute(quantity)
  const underlying =
    underlyingPrice === undefined
      ? worthOf(costOf(size, strike), settlementPrice)
      : worthOf(costOf(size, underlyingPrice), ONE_DOLLAR)
  return add(underlying, atMark)
}

/** Size of a position in USD at its mark: exact. */
export function notionalOf(quantity: Quantity, contract: ValuedContract): WideValue {
  return worthOf(costOf(absolute(quantity), contract.mark), contract.settlementPrice)
}

/**
 * What resting orders of one market add to the requirement of what is held there: the worst of no order filled, or either
 * side filled in price priority as far as it may go. A limit worse than the mark is a loss the moment it fills; it is charged
 * with the side as if it had to be borrowed.
 */
export function ordersTerm(
  held: Quantity,
  market: MarketId,
  orders: readonly Order[],
  view: MarketView,
  parameters: SideParameters,
): WideValue {
  const listed = view.markets.get(market)
  if (listed?.terms.kind === 'spot') {
    const { base, quote } = listed.terms
    const [basePrice, quotePrice] = [indexPrice(view, base), indexPrice(view, quote)]
    if (basePrice === undefined || quotePrice === undefined) return NO_WIDE_VALUE
    const baseLeg = { price: basePrice, weights: parameters.assets.get(base) ?? UNKNOWN_ASSET }
    const quoteLeg = { price: quotePrice, weights: parameters.assets.get(quote) ?? UNKNOWN_ASSET }
    return larger(spotSideTerm('buy', orders, baseLeg, quoteLeg), spotSideTerm('sell', orders, baseLeg, quoteLeg))
  }
  const contract = valuedContract(view, market)
  if (contract === undefined) return NO_WIDE_VALUE
  const bought = contractSideTerm('buy', held, orders, contract, parameters)
  const sold = contractSideTerm('sell', held, orders, contract, parameters)
  return subtract(larger(bought, sold), positionTerm(held, contract, parameters))
}

/**
 * Worst requirement on the way from no order of a side filled to all of them. Between two orders the requirement is convex
 * in what has filled, and the best prices fill first, so looking after each order is enough; looking only at the end is not:
 * without the last order of a side that shrinks a position, the same losses would stand beside a larger position.
 */
function contractSideTerm(
  side: OrderSide,
  held: Quantity,
  orders: readonly Order[],
  contract: ValuedContract,
  parameters: SideParameters,
): WideValue {
  const { borrowWeight } = parameters.assets.get(contract.terms.settlement) ?? UNKNOWN_ASSET
  let worst = positionTerm(held, contract, parameters)
  let filled = held
  let loss = NO_WIDE_VALUE
  for (const order of inPriority(side, orders)) {
    filled = side === 'buy' ? add(filled, order.remaining) : subtract(filled, order.remaining)
    const worse =
      side === 'buy'
        ? subtract(costOf(order.remaining, order.limit), costOf(order.remaining, contract.mark))
        : subtract(costOf(order.remaining, contract.mark), costOf(order.remaining, order.limit))
    if (isPositive(worse)) loss = add(loss, worthOf(worse, contract.settlementPrice))
    const charge = add(shareOf(loss, WHOLE), shareOf(loss, borrowWeight))
    worst = larger(worst, add(positionTerm(filled, contract, parameters), charge))
  }
  return worst
}

/** Orders of a side, the best price first. */
function inPriority(side: OrderSide, orders: readonly Order[]): readonly Order[] {
  const ofSide = orders.filter((order) => order.side === side)
  return ofSide.sort((a, b) => (side === 'buy' ? compare(b.limit, a.limit) : compare(a.limit, b.limit)))
}

interface SpotLeg {
  readonly price: Price
  readonly weights: AssetWeights
}

/** What is given is charged as if borrowed, what is got counts after its haircut: never less than a fill can cost. */
function spotSideTerm(side: OrderSide, orders: readonly Order[], base: SpotLeg, quote: SpotLeg): WideValue {
  let total = NO_WIDE_VALUE
  for (const order of orders) {
    if (order.side !== side) continue
    const baseWorth = worthOf(costOf(order.remaining, base.price), ONE_DOLLAR)
    const quoteWorth = worthOf(costOf(order.remaining, order.limit), quote.price)
    const [given, got] =
      side === 'buy'
        ? [
            { worth: quoteWorth, leg: quote },
            { worth: baseWorth, leg: base },
          ]
        : [
            { worth: baseWorth, leg: base },
            { worth: quoteWorth, leg: quote },
          ]
    const paid = add(shareOf(given.worth, WHOLE), shareOf(given.worth, given.leg.weights.borrowWeight))
    const kept = subtract(shareOf(got.worth, WHOLE), shareOf(got.worth, got.leg.weights.haircut))
    total = add(total, larger(subtract(paid, kept), NO_WIDE_VALUE))
  }
  return total
}

function weightsOf(claim: Claim, parameters: SideParameters): AssetWeights {
  return parameters.assets.get(claim.asset) ?? UNKNOWN_ASSET
}
