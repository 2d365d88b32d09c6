import { NO_PPM, ppm } from '../../src/core/quantity/ppm.ts'
import type { Asset } from '../../src/core/instrument/asset.ts'
import type { ListingEvidence } from '../../src/core/collateral/listing-evidence.ts'
import type { Command } from '../../src/core/clearing/command.ts'
import { usd } from './world.ts'

/** Evidence nothing can be said against, of a world that does not exist; give what differs. Of a claim it says that the peg held. */
export function soundEvidence(asset: Asset, given: Partial<ListingEvidence> = {}): ListingEvidence {
  const peg = asset.backing === undefined ? {} : { peg: { worstDeviationPpm: NO_PPM, algorithmic: false } }
  return {
    tier: 'major',
    dailyPrices: 1_000,
    sources: 3,
    largestFallPpm: ppm(150_000n),
    halted: false,
    dailyVolatilityPpm: ppm(40_000n),
    dailyVolumeUsd: usd('100000000000000'),
    depthUsd: usd('100000000'),
    ...peg,
    ...given,
  }
}

/** A command that lists an asset on sound evidence; give what differs. */
export function listing(asset: Asset, given: Partial<ListingEvidence> = {}): Extract<Command, { type: 'listAsset' }> {
  return { type: 'listAsset', asset, evidence: soundEvidence(asset, given) }
}
