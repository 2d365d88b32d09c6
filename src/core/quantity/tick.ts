import { PRICE_BOUND, type Price, price } from './price.ts'
import { divFloor } from './rounding.ts'

const SIGNIFICANT_DIGITS = 6

/** One unit of the sixth significant digit of a price, at least an atom: 0.1 at 68,000, 0.01 at 2,000, 0.000001 at 0.9998. */
export function sensibleTick(at: Price): Price {
  const places = at.toString().length - SIGNIFICANT_DIGITS
  return price(places < 0 ? 1n : 10n ** BigInt(places))
}

/** Whole ticks within a price, rounded down. */
export function ticksDown(at: Price, tick: Price): bigint {
  return divFloor(at, tick)
}

/** The price of so many ticks, at least one. Throws RangeError beyond the bounds of a price. */
export function priceOfTicks(ticks: bigint, tick: Price): Price {
  return price(ticks * tick)
}

/** Ticks of the largest price that is searched: so many times a price, within the bounds of a price. */
export function lastTickDown(at: Price, times: bigint, tick: Price): bigint {
  const most = at * times
  return divFloor(most < PRICE_BOUND ? most : PRICE_BOUND - 1n, tick)
}
