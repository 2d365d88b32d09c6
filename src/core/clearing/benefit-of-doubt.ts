import { add } from '../quantity/arithmetic.ts'
import { doubtUp, relativeWidthUp, staleWidthUp } from '../quantity/doubt.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import { ONE_DOLLAR } from '../quantity/price.ts'
import { NO_VALUE, type Value, type WideValue } from '../quantity/value.ts'
import type { PriceRules } from '../instrument/asset.ts'
import { type ValuedContract, valuedContract } from '../market/listing.ts'
import { type Quote, type QuoteCondition, quoteCondition } from '../market/quote.ts'
import { claimsOf } from '../portfolio/claims.ts'
import { costOf, worthOf } from '../quantity/product.ts'
import type { OpenPosition, Portfolio } from '../portfolio/portfolio.ts'
import type { ReadonlyState } from './state.ts'

/**
 * What a member might own beyond its NLV if its bad prices were wrong in its favour, >= 0, USD (METHODOLOGY 1b): for each
 * stale, guarded or low-confidence price, the exposure times the price's width. Zero while all prices are fresh.
 */
export function benefitOfDoubt(state: ReadonlyState, portfolio: Portfolio, time: Timestamp): Value {
  let benefit = NO_VALUE
  for (const claim of claimsOf(portfolio, state)) {
    const listed = state.assets.get(claim.asset)
    const width = listed === undefined ? 0n : widthOf(listed.index, listed.terms.priceRules, time)
    benefit = add(benefit, doubtUp(worthOf(claim.flow, claim.price), width))
  }
  for (const position of portfolio.positions) {
    const contract = valuedContract(state, position.market)
    const rules = contract === undefined ? undefined : state.assets.get(contract.terms.underlying)?.terms.priceRules
    if (contract === undefined || rules === undefined) continue
    const mark = state.markets.get(position.market)?.mark
    const width = widthOf(mark, rules, time)
    benefit = add(benefit, doubtUp(doubted(position, contract, quoteCondition(mark, rules, time)), width))
  }
  return benefit
}

/**
 * What a width is a share of: the contracts at their mark. While an option is stale its underlying has moved, by a share of its
 * own price, and the option by at most as much.
 */
function doubted({ quantity }: OpenPosition, contract: ValuedContract, condition: QuoteCondition): WideValue {
  const { terms, mark, settlementPrice, underlyingPrice } = contract
  return terms.kind === 'option' && condition === 'stale' && underlyingPrice !== undefined
    ? worthOf(costOf(quantity, underlyingPrice), ONE_DOLLAR)
    : worthOf(costOf(quantity, mark), settlementPrice)
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
