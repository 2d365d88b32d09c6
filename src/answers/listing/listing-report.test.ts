import { expect, test } from 'vitest'
import type { ListingEvidence } from '../../core/collateral/listing-evidence.ts'
import { ppm } from '../../core/quantity/ppm.ts'
import { ONE } from '../../core/quantity/unit.ts'
import { value } from '../../core/quantity/value.ts'
import { listingReport } from './listing-report.ts'

const ABOUT = { engineVersion: '0.1.0', asOf: '2025-06-12', inputsHash: 'sha256:00' }

const SOUND: ListingEvidence = {
  tier: 'large',
  dailyPrices: 400,
  sources: 2,
  largestFallPpm: ppm(100_000n),
  halted: false,
  dailyVolatilityPpm: ppm(40_000n),
  dailyVolumeUsd: value(3_000_001n * ONE),
}

const { dailyVolumeUsd: _, ...WITHOUT_VOLUME } = SOUND

const report = listingReport(
  [
    { asset: 'REFUSED', evidence: { ...WITHOUT_VOLUME, sources: 1, halted: true }, riskWeight: 1 },
    { asset: 'NOVOL', evidence: WITHOUT_VOLUME, riskWeight: 0.2 },
    { asset: 'RISKY', evidence: SOUND, riskWeight: 0.2500004 },
    { asset: 'CALM', evidence: SOUND, riskWeight: 0.05 },
  ],
  ABOUT,
)

test('collateral first, then what may be listed, then the rest; by name', () => {
  expect(report.rows.map(({ asset }) => asset)).toEqual(['CALM', 'RISKY', 'NOVOL', 'REFUSED'])
  expect(report.counts).toEqual({ assets: 4, eligible: 3, collateral: 2 })
})

test('the weight is what the risk weight leaves, rounded down, at most the cap of the tier; nothing unless collateral', () => {
  // Large: at most 0.9. 1 - 0.2500004 = 0.7499996, in ppm 749,999.
  expect(report.rows.map(({ weight }) => weight)).toEqual([0.9, 0.749999, 0, 0])
  expect(report.rows[1]?.riskWeight).toBe(0.250001)
})

test('the cap is half a day of a large coin, and nobody invents one', () => {
  expect(report.rows.map(({ capUsd }) => capUsd)).toEqual(['1500000', '1500000', null, null])
})

test('reasons are counted in the order of a verdict', () => {
  expect(report.reasons).toEqual([
    { reason: 'OneSource', assets: 1 },
    { reason: 'Collapsed', assets: 1 },
    { reason: 'NoVolumeData', assets: 2 },
    { reason: 'NoDepthData', assets: 4 },
  ])
})
