import { isNegative, larger, smaller } from '../quantity/arithmetic.ts'
import type { CashFlow } from '../quantity/cash-flow.ts'
import { ONE_DOLLAR, type Price } from '../quantity/price.ts'
import { redeemedDown, redeemedUp, redeemedWorthDown, redeemedWorthUp } from '../quantity/redemption.ts'
import { valueOfOne } from '../quantity/doubt.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import type { PriceRules } from '../instrument/asset.ts'
import type { AssetId } from '../instrument/identifier.ts'
import type { ListedAsset, MarketView } from './listing.ts'
import { conservativeRange, type PriceRange, type QuoteCondition, quoteCondition, worseCondition } from './quote.ts'

/** How a redeemable claim turns into what it stands for. */
export interface Redemption {
  /** Units of the reference for one unit of the claim. */
  readonly rate: Price
  /** When the rate was reported; undefined: it is 1 by definition and never old. */
  readonly rateObservedAt: Timestamp | undefined
  /** USD of one unit of the reference. */
  readonly reference: Price
  /** Undefined: the unit of account, whose price is certain. */
  readonly referenceAsset: ListedAsset | undefined
}

/**
 * How a claim can be redeemed now (METHODOLOGY 2). Undefined: the asset is no redeemable claim, no rate of it was ever reported, or
 * its reference never had a price; then the market's price is all there is. A claim on the unit of account redeems for 1 until a
 * rate says otherwise.
 */
export function redemptionOf(view: MarketView, { terms, exchangeRate }: ListedAsset): Redemption | undefined {
  const { backing } = terms
  if (backing === undefined || !backing.redeemable) return undefined
  const rateObservedAt = exchangeRate?.observedAt
  if (backing.reference === undefined) {
    const rate = exchangeRate?.rate ?? ONE_DOLLAR
    return { rate, rateObservedAt, reference: ONE_DOLLAR, referenceAsset: undefined }
  }
  const referenceAsset = view.assets.get(backing.reference)
  if (exchangeRate === undefined || referenceAsset?.index === undefined) return undefined
  return { rate: exchangeRate.rate, rateObservedAt, reference: referenceAsset.index.price, referenceAsset }
}

/** What one unit owned is worth: the lower of the market's price and what the claim redeems for. */
function ownedPriceOf(view: MarketView, listed: ListedAsset, market: Price): Price {
  const redemption = redemptionOf(view, listed)
  return redemption === undefined ? market : smaller(market, redeemedDown(redemption.rate, redemption.reference))
}

/** What one unit owed is worth: the higher of the two. */
export function owedPriceOf(view: MarketView, listed: ListedAsset, market: Price): Price {
  const redemption = redemptionOf(view, listed)
  return redemption === undefined ? market : larger(market, redeemedUp(redemption.rate, redemption.reference))
}

/** Price at which a netting set's net flow of an asset counts: owned or owed. */
export function sidedPriceOf(view: MarketView, listed: ListedAsset, market: Price, flow: CashFlow): Price {
  return isNegative(flow) ? owedPriceOf(view, listed, market) : ownedPriceOf(view, listed, market)
}

/** What one unit of an asset owned is worth in USD; undefined if it never had a price. */
export function ownedPrice(view: MarketView, asset: AssetId): Price | undefined {
  const listed = view.assets.get(asset)
  return listed?.index === undefined ? undefined : ownedPriceOf(view, listed, listed.index.price)
}

/** What one unit of an asset owed is worth in USD; undefined if it never had a price. */
export function owedPrice(view: MarketView, asset: AssetId): Price | undefined {
  const listed = view.assets.get(asset)
  return listed?.index === undefined ? undefined : owedPriceOf(view, listed, listed.index.price)
}

/**
 * The worst of everything that is known of what one unit of an asset is worth: what its own quote says, and of a claim that can be
 * redeemed also what it redeems for at the worst that its reference's quote says. Undefined: it never had a price.
 */
export function conservativePrices(view: MarketView, listed: ListedAsset, now: Timestamp): PriceRange | undefined {
  const { index, terms } = listed
  if (index === undefined) return undefined
  const own = conservativeRange(index, terms.priceRules, now)
  const redemption = redemptionOf(view, listed)
  if (redemption === undefined) return own
  const { low, high } = rangeOfReference(redemption, now)
  return {
    low: smaller(own.low, redeemedWorthDown(redemption.rate, low)),
    high: larger(own.high, redeemedWorthUp(redemption.rate, high)),
  }
}

function rangeOfReference({ reference, referenceAsset }: Redemption, now: Timestamp): PriceRange {
  return referenceAsset?.index === undefined
    ? { low: valueOfOne(reference), high: valueOfOne(reference) }
    : conservativeRange(referenceAsset.index, referenceAsset.terms.priceRules, now)
}

/** Condition of an exchange rate, by the price rules of the claim. One that is 1 by definition is fresh. */
export function rateCondition({ rateObservedAt }: Redemption, rules: PriceRules, now: Timestamp): QuoteCondition {
  if (rateObservedAt === undefined) return 'fresh'
  return elapsedMs({ earlier: rateObservedAt, later: now }) > rules.freshForMs ? 'stale' : 'fresh'
}

/**
 * Condition of an asset's price at a time. Of a claim that can be redeemed the worst of all it is worth by: its market price, its
 * exchange rate, and its reference's price by the reference's own rules.
 */
export function indexCondition(view: MarketView, asset: AssetId, now: Timestamp): QuoteCondition {
  const listed = view.assets.get(asset)
  if (listed === undefined) return 'none'
  const { priceRules: rules } = listed.terms
  const own = quoteCondition(listed.index, rules, now)
  const redemption = redemptionOf(view, listed)
  if (redemption === undefined) return own
  const { referenceAsset: reference } = redemption
  const worst = worseCondition(own, rateCondition(redemption, rules, now))
  return reference === undefined
    ? worst
    : worseCondition(worst, quoteCondition(reference.index, reference.terms.priceRules, now))
}
