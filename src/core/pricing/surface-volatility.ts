import { type Price, price } from '../quantity/price.ts'
import { type Rate, rate } from '../quantity/rate.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import { VOLATILITY_BOUND } from './deviation.ts'
import { divNearest } from './fixed.ts'
import { type LoggedPrice, logged } from './logarithm.ts'
import { type VarianceCurve, varianceAt, varianceCurve, volatilityOf } from './variance-curve.ts'
import type { VolatilitySlice, VolatilitySurface } from './vol-surface.ts'

/** What an option is to be priced from. */
export interface SurfacePoint {
  readonly volatility: Rate
  readonly forward: Price
}

/** A surface as of a time, with all worked out that its options share. */
export interface PreparedSurface {
  readonly time: Timestamp
  /** Those that have not expired, ascending. */
  readonly slices: readonly PreparedSlice[]
}

export interface PreparedSlice {
  readonly terms: VolatilitySlice
  /** To expiry, above 0. */
  readonly timeMs: number
  readonly forward: LoggedPrice
  readonly curve: VarianceCurve
}

/** Slices at or before the time are left out. Throws RangeError for a time to expiry or a delta out of bounds. */
export function prepareSurface({ slices }: VolatilitySurface, time: Timestamp): PreparedSurface {
  const live = slices.filter(({ expiry }) => elapsedMs({ earlier: time, later: expiry }) > 0)
  return { time, slices: live.map((terms) => prepareSlice(terms, time)) }
}

/**
 * Volatility and forward of an option: undefined if it has expired, if no slice is left, if a slice has no pillar, or if what
 * follows is no volatility from 0 to below 100,000%.
 *
 * Within a slice: `varianceAt`. Between two, total variance is linear in time at the same k = ln(K/F), with the forward that is
 * linear in time between theirs, to the nearest atom. Before the first and after the last slice volatility at the same k and
 * forward stay as they are there. Volatility is rounded to the nearest atom; it is an input to marks and has no safe side.
 */
export function preparedVolatilityAt(
  { time, slices }: PreparedSurface,
  { expiry, strike }: { readonly expiry: Timestamp; readonly strike: Price },
): SurfacePoint | undefined {
  const timeMs = elapsedMs({ earlier: time, later: expiry })
  if (timeMs <= 0) return undefined
  const index = slices.findIndex((slice) => slice.timeMs >= timeMs)
  const [before, after] = index < 0 ? [slices.at(-1), undefined] : [slices[index - 1], slices[index]]
  const only = after === undefined ? before : before === undefined || after.timeMs === timeMs ? after : undefined
  const { logarithm } = logged(strike)
  if (only !== undefined) {
    return pointOf(varianceAt(only.curve, logarithm - only.forward.logarithm), only.forward.price)
  }
  if (before === undefined || after === undefined) return undefined
  return pointBetween({ before, after, timeMs: BigInt(timeMs) }, logarithm)
}

/** As `preparedVolatilityAt`, of a surface as it is. */
export function volatilityAt(
  surface: VolatilitySurface,
  option: { readonly expiry: Timestamp; readonly strike: Price; readonly time: Timestamp },
): SurfacePoint | undefined {
  return preparedVolatilityAt(prepareSurface(surface, option.time), option)
}

function prepareSlice(terms: VolatilitySlice, time: Timestamp): PreparedSlice {
  const timeMs = elapsedMs({ earlier: time, later: terms.expiry })
  const forward = logged(terms.forward)
  return { terms, timeMs, forward, curve: varianceCurve({ smile: terms.smile, expiryMs: timeMs, forward }) }
}

function pointBetween(
  at: { readonly before: PreparedSlice; readonly after: PreparedSlice; readonly timeMs: bigint },
  strike: bigint,
): SurfacePoint | undefined {
  const { before, after, timeMs } = at
  const [start, end] = [BigInt(before.timeMs), BigInt(after.timeMs)]
  const [toEnd, fromStart, width] = [end - timeMs, timeMs - start, end - start]
  const [first, last]: readonly [bigint, bigint] = [before.forward.price, after.forward.price]
  const forward = logged(price(divNearest(first * toEnd + last * fromStart, width)))
  const moneyness = strike - forward.logarithm
  const [early, late] = [varianceAt(before.curve, moneyness), varianceAt(after.curve, moneyness)]
  if (early === undefined || late === undefined || early < 0n || late < 0n) return undefined
  const variance = divNearest(early * start * toEnd + late * end * fromStart, width * timeMs)
  return pointOf(variance, forward.price)
}

function pointOf(variance: bigint | undefined, forward: Price): SurfacePoint | undefined {
  if (variance === undefined || variance < 0n) return undefined
  const volatility = volatilityOf(variance)
  return volatility < VOLATILITY_BOUND ? { volatility: rate(volatility), forward } : undefined
}
