import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reachesBuffer, tradingCostUp } from './impact.ts'
import { ppm } from './ppm.ts'
import { value } from './value.ts'

const USD = 10n ** 18n

// Half a spread of 0.05%, and an impact of 0.2% for a trade of 100,000 USD.
const COST = { halfSpreadPpm: ppm(500n), impactPpm: ppm(2_000n), impactNotional: value(100_000n * USD) }

const costs: [name: string, notional: bigint, wantPpm: bigint][] = [
  ['a trade of nothing pays half the spread', 0n, 500n],
  ['a negative size pays half the spread', -1n, 500n],
  ['a trade of the reference size pays the reference impact', 100_000n * USD, 2_500n],
  ['four times the size moves the price twice as far', 400_000n * USD, 4_500n],
  ['a quarter of the size moves it half as far', 25_000n * USD, 1_500n],
  // 2000 * sqrt(2) = 2828.4
  ['an impact between two ppm rounds up', 200_000n * USD, 3_329n],
  ['a trade of one atom pays one ppm more, never less', 1n, 501n],
  // 2000 * sqrt(x) + 500 = 990,000: x = 494.75^2 = 244,777.5625 times 100,000 USD
  ['the cost at its cap is kept', 24_477_756_250n * USD, 990_000n],
  ['the cost never exceeds 99%, so that a sale has a price', 10n ** 32n, 990_000n],
]
test.each(costs)('%s', (_name, notional, wantPpm) => {
  expect(tradingCostUp(COST, value(notional))).toBe(wantPpm)
})

test('INV-QUANTITY-11: four times the size costs twice the impact, to a ppm of rounding', () => {
  const sizes = fc.bigInt({ min: 1n, max: 10n ** 27n })
  const impacts = fc.bigInt({ min: 0n, max: 3_000n })
  fc.assert(
    fc.property(sizes, impacts, (size, impact) => {
      const cost = { halfSpreadPpm: ppm(0n), impactPpm: ppm(impact), impactNotional: value(100_000n * USD) }
      const [once, fourfold] = [tradingCostUp(cost, value(size)), tradingCostUp(cost, value(4n * size))]
      expect(fourfold <= 2n * once && fourfold >= 2n * once - 2n).toBe(true)
    }),
  )
})

test('INV-QUANTITY-12: a larger trade is never cheaper', () => {
  const sizes = fc.bigInt({ min: 0n, max: 10n ** 31n })
  fc.assert(
    fc.property(sizes, sizes, (size, more) => {
      expect(tradingCostUp(COST, value(size)) <= tradingCostUp(COST, value(size + more))).toBe(true)
    }),
  )
})

const buffers: [name: string, excess: bigint, requirement: bigint, bufferPpm: bigint, reaches: boolean][] = [
  ['an excess at the buffer reaches it', 50n, 1000n, 50_000n, true],
  ['one atom below does not', 49n, 1000n, 50_000n, false],
  ['one atom above does', 51n, 1000n, 50_000n, true],
  ['no excess reaches a buffer of zero', 0n, 1000n, 0n, true],
  ['a negative excess reaches nothing', -1n, 1000n, 0n, false],
  ['no excess reaches any share of no requirement', 0n, 0n, 50_000n, true],
]
test.each(buffers)('%s', (_name, excess, requirement, bufferPpm, reaches) => {
  expect(reachesBuffer(value(excess), value(requirement), ppm(bufferPpm))).toBe(reaches)
})
