import { ppm, type Ppm } from '../../core/quantity/ppm.ts'
import { price } from '../../core/quantity/price.ts'
import { quantity } from '../../core/quantity/quantity.ts'
import { value } from '../../core/quantity/value.ts'
import { ONE } from '../../core/quantity/unit.ts'
import type { Asset } from '../../core/instrument/asset.ts'
import type { CloseOutCost } from '../../core/instrument/close-out-cost.ts'
import { type AssetId, type MarketId, marketId } from '../../core/instrument/identifier.ts'
import type { Perpetual } from '../../core/instrument/market.ts'
import type { Epoch } from '../../core/market/epoch.ts'
import type { TapeHeader } from '../tape/bar.ts'
import { borrowCurve } from './borrow-figures.ts'
import { type AssetClass, assetClass, hasPerpetual } from './asset-class.ts'
import { standardSection } from './standard-section.ts'

/** The venue a replay sets up from a tape: what is listed, and the epoch it starts with. */
export interface Venue {
  readonly settlement: AssetId
  readonly assets: readonly Asset[]
  readonly perpetuals: readonly Perpetual[]
  readonly epoch: Epoch
  /** Assets that have an index price of their own on the tape. */
  readonly indexed: ReadonlySet<AssetId>
  /** Underlyings whose perpetual has marks of its own on the tape. */
  readonly marked: ReadonlySet<AssetId>
}

/** Prices an hour old are as fresh as an hourly tape gets; one and a half bars allow for the bar's own length. */
const FRESH_FOR_BARS = 3
const HOUR_MS = 3_600_000

/** Depth and daily volatility by class: assumptions of the replay, the tapes carry no books. */
const DEPTH: {
  readonly [name in AssetClass]: { halfSpreadPpm: number; impactPpm: number; impactUsd: number; volatilityPpm: number }
} = {
  stablecoin: { halfSpreadPpm: 100, impactPpm: 200, impactUsd: 1_000_000, volatilityPpm: 5_000 },
  major: { halfSpreadPpm: 200, impactPpm: 500, impactUsd: 1_000_000, volatilityPpm: 40_000 },
  stakedEther: { halfSpreadPpm: 500, impactPpm: 2_000, impactUsd: 1_000_000, volatilityPpm: 45_000 },
  large: { halfSpreadPpm: 500, impactPpm: 1_500, impactUsd: 1_000_000, volatilityPpm: 60_000 },
  other: { halfSpreadPpm: 1_500, impactPpm: 5_000, impactUsd: 1_000_000, volatilityPpm: 100_000 },
}

/**
 * Lists every asset of the tape and a perpetual on each that moves against the dollar. The epoch has the figures of `standard` and
 * the sections given beside it; `model` is in force.
 */
export function venueOf(header: TapeHeader, model: string, sections: Epoch['sections'] = {}): Venue {
  const { settlement } = header
  const named = new Set<AssetId>([settlement, ...header.spot, ...header.perpetualMarks])
  const assets = [...named].sort().map((id) => assetTerms(id, header.intervalMs))
  const perpetuals = [...named]
    .sort()
    .filter((asset) => asset !== settlement && hasPerpetual(asset))
    .map((asset) => perpetualTerms(asset, settlement))
  const section = standardSection([...named].sort(), settlement, perpetuals)
  const liquidation = { bufferPpm: ppm(100_000n), penaltyPpm: ppm(5_000n) }
  const epoch = { id: `replay-${header.id}`, model, sections: { ...sections, standard: section }, liquidation }
  return {
    settlement,
    assets,
    perpetuals,
    epoch,
    indexed: new Set(header.spot),
    marked: new Set(header.perpetualMarks),
  }
}

/** Market of the perpetual on an asset. */
export function perpetualOf(underlying: AssetId): MarketId {
  return marketId(`${underlying}-PERP`)
}

function assetTerms(id: AssetId, intervalMs: number): Asset {
  const { volatilityPpm } = DEPTH[assetClass(id)]
  return {
    id,
    nativeDecimals: assetClass(id) === 'stablecoin' ? 6 : 18,
    borrowable: true,
    borrowCurve: borrowCurve(id),
    priceRules: {
      freshForMs: (FRESH_FOR_BARS * Math.max(intervalMs, HOUR_MS)) / 2,
      lowConfidencePpm: ppm(10_000n),
      dailyVolatilityPpm: ppm(BigInt(volatilityPpm)),
    },
    closeOutCost: closeOutCost(id),
  }
}

function perpetualTerms(underlying: AssetId, settlement: AssetId): Perpetual {
  const atom = 10n ** 10n
  return {
    kind: 'perpetual',
    id: perpetualOf(underlying),
    underlying,
    settlement,
    tick: price(1n),
    lot: quantity(atom),
    minimumQuantity: quantity(atom),
    priceBandPpm: ppm(50_000n),
    maximumOpenInterest: quantity(10n ** 15n * ONE),
    closeOutCost: closeOutCost(underlying),
  }
}

function closeOutCost(asset: AssetId): CloseOutCost {
  const { halfSpreadPpm, impactPpm, impactUsd } = DEPTH[assetClass(asset)]
  const parts = (figure: number): Ppm => ppm(BigInt(figure))
  return {
    halfSpreadPpm: parts(halfSpreadPpm),
    impactPpm: parts(impactPpm),
    impactNotional: value(BigInt(impactUsd) * ONE),
  }
}
