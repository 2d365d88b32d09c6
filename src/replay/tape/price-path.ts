import type { AssetId } from '../../core/instrument/identifier.ts'
import { isLess, subtract } from '../../core/quantity/arithmetic.ts'
import type { Price } from '../../core/quantity/price.ts'
import { type Timestamp, timestamp } from '../../core/quantity/timestamp.ts'
import type { Bar, BarKind, TapeStep } from './bar.ts'

export type NamedPrice = readonly [symbol: AssetId, price: Price]

/** Prices that become known at one time: one price command. */
export interface PriceBatch {
  readonly time: Timestamp
  readonly spot: readonly NamedPrice[]
  readonly perp: readonly NamedPrice[]
}

type OhlcPrices = Extract<Bar['prices'], { readonly shape: 'ohlc' }>

/**
 * The price commands of one step, in time order. Where no bar has a high and low it is one, at the end of the bar. Else four:
 * the opens at 0, each asset's own extremes at 1/3 and 2/3 (rounded down to whole milliseconds), the closes at the end.
 * The extreme farther from the close comes first, as the price has to travel back; at equal distance the low does.
 * A bar of which only the close is known appears in the last batch alone. No bars: no commands.
 */
export function pricePath(step: TapeStep, intervalMs: number): readonly PriceBatch[] {
  if (step.bars.length === 0) return []
  const closes = batchAt(step, intervalMs, ({ prices }) => prices.close)
  if (!step.bars.some(({ prices }) => prices.shape === 'ohlc')) return [closes]
  return [
    batchAt(
      step,
      0,
      ohlcPrice(({ open }) => open),
    ),
    batchAt(step, Math.floor(intervalMs / 3), ohlcPrice(firstExtreme)),
    batchAt(step, Math.floor((2 * intervalMs) / 3), ohlcPrice(secondExtreme)),
    closes,
  ]
}

function batchAt(step: TapeStep, afterMs: number, priceOf: (bar: Bar) => Price | undefined): PriceBatch {
  const named = (kind: BarKind): readonly NamedPrice[] =>
    step.bars.flatMap((bar) => {
      const known = bar.kind === kind ? priceOf(bar) : undefined
      return known === undefined ? [] : [[bar.symbol, known] as const]
    })
  return { time: timestamp(step.time + afterMs), spot: named('spot'), perp: named('perp') }
}

function ohlcPrice(pick: (prices: OhlcPrices) => Price): (bar: Bar) => Price | undefined {
  return ({ prices }) => (prices.shape === 'ohlc' ? pick(prices) : undefined)
}

function firstExtreme(prices: OhlcPrices): Price {
  return isHighFarther(prices) ? prices.high : prices.low
}

function secondExtreme(prices: OhlcPrices): Price {
  return isHighFarther(prices) ? prices.low : prices.high
}

function isHighFarther({ high, low, close }: OhlcPrices): boolean {
  return isLess(subtract(close, low), subtract(high, close))
}
