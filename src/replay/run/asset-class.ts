import type { AssetId } from '../../core/instrument/identifier.ts'

/** What kind of thing an asset is, for the venue a replay sets up: it decides terms, haircuts and depth. */
export type AssetClass = 'stablecoin' | 'stakedEther' | 'major' | 'large' | 'other'

/** Assets by class. What is not named here is `other`: the worst terms. */
const CLASSES: { readonly [name in Exclude<AssetClass, 'other'>]: readonly string[] } = {
  stablecoin: ['USDT', 'USDC', 'DAI', 'BUSD', 'TUSD', 'USDP', 'FDUSD', 'FRAX', 'LUSD', 'USDe', 'UST', 'USTC'],
  stakedEther: ['stETH', 'wstETH', 'rETH', 'cbETH', 'BETH', 'WBETH'],
  major: ['BTC', 'WBTC', 'ETH'],
  large: [
    'BNB',
    'SOL',
    'XRP',
    'ADA',
    'DOGE',
    'LTC',
    'BCH',
    'LINK',
    'AVAX',
    'MATIC',
    'DOT',
    'ATOM',
    'UNI',
    'XMR',
    'XLM',
  ],
}

/** Class of an asset by its symbol. */
export function assetClass(asset: AssetId): AssetClass {
  for (const name of ['stablecoin', 'stakedEther', 'major', 'large'] as const)
    if (CLASSES[name].includes(asset)) return name
  return 'other'
}

/** Whether a perpetual on the asset makes sense: it moves against the dollar and is no claim on something else. */
export function hasPerpetual(asset: AssetId): boolean {
  return !['stablecoin', 'stakedEther'].includes(assetClass(asset))
}
