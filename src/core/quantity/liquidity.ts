import type { Ppm } from './ppm.ts'
import { type Quantity, quantity, QUANTITY_BOUND } from './quantity.ts'
import { divCeil, divFloor, sqrtCeil } from './rounding.ts'
import { MILLION } from './unit.ts'
import { type Value, value, type WideValue } from './value.ts'

/** What closing a size costs in a market: half the spread, plus impact with the root of the size over a day's volume. */
export interface Depth {
  readonly halfSpread: Ppm
  /** Y: impact of closing a day's volume, in daily volatilities. */
  readonly impactFactor: Ppm
  /** Sigma: standard deviation of a day's return. */
  readonly dailyVolatility: Ppm
  /** ADV: what a day trades on average, in units of what is held. Above 0. */
  readonly dailyVolume: Quantity
}

/** A wide worth (1e-54 USD) times two shares in ppm, per atom of value. */
const PER_ATOM = 10n ** 36n * MILLION * MILLION

/** Closing costs at most so many times what is closed: impact by the root of the size says nothing beyond, and no sum of margins leaves its bounds. */
const MOST_TIMES = 100n

/**
 * |worth| (half spread + Y sigma sqrt(S / ADV)), at most a hundred times the worth, rounded up once: what closing must be held for, S
 * the size (>= 0) that sets the impact. Throws RangeError from 1e15 USD on, or without a daily volume.
 */
export function liquidityUp(worth: WideValue, size: Quantity, depth: Depth): Value {
  const [cost, most] = [costUp(worth, size, depth), divCeil(MOST_TIMES * magnitude(worth), 10n ** 36n)]
  return value(cost < most ? cost : most)
}

/** The same, but never more than the worth itself, rounded up: what is owned cannot cost more to sell than it is worth. */
export function liquidityWithinWorthUp(worth: WideValue, size: Quantity, depth: Depth): Value {
  const [cost, most] = [costUp(worth, size, depth), divCeil(magnitude(worth), 10n ** 36n)]
  return value(cost < most ? cost : most)
}

/**
 * q* = ADV ((1 - w - half spread) / (1.5 Y sigma))^2, rounded down against the member: where one unit more, of which w is
 * required already, costs its whole value to close. 0 if the bracket is not positive; every size if there is no impact.
 */
export function usefulSizeDown(
  required: Ppm,
  { halfSpread, impactFactor, dailyVolatility, dailyVolume }: Depth,
): Quantity {
  const bracket = MILLION - required - halfSpread
  if (bracket <= 0n) return quantity(0n)
  const largest = quantity(QUANTITY_BOUND - 1n)
  const slope = 3n * impactFactor * dailyVolatility
  if (slope === 0n) return largest
  const root = 2n * MILLION * bracket
  const size = divFloor(dailyVolume * root * root, slope * slope)
  return size < largest ? quantity(size) : largest
}

/** Atoms of value. The ceiling of a sum with a root is the ceiling of the sum with its ceiling: it is one rounding. */
function costUp(
  worth: WideValue,
  size: Quantity,
  { halfSpread, impactFactor, dailyVolatility, dailyVolume }: Depth,
): bigint {
  const spread = magnitude(worth) * halfSpread * MILLION
  const whole = worth * impactFactor * dailyVolatility
  const impact = sqrtCeil(divCeil(whole * whole * size, dailyVolume))
  return divCeil(spread + impact, PER_ATOM)
}

function magnitude(worth: WideValue): bigint {
  return worth < 0n ? -worth : worth
}
