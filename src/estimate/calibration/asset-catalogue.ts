/**
 * What an asset stands for: published facts that no price tells. An asset that is not named stands for itself. Algorithmic
 * stablecoins are no claims, as nobody redeems them: a price of their own.
 */
export type Standing =
  | { readonly kind: 'coin' }
  | { readonly kind: 'dollar' }
  | { readonly kind: 'claim'; readonly reference: string }

export function standingOf(asset: string): Standing {
  if (DOLLARS.has(asset)) return { kind: 'dollar' }
  const reference = CLAIMS.get(asset)
  return reference === undefined ? { kind: 'coin' } : { kind: 'claim', reference }
}

/** Majors of METHODOLOGY 2. */
export const MAJORS: ReadonlySet<string> = new Set(['BTC', 'ETH'])

/** Claims on a US dollar that their issuers redeem. */
const DOLLARS: ReadonlySet<string> = new Set([
  'BUSD',
  'DAI',
  'FDUSD',
  'FRAX',
  'GUSD',
  'LUSD',
  'PYUSD',
  'TUSD',
  'USDC',
  'USDP',
  'USDT',
  'USDe',
])

/** Staked and wrapped coins, with what they redeem for; rewards are in the rate, so beta is one. */
const CLAIMS: ReadonlyMap<string, string> = new Map([
  ['BETH', 'ETH'],
  ['WBETH', 'ETH'],
  ['WBTC', 'BTC'],
  ['WETH', 'ETH'],
  ['cbBTC', 'BTC'],
  ['cbETH', 'ETH'],
  ['ezETH', 'ETH'],
  ['osETH', 'ETH'],
  ['rETH', 'ETH'],
  ['rsETH', 'ETH'],
  ['stETH', 'ETH'],
  ['weETH', 'ETH'],
  ['wstETH', 'ETH'],
])
