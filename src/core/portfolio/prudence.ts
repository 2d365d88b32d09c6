import { absolute, add } from '../quantity/arithmetic.ts'
import { uncertainCash, uncertainWorth } from '../quantity/doubt.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { NO_WIDE_VALUE, type WideValue } from '../quantity/value.ts'
import type { PriceRules } from '../instrument/asset.ts'
import { type MarketView, priceRules } from '../market/listing.ts'
import { type Quote, quoteCondition } from '../market/quote.ts'
import { worthOf } from '../quantity/product.ts'
import type { Claim, ValuedPosition } from './claims.ts'

/**
 * What a netting set would be worth less at the worse bound of every price of low confidence, >= 0, exact: METHODOLOGY 1b
 * charges it to the initial side, so that new risk is judged by the worse bound while liquidation looks at the mark.
 */
export function prudence(
  claims: readonly Claim[],
  positions: readonly ValuedPosition[],
  view: MarketView,
  now: Timestamp,
): WideValue {
  let total = NO_WIDE_VALUE
  for (const { asset, flow } of claims) {
    const listed = view.assets.get(asset)
    if (!isDoubted(listed?.index, priceRules(view, asset), now) || listed?.index === undefined) continue
    total = add(total, uncertainWorth(absolute(flow), listed.index.halfWidth))
  }
  for (const { position, contract } of positions) {
    const mark = view.markets.get(contract.terms.id)?.mark
    if (!isDoubted(mark, priceRules(view, contract.terms.underlying), now) || mark === undefined) continue
    total = add(total, worthOf(uncertainCash(absolute(position.quantity), mark.halfWidth), contract.settlementPrice))
  }
  return total
}

function isDoubted(quote: Quote | undefined, rules: PriceRules | undefined, now: Timestamp): boolean {
  return rules !== undefined && quoteCondition(quote, rules, now) === 'lowConfidence'
}
