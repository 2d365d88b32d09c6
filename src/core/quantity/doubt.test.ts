import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubtUp, relativeWidthUp, staleWidthUp } from './doubt.ts'
import { ppm } from './ppm.ts'
import { price } from './price.ts'
import { value, wideValue } from './value.ts'

const ONE = 10n ** 18n
const DAY_MS = 86_400_000

const stale: [name: string, dailyPpm: bigint, ageMs: number, width: bigint][] = [
  ['a price of this moment has no width', 40_000n, 0, 0n],
  ['a price of yesterday has one day of volatility', 40_000n, DAY_MS, (ONE * 4n) / 100n],
  ['four days are twice as wide as one', 40_000n, 4 * DAY_MS, (ONE * 8n) / 100n],
  ['a quarter of a day is half as wide', 40_000n, DAY_MS / 4, (ONE * 2n) / 100n],
  ['without volatility there is no width', 0n, DAY_MS, 0n],
  // 4% * sqrt(2) = 0.0565685424949238019520...
  ['an irrational width rounds up', 40_000n, 2 * DAY_MS, 56_568_542_494_923_802n],
]
test.each(stale)('%s', (_name, dailyPpm, ageMs, width) => {
  expect(staleWidthUp(ppm(dailyPpm), ageMs)).toBe(width)
})

test('INV-QUANTITY-13: a stale width w is the least with w*w >= volatility^2 * age in days', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 500_000n }), fc.integer({ min: 1, max: 1_000 * DAY_MS }), (daily, ageMs) => {
      // (w / 1e18)^2 >= (daily / 1e6)^2 * age / day, multiplied out.
      const reaches = (width: bigint) =>
        width * width * 1_000_000n ** 2n * BigInt(DAY_MS) >= daily * daily * ONE * ONE * BigInt(ageMs)
      const width = staleWidthUp(ppm(daily), ageMs)
      expect([reaches(width), reaches(width - 1n)]).toEqual([true, false])
    }),
  )
})

const relative: [name: string, halfWidth: bigint, at: bigint, width: bigint][] = [
  ['a certain price has no width', 0n, 100n * ONE, 0n],
  ['a half-width of 1 at 100 is a hundredth', ONE, 100n * ONE, ONE / 100n],
  ['a third rounds up', 1n, 3n, 333_333_333_333_333_334n],
]
test.each(relative)('%s', (_name, halfWidth, at, width) => {
  expect(relativeWidthUp(value(halfWidth), price(at))).toBe(width)
})

const doubts: [name: string, exposure: bigint, width: bigint, doubt: bigint][] = [
  ['no exposure has no doubt', 0n, ONE, 0n],
  ['no width has no doubt', 10n ** 54n, 0n, 0n],
  ['1000 USD at a width of 4% is 40 USD', 1000n * 10n ** 54n, (ONE * 4n) / 100n, 40n * ONE],
  ['a short is doubted by its size', -1000n * 10n ** 54n, (ONE * 4n) / 100n, 40n * ONE],
  ['the least doubt rounds up to an atom', 1n, 1n, 1n],
]
test.each(doubts)('%s', (_name, exposure, width, doubt) => {
  expect(doubtUp(wideValue(exposure), width)).toBe(doubt)
})
