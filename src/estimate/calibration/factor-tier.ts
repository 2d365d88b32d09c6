import type { FactorSeries } from './factor-returns.ts'
import type { FactorTier } from './rules.ts'

/**
 * What a factor is pooled with, from what is known before step `at` alone: majors by name, other coins by the median of what they
 * traded in a day over the last quarter; a coin whose volume nobody tells is taken for a small one.
 */
export function factorTier(
  { kind, isMajor, reference, volumeUsd }: FactorSeries,
  at: number,
  daily: number,
): FactorTier {
  switch (kind) {
    case 'basis':
      return 'perpetual basis'
    case 'peg':
      return reference === undefined ? 'stable peg' : 'staked peg'
    case 'price':
      if (isMajor) return 'major'
      return medianDaily(volumeUsd, at, daily) >= LARGE_USD ? 'large' : 'other'
    default:
      return kind satisfies never
  }
}

/** Judgement. */
const LARGE_USD = 50e6
const QUARTER_DAYS = 90

/** Median of a step's volume times the steps of a day, over the last quarter; 0 unless a month of it is known. */
export function medianDaily(volumeUsd: Float64Array, at: number, daily: number): number {
  const known = volumeUsd
    .subarray(Math.max(0, at - QUARTER_DAYS * daily), at)
    .filter((one) => !Number.isNaN(one))
    .sort()
  return known.length < 30 * daily ? 0 : (known[known.length >>> 1] ?? 0) * daily
}
