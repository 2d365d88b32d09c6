import type { AssetId, MarketId } from '../../core/instrument/identifier.ts'
import { type AssetClass, assetClass } from './asset-class.ts'

/** Parameters of model `standard` for a replay: figures of published parameter tables, typed in, each with its source. */

interface AssetFigures {
  readonly maintenanceHaircutPpm: number
  readonly initialHaircutPpm: number
  readonly maintenanceBorrowPpm: number
  readonly initialBorrowPpm: number
  readonly source: string
}

interface TierFigures {
  readonly aboveUsd: string
  readonly maintenancePpm: number
  readonly initialPpm: number
  readonly source: string
}

const AAVE = 'Aave v3 Ethereum reserves, 2023-10-31 (aave-dao/aave-proposals-v3@044b1530)'

/** Haircut = 1 - liquidation threshold (maintenance), 1 - loan to value (initial). A debt is weighted as its collateral. */
function aaveRow(asset: string, thresholdBps: number, ltvBps: number): AssetFigures {
  const [maintenance, initial] = [1_000_000 - thresholdBps * 100, 1_000_000 - ltvBps * 100]
  return {
    maintenanceHaircutPpm: maintenance,
    initialHaircutPpm: initial,
    maintenanceBorrowPpm: maintenance,
    initialBorrowPpm: initial,
    source: `${AAVE}: ${asset} threshold ${thresholdBps} bp, LTV ${ltvBps} bp`,
  }
}

const STABLECOIN: AssetFigures = {
  ...aaveRow('e-mode 1 "Stablecoins"', 9500, 9300),
  maintenanceBorrowPpm: 0,
  initialBorrowPpm: 0,
}

/** Contracts settle in it and the unit of account is its price: no haircut, no weight on a debt. */
const SETTLEMENT: AssetFigures = {
  maintenanceHaircutPpm: 0,
  initialHaircutPpm: 0,
  maintenanceBorrowPpm: 0,
  initialBorrowPpm: 0,
  source: 'house rule: the settlement asset is cash',
}

const ASSETS: { readonly [name in AssetClass]: AssetFigures } = {
  stablecoin: STABLECOIN,
  stakedEther: aaveRow('wstETH', 8100, 7850),
  major: aaveRow('WBTC', 7800, 7300),
  large: aaveRow('LINK', 6800, 5300),
  other: aaveRow('CRV', 4100, 3500),
}
const ETHER = aaveRow('WETH', 8300, 8050)

/** Marginal rates: a small position at the first, what lies above a size at the next. */
const MAJOR_TIERS: readonly TierFigures[] = [
  {
    aboveUsd: '0',
    maintenancePpm: 32_000,
    initialPpm: 35_000,
    source: 'CME MBT 2022-02-11: 136 and 150 USD per 0.1 BTC at 42,373 (QuantConnect/Lean@24863901)',
  },
  { aboveUsd: '5000000', ...eMode('ETH correlated', 9300, 9000) },
  { aboveUsd: '25000000', ...reserve('WBTC', 7800, 7300) },
]
const LARGE_TIERS: readonly TierFigures[] = [
  { aboveUsd: '0', ...eMode('ETH correlated', 9300, 9000) },
  { aboveUsd: '2000000', ...reserve('WBTC', 7800, 7300) },
]
const OTHER_TIERS: readonly TierFigures[] = [
  { aboveUsd: '0', ...reserve('WBTC', 7800, 7300) },
  { aboveUsd: '500000', ...reserve('CRV', 4100, 3500) },
]

function eMode(label: string, thresholdBps: number, ltvBps: number) {
  return rates(`e-mode "${label}"`, thresholdBps, ltvBps)
}

function reserve(asset: string, thresholdBps: number, ltvBps: number) {
  return rates(asset, thresholdBps, ltvBps)
}

function rates(row: string, thresholdBps: number, ltvBps: number) {
  const { maintenanceHaircutPpm, initialHaircutPpm, source } = aaveRow(row, thresholdBps, ltvBps)
  return { maintenancePpm: maintenanceHaircutPpm, initialPpm: initialHaircutPpm, source }
}

/** The section of an epoch for these assets and perpetuals. */
export function standardSection(
  assets: readonly AssetId[],
  settlement: AssetId,
  perpetuals: readonly { readonly id: MarketId; readonly underlying: AssetId }[],
) {
  return {
    assets: Object.fromEntries(assets.map((asset) => [asset, assetFigures(asset, settlement)])),
    markets: Object.fromEntries(perpetuals.map(({ id, underlying }) => [id, { tiers: tiersOf(underlying) }])),
  }
}

/** Figures of one asset. */
export function assetFigures(asset: AssetId, settlement: AssetId): AssetFigures {
  if (asset === settlement) return SETTLEMENT
  return String(asset) === 'ETH' ? ETHER : ASSETS[assetClass(asset)]
}

/** Marginal rates of a perpetual on an asset. */
export function tiersOf(underlying: AssetId): readonly TierFigures[] {
  const kind = assetClass(underlying)
  return kind === 'major' ? MAJOR_TIERS : kind === 'large' ? LARGE_TIERS : OTHER_TIERS
}
