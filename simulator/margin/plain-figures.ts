import type { MarketView } from '../../src/core/market/listing.ts'
import type { SectionDocument } from './section-document.ts'

/** Arithmetic and look-ups of the references: plain integers, plain names. */

export const ONE = 10n ** 18n

export const PPM = 1_000_000n

export const WIDE = 10n ** 36n

/** What the epoch says under a name or that of its class. */
export function named<Row>(rows: Readonly<Record<string, Row>>, factor: string): Row | undefined {
  return rows[factor] ?? rows[factor.split('/').slice(0, 3).join('/')]
}

export function factorOf(section: SectionDocument, factor: string) {
  return named(section.factors, factor)
}

export function isCash(market: MarketView, asset: string): boolean {
  return asset === 'USD' && priceOf(market, asset) === ONE
}

export function listedAt(market: MarketView, id: string) {
  return market.markets.get(id as never)
}

export function indexOf(market: MarketView, asset: string): bigint | undefined {
  return market.assets.get(asset as never)?.index?.price
}

export function priceOf(market: MarketView, asset: string): bigint {
  const price = indexOf(market, asset)
  if (price === undefined) throw new Error(`${asset} has no price`)
  return price
}

export function decimal(text: string): bigint {
  const [whole = '', parts = ''] = text.split('.')
  return BigInt(whole + parts.padEnd(18, '0'))
}

export function share(whole: bigint, ppm: number): bigint {
  return ceil(whole * BigInt(ppm), PPM)
}

export function size(x: bigint): bigint {
  return x < 0n ? -x : x
}

export function positive(x: bigint): bigint {
  return x > 0n ? x : 0n
}

export function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

export function floor(dividend: bigint, divisor: bigint): bigint {
  const rest = ((dividend % divisor) + divisor) % divisor
  return (dividend - rest) / divisor
}

export function ceil(dividend: bigint, divisor: bigint): bigint {
  return -floor(-dividend, divisor)
}

/** Halves away from zero. */
export function nearest(dividend: bigint, divisor: bigint): bigint {
  const rounded = floor(2n * size(dividend) + divisor, 2n * divisor)
  return dividend < 0n ? -rounded : rounded
}
