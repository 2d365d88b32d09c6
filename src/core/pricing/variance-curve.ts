import type { Rate } from '../quantity/rate.ts'
import { divFloor, sqrtCeil } from '../quantity/rounding.ts'
import { ONE } from '../quantity/unit.ts'
import { divNearest, type Fixed, FRACTION_BITS } from './fixed.ts'
import { deltaMoneyness } from './delta-moneyness.ts'
import { type LoggedPrice, logged } from './logarithm.ts'
import { MS_PER_YEAR, rootTimeDown, wholeMs } from './root-time.ts'
import type { SviSmile, VolatilitySlice } from './vol-surface.ts'

/**
 * Variance of a slice by log-moneyness k = ln(K/F). A variance is a volatility squared, 1e-36 a year: of a pillar it is exact.
 */
export type VarianceCurve =
  | { readonly kind: 'points'; readonly points: readonly VariancePoint[] }
  | { readonly kind: 'svi'; readonly svi: SviSmile; readonly timeMs: bigint }

/** Ascending by log-moneyness. */
export interface VariancePoint {
  readonly moneyness: Fixed
  readonly variance: bigint
}

/** The curve of a slice with its forward's logarithm at a time to expiry above 0. Throws RangeError for a delta out of bounds. */
export function varianceCurve({
  smile,
  expiryMs,
  forward,
}: {
  readonly smile: VolatilitySlice['smile']
  readonly expiryMs: number
  readonly forward: LoggedPrice
}): VarianceCurve {
  switch (smile.kind) {
    case 'flat':
      return { kind: 'points', points: [{ moneyness: 0n, variance: squareOf(smile.volatility) }] }
    case 'strikes': {
      const points = smile.pillars.map(({ strike, volatility }) => ({
        moneyness: logged(strike).logarithm - forward.logarithm,
        variance: squareOf(volatility),
      }))
      return { kind: 'points', points }
    }
    case 'deltas': {
      const time = rootTimeDown(expiryMs)
      const points = smile.pillars.map((pillar) => ({
        moneyness: deltaMoneyness(pillar, time),
        variance: squareOf(pillar.volatility),
      }))
      return { kind: 'points', points: points.toSorted(byMoneyness) }
    }
    case 'svi':
      return { kind: 'svi', svi: smile, timeMs: wholeMs(expiryMs) }
    default:
      return smile satisfies never
  }
}

/**
 * Variance at a log-moneyness, to the nearest 1e-36; below 0 where SVI gives so. Between pillars it is linear in k, which for one
 * expiry is what total variance linear in k means; outside them it stays. No pillar, no variance.
 *
 * The weight of a pillar: both logarithms are within 128 ulps of the true ones, so a weight is within 512 / width, where strikes
 * that differ by 0.1% are 2^110 ulps apart.
 */
export function varianceAt(curve: VarianceCurve, moneyness: Fixed): bigint | undefined {
  switch (curve.kind) {
    case 'points':
      return interpolated(curve.points, moneyness)
    case 'svi':
      return sviVariance(curve.svi, moneyness, curve.timeMs)
    default:
      return curve satisfies never
  }
}

/** Volatility of a variance that is not negative: to the nearest atom. The variance's own half of 1e-36 makes below 0.5 / volatility. */
export function volatilityOf(variance: bigint): bigint {
  const up = sqrtCeil(variance)
  // (up - 1/2)^2 = up^2 - up + 1/4 is never whole: there is no tie.
  return up * up - up >= variance && up > 0n ? up - 1n : up
}

function interpolated(points: readonly VariancePoint[], moneyness: Fixed): bigint | undefined {
  const index = points.findIndex((point) => point.moneyness >= moneyness)
  const [before, after] = index < 0 ? [points.at(-1), undefined] : [points[index - 1], points[index]]
  if (before === undefined || after === undefined || after.moneyness === moneyness) return (after ?? before)?.variance
  const width = after.moneyness - before.moneyness
  const sum = before.variance * (after.moneyness - moneyness) + after.variance * (moneyness - before.moneyness)
  return divNearest(sum, width)
}

/** The root is rounded up to an ulp, m down: w is off by less than 4 ulps of 2^-120 times b, which is below 1e-35 b. */
function sviVariance(svi: SviSmile, moneyness: Fixed, timeMs: bigint): bigint {
  const [a, b, rho]: readonly [bigint, bigint, bigint] = [svi.a, svi.b, svi.rho]
  const x = moneyness - fixedDown(svi.m)
  const sigma = fixedDown(svi.sigma)
  const root = sqrtCeil(x * x + sigma * sigma)
  // 1e-36 in 2^-120: the product of two rates and a fixed number.
  const total = ((a * ONE) << FRACTION_BITS) + b * (rho * x + ONE * root)
  if (svi.tau === undefined) return divNearest(total * MS_PER_YEAR, timeMs << FRACTION_BITS)
  const years: bigint = svi.tau
  return divNearest(total * ONE, years << FRACTION_BITS)
}

function fixedDown(number: Rate): Fixed {
  const atoms: bigint = number
  return divFloor(atoms << FRACTION_BITS, ONE)
}

function squareOf(volatility: Rate): bigint {
  const atoms: bigint = volatility
  return atoms * atoms
}

function byMoneyness(a: VariancePoint, b: VariancePoint): number {
  if (a.moneyness !== b.moneyness) return a.moneyness < b.moneyness ? -1 : 1
  return a.variance < b.variance ? -1 : a.variance > b.variance ? 1 : 0
}
