import { isLess, larger } from '../quantity/arithmetic.ts'
import { ONE_DOLLAR, type Price } from '../quantity/price.ts'
import { costOf, worthOf } from '../quantity/product.ts'
import { isQuantity, type Quantity } from '../quantity/quantity.ts'
import { EXPOSURE_BOUND } from '../quantity/value.ts'
import type { AssetId, MarketId } from '../instrument/identifier.ts'
import { indexPrice } from '../market/listing.ts'
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
  at: Price | undefined = indexPrice(state, asset),
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

function exposureRejection(id: string, quantity: Quantity, price: Price, quote: Price): Rejection | undefined {
  if (isLess(worthOf(costOf(quantity, price), quote), EXPOSURE_BOUND)) return undefined
  return { reason: 'ExposureOutOfBounds', id, price, quantity }
}

function largestTotal({ ledger, lending }: AssetBook): Quantity {
  return larger(larger(ledger.custody, lending.suppliedAtMost), lending.borrowedAtLeast)
}
