import { PRICE_BOUND, type Price, price } from './price.ts'
import type { Rate } from './rate.ts'
import { rate } from './rate.ts'
import { divCeil, divFloor } from './rounding.ts'
import { ONE } from './unit.ts'
import { type Value, value } from './value.ts'

/** How many times a price is what it was: exact, as a fraction of positive integers. */
export interface PriceRatio {
  readonly to: bigint
  readonly from: bigint
}

export const SAME_PRICE: PriceRatio = { to: 1n, from: 1n }
const LARGEST_PRICE = PRICE_BOUND - 1n

export function priceRatio(from: Price, to: Price): PriceRatio {
  return { to, from }
}

/** Of a factor such as 0.9. Throws RangeError unless it is positive. */
export function ratioOfFactor(factor: Rate): PriceRatio {
  if (factor <= 0n) throw new RangeError(`a price moves to a positive multiple, was ${factor}`)
  return { to: factor, from: ONE }
}

/** One after the other. */
export function compoundRatio(a: PriceRatio, b: PriceRatio): PriceRatio {
  return { to: a.to * b.to, from: a.from * b.from }
}

/** The price times the ratio, to the nearest atom (longs and shorts have no common safe direction), kept within the bounds of a price. */
export function movedPrice(at: Price, { to, from }: PriceRatio): Price {
  const twice = divFloor(2n * at * to + from, 2n * from)
  return price(twice < 1n ? 1n : twice > LARGEST_PRICE ? LARGEST_PRICE : twice)
}

/** A half-width that moves with its price, rounded up: doubt never shrinks. */
export function movedWidthUp(width: Value, { to, from }: PriceRatio): Value {
  return value(divCeil(width * to, from))
}

/** The price plus an amount of its unit, kept within the bounds of a price. */
export function shiftedPrice(at: Price, by: Value): Price {
  const moved = at + by
  return price(moved < 1n ? 1n : moved > LARGEST_PRICE ? LARGEST_PRICE : moved)
}

/** A rate times a factor, to the nearest atom; below zero it counts as zero. */
export function scaledRate(of: Rate, factor: Rate): Rate {
  const scaled = divFloor(2n * of * factor + ONE, 2n * ONE)
  return rate(scaled < 0n ? 0n : scaled)
}

/** Millionths by which the first price differs from the second, of the second: to the nearest. */
export function moveMillionths(to: Price, from: Price): bigint {
  return divFloor(2n * (to - from) * 1_000_000n + from, 2n * from)
}
