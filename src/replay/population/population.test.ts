import { describe, expect, test } from 'vitest'
import { assetId } from '../../core/instrument/identifier.ts'
import { price } from '../../core/quantity/price.ts'
import { quantity } from '../../core/quantity/quantity.ts'
import { ONE } from '../../core/quantity/unit.ts'
import { drawPopulation } from './population.ts'
import { randomFrom } from './random.ts'
import { drawSizeUsd, LOGNORMAL_THOUSANDTHS } from './size.ts'
import { amountOf, shareOfUsd, tradeOf, type World } from './world.ts'

const [USDT, BTC, ETH, STAKED] = ['USDT', 'BTC', 'ETH', 'stETH'].map(assetId) as [never, never, never, never]

/** BTC at 20,000 and ETH at 1,500; haircuts of a quarter, rates of a twentieth up to a million dollars. */
function world(prices: Readonly<Record<string, bigint>>, marks: Readonly<Record<string, bigint>>): World {
  const priced = (rows: Readonly<Record<string, bigint>>) =>
    new Map(Object.entries(rows).map(([symbol, usd]) => [assetId(symbol), price(usd * ONE)]))
  return {
    settlement: USDT,
    prices: priced(prices),
    marks: priced(marks),
    initialHaircutPpm: (asset) => (asset === USDT ? 0 : 250_000),
    initialRatePpm: () => 50_000,
    firstTierUsd: () => 1_000_000,
  }
}
const whole = world({ USDT: 1n, BTC: 20_000n, ETH: 1_500n, stETH: 1_450n }, { BTC: 20_000n, ETH: 1_500n, SOL: 30n })

describe('the generator', () => {
  // Computed with a separate implementation of sfc32 and splitmix32 from their definitions.
  const known: [seed: number, words: readonly number[]][] = [
    [7, [1_953_209_201, 274_027_627, 1_787_915_724, 1_567_175_990]],
    [0, [2_899_526_011, 769_844_623, 220_372_281, 4_270_301_181]],
    [4_294_967_295, [2_300_869_303, 3_917_632_794, 3_726_809_994, 1_136_427_174]],
  ]
  test.each(known)('of seed %i gives the words of sfc32', (seed, words) => {
    const random = randomFrom(seed)
    expect(words.map(() => random.below(2 ** 32))).toEqual(words)
  })
  test('below a bound takes the remainder of each word', () => {
    const random = randomFrom(7)
    expect(Array.from({ length: 12 }, () => random.below(10))).toEqual([1, 7, 4, 0, 5, 5, 2, 1, 3, 6, 4, 3])
  })
  test('refuses a bound it cannot be fair to', () => {
    for (const bound of [0, -1, 1.5, 2 ** 32 + 1]) expect(() => randomFrom(1).below(bound)).toThrow(RangeError)
  })
})

test('sizes are the quantiles of a lognormal distribution of median 1 and sigma 1.2', () => {
  // The normal distribution by Zelen and Severo's polynomial (Abramowitz and Stegun 26.2.17), within 7.5e-8.
  const normal = (z: number): number => {
    const t = 1 / (1 + 0.2316419 * Math.abs(z))
    const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    const upper = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly
    return z >= 0 ? 1 - upper : upper
  }
  expect(LOGNORMAL_THOUSANDTHS).toHaveLength(64)
  LOGNORMAL_THOUSANDTHS.forEach((thousandths, i) => {
    const [below, above] = [-0.5, 0.5].map((half) => normal(Math.log((thousandths + half) / 1_000) / 1.2))
    expect(below).toBeLessThanOrEqual((i + 0.5) / 64 + 1e-7)
    expect(above).toBeGreaterThanOrEqual((i + 0.5) / 64 - 1e-7)
  })
  const random = randomFrom(3)
  const sizes = new Set(Array.from({ length: 5_000 }, () => drawSizeUsd(random)))
  expect([Math.min(...sizes), Math.max(...sizes), sizes.size]).toEqual([550, 181_940, 64])
})

describe('amounts', () => {
  test('are rounded down to six decimals, contracts to eight', () => {
    // 100 / 20,000 = 0.005; 100 / 1,500 = 0.0666...
    expect(amountOf(whole, BTC, 100).quantity).toBe(quantity(5n * 10n ** 15n))
    expect(amountOf(whole, ETH, 100).quantity).toBe(quantity(66_666n * 10n ** 12n))
    expect(tradeOf(whole, ETH, 100, 'long').quantity).toBe(quantity(6_666_666n * 10n ** 10n))
    expect(tradeOf(whole, ETH, 100, 'short').quantity).toBe(quantity(-6_666_666n * 10n ** 10n))
  })
  test('in dollars are shared rounded down, without losing digits', () => {
    expect([shareOfUsd(10_000, 750_000), shareOfUsd(7, 500_000), shareOfUsd(181_940, 999_999)]).toEqual([
      7_500, 3, 181_939,
    ])
  })
})

describe('a population', () => {
  test('is the same for the same seed, and another for another', () => {
    const ids = (seed: number) => drawPopulation(whole, 50, seed).drawn.map(({ kind, opening }) => [kind.id, opening])
    expect(ids(7)).toEqual(ids(7))
    expect(ids(7)).not.toEqual(ids(8))
  })

  test('begins with the accounts of a smaller one: accounts are drawn one after another', () => {
    const openings = (count: number) => drawPopulation(whole, count, 7).drawn.map(({ opening }) => opening)
    expect(openings(40).slice(0, 10)).toEqual(openings(10))
  })

  test('leaves out kinds whose assets do not trade, says why, and fills their places', () => {
    const { drawn, leftOut } = drawPopulation(world({ USDT: 1n, BTC: 20_000n }, { BTC: 20_000n }), 200, 7)
    expect(leftOut.map(({ kind }) => kind.id)).toEqual(['spread', 'stakedEther', 'marketMaker'])
    for (const { reason } of leftOut) expect(reason).not.toBe('')
    expect(new Set(drawn.map(({ kind }) => kind.id))).toEqual(new Set(['directional', 'cashAndCarry', 'borrower']))
    expect(drawn).toHaveLength(200)
  })

  test('is empty where nothing can be done', () => {
    const { drawn, leftOut } = drawPopulation(world({ USDT: 1n }, {}), 10, 7)
    expect([drawn.length, leftOut.length]).toEqual([0, 6])
  })

  test('never opens beyond nine tenths of what initial margin allows a directional account', () => {
    for (const { kind, opening } of drawPopulation(whole, 500, 7).drawn) {
      if (kind.id !== 'directional') continue
      const [deposit] = opening.deposits
      const [trade] = opening.trades
      if (deposit === undefined || trade === undefined) throw new RangeError('a directional account has one of each')
      const worth = (deposit.quantity * (whole.prices.get(deposit.asset) ?? 0n)) / ONE
      const capital = deposit.asset === USDT ? worth : (worth * 3n) / 4n
      const size = trade.quantity < 0n ? -trade.quantity : trade.quantity
      const required = (size * (whole.marks.get(trade.underlying) ?? 0n)) / ONE / 20n
      // A cent for what rounding to six decimals takes from the deposit.
      expect(required <= (capital * 9n) / 10n + ONE / 100n).toBe(true)
      expect(size > 0n).toBe(true)
    }
  })

  test('has market makers whose books lie on both sides, and staked ether behind shorts only', () => {
    const { drawn } = drawPopulation(whole, 400, 7)
    const makers = drawn.filter(({ kind }) => kind.id === 'marketMaker')
    expect(makers.length).toBeGreaterThan(10)
    for (const { opening } of makers) {
      expect(opening.trades.some(({ quantity: size }) => size > 0n)).toBe(true)
      expect(opening.trades.some(({ quantity: size }) => size < 0n)).toBe(true)
      expect(new Set(opening.trades.map(({ underlying }) => underlying)).size).toBe(opening.trades.length)
    }
    const staked = drawn.filter(({ kind }) => kind.id === 'stakedEther')
    for (const { opening } of staked) {
      expect(opening.deposits.map(({ asset }) => asset)).toEqual([STAKED])
      expect(opening.trades.map(({ underlying, quantity: size }) => [underlying, size < 0n])).toEqual([[ETH, true]])
    }
  })
})
