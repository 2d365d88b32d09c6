import { add, subtract } from '../quantity/arithmetic.ts'
import type { CashFlow } from '../quantity/cash-flow.ts'
import { shortfallAtWorst, worstWorth } from '../quantity/doubt.ts'
import { worthOf } from '../quantity/product.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { NO_WIDE_VALUE, type WideValue } from '../quantity/value.ts'
import type { AssetId } from '../instrument/identifier.ts'
import { type MarketView, priceRules } from '../market/listing.ts'
import { conservativeRange, type PriceRange, type Quote } from '../market/quote.ts'
import type { Claim, ValuedPosition } from './claims.ts'

/**
 * NLV less what it would be at conservative prices, >= 0, exact (METHODOLOGY 1): every contract at the worse for the member of
 * mark, slow average and bid or ask, or of the interval while its price is of low confidence; then what is had or owed of each
 * asset, with that taken off, at the worse of its own prices. It is charged to the initial side, so that new risk is judged by
 * the worse price while liquidation looks at the mark.
 */
export function prudence(
  claims: readonly Claim[],
  positions: readonly ValuedPosition[],
  view: MarketView,
  now: Timestamp,
): WideValue {
  const shortfalls = shortfallsByAsset(positions, view, now)
  let total = NO_WIDE_VALUE
  for (const { asset, flow, price } of claims) {
    const shortfall = shortfalls.get(asset)
    const range = rangeOf(view.assets.get(asset)?.index, view, { rulesOf: asset, now })
    const left = shortfall === undefined ? flow : subtract(flow, shortfall)
    const worst = range === undefined ? worthOf(left, price) : worstWorth(left, range)
    total = add(total, subtract(worthOf(flow, price), worst))
  }
  return total
}

/** What contracts would be worth less at conservative marks, by the asset they settle in: each has a claim. */
function shortfallsByAsset(
  positions: readonly ValuedPosition[],
  view: MarketView,
  now: Timestamp,
): ReadonlyMap<AssetId, CashFlow> {
  const shortfalls = new Map<AssetId, CashFlow>()
  for (const { position, contract } of positions) {
    const { id, underlying, settlement } = contract.terms
    const range = rangeOf(view.markets.get(id)?.mark, view, { rulesOf: underlying, now })
    if (range === undefined) continue
    const shortfall = shortfallAtWorst(position.quantity, contract.mark, range)
    const before = shortfalls.get(settlement)
    shortfalls.set(settlement, before === undefined ? shortfall : add(before, shortfall))
  }
  return shortfalls
}

function rangeOf(
  quote: Quote | undefined,
  view: MarketView,
  { rulesOf, now }: { readonly rulesOf: AssetId; readonly now: Timestamp },
): PriceRange | undefined {
  const rules = priceRules(view, rulesOf)
  return quote === undefined || rules === undefined ? undefined : conservativeRange(quote, rules, now)
}
