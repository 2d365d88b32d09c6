import { kupiec } from '../exceedance/kupiec.ts'
import type { Calibration } from '../calibration/calibrator.ts'
import type { FactorSeries } from '../calibration/factor-returns.ts'
import type { FactorTier } from '../calibration/rules.ts'
import { upperQuantile, type SortedFigures, NO_FIGURES, withFigures } from '../calibration/sorted-figures.ts'
import { RULES } from '../calibration/rules.ts'
import { SIGNIFICANCE } from './coverage-table.ts'
import { TARGET_RATE } from './book-summary.ts'

/** Of one tier: how many prices the engine alone, before any prudence, covers as often as it says. */
export interface CoreCoverage {
  readonly tier: FactorTier
  readonly assets: number
  readonly passing: number
  readonly n: number
  readonly exceedances: number
}

export interface CoreTally {
  /** Takes in what is known at the end of a step, and the returns of the next. */
  readonly note: (known: Calibration, next: number) => void
  readonly table: () => readonly CoreCoverage[]
}

/**
 * Counts |log return| above the 99.5% quantile of |return / sigma| pooled by tier times today's sigma, both unfloored and without any
 * speed limit: both sides together, each step by what was known before it (METHODOLOGY 8). It must pass the two-sided test.
 */
export function coreTally(factors: readonly FactorSeries[]): CoreTally {
  const pools = new Map<FactorTier, SortedFigures>()
  const counts = factors.map(() => ({ tier: 'other' as FactorTier, n: 0, exceedances: 0 }))
  const note = (known: Calibration, next: number) => {
    const coming = new Map<FactorTier, number[]>()
    known.factors.forEach(({ tier, currentSigma, earnsOffset }, i) => {
      const gained = factors[i]?.returns[next] ?? Number.NaN
      const count = counts[i]
      if (count === undefined || factors[i]?.kind !== 'price' || !earnsOffset || Number.isNaN(gained)) return
      const size = Math.abs(gained) / currentSigma
      const pool = pools.get(tier) ?? NO_FIGURES
      if (pool.count >= ENOUGH) {
        count.tier = tier
        count.n += 1
        if (size > upperQuantile(pool, RULES.coverage)) count.exceedances += 1
      }
      const own = coming.get(tier) ?? []
      coming.set(tier, own)
      own.push(size)
    })
    for (const [tier, sizes] of coming) pools.set(tier, withFigures(pools.get(tier) ?? NO_FIGURES, sizes))
  }
  const table = () =>
    [
      ...Map.groupBy(
        counts.filter(({ n }) => n >= LEAST),
        ({ tier }) => tier,
      ),
    ].map(([tier, own]) => ({
      tier,
      assets: own.length,
      passing:
        own.filter(({ n, exceedances }) => kupiec(n, exceedances, TARGET_RATE).p > SIGNIFICANCE).length / own.length,
      n: own.reduce((sum, one) => sum + one.n, 0),
      exceedances: own.reduce((sum, one) => sum + one.exceedances, 0),
    }))
  return { note, table }
}

/** Observations of a tier before its quantile is asked for, and of an asset before it is tested. */
const ENOUGH = 1_000
const LEAST = 250
