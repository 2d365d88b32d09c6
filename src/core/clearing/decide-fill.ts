import { absolute, add, isLess, isMultipleOf, isNegative, isPositive, isZero } from '../quantity/arithmetic.ts'
import { isWithinBand, isWithinOptionBand, isWithinRatioBand } from '../quantity/comparison.ts'
import type { Price } from '../quantity/price.ts'
import { costOf, quantityDown, quantityUp } from '../quantity/product.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { AssetId } from '../instrument/identifier.ts'
import { type Contract, type Market, quoteAsset, type SpotPair } from '../instrument/market.ts'
import { indexPrice, type ListedMarket } from '../market/listing.ts'
import { owedPrice } from '../market/redemption.ts'
import { balanceOf, MARKET_ACCOUNT, positionOf } from '../ledger/account.ts'
import { lendingFor, requireBucket } from '../ledger/books.ts'
import type { OrderSide } from '../ledger/order.ts'
import type { MarketDataKey } from '../margin/model.ts'
import type { Command, FillLeg } from './command.ts'
import { expiredRejection } from './decide-expire.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import type { Event } from './event.ts'
import {
  amountExposureRejection,
  assetExposureRejection,
  openInterestRejection,
  optionExposureRejection,
  pricesOf,
  tradeExposureRejection,
} from './exposure-bound.ts'
import { bucketRejection } from './bucket-check.ts'
import { newRiskRejection, testedPriceRejection } from './line-check.ts'
import { borrowCapRejection, isReduceOnly, mayBeBorrowed } from './listing-limits.ts'
import { fillLiquidityRejection } from './liquidity-check.ts'
import { conditionOf, initialOf, REFUSED_FOR_NEW_RISK, viewNettingSet } from './margin-check.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'
import { tried } from './trial.ts'

type Fill = Extract<Command, { type: 'fill' }>
type FillEvent = Extract<Event, { type: 'ContractFilled' | 'OptionFilled' | 'SpotFilled' }>
type Leg = FillLeg & { readonly side: OrderSide }

/**
 * A trade of two sides, accepted or refused whole. Checked in this order: market, its end, accounts, size and price, fees, orders,
 * then for each member: the reduce-only rule, the prices it depends on, initial margin; at last the bounds, and unless a side only
 * reduces what it has or owes, the caps of utilisation and of what may be owed.
 */
export function decideFill(state: ReadonlyState, fill: Fill, time: Timestamp): Decision {
  const listed = state.markets.get(fill.market)
  if (listed === undefined) return rejected({ reason: 'UnknownMarket', market: fill.market })
  const legs: readonly Leg[] = [
    { ...fill.buyer, side: 'buy' },
    { ...fill.seller, side: 'sell' },
  ]
  const problem =
    (listed.status === 'paused'
      ? ({ reason: 'MarketNotOpen', market: fill.market, status: listed.status } as const)
      : undefined) ??
    expiredRejection(listed.terms, time) ??
    partiesRejection(state, fill) ??
    sizeRejection(listed.terms, fill.quantity) ??
    priceBandRejection(state, listed, fill.price, time) ??
    tradeExposureRejection(state, listed, fill.price, fill.quantity) ??
    feeRejection(state, listed.terms, fill) ??
    legs.map((leg) => orderRejection(state, fill, leg)).find((found) => found !== undefined)
  if (problem !== undefined) return rejected(problem)
  const event = fillEvent(listed.terms, fill)
  const after = tried(state, [event])
  for (const leg of legs) {
    if (leg.account === MARKET_ACCOUNT) continue
    const refused = legRejection(state, after, listed, leg, time)
    if (refused !== undefined) return rejected(refused)
  }
  const overCap =
    listed.terms.kind === 'spot'
      ? (assetExposureRejection(after, listed.terms.base) ?? assetExposureRejection(after, listed.terms.quote))
      : (openInterestCapRejection(state, after, listed.terms, listed) ?? premiumRejection(after, listed.terms))
  if (overCap !== undefined) return rejected(overCap)
  const isReduction = legs.some((leg) => leg.account !== MARKET_ACCOUNT && reduces(state, after, listed.terms, leg))
  const illiquid = isReduction
    ? undefined
    : (fillLiquidityRejection(state, after, listed.terms, event) ?? tradedBorrowRejection(state, after, listed.terms))
  return illiquid === undefined ? accepted(event) : rejected(illiquid)
}

/** Why a quantity will not do in a market; undefined if it will. */
export function sizeRejection(market: Market, quantity: Quantity): Rejection | undefined {
  if (!isPositive(quantity)) return { reason: 'QuantityNotPositive', quantity }
  if (!isMultipleOf(quantity, market.lot)) return { reason: 'NotAMultipleOfLot', quantity, lot: market.lot }
  if (isLess(quantity, market.minimumQuantity))
    return { reason: 'BelowMinimumQuantity', quantity, minimum: market.minimumQuantity }
  return undefined
}

/** Why a price will not do in a market: off the tick, no usable mark to compare with, or too far from it. */
export function priceBandRejection(
  state: ReadonlyState,
  { terms, mark }: ListedMarket,
  price: Price,
  time: Timestamp,
): Rejection | undefined {
  if (!isMultipleOf(price, terms.tick)) return { reason: 'NotAMultipleOfTick', price, tick: terms.tick }
  for (const key of markKeys(terms)) {
    const condition = conditionOf(state, key, time)
    if (condition === 'none') return { reason: 'PriceUnusable', key, condition }
  }
  if (terms.kind === 'spot') {
    const [base, quote] = [indexPrice(state, terms.base), indexPrice(state, terms.quote)]
    if (base === undefined || quote === undefined) return undefined
    return isWithinRatioBand({ price, base, quote, band: terms.priceBandPpm })
      ? undefined
      : { reason: 'OutsidePriceBand', price, mark: base }
  }
  if (mark === undefined) return undefined
  const trade = { price, reference: mark.price, band: terms.priceBandPpm, tick: terms.tick }
  const isWithin = terms.kind === 'option' ? isWithinOptionBand(trade) : isWithinBand(trade)
  return isWithin ? undefined : { reason: 'OutsidePriceBand', price, mark: mark.price }
}

/** The prices a market's own mark comes from. */
function markKeys(terms: Market): readonly MarketDataKey[] {
  if (terms.kind === 'spot')
    return [
      { kind: 'index', asset: terms.base },
      { kind: 'index', asset: terms.quote },
    ]
  const keys: readonly MarketDataKey[] = [
    { kind: 'mark', market: terms.id },
    { kind: 'index', asset: terms.settlement },
  ]
  return terms.kind === 'option' ? [...keys, { kind: 'index', asset: terms.underlying }] : keys
}

/**
 * Why new risk may not be taken in a market: one of its own prices is too bad. What is held afterwards does not tell, since
 * nothing of the market may be held yet, or all of a spot pair's base be sold.
 */
export function tradedPriceRejection(state: ReadonlyState, terms: Market, time: Timestamp): Rejection | undefined {
  for (const key of markKeys(terms)) {
    const condition = conditionOf(state, key, time)
    if (REFUSED_FOR_NEW_RISK.has(condition)) return { reason: 'PriceUnusable', key, condition }
  }
  return undefined
}

function partiesRejection(state: ReadonlyState, { buyer, seller }: Fill): Rejection | undefined {
  const missing =
    bucketRejection(state, buyer.account, buyer.bucket) ?? bucketRejection(state, seller.account, seller.bucket)
  if (missing !== undefined) return missing
  if (buyer.account === seller.account && buyer.bucket === seller.bucket)
    return { reason: 'SelfTrade', account: buyer.account, bucket: buyer.bucket }
  return undefined
}

function feeRejection(state: ReadonlyState, terms: Market, { buyer, seller }: Fill): Rejection | undefined {
  const fee = add(buyer.fee, seller.fee)
  if (isNegative(fee)) return { reason: 'NegativeTotalFee', fee }
  const asset = quoteAsset(terms)
  return amountExposureRejection(state, asset, buyer.fee) ?? amountExposureRejection(state, asset, seller.fee)
}

function orderRejection(state: ReadonlyState, fill: Fill, leg: Leg): Rejection | undefined {
  if (leg.order === undefined) return undefined
  const order = requireBucket(state, leg.account, leg.bucket).orders.get(leg.order)
  if (order === undefined) return { reason: 'UnknownOrder', order: leg.order }
  if (order.market !== fill.market) return { reason: 'OrderMismatch', order: order.id, field: 'market' }
  if (order.side !== leg.side) return { reason: 'OrderMismatch', order: order.id, field: 'side' }
  if (isLess(order.remaining, fill.quantity)) return { reason: 'OrderMismatch', order: order.id, field: 'quantity' }
  const worse = leg.side === 'buy' ? isLess(order.limit, fill.price) : isLess(fill.price, order.limit)
  return worse ? { reason: 'OrderMismatch', order: order.id, field: 'limit' } : undefined
}

/** What is paid is rounded up, by less than one atom; the seller of a spot pair gets it, that of options gets it rounded down. */
function fillEvent(terms: Market, { market, price, quantity, buyer, seller }: Fill): FillEvent {
  if (terms.kind === 'spot')
    return { type: 'SpotFilled', market, price, quantity, cost: quantityUp(costOf(quantity, price)), buyer, seller }
  if (terms.kind !== 'option') return { type: 'ContractFilled', market, price, quantity, buyer, seller }
  const premium = costOf(quantity, price)
  const [paid, received] = [quantityUp(premium), quantityDown(premium)]
  return { type: 'OptionFilled', market, price, quantity, paid, received, buyer, seller }
}

/** A side that only shrinks what it has is never stopped by a price; margin judges it by the same rule as any other. */
function legRejection(
  state: ReadonlyState,
  after: ReadonlyState,
  listed: ListedMarket,
  leg: Leg,
  time: Timestamp,
): Rejection | undefined {
  const risk = state.risk
  if (risk === undefined) return { reason: 'NoEpoch' }
  const isReduction = reduces(state, after, listed.terms, leg)
  if (!isReduction && isReduceOnly(state, listed))
    return { reason: 'MarketNotOpen', market: listed.terms.id, status: 'reduceOnly' }
  const [viewBefore, viewAfter] = [
    viewNettingSet(state, leg.account, leg.bucket),
    viewNettingSet(after, leg.account, leg.bucket),
  ]
  if (viewBefore === undefined || viewAfter === undefined)
    return { reason: 'UnknownBucket', account: leg.account, bucket: leg.bucket }
  const overdrawn = overdrawnRejection(after, listed.terms, leg)
  if (overdrawn !== undefined) return overdrawn
  const badPrice = isReduction
    ? undefined
    : (tradedPriceRejection(state, listed.terms, time) ?? testedPriceRejection(after, risk, viewAfter, time))
  if (badPrice !== undefined) return badPrice
  const side = initialOf(after, risk, viewAfter, time)
  return newRiskRejection(initialOf(state, risk, viewBefore, time), { state: after, risk, view: viewAfter, side, time })
}

function reduces(state: ReadonlyState, after: ReadonlyState, terms: Market, leg: Leg): boolean {
  return terms.kind === 'spot' ? repaysOnly(state, after, terms, leg) : shrinksOnly(state, after, terms, leg)
}

function shrinksOnly(state: ReadonlyState, after: ReadonlyState, { id }: Contract, leg: Leg): boolean {
  const before = positionOf(requireBucket(state, leg.account, leg.bucket), id).quantity
  const now = positionOf(requireBucket(after, leg.account, leg.bucket), id).quantity
  const sameSide = isZero(now) || isNegative(now) === isNegative(before)
  return sameSide && isLess(absolute(now), absolute(before))
}

/** Pays for what it owed out of what it had: the asset it gets was and is not above zero, the one it gives is not below. */
function repaysOnly(state: ReadonlyState, after: ReadonlyState, { base, quote }: SpotPair, leg: Leg): boolean {
  const [got, given] = leg.side === 'buy' ? [base, quote] : [quote, base]
  return (
    isNegative(balanceIn(state, leg, got)) &&
    !isPositive(balanceIn(after, leg, got)) &&
    !isNegative(balanceIn(after, leg, given))
  )
}

/** What a side gives may only be owed if it can be borrowed: an asset of a spot pair, or the premium of options. */
function overdrawnRejection(after: ReadonlyState, terms: Market, leg: Leg): Rejection | undefined {
  const given = givenAsset(terms, leg)
  if (given === undefined) return undefined
  const balance = balanceIn(after, leg, given)
  if (!isNegative(balance) || mayBeBorrowed(after, given)) return undefined
  return { reason: 'NotBorrowable', asset: given, balance }
}

function givenAsset(terms: Market, { side }: Leg): AssetId | undefined {
  if (terms.kind === 'spot') return side === 'buy' ? terms.quote : terms.base
  return terms.kind === 'option' && side === 'buy' ? terms.settlement : undefined
}

function balanceIn(state: ReadonlyState, leg: Leg, asset: AssetId): Quantity {
  return balanceOf(requireBucket(state, leg.account, leg.bucket), asset, lendingFor(state, leg.account, asset))
}

/** A spot fill may make either side owe; of a contract a fee may. */
function tradedBorrowRejection(state: ReadonlyState, after: ReadonlyState, terms: Market): Rejection | undefined {
  const ofQuote = borrowCapRejection(state, after, quoteAsset(terms))
  return terms.kind === 'spot' ? (borrowCapRejection(state, after, terms.base) ?? ofQuote) : ofQuote
}

function openInterestCapRejection(
  state: ReadonlyState,
  after: ReadonlyState,
  terms: Contract,
  { openInterest, mark }: ListedMarket,
): Rejection | undefined {
  const now = after.markets.get(terms.id)?.openInterest
  if (now === undefined || !isLess(openInterest, now)) return undefined
  if (isLess(terms.maximumOpenInterest, now))
    return { reason: 'OpenInterestCapReached', openInterest: now, maximum: terms.maximumOpenInterest }
  return (
    openInterestRejection(after, terms.id, mark?.price, owedPrice(state, terms.settlement)) ??
    optionExposureRejection(terms, now, pricesOf(state, terms))
  )
}

/** A premium moves cash at once, as a spot trade does. */
function premiumRejection(after: ReadonlyState, terms: Contract): Rejection | undefined {
  return terms.kind === 'option' ? assetExposureRejection(after, terms.settlement) : undefined
}
