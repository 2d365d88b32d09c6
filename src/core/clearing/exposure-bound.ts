import { absolute, isLess, larger } from '../quantity/arithmetic.ts'
import { cashFlow } from '../quantity/cash-flow.ts'
import { ONE_DOLLAR, type Price } from '../quantity/price.ts'
import { costOf, worthOf } from '../quantity/product.ts'
import { isQuantity, type Quantity, QUANTITY_BOUND } from '../quantity/quantity.ts'
import { ONE } from '../quantity/unit.ts'
import { EXPOSURE_BOUND } from '../quantity/value.ts'
import type { AssetId, MarketId } from '../instrument/identifier.ts'
import { type Market, quoteAsset } from '../instrument/market.ts'
import { indexPrice, type ListedMarket } from '../market/listing.ts'
import { owedPrice } from '../market/redemption.ts'
import type { AssetBook } from '../ledger/books.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'

/**
 * All that is held, owed or open in one asset or market stays below 1e12 USD, so that no sum over a thousand of them can
 * leave the bounds of a value: whoever would push it over is refused, not the engine stopped.
 */
export function assetExposureRejection(
  state: ReadonlyState,
  asset: AssetId,
  at: Price | undefined = owedPrice(state, asset),
): Rejection | undefined {
  const book = state.assetBooks.get(asset)
  if (book === undefined) return undefined
  const total = largestTotal(book)
  if (!isQuantity(total)) return { reason: 'QuantityOutOfBounds', id: asset, quantity: total }
  return at === undefined ? undefined : exposureRejection(asset, total, at, ONE_DOLLAR)
}

/** The same for the open interest of a contract at a mark and a settlement price. */
export function openInterestRejection(
  state: ReadonlyState,
  market: MarketId,
  mark: Price | undefined,
  settlement: Price | undefined,
): Rejection | undefined {
  const listed = state.markets.get(market)
  if (listed === undefined || mark === undefined || settlement === undefined) return undefined
  if (!isQuantity(listed.openInterest))
    return { reason: 'QuantityOutOfBounds', id: market, quantity: listed.openInterest }
  return exposureRejection(market, listed.openInterest, mark, settlement)
}

/** The same for what one command moves of an asset: it is tried on the books before margin judges it. */
export function amountExposureRejection(
  state: ReadonlyState,
  asset: AssetId,
  quantity: Quantity,
): Rejection | undefined {
  const at = owedPrice(state, asset)
  return at === undefined ? undefined : exposureRejection(asset, absolute(quantity), at, ONE_DOLLAR)
}

/** The same for what one order or fill trades, at its own price and at the mark. */
export function tradeExposureRejection(
  state: ReadonlyState,
  { terms, mark }: ListedMarket,
  price: Price,
  quantity: Quantity,
): Rejection | undefined {
  if (!isLess(costOf(quantity, price), COST_BOUND)) return { reason: 'QuantityOutOfBounds', id: terms.id, quantity }
  const quote = owedPrice(state, quoteAsset(terms))
  const fair = terms.kind === 'spot' ? amountExposureRejection(state, terms.base, quantity) : undefined
  if (fair !== undefined || quote === undefined) return fair
  const atMark = mark === undefined ? undefined : exposureRejection(terms.id, quantity, mark.price, quote)
  return (
    atMark ??
    exposureRejection(terms.id, quantity, price, quote) ??
    optionExposureRejection(terms, quantity, pricesOf(state, terms))
  )
}

/**
 * The same for options, whose mark says little of what they may come to: at the index of the underlying, which is most that a
 * call pays, and at the strike, which is most that a put does.
 */
export function optionExposureRejection(
  terms: Market,
  quantity: Quantity,
  at: { readonly underlying: Price | undefined; readonly settlement: Price | undefined },
): Rejection | undefined {
  if (terms.kind !== 'option') return undefined
  if (!isLess(costOf(quantity, terms.strike), COST_BOUND))
    return { reason: 'QuantityOutOfBounds', id: terms.id, quantity }
  const { underlying, settlement } = at
  return (
    (underlying === undefined ? undefined : exposureRejection(terms.id, quantity, underlying, ONE_DOLLAR)) ??
    (settlement === undefined ? undefined : exposureRejection(terms.id, quantity, terms.strike, settlement))
  )
}

/** Prices of what a contract is about and settles in: what the first costs, and what the second costs who owes it. */
export function pricesOf(state: ReadonlyState, terms: Market) {
  const underlying = terms.kind === 'spot' ? undefined : indexPrice(state, terms.underlying)
  return { underlying, settlement: owedPrice(state, quoteAsset(terms)) }
}

/** What a trade costs is a quantity of its quote asset. */
const COST_BOUND = cashFlow(QUANTITY_BOUND * ONE)

function exposureRejection(id: string, quantity: Quantity, price: Price, quote: Price): Rejection | undefined {
  if (isLess(worthOf(costOf(quantity, price), quote), EXPOSURE_BOUND)) return undefined
  return { reason: 'ExposureOutOfBounds', id, price, quantity }
}

function largestTotal({ ledger, lending }: AssetBook): Quantity {
  return larger(larger(ledger.custody, lending.suppliedAtMost), lending.borrowedAtLeast)
}
