import { absolute, add, isNegative, larger, smaller } from '../quantity/arithmetic.ts'
import type { CashFlow } from '../quantity/cash-flow.ts'
import { relativeWidthUp, uncertainCash, uncertainWorth } from '../quantity/doubt.ts'
import type { Price } from '../quantity/price.ts'
import { worthOf } from '../quantity/product.ts'
import { narrowedDown, priceGap, redeemedDown, redeemedUp, widenedUp } from '../quantity/redemption.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, NO_WIDE_VALUE, type Value, type WideValue } from '../quantity/value.ts'
import type { PriceRules } from '../instrument/asset.ts'
import { type ListedAsset, type MarketView, priceRules } from '../market/listing.ts'
import { type Quote, quoteCondition } from '../market/quote.ts'
import { owedPrice, type Redemption, redemptionOf } from '../market/redemption.ts'
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
  for (const { listed, flow } of claims) {
    const width = worseBy(view, listed, flow, now)
    total = add(total, uncertainWorth(absolute(flow), width))
  }
  for (const { position, contract } of positions) {
    const mark = view.markets.get(contract.terms.id)?.mark
    if (!isDoubted(mark, priceRules(view, contract.terms.underlying), now) || mark === undefined) continue
    const price = owedPrice(view, contract.terms.settlement) ?? contract.settlementPrice
    total = add(total, worthOf(uncertainCash(absolute(position.quantity), mark.halfWidth), price))
  }
  return total
}

/** By how much the price of a flow is better than its worse bound, USD a unit. */
function worseBy(view: MarketView, listed: ListedAsset, flow: CashFlow, now: Timestamp): Value {
  const { index, terms } = listed
  if (index === undefined) return NO_VALUE
  const redemption = terms.backing === undefined ? undefined : redemptionOf(view, listed)
  const own = isDoubted(index, terms.priceRules, now)
  if (redemption === undefined) return own ? index.halfWidth : NO_VALUE
  const ownWidth = own ? relativeWidthUp(index.halfWidth, index.price) : 0n
  const referenceWidth = widthOfReference(redemption, now)
  if (ownWidth === 0n && referenceWidth === 0n) return NO_VALUE
  return isNegative(flow)
    ? owedWorseBy(index.price, ownWidth, redemption, referenceWidth)
    : ownedWorseBy(index.price, ownWidth, redemption, referenceWidth)
}

function ownedWorseBy(market: Price, ownWidth: bigint, { rate, reference }: Redemption, referenceWidth: bigint): Value {
  const redeemed = redeemedDown(rate, reference)
  const worse = smaller(narrowedDown(market, ownWidth), narrowedDown(redeemed, referenceWidth))
  return priceGap(smaller(market, redeemed), worse)
}

function owedWorseBy(market: Price, ownWidth: bigint, { rate, reference }: Redemption, referenceWidth: bigint): Value {
  const redeemed = redeemedUp(rate, reference)
  const worse = larger(widenedUp(market, ownWidth), widenedUp(redeemed, referenceWidth))
  return priceGap(larger(market, redeemed), worse)
}

function widthOfReference({ referenceAsset }: Redemption, now: Timestamp): bigint {
  const index = referenceAsset?.index
  if (referenceAsset === undefined || index === undefined) return 0n
  return isDoubted(index, referenceAsset.terms.priceRules, now) ? relativeWidthUp(index.halfWidth, index.price) : 0n
}

function isDoubted(quote: Quote | undefined, rules: PriceRules | undefined, now: Timestamp): boolean {
  return rules !== undefined && quoteCondition(quote, rules, now) === 'lowConfidence'
}
