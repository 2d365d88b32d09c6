import { add, isNegative, larger, smaller, subtract } from '../quantity/arithmetic.ts'
import { doubtUp, relativeWidthUp, staleWidthUp } from '../quantity/doubt.ts'
import { ONE_DOLLAR, type Price } from '../quantity/price.ts'
import { costOf, narrowUp, worthOf } from '../quantity/product.ts'
import { narrowedDown, redeemedDown, redeemedUp, restatedUp, widenedUp } from '../quantity/redemption.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, type Value, type WideValue } from '../quantity/value.ts'
import type { PriceRules } from '../instrument/asset.ts'
import { type MarketView, type ValuedContract, valuedContract } from '../market/listing.ts'
import { type Quote, type QuoteCondition, quoteCondition } from '../market/quote.ts'
import { owedPrice, rateCondition, type Redemption, redemptionOf } from '../market/redemption.ts'
import { type Claim, claimsOf } from '../portfolio/claims.ts'
import type { OpenPosition, Portfolio } from '../portfolio/portfolio.ts'
import type { ReadonlyState } from './state.ts'

/**
 * What a member might own beyond its NLV if its bad prices were wrong in its favour, >= 0, USD (METHODOLOGY 1b): for each
 * stale, guarded or low-confidence price, the exposure times the price's width. Zero while all prices are fresh.
 */
export function benefitOfDoubt(state: ReadonlyState, portfolio: Portfolio, time: Timestamp): Value {
  let benefit = NO_VALUE
  for (const claim of claimsOf(portfolio, state)) benefit = add(benefit, doubtOfClaim(state, claim, time))
  for (const position of portfolio.positions) {
    const contract = valuedContract(state, position.market)
    const rules = contract === undefined ? undefined : state.assets.get(contract.terms.underlying)?.terms.priceRules
    if (contract === undefined || rules === undefined) continue
    const mark = state.markets.get(position.market)?.mark
    const width = widthOf(mark, rules, time)
    const lossPrice = owedPrice(state, contract.terms.settlement) ?? contract.settlementPrice
    const exposure = doubted(position, contract, { condition: quoteCondition(mark, rules, time), lossPrice })
    benefit = add(benefit, doubtUp(exposure, width))
  }
  return benefit
}

function doubtOfClaim(view: MarketView, { listed, flow, price }: Claim, time: Timestamp): Value {
  const { index, terms } = listed
  const width = widthOf(index, terms.priceRules, time)
  const redemption = redemptionOf(view, listed)
  if (redemption === undefined || index === undefined) return doubtUp(worthOf(flow, price), width)
  const redeemedWidth = widthOfRedemption(redemption, terms.priceRules, time)
  const better = isNegative(flow)
    ? betterOwed(index.price, width, redemption, redeemedWidth)
    : betterOwned(index.price, width, redemption, redeemedWidth)
  return narrowUp(subtract(worthOf(flow, better), worthOf(flow, price)))
}

/** What is owned can be worth more only as far as both market price and redemption value can. */
function betterOwned(market: Price, width: bigint, { rate, reference }: Redemption, redeemedWidth: bigint): Price {
  return smaller(widenedUp(market, width), widenedUp(redeemedDown(rate, reference), redeemedWidth))
}

function betterOwed(market: Price, width: bigint, { rate, reference }: Redemption, redeemedWidth: bigint): Price {
  return larger(narrowedDown(market, width), narrowedDown(redeemedUp(rate, reference), redeemedWidth))
}

/** A redemption value is as doubtful as its reference's price and a stale exchange rate together. */
function widthOfRedemption(redemption: Redemption, rules: PriceRules, time: Timestamp): bigint {
  const { rateObservedAt, referenceAsset } = redemption
  const ofReference =
    referenceAsset === undefined ? 0n : widthOf(referenceAsset.index, referenceAsset.terms.priceRules, time)
  if (rateObservedAt === undefined || rateCondition(redemption, rules, time) === 'fresh') return ofReference
  return ofReference + staleWidthUp(rules.dailyVolatilityPpm, elapsedMs({ earlier: rateObservedAt, later: time }))
}

/**
 * What a width is a share of: the contracts at their mark, at the price at which what they settle in would be owed. While an option
 * is stale its underlying has moved, by a share of its own price, and the option by at most as much.
 */
function doubted(
  { quantity }: OpenPosition,
  { terms, mark, settlementPrice, underlyingPrice }: ValuedContract,
  { condition, lossPrice }: { readonly condition: QuoteCondition; readonly lossPrice: Price },
): WideValue {
  if (terms.kind !== 'option' || condition !== 'stale' || underlyingPrice === undefined)
    return worthOf(costOf(quantity, mark), lossPrice)
  const underlying = restatedUp(underlyingPrice, { paidAt: settlementPrice, countedAt: lossPrice })
  return worthOf(costOf(quantity, underlying), ONE_DOLLAR)
}

function widthOf(quote: Quote | undefined, rules: PriceRules, time: Timestamp): bigint {
  switch (quoteCondition(quote, rules, time)) {
    case 'fresh':
    case 'none':
      return 0n
    case 'stale':
      return quote === undefined
        ? 0n
        : staleWidthUp(rules.dailyVolatilityPpm, elapsedMs({ earlier: quote.observedAt, later: time }))
    case 'lowConfidence':
    case 'guarded':
      return quote === undefined ? 0n : relativeWidthUp(quote.halfWidth, quote.price)
  }
}
