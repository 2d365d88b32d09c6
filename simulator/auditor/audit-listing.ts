import type { ListingEvidence } from '../../src/core/collateral/listing-evidence.ts'

/** What the accountant makes of evidence by itself: METHODOLOGY 9, 5 and 2, its figures written down a second time. */
export interface AuditListing {
  readonly eligible: boolean
  /** Share of its value that may count, ppm. */
  readonly weight: bigint
  /** 1e-18 USD; undefined: no cap. */
  readonly cap: bigint | undefined
}

const WEIGHT = { major: 1_000_000n, large: 900_000n, other: 700_000n }
/** One over the share of a day's volume. */
const PARTS = { major: 1n, large: 2n, other: 4n }

export function auditListing(evidence: ListingEvidence): AuditListing {
  const { tier, dailyPrices, sources, largestFallPpm, halted, dailyVolatilityPpm, dailyVolumeUsd, peg } = evidence
  const collapsed = halted || largestFallPpm >= 400_000n
  const eligible = dailyPrices >= 90 && sources >= 2 && !collapsed && peg?.algorithmic !== true
  const tooWild = dailyVolatilityPpm * 3n >= 1_000_000n || (peg?.worstDeviationPpm ?? 0n) > 150_000n
  return {
    eligible,
    weight: eligible && !tooWild && dailyVolumeUsd !== undefined ? WEIGHT[tier] : 0n,
    cap: dailyVolumeUsd === undefined ? undefined : dailyVolumeUsd / PARTS[tier],
  }
}
