import { add, subtract } from '../quantity/arithmetic.ts'
import type { CashFlow } from '../quantity/cash-flow.ts'
import { shortfallAtWorst, worstWorth } from '../quantity/doubt.ts'
import { worthOf } from '../quantity/product.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { NO_WIDE_VALUE, type WideValue } from '../quantity/value.ts'
import type { AssetId } from '../instrument/identifier.ts'
import { type MarketView, priceRules } from '../market/listing.ts'
import { conservativeRange } from '../market/quote.ts'
import { conservativePrices } from '../market/redemption.ts'
import type { Claim, ValuedPosition } from './claims.ts'

/**
 * NLV less what it would be at conservative prices, >= 0, exact (METHODOLOGY 1): every contract at the worse for the member of
 * mark, slow average and bid or ask, or of the interval while its price is of low confidence; then what is had or owed of each
 * asset, with that taken off, at the worse of its own prices and of what it redeems for. It is charged to the initial side, so that
 * new risk is judged by the worse price while liquidation looks at the mark.
 */
export function prudence(
  claims: readonly Claim[],
  positions: readonly ValuedPosition[],
  view: MarketView,
  now: Timestamp,
): WideValue {
  const shortfalls = shortfallsByAsset(positions, view, now)
  let total = NO_WIDE_VALUE
  for (const { asset, listed, flow, price } of claims) {
    const shortfall = shortfalls.get(asset)
    const range = conservativePrices(view, listed, now)
    // Whether an asset is owned or owed is decided anew: a smaller profit may leave a debt.
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
    const mark = view.markets.get(id)?.mark
    const rules = priceRules(view, underlying)
    if (mark === undefined || rules === undefined) continue
    const shortfall = shortfallAtWorst(position.quantity, contract.mark, conservativeRange(mark, rules, now))
    const before = shortfalls.get(settlement)
    shortfalls.set(settlement, before === undefined ? shortfall : add(before, shortfall))
  }
  return shortfalls
}
