import { isLess } from '../quantity/arithmetic.ts'
import { NO_PPM, type Ppm, ppm, WHOLE } from '../quantity/ppm.ts'
import { shareDown } from '../quantity/product.ts'
import { ONE } from '../quantity/unit.ts'
import { type Value, value } from '../quantity/value.ts'
import type { ListingReason, ListingVerdict } from '../market/listing-verdict.ts'
import type { AssetTier, ListingEvidence } from './listing-evidence.ts'

/** METHODOLOGY 9: fewer prices, or fewer sources, and nothing is listed; a fall of this much in a window is a collapse. */
const LEAST_PRICES = 90
const LEAST_SOURCES = 2
const COLLAPSE = ppm(400_000n)
/** METHODOLOGY 2: until then no offset is earned. */
const PRICES_FOR_OFFSET = 250
/** Three of these are the whole price: a symmetric risk weight at 99.5% would leave no weight (METHODOLOGY 1, 2). */
const LARGEST_VOLATILITY = ppm(333_333n)
/** Judgement: above the worst day of a redeemable dollar claim that came back (USDC at 0.88 on 2023-03-11). */
const LARGEST_DEVIATION = ppm(150_000n)

interface TierFigures {
  /** Judgement: an epoch's haircut may be stricter. Of majors it alone decides. */
  readonly weightCap: Ppm
  /** Of one day's volume, all members together. Judgement: other venues limit each owner to a share of a day's volume. */
  readonly volumeShare: Ppm
  /** Judgement: what must be sellable within 2%. */
  readonly leastDepth: Value
}

const TIERS: { readonly [tier in AssetTier]: TierFigures } = {
  major: { weightCap: WHOLE, volumeShare: WHOLE, leastDepth: value(5_000_000n * ONE) },
  large: { weightCap: ppm(900_000n), volumeShare: ppm(500_000n), leastDepth: value(1_000_000n * ONE) },
  other: { weightCap: ppm(700_000n), volumeShare: ppm(250_000n), leastDepth: value(100_000n * ONE) },
}

const REFUSING: ReadonlySet<ListingReason> = new Set([
  'TooFewPrices',
  'OneSource',
  'Collapsed',
  'AlgorithmicClaim',
] as const)
const NOT_AS_COLLATERAL: ReadonlySet<ListingReason> = new Set(['NoVolumeData', 'TooVolatile', 'PegSlipped'] as const)

/** What an asset may be by the evidence: the same evidence always gives the same verdict. The cap on holdings rounds down. */
export function checkListing(evidence: ListingEvidence): ListingVerdict {
  const { dailyVolumeUsd, tier } = evidence
  const reasons = reasonsOf(evidence)
  const eligible = !reasons.some((reason) => REFUSING.has(reason))
  const asCollateral = eligible && !reasons.some((reason) => NOT_AS_COLLATERAL.has(reason))
  const { weightCap, volumeShare } = TIERS[tier]
  const verdict = { eligible, asCollateral, weightCapPpm: asCollateral ? weightCap : NO_PPM, reasons }
  return dailyVolumeUsd === undefined ? verdict : { ...verdict, holdingCapUsd: shareDown(dailyVolumeUsd, volumeShare) }
}

function reasonsOf(evidence: ListingEvidence): readonly ListingReason[] {
  const { dailyPrices, sources, largestFallPpm, halted, dailyVolatilityPpm, dailyVolumeUsd, depthUsd, peg } = evidence
  const found: readonly (readonly [ListingReason, boolean])[] = [
    ['TooFewPrices', dailyPrices < LEAST_PRICES],
    ['OneSource', sources < LEAST_SOURCES],
    ['Collapsed', halted || !isLess(largestFallPpm, COLLAPSE)],
    ['AlgorithmicClaim', peg?.algorithmic === true],
    ['NoVolumeData', dailyVolumeUsd === undefined],
    ['TooVolatile', isLess(LARGEST_VOLATILITY, dailyVolatilityPpm)],
    ['PegSlipped', peg !== undefined && isLess(LARGEST_DEVIATION, peg.worstDeviationPpm)],
    ['ShortHistory', dailyPrices < PRICES_FOR_OFFSET],
    ['NoDepthData', depthUsd === undefined],
    ['ThinDepth', depthUsd !== undefined && isLess(depthUsd, TIERS[evidence.tier].leastDepth)],
  ]
  return found.filter(([, holds]) => holds).map(([reason]) => reason)
}
