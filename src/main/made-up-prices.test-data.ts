import { fatTailed, uniform } from '../estimate/calibration/drawn-factors.test-data.ts'
import { randomFrom } from '../replay/population/random.ts'

const DAY_MS = 86_400_000

export interface MadeUpCoin {
  /** At the first close, USD. */
  readonly price: number
  readonly dailySigma: number
  /** USD traded a day. */
  readonly volumeUsd: number
  /** How much of its move is the market's; the rest is its own. */
  readonly beta: number
  /** Days it falls to a third by itself, counted from 0. */
  readonly collapses?: number
  /** The day of its last price; without it there is one every day. */
  readonly lastDay?: number
}

export type MadeUpMarket = Readonly<Record<string, MadeUpCoin>>

/** Seven coins, one of which collapses a month before the end; enough for every branch of a report. */
export const SEVEN_COINS: MadeUpMarket = {
  BTC: { price: 30_000, dailySigma: 0.03, volumeUsd: 5e9, beta: 0.9 },
  ETH: { price: 2_000, dailySigma: 0.04, volumeUsd: 2e9, beta: 0.85 },
  SOL: { price: 30, dailySigma: 0.05, volumeUsd: 3e8, beta: 0.7 },
  DOGE: { price: 0.1, dailySigma: 0.06, volumeUsd: 1e8, beta: 0.6 },
  XYZ: { price: 1, dailySigma: 0.07, volumeUsd: 1e6, beta: 0.5 },
  FALL: { price: 5, dailySigma: 0.05, volumeUsd: 5e6, beta: 0.6, collapses: 380 },
  GONE: { price: 2, dailySigma: 0.05, volumeUsd: 5e6, beta: 0.6, lastDay: 300 },
}

/** Bars by day in one table for each coin, closing each midnight from the second day on: `date,open,high,low,close,volume`. */
export function madeUpTables(
  market: MadeUpMarket,
  { start, days, seed }: { readonly start: string; readonly days: number; readonly seed: number },
): Record<string, string> {
  const next = uniform(randomFrom(seed))
  const shared = Array.from({ length: days }, () => fatTailed(next))
  const tables = Object.entries(market).map(([name, coin]) => {
    let close = coin.price
    const rows = shared.map((common, day) => {
      const open = close
      const own = Math.sqrt(1 - coin.beta * coin.beta) * fatTailed(next)
      close *= Math.exp(coin.dailySigma * (coin.beta * common + own)) * (day === coin.collapses ? 1 / 3 : 1)
      const date = new Date(Date.parse(start) + day * DAY_MS).toISOString().slice(0, 10)
      const [high, low] = [Math.max(open, close), Math.min(open, close)]
      return [date, ...[open, high, low, close, coin.volumeUsd / close].map((one) => one.toPrecision(12))].join(',')
    })
    const kept = coin.lastDay === undefined ? rows : rows.slice(0, coin.lastDay + 1)
    return [`${name}USDT.csv`, `date,open,high,low,close,volume\n${kept.join('\n')}\n`] as const
  })
  return Object.fromEntries(tables)
}
