import { decayOf, nextVariance } from '../calibration/ewma-volatility.ts'
import type { FactorSeries } from '../calibration/factor-returns.ts'
import { marketReturn } from '../calibration/market-return.ts'
import { DAY_MS, RULES } from '../calibration/rules.ts'
import type { PricePanel } from '../calibration/price-panel.ts'

/**
 * Which windows of a walk are its stressed third: those that begin when the volatility of the median coin, known at that time, is in
 * the highest third of the walk. For reporting alone: no margin knows it.
 */
export function stressedWindows(
  panel: PricePanel,
  factors: readonly FactorSeries[],
  times: readonly number[],
): readonly boolean[] {
  const variances = marketVariances(panel, factors)
  const places = new Map(panel.times.map((time, at) => [time, at]))
  const known = times.map((time) => variances[places.get(time) ?? 0] ?? 0)
  const sorted = Float64Array.from(known).sort()
  const limit = sorted[Math.floor((sorted.length * 2) / 3)] ?? Infinity
  return known.map((variance) => variance >= limit)
}

function marketVariances({ times, stepMs }: PricePanel, factors: readonly FactorSeries[]): Float64Array {
  const decay = decayOf((RULES.volatilityHalfLife * DAY_MS) / stepMs)
  const variances = new Float64Array(times.length)
  let variance = 0
  for (let at = 0; at < times.length; at += 1) {
    const gained = marketReturn(factors, at)
    variance = variance === 0 ? gained * gained : nextVariance(variance, gained, decay)
    variances[at] = variance
  }
  return variances
}
