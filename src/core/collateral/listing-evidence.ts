import type { Ppm } from '../quantity/ppm.ts'
import type { Value } from '../quantity/value.ts'

/** How well an asset is traded: caps and depths are by tier. */
export type AssetTier = 'major' | 'large' | 'other'

/** What is known of an asset when it is listed or reviewed: it stands in the journal, so the verdict can be found again. */
export interface ListingEvidence {
  readonly tier: AssetTier
  /** Days with a price. */
  readonly dailyPrices: number
  /** Sources of prices that do not depend on each other. */
  readonly sources: number
  /** Largest fall within one margin period of risk among these days, as a share of the price before. */
  readonly largestFallPpm: Ppm
  /** Whether trading or redemption was halted meanwhile. */
  readonly halted: boolean
  /** Standard deviation of one day's return. */
  readonly dailyVolatilityPpm: Ppm
  /** Average of one day's spot volume over all sources. Absent: not known, and nothing is put in its place. */
  readonly dailyVolumeUsd?: Value
  /** What can be sold at once within 2% of the price. Absent: not known. */
  readonly depthUsd?: Value
  /** Of a claim, and only of one. */
  readonly peg?: PegEvidence
}

/** How a claim has held to what it stands for. */
export interface PegEvidence {
  /** Largest distance of its price from its redemption value, as a share of that. */
  readonly worstDeviationPpm: Ppm
  /** Whether nothing but trade in its issuer's own token holds the peg. */
  readonly algorithmic: boolean
}
