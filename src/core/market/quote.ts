import { add, isZero, larger, smaller, subtract } from '../quantity/arithmetic.ts'
import { valueOfOne } from '../quantity/doubt.ts'
import { isShareAbove } from '../quantity/comparison.ts'
import type { Ppm } from '../quantity/ppm.ts'
import type { Price } from '../quantity/price.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import type { Value } from '../quantity/value.ts'
import type { PriceRules } from '../instrument/asset.ts'

/** A price with what is known of its quality. */
export interface Quote {
  readonly price: Price
  /** Half of the width of the interval the source is confident of, in the price's unit. Zero: certain. */
  readonly halfWidth: Value
  /** Set when a guard (jump, deviation between sources) holds the price for suspect. */
  readonly guarded: boolean
  readonly observedAt: Timestamp
  /** What the initial side holds against the price where it is worse for the member: a slow average, what buyers and sellers offer. */
  readonly smoothed?: Price
  readonly bid?: Price
  readonly ask?: Price
  /** How sure the source is, from nothing to the whole; absent: the whole. */
  readonly confidence?: Ppm
}

/** What a price is worth at its worst for who holds it (`low`) and for who owes it (`high`), in its unit, >= 0. */
export interface PriceRange {
  readonly low: Value
  readonly high: Value
}

/** What may be done on a price, from best to worst: METHODOLOGY 1b. */
export type QuoteCondition = 'fresh' | 'lowConfidence' | 'guarded' | 'stale' | 'none'

const BEST_FIRST: readonly QuoteCondition[] = ['fresh', 'lowConfidence', 'guarded', 'stale', 'none']

/** The one of two on which less may be done. */
export function worseCondition(a: QuoteCondition, b: QuoteCondition): QuoteCondition {
  return BEST_FIRST.indexOf(a) < BEST_FIRST.indexOf(b) ? b : a
}

/** Condition of a quote at a time. Staleness comes first: an old price says nothing of its own confidence. */
export function quoteCondition(quote: Quote | undefined, rules: PriceRules, now: Timestamp): QuoteCondition {
  if (quote === undefined) return 'none'
  if (elapsedMs({ earlier: quote.observedAt, later: now }) > rules.freshForMs) return 'stale'
  if (quote.guarded) return 'guarded'
  if (isZero(quote.halfWidth)) return 'fresh'
  return isShareAbove({ part: quote.halfWidth, whole: quote.price, share: rules.lowConfidencePpm })
    ? 'lowConfidence'
    : 'fresh'
}

/**
 * The worst of everything a quote says: the price, its slow average, what is bid for it (to who holds it) or asked (of who owes
 * it), and while the price is of low confidence the ends of its interval.
 */
export function conservativeRange(quote: Quote, rules: PriceRules, now: Timestamp): PriceRange {
  const { price, smoothed = price, bid = price, ask = price } = quote
  const range = { low: valueOfOne(least(price, smoothed, bid)), high: valueOfOne(most(price, smoothed, ask)) }
  if (quoteCondition(quote, rules, now) !== 'lowConfidence') return range
  const worth = valueOfOne(price)
  return {
    low: smaller(range.low, subtract(worth, quote.halfWidth)),
    high: larger(range.high, add(worth, quote.halfWidth)),
  }
}

function least(a: Price, b: Price, c: Price): Price {
  return smaller(smaller(a, b), c)
}

function most(a: Price, b: Price, c: Price): Price {
  return larger(larger(a, b), c)
}
