import { priceInDown } from '../quantity/price-time.ts'
import { earlier, later, shifted } from '../quantity/timestamp.ts'
import type { AssetId } from '../instrument/identifier.ts'
import type { Expiring } from '../instrument/market.ts'
import type { MarketView } from './listing.ts'
import type { ObservedIndex } from './settlement-index.ts'

/**
 * The last part of a contract's life, over which the index it settles at is averaged. Half an hour, as the largest venue of
 * crypto options does: to move the average by 1% the index must be held 1% away for all of it, or 30% for a minute.
 */
export const SETTLEMENT_WINDOW_MS = 30 * 60_000

/**
 * What the prices as they stand say of the index a contract settles at; undefined if they fall outside its window, or one of
 * them is missing or held by a guard. A price of low confidence counts: it is the best there is.
 */
export function observedIndex(view: MarketView, terms: Expiring): ObservedIndex | undefined {
  const [underlying, settlement] = [usable(view, terms.underlying), usable(view, terms.settlement)]
  if (underlying === undefined || settlement === undefined) return undefined
  const opening = shifted(terms.expiry, -SETTLEMENT_WINDOW_MS)
  const from = later(opening, later(underlying.observedAt, settlement.observedAt))
  const until = earlier(terms.expiry, earlier(underlying.freshUntil, settlement.freshUntil))
  return from < until ? { index: priceInDown(underlying.price, settlement.price), from, until } : undefined
}

function usable(view: MarketView, asset: AssetId) {
  const listed = view.assets.get(asset)
  const quote = listed?.index
  if (listed === undefined || quote === undefined || quote.guarded) return undefined
  const { price, observedAt } = quote
  // A price is still fresh when its age is what the rules allow.
  return { price, observedAt, freshUntil: shifted(observedAt, listed.terms.priceRules.freshForMs) }
}
