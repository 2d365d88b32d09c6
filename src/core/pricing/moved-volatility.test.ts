import fc from 'fast-check'
import { expect, test } from 'vitest'
import { move } from '../quantity/move.ts'
import { rate } from '../quantity/rate.ts'
import { VOLATILITY_BOUND } from './deviation.ts'
import { FIXED_ONE } from './fixed.ts'
import { termFactorUp, volatilityDown, volatilityUp } from './moved-volatility.ts'
import type { OptionGrid } from './option-grid.ts'

const ONE = 10n ** 18n
const DAY = 86_400_000
const PERCENT = ONE / 100n

function grid({ down = -300_000n, up = 500_000n, floor = 0n }): OptionGrid {
  return {
    priceMoves: [move(0n)],
    volatilityDown: move(down),
    volatilityUp: move(up),
    termPowerQuarters: 0,
    volatilityFloor: rate(floor),
  }
}

// (30 / T)^(quarters / 4), all of them whole powers of two.
const factors: [name: string, days: number, quarters: number, numerator: bigint, denominator: bigint][] = [
  ['no power', 7, 0, 1n, 1n],
  ['30 days', 30, 3, 1n, 1n],
  ['480 days, a quarter: 16^(-1/4)', 480, 1, 1n, 2n],
  ['120 days, a half: 4^(-1/2)', 120, 2, 1n, 2n],
  ['480 days, three quarters: 16^(-3/4)', 480, 3, 1n, 8n],
  ['15 days, one: 2', 15, 4, 2n, 1n],
]
test.each(factors)('the term factor is exact where it is a power of two: %s', (_name, days, quarters, above, below) => {
  expect(termFactorUp(days * DAY, quarters)).toBe((FIXED_ONE * above) / below)
})

test('INV-PRICING-11: a term factor is never too small, and less than two ulps too large', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 36_500 * DAY }), fc.integer({ min: 0, max: 4 }), (timeMs, quarters) => {
      const factor = termFactorUp(timeMs, quarters)
      const [part, whole] = [BigInt(timeMs) ** BigInt(quarters), BigInt(30 * DAY) ** BigInt(quarters) * FIXED_ONE ** 4n]
      expect(factor ** 4n * part >= whole).toBe(true)
      expect(factor < 2n || (factor - 2n) ** 4n * part < whole).toBe(true)
    }),
  )
})

test('volatility moves by the range of the grid times the factor, up as well as down', () => {
  // 80% * (1 + 0.5 / 2) = 100%, 80% * (1 - 0.3 / 2) = 68%.
  expect(volatilityUp(rate(80n * PERCENT), FIXED_ONE / 2n, grid({}))).toBe(100n * PERCENT)
  expect(volatilityDown(rate(80n * PERCENT), FIXED_ONE / 2n, grid({}))).toBe(68n * PERCENT)
})

test('a move that is no whole number of atoms is rounded outward', () => {
  // 1 atom * 0.5 and 1 atom * 0.3 become an atom each.
  expect(volatilityUp(rate(1n), FIXED_ONE, grid({}))).toBe(2n)
  expect(volatilityDown(rate(1n), FIXED_ONE, grid({}))).toBe(0n)
})

test('a volatility ends at zero, at the floor, and below the bound', () => {
  expect(volatilityDown(rate(80n * PERCENT), 4n * FIXED_ONE, grid({}))).toBe(0n)
  expect(volatilityDown(rate(80n * PERCENT), FIXED_ONE, grid({ floor: 60n * PERCENT }))).toBe(60n * PERCENT)
  expect(volatilityUp(rate(10n * PERCENT), FIXED_ONE, grid({ floor: 60n * PERCENT }))).toBe(60n * PERCENT)
  expect(volatilityUp(rate(VOLATILITY_BOUND - 1n), FIXED_ONE, grid({}))).toBe(VOLATILITY_BOUND - 1n)
})
