import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rate } from '../quantity/rate.ts'
import { totalDeviationDown, totalVariance, VOLATILITY_BOUND } from './deviation.ts'
import { FIXED_ONE } from './fixed.ts'
import { MS_PER_YEAR, ROOT_BITS, rootTimeDown, TIME_BOUND_MS } from './root-time.ts'

const ONE = 10n ** 18n
const YEAR = Number(MS_PER_YEAR)
const volatilities = fc.bigInt({ min: 0n, max: VOLATILITY_BOUND - 1n })
const times = fc.integer({ min: 0, max: Number(TIME_BOUND_MS) })

const deviations: [name: string, volatility: bigint, timeMs: number, ulps: bigint][] = [
  ['no volatility, no deviation', 0n, YEAR, 0n],
  ['no time, no deviation', ONE, 0, 0n],
  // A root is rounded down, so that of a square too: sqrt(1) = 1 becomes 1 - 2^-160, and the product an ulp less.
  ['20% over a year is 20%', ONE / 5n, YEAR, FIXED_ONE / 5n],
  ['20% over four years is 40%, less an ulp', ONE / 5n, 4 * YEAR, (2n * FIXED_ONE) / 5n],
]
test.each(deviations)('%s', (_name, volatility, timeMs, ulps) => {
  const { deviation } = totalDeviationDown(rate(volatility), rootTimeDown(timeMs))
  expect(ulps - deviation >= 0n && ulps - deviation < 2n).toBe(true)
})

test('the least volatility over the least time still deviates by more than 2^-78', () => {
  expect(totalDeviationDown(rate(1n), rootTimeDown(1)).deviation > 2n ** (120n - 78n)).toBe(true)
})

test('INV-PRICING-3: a root of a time is never too large, and less than two units too small', () => {
  fc.assert(
    fc.property(times, (timeMs) => {
      const { root } = rootTimeDown(timeMs)
      const exact = BigInt(timeMs) << (2n * ROOT_BITS)
      expect(root * root * MS_PER_YEAR <= exact && exact < (root + 2n) ** 2n * MS_PER_YEAR).toBe(true)
    }),
  )
})

test('INV-PRICING-3: a deviation is never too large, and less than two ulps too small', () => {
  fc.assert(
    fc.property(volatilities, times, (volatility, timeMs) => {
      const { deviation } = totalDeviationDown(rate(volatility), rootTimeDown(timeMs))
      // Squares, times 1e36 and the milliseconds of a year: all whole numbers.
      const exact = volatility ** 2n * BigInt(timeMs) * FIXED_ONE ** 2n
      const scale = ONE ** 2n * MS_PER_YEAR
      expect(deviation ** 2n * scale <= exact && exact < (deviation + 2n) ** 2n * scale).toBe(true)
    }),
  )
})

const variances: [name: string, volatility: bigint, timeMs: number, low: bigint, high: bigint][] = [
  ['no time, no variance', ONE, 0, 0n, 0n],
  ['20% over a year: 0.04', ONE / 5n, YEAR, ONE / 25n, ONE / 25n],
  ['50% over half a year: 0.125', ONE / 2n, YEAR / 2, ONE / 8n, ONE / 8n],
  // 1e-36 / 31,536,000,000 is above zero and below an atom.
  ['an atom over a millisecond', 1n, 1, 0n, 1n],
]
test.each(variances)('total variance: %s', (_name, volatility, timeMs, low, high) => {
  expect(totalVariance(rate(volatility), timeMs)).toEqual({ low, high })
})

const refused: [name: string, volatility: bigint, timeMs: number][] = [
  ['a negative volatility', -1n, YEAR],
  ['a volatility of 100,000%', VOLATILITY_BOUND, YEAR],
  ['a negative time', ONE, -1],
  ['half a millisecond', ONE, 0.5],
  ['no number', ONE, Number.NaN],
  ['more than a hundred years', ONE, Number(TIME_BOUND_MS) + 1],
]
test.each(refused)('refuses %s', (_name, volatility, timeMs) => {
  expect(() => totalDeviationDown(rate(volatility), rootTimeDown(timeMs))).toThrow(RangeError)
  expect(() => totalVariance(rate(volatility), timeMs)).toThrow(RangeError)
})
