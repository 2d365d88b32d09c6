import type { Calibration } from '../../estimate/calibration/calibrator.ts'
import { fitErrors } from '../../estimate/calibration/fit-errors.ts'
import { type FactorTier, TIER_START } from '../../estimate/calibration/rules.ts'
import type { CalibratedTier, CorrelationFit } from '../../wire/calibration-report.ts'

const LARGEST_ERRORS = 10

/** What the factors at these places of a calibration are charged, by tier. */
export function calibratedTiers(
  { factors, quantiles }: Calibration,
  places: readonly number[],
): readonly CalibratedTier[] {
  const states = places.flatMap((place) => factors[place] ?? [])
  const byTier = Map.groupBy(states, ({ tier }) => tier)
  return (Object.keys(TIER_START) as FactorTier[]).flatMap((tier) => {
    const members = byTier.get(tier) ?? []
    const weights = members.map(({ logMove }) => -Math.expm1(-logMove)).toSorted((a, b) => a - b)
    const median = weights[weights.length >>> 1]
    if (median === undefined) return []
    const earningOffset = members.filter(({ earnsOffset }) => earnsOffset).length
    const quantile = rounded(quantiles.get(tier) ?? 0)
    return [{ tier, factors: members.length, earningOffset, quantile, medianRiskWeight: rounded(median) }]
  })
}

/** How well correlations are carried between the factors at these places. */
export function correlationFit(known: Calibration, places: readonly number[]): CorrelationFit {
  const { pairs, rms, byTiers, largest } = fitErrors(known, places, LARGEST_ERRORS)
  return {
    pairs,
    rms: rounded(rms),
    byTiers: byTiers.map((row) => ({ ...row, rms: rounded(row.rms) })),
    largest: largest.map(({ factors, measured, fitted }) => ({
      factors,
      measured: rounded(measured),
      fitted: rounded(fitted),
    })),
  }
}

/** To four places: what is shown, and the same where two versions of an engine differ in the last digit. */
function rounded(figure: number): number {
  return Math.round(figure * 1e4) / 1e4 + 0
}
