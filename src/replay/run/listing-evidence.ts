import { type Ppm, ppm } from '../../core/quantity/ppm.ts'
import { ONE } from '../../core/quantity/unit.ts'
import { value } from '../../core/quantity/value.ts'
import type { AssetTier, ListingEvidence } from '../../core/collateral/listing-evidence.ts'
import type { AssetId } from '../../core/instrument/identifier.ts'
import { type AssetClass, assetClass } from './asset-class.ts'

/** A staked token is traded as well as a large asset; everything else is what its class says. */
const TIER: { readonly [name in AssetClass]: AssetTier } = {
  stablecoin: 'major',
  major: 'major',
  stakedEther: 'large',
  large: 'large',
  other: 'other',
}

/**
 * What a replay lists an asset on: assumptions, since a tape carries neither volume nor depth, nor what was known before its first
 * bar. They are those of an asset with a sound past, so that a tape shows what its crash does to a venue that had listed it in good
 * faith. The volume is so large that no cap binds: a replay measures margin, not how much a venue may take. A stablecoin is listed
 * as what stands for itself, at the market's price: no tape says at what rate, or whether, it could be redeemed at each hour.
 */
export function listingEvidence(asset: AssetId, dailyVolatilityPpm: Ppm, settlement: AssetId): ListingEvidence {
  return {
    tier: asset === settlement ? 'major' : TIER[assetClass(asset)],
    dailyPrices: 365,
    sources: 2,
    largestFallPpm: ppm(300_000n),
    halted: false,
    dailyVolatilityPpm,
    dailyVolumeUsd: value(10n ** 14n * ONE),
    depthUsd: value(10_000_000n * ONE),
  }
}
