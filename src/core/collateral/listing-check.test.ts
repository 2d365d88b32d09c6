import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { ONE } from '../quantity/unit.ts'
import { value } from '../quantity/value.ts'
import type { ListingReason } from '../market/listing-verdict.ts'
import { checkListing } from './listing-check.ts'
import type { ListingEvidence } from './listing-evidence.ts'

/** Nothing to say against it: thresholds of METHODOLOGY 9 and 2 are met exactly. */
const SOUND: ListingEvidence = {
  tier: 'large',
  dailyPrices: 250,
  sources: 2,
  largestFallPpm: ppm(399_999n),
  halted: false,
  dailyVolatilityPpm: ppm(333_333n),
  dailyVolumeUsd: value(1_000_001n),
  depthUsd: value(1_000_000n * ONE),
  peg: { worstDeviationPpm: ppm(150_000n), algorithmic: false },
}

test('nothing is held against what just meets every figure; a large asset counts 90% and to half a day of volume, rounded down', () => {
  expect(checkListing(SOUND)).toEqual({
    eligible: true,
    asCollateral: true,
    weightCapPpm: 900_000n,
    holdingCapUsd: 500_000n,
    reasons: [],
  })
})

type Outcome = 'refused' | 'no collateral' | 'collateral'
const peg = (worst: bigint, algorithmic = false) => ({ peg: { worstDeviationPpm: ppm(worst), algorithmic } })
const table: [reasons: readonly ListingReason[], given: Partial<ListingEvidence>, outcome: Outcome][] = [
  [['ShortHistory'], { dailyPrices: 249 }, 'collateral'],
  [['ShortHistory'], { dailyPrices: 90 }, 'collateral'],
  [['TooFewPrices', 'ShortHistory'], { dailyPrices: 89 }, 'refused'],
  [['OneSource'], { sources: 1 }, 'refused'],
  [['Collapsed'], { largestFallPpm: ppm(400_000n) }, 'refused'],
  [['Collapsed'], { halted: true }, 'refused'],
  [['AlgorithmicClaim'], peg(0n, true), 'refused'],
  [['PegSlipped'], peg(150_001n), 'no collateral'],
  [['TooVolatile'], { dailyVolatilityPpm: ppm(333_334n) }, 'no collateral'],
  [['ThinDepth'], { depthUsd: value(1_000_000n * ONE - 1n) }, 'collateral'],
]
test.each(table)('%j: %o', (reasons, given, outcome) => {
  const verdict = checkListing({ ...SOUND, ...given })
  expect(verdict.reasons).toEqual(reasons)
  const found = verdict.asCollateral ? 'collateral' : verdict.eligible ? 'no collateral' : 'refused'
  expect(found).toBe(outcome)
  expect(verdict.weightCapPpm).toBe(outcome === 'collateral' ? 900_000n : 0n)
})

describe('what is not known is not invented:', () => {
  test('without a volume there is no cap, and no collateral', () => {
    const { dailyVolumeUsd: _, ...rest } = SOUND
    expect(checkListing(rest)).toEqual({
      eligible: true,
      asCollateral: false,
      weightCapPpm: 0n,
      reasons: ['NoVolumeData'],
    })
  })
  test('without a depth no offset is earned, and that is all', () => {
    const { depthUsd: _, ...rest } = SOUND
    expect(checkListing(rest)).toMatchObject({ asCollateral: true, reasons: ['NoDepthData'] })
  })
})

test.each([
  ['major', 1_000_000n, 800n],
  ['large', 900_000n, 400n],
  ['other', 700_000n, 200n],
] as const)('tier %s: weight at most %i ppm, of 800 a day at most %i are held', (tier, weight, cap) => {
  const depthUsd = value(10_000_000n * ONE)
  const verdict = checkListing({ ...SOUND, tier, depthUsd, dailyVolumeUsd: value(800n) })
  expect([verdict.weightCapPpm, verdict.holdingCapUsd, verdict.reasons]).toEqual([weight, cap, []])
})

const share = fc.bigInt({ min: 0n, max: 1_000_000n }).map(ppm)
const anyEvidence: fc.Arbitrary<ListingEvidence> = fc.record(
  {
    tier: fc.constantFrom('major' as const, 'large' as const, 'other' as const),
    dailyPrices: fc.nat({ max: 400 }),
    sources: fc.nat({ max: 4 }),
    largestFallPpm: share,
    halted: fc.boolean(),
    dailyVolatilityPpm: share,
    dailyVolumeUsd: fc.bigInt({ min: 0n, max: 10n ** 30n }).map(value),
    depthUsd: fc.bigInt({ min: 0n, max: 10n ** 26n }).map(value),
  },
  { requiredKeys: ['tier', 'dailyPrices', 'sources', 'largestFallPpm', 'halted', 'dailyVolatilityPpm'] },
)

test('INV-LISTING-1: not eligible is no collateral, collateral is capped, worse evidence is never judged better', () => {
  fc.assert(
    fc.property(anyEvidence, (evidence) => {
      const { eligible, asCollateral, weightCapPpm, holdingCapUsd, reasons } = checkListing(evidence)
      expect(asCollateral && !eligible).toBe(false)
      expect(asCollateral && holdingCapUsd === undefined).toBe(false)
      expect(weightCapPpm > 0n).toBe(asCollateral)
      expect(holdingCapUsd === undefined).toBe(evidence.dailyVolumeUsd === undefined)
      const worse = checkListing({
        ...evidence,
        dailyPrices: evidence.dailyPrices >> 1,
        sources: evidence.sources >> 1,
        largestFallPpm: ppm((evidence.largestFallPpm + 1_000_000n) / 2n),
      })
      expect(worse.eligible && !eligible).toBe(false)
      expect(worse.weightCapPpm).toBeLessThanOrEqual(weightCapPpm)
      expect(reasons.every((reason) => worse.reasons.includes(reason))).toBe(true)
    }),
  )
})
