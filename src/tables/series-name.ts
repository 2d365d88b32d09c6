import { type AssetId, assetId, isName } from '../core/instrument/identifier.ts'

/** What the name of a file of bars says. */
export interface SeriesName {
  readonly symbol: AssetId
  /** Quote currency, where the name has one. */
  readonly quote: AssetId | undefined
}

// BUSD before USD: the longer ending is the quote.
const QUOTES = ['USDT', 'USDC', 'BUSD', 'USD'] as const
/** Assets that end like a pair and are none; beside them every single letter before USD (TUSD, LUSD, GUSD). */
const DOLLARS: ReadonlySet<string> = new Set(['FDUSD', 'PYUSD', 'RLUSD', 'CRVUSD', 'MKUSD'])
const EXTENSION = /\.csv(\.gz)?$/i

/** Whether the file name is that of a table of bars. */
export function isCsvName(fileName: string): boolean {
  return EXTENSION.test(fileName)
}

/**
 * Asset and quote that a file name tells: BTCUSDT_1h.csv.gz, BTC-USD.csv and Binance_BTCUSDT_1h.csv are BTC.
 * The first part that is a pair names the asset, else the first part. Lower case is made upper case, mixed case kept.
 * Undefined if what is left is not a name.
 */
export function seriesName(fileName: string): SeriesName | undefined {
  const parts = fileName
    .replace(EXTENSION, '')
    .split(/[-_ .]+/)
    .filter((part) => part !== '')
  const pair = parts.map(pairOf).find((found) => found !== undefined)
  if (pair !== undefined) return pair
  const [first = '', second = ''] = parts
  if (!isName(first)) return undefined
  return {
    symbol: assetId(upper(first)),
    quote: QUOTES.includes(second.toUpperCase() as never) ? assetId(second.toUpperCase()) : undefined,
  }
}

function pairOf(part: string): SeriesName | undefined {
  if (isDollar(part)) return undefined
  const quote = QUOTES.find((ending) => part.toUpperCase().endsWith(ending) && part.length > ending.length)
  const base = quote === undefined ? '' : upper(part.slice(0, -quote.length))
  return quote === undefined || !isName(base) ? undefined : { symbol: assetId(base), quote: assetId(quote) }
}

function isDollar(part: string): boolean {
  return /^[a-z]usd$/i.test(part) || DOLLARS.has(part.toUpperCase())
}

function upper(name: string): string {
  return name === name.toLowerCase() ? name.toUpperCase() : name
}
