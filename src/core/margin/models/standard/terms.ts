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
import type { CashFlow } from '../../../quantity/cash-flow.ts'
import { cashFlowOf, costOf, shareOf, worthOf } from '../../../quantity/product.ts'
import { ONE_DOLLAR, type Price } from '../../../quantity/price.ts'
import type { Quantity } from '../../../quantity/quantity.ts'
import { restatedUp } from '../../../quantity/redemption.ts'
import { tieredShareOf } from '../../../quantity/tier.ts'
import { NO_WIDE_VALUE, type WideValue } from '../../../quantity/value.ts'
import { type Ppm, remainderOf, WHOLE } from '../../../quantity/ppm.ts'
import type { AssetId, MarketId } from '../../../instrument/identifier.ts'
import type { EuropeanOption } from '../../../instrument/market.ts'
import { type MarketView, type ValuedContract, valuedContract } from '../../../market/listing.ts'
import type { ListingVerdict } from '../../../market/listing-verdict.ts'
import { owedPrice, ownedPrice } from '../../../market/redemption.ts'
import type { Order, OrderSide } from '../../../ledger/order.ts'
import type { Claim } from '../../../portfolio/claims.ts'
import { type AssetWeights, type SideParameters, UNKNOWN_ASSET, UNKNOWN_MARKET } from './parameters.ts'

/** Every term below is exact and a million times too large (`shareOf`), so that a requirement is rounded once, at its end. */

/** Requirement of a claim: its haircut if it is held, its borrow weight if it is owed. */
export function claimTerm(claim: Claim, parameters: SideParameters): WideValue {
  const worth = worthOf(claim.flow, claim.price)
  const weights = parameters.assets.get(claim.asset) ?? UNKNOWN_ASSET
  return isNegative(claim.flow)
    ? shareOf(negate(worth), weights.borrowWeight)
    : shareOf(worth, haircutOf(weights, claim.listed.listing))
}

/** An asset's haircut, or more of it where the verdict on its listing allows less weight: all of it unless it is collateral. */
export function haircutOf({ haircut }: AssetWeights, listing: ListingVerdict | undefined): Ppm {
  if (listing === undefined || listing.weightCapPpm === WHOLE) return haircut
  return larger(haircut, remainderOf(listing.weightCapPpm))
}

/**
 * Requirement of contracts of one market: the marginal rates of its tiers on their notional, long or short alike; of options,
 * whatever the table says, all that can be lost of what is held long, and the whole underlying with the mark for what is short.
 */
export function positionTerm(
  quantity: Quantity,
  contract: ValuedContract,
  view: MarketView,
  parameters: SideParameters,
): WideValue {
  if (contract.terms.kind === 'option') {
    const lossPrice = lossPriceOf(contract, view)
    return shareOf(optionCharge(quantity, contract.terms, { ...contract, lossPrice }), WHOLE)
  }
  return tieredShareOf(notionalOf(quantity, contract), parameters.markets.get(contract.terms.id) ?? UNKNOWN_MARKET)
}

/**
 * In USD: a long option can lose its mark value and no more. A short put can lose its strike, which is at most mark and
 * underlying together; the loss of a short call has no bound, and the same is charged. Without an index the strike stands for it.
 * What is lost is lost in the settlement asset: it counts at the price at which that would be owed.
 */
function optionCharge(quantity: Quantity, { strike }: EuropeanOption, contract: LossyContract): WideValue {
  const { mark, lossPrice, settlementPrice, underlyingPrice } = contract
  const size = absolute(quantity)
  const atMark = worthOf(costOf(size, mark), lossPrice)
  if (!isNegative(quantity)) return atMark
  if (underlyingPrice === undefined) return add(worthOf(costOf(size, strike), lossPrice), atMark)
  const underlying = restatedUp(underlyingPrice, { paidAt: settlementPrice, countedAt: lossPrice })
  return add(worthOf(costOf(size, underlying), ONE_DOLLAR), atMark)
}

interface LossyContract extends ValuedContract {
  /** What one unit of the settlement asset costs who owes it. */
  readonly lossPrice: Price
}

function lossPriceOf({ terms, settlementPrice }: ValuedContract, view: MarketView): Price {
  return owedPrice(view, terms.settlement) ?? settlementPrice
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
    const [baseLeg, quoteLeg] = [spotLeg(base, view, parameters), spotLeg(quote, view, parameters)]
    if (baseLeg === undefined || quoteLeg === undefined) return NO_WIDE_VALUE
    return larger(spotSideTerm('buy', orders, baseLeg, quoteLeg), spotSideTerm('sell', orders, baseLeg, quoteLeg))
  }
  const contract = valuedContract(view, market)
  if (contract === undefined) return NO_WIDE_VALUE
  const side = { held, orders, contract, lossPrice: lossPriceOf(contract, view), view, parameters }
  const bought = contractSideTerm('buy', side)
  const sold = contractSideTerm('sell', side)
  return subtract(larger(bought, sold), positionTerm(held, contract, view, parameters))
}

/**
 * Worst requirement on the way from no order of a side filled to all of them. Between two orders the requirement is convex
 * in what has filled, and the best prices fill first, so looking after each order is enough; looking only at the end is not:
 * without the last order of a side that shrinks a position, the same losses would stand beside a larger position.
 */
function contractSideTerm(
  side: OrderSide,
  { held, orders, contract, lossPrice, view, parameters }: ContractOrders,
): WideValue {
  const { borrowWeight } = parameters.assets.get(contract.terms.settlement) ?? UNKNOWN_ASSET
  let worst = positionTerm(held, contract, view, parameters)
  let filled = held
  let loss = NO_WIDE_VALUE
  for (const order of inPriority(side, orders)) {
    filled = side === 'buy' ? add(filled, order.remaining) : subtract(filled, order.remaining)
    const worse =
      side === 'buy'
        ? subtract(costOf(order.remaining, order.limit), costOf(order.remaining, contract.mark))
        : subtract(costOf(order.remaining, contract.mark), costOf(order.remaining, order.limit))
    if (isPositive(worse)) loss = add(loss, worthOf(worse, lossPrice))
    const charge = add(shareOf(loss, WHOLE), shareOf(loss, borrowWeight))
    worst = larger(worst, add(positionTerm(filled, contract, view, parameters), charge))
  }
  return worst
}

interface ContractOrders {
  readonly held: Quantity
  readonly orders: readonly Order[]
  readonly contract: ValuedContract
  /** What one unit of the settlement asset costs who owes it. */
  readonly lossPrice: Price
  readonly view: MarketView
  readonly parameters: SideParameters
}

/** Orders of a side, the best price first. */
function inPriority(side: OrderSide, orders: readonly Order[]): readonly Order[] {
  const ofSide = orders.filter((order) => order.side === side)
  return ofSide.sort((a, b) => (side === 'buy' ? compare(b.limit, a.limit) : compare(a.limit, b.limit)))
}

interface SpotLeg {
  /** What a unit got is worth, and what a unit given costs, if it has to be borrowed. */
  readonly owned: Price
  readonly owed: Price
  readonly haircut: Ppm
  readonly borrowWeight: Ppm
}

function spotLeg(asset: AssetId, view: MarketView, parameters: SideParameters): SpotLeg | undefined {
  const listed = view.assets.get(asset)
  const [owned, owed] = [ownedPrice(view, asset), owedPrice(view, asset)]
  if (listed === undefined || owned === undefined || owed === undefined) return undefined
  const weights = parameters.assets.get(asset) ?? UNKNOWN_ASSET
  return { owned, owed, haircut: haircutOf(weights, listed.listing), borrowWeight: weights.borrowWeight }
}

interface SpotFlow {
  readonly flow: CashFlow
  readonly leg: SpotLeg
}

/** What is given is charged as if borrowed, what is got counts after its haircut: never less than a fill can cost. */
function spotSideTerm(side: OrderSide, orders: readonly Order[], base: SpotLeg, quote: SpotLeg): WideValue {
  let total = NO_WIDE_VALUE
  for (const order of orders) {
    if (order.side !== side) continue
    const bases = { flow: cashFlowOf(order.remaining), leg: base }
    const quotes = { flow: costOf(order.remaining, order.limit), leg: quote }
    const [given, got]: readonly [SpotFlow, SpotFlow] = side === 'buy' ? [quotes, bases] : [bases, quotes]
    const [cost, gain] = [worthOf(given.flow, given.leg.owed), worthOf(got.flow, got.leg.owned)]
    const paid = add(shareOf(cost, WHOLE), shareOf(cost, given.leg.borrowWeight))
    const kept = subtract(shareOf(gain, WHOLE), shareOf(gain, got.leg.haircut))
    total = add(total, larger(subtract(paid, kept), NO_WIDE_VALUE))
  }
  return total
}
