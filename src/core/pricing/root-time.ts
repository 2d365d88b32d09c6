import { divFloor, sqrtCeil } from '../quantity/rounding.ts'

/** A year of a volatility is 365 days, as a year of interest is. */
export const MS_PER_YEAR = 31_536_000_000n

/** Times to expiry stay within a hundred years. */
export const TIME_BOUND_MS = 100n * MS_PER_YEAR

/** Root of a time to expiry, worked out once for all volatilities and strikes of an expiry. */
export interface RootTime {
  /** sqrt(years), `ROOT_BITS` after the point: never above the true one and less than 2 of the last place below it. */
  readonly root: bigint
}

export const ROOT_BITS = 160n

/** Root of the years in a time to expiry. Throws RangeError as `wholeMs` does. */
export function rootTimeDown(timeMs: number): RootTime {
  const ms = wholeMs(timeMs)
  if (ms === 0n) return { root: 0n }
  // With y = floor(x): sqrtCeil(y) - 1 < sqrt(y) <= sqrt(x), and sqrt(x) - sqrt(y) < 1 / (2 sqrt(y)), far below one.
  return { root: sqrtCeil(divFloor(ms << (2n * ROOT_BITS), MS_PER_YEAR)) - 1n }
}

/** Throws RangeError unless a whole number of milliseconds from 0 to a hundred years. */
export function wholeMs(timeMs: number): bigint {
  const ms = BigInt(timeMs)
  if (ms < 0n || ms > TIME_BOUND_MS) throw new RangeError(`time must be 0 to 100 years, was ${timeMs} ms`)
  return ms
}
