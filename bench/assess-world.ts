import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fundingIndex } from '../src/core/quantity/funding-index.ts'
import { NO_PPM, ppm } from '../src/core/quantity/ppm.ts'
import { price } from '../src/core/quantity/price.ts'
import { NO_QUANTITY, quantity } from '../src/core/quantity/quantity.ts'
import { rate } from '../src/core/quantity/rate.ts'
import { timestamp } from '../src/core/quantity/timestamp.ts'
import { NO_VALUE, value } from '../src/core/quantity/value.ts'
import { assetId, marketId } from '../src/core/instrument/identifier.ts'
import type { Contract } from '../src/core/instrument/market.ts'
import type { ListedAsset, ListedMarket, MarketView } from '../src/core/market/listing.ts'
import { NO_POSITION, tradePosition } from '../src/core/ledger/position.ts'
import type { OpenPosition, Portfolio } from '../src/core/portfolio/portfolio.ts'

/** A market and portfolios to assess: prices and sizes made up, the epoch that of epochs/. */

const EPOCH = join(import.meta.dirname, '../epochs/provisional-2026-11.json')
const ONE = 10n ** 18n
const DAY_MS = 86_400_000
const SPREAD = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }
const PRICES = { USDC: 1, BTC: 68_000, ETH: 2_000, SOL: 86, BNB: 600, XRP: 1, DOGE: 1, AVAX: 20, LINK: 12 } as const
export const COINS = ['BTC', 'ETH', 'SOL', 'BNB', 'XRP', 'DOGE', 'AVAX', 'LINK'] as const
export const WITH_OPTIONS = ['BTC', 'ETH'] as const
const EXPIRIES = [10, 30, 60, 120, 240, 360]
const STRIKES = [80, 90, 100, 110, 120]

type Coin = keyof typeof PRICES

/** The section of the epoch, with as many of its windows as wanted. */
export function epochSection(windows: number): unknown {
  const { sections } = JSON.parse(readFileSync(EPOCH, 'utf8')) as { sections: Record<string, { windows: WindowTable }> }
  const section = sections['plimsoll-1']
  if (section === undefined) throw new Error(`${EPOCH} has no section plimsoll-1`)
  const columns = Object.entries(section.windows.columns).map(([name, column]) => [name, column.slice(0, windows)])
  return { ...section, windows: { count: windows, columns: Object.fromEntries(columns) } }
}

interface WindowTable {
  readonly columns: Readonly<Record<string, readonly number[]>>
}

export function perpetualName(coin: string): string {
  return `${coin}-PERP`
}

/** Every dated future and option of the world, by name. */
export const FUTURES = COINS.flatMap((coin) => EXPIRIES.map((days) => ({ name: `${coin}-${days}D`, coin, days })))
export const OPTIONS = WITH_OPTIONS.flatMap((coin) =>
  EXPIRIES.slice(0, 4).flatMap((days) =>
    STRIKES.map((percent, i) => {
      const right = i % 2 === 0 ? ('put' as const) : ('call' as const)
      return { name: `${coin}-${days}D-${percent}-${right}`, coin, days, percent, right }
    }),
  ),
)

export function assessWorld(): MarketView {
  const assets = Object.keys(PRICES).map((id): [string, ListedAsset] => [id, listedAsset(id as Coin)])
  const perpetuals = COINS.map((coin) => listed({ ...termsOf(perpetualName(coin), coin), kind: 'perpetual' }, coin))
  const futures = FUTURES.map(({ name, coin, days }) =>
    listed({ ...termsOf(name, coin), kind: 'future', expiry: timestamp(days * DAY_MS) }, coin),
  )
  const options = OPTIONS.map(({ name, coin, days, percent, right }) => {
    const strike = price((atoms(coin) * BigInt(percent)) / 100n)
    const terms = { ...termsOf(name, coin), kind: 'option' as const, strike, right, expiry: timestamp(days * DAY_MS) }
    const pricing = { forward: price(atoms(coin)), volatility: rate((ONE * 6n) / 10n), pricedAt: timestamp(0) }
    const mark = quote(atoms(coin) / 20n)
    return { ...listed(terms, coin), mark, pricing }
  })
  const markets = [...perpetuals, ...futures, ...options].map((one): [string, ListedMarket] => [one.terms.id, one])
  return { assets: new Map(assets) as MarketView['assets'], markets: new Map(markets) as MarketView['markets'] }
}

/** Collateral, and contracts of these markets with these signs, each about this many USD. */
export function portfolioOf(
  collateral: readonly Coin[],
  held: readonly { readonly name: string; readonly coin: Coin; readonly isLong: boolean }[],
  usd: number,
): Portfolio {
  const units = (coin: Coin) => quantity((BigInt(usd) * ONE) / BigInt(PRICES[coin]))
  return {
    holdings: collateral.map((coin) => ({ asset: assetId(coin), quantity: units(coin) })),
    positions: held.map(({ name, coin, isLong }): OpenPosition => {
      const contracts = quantity(isLong ? units(coin) : -units(coin))
      const level = { price: price(atoms(coin)), fundingIndex: fundingIndex(0n) }
      const isOption = OPTIONS.some((option) => option.name === name)
      const position = isOption ? { ...NO_POSITION, quantity: contracts } : tradePosition(NO_POSITION, contracts, level)
      return { market: marketId(name), ...position }
    }),
  }
}

function atoms(coin: Coin): bigint {
  return BigInt(PRICES[coin]) * ONE
}

function quote(at: bigint) {
  return { price: price(at), halfWidth: NO_VALUE, guarded: false, observedAt: timestamp(0) }
}

function listedAsset(id: Coin): ListedAsset {
  const curve = { kink: ppm(800_000n), base: NO_PPM, atKink: NO_PPM, atFull: NO_PPM, cap: ppm(1_000_000n) }
  const terms = {
    id: assetId(id),
    nativeDecimals: 18,
    borrowable: true,
    borrowCurve: curve as unknown as ListedAsset['terms']['borrowCurve'],
    priceRules: { freshForMs: DAY_MS, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM },
    closeOutCost: SPREAD,
  }
  return { terms, index: quote(atoms(id)) }
}

function termsOf(name: string, coin: Coin) {
  return {
    id: marketId(name),
    underlying: assetId(coin),
    settlement: assetId('USDC'),
    maximumOpenInterest: quantity(ONE),
    tick: price(1n),
    lot: quantity(1n),
    minimumQuantity: quantity(1n),
    priceBandPpm: ppm(50_000n),
    closeOutCost: SPREAD,
  }
}

function listed(terms: Contract, coin: Coin): ListedMarket {
  return { terms, status: 'open', mark: quote(atoms(coin)), fundingIndex: fundingIndex(0n), openInterest: NO_QUANTITY }
}
