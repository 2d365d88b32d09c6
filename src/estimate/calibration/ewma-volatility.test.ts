import { expect, test } from 'vitest'
import { cappedSquare, decayOf, nextVariance } from './ewma-volatility.ts'
import { RULES } from './rules.ts'

test('half of a variance is left after a half-life, a quarter after two', () => {
  const decay = decayOf(32)
  expect(decay ** 32).toBeCloseTo(0.5, 14)
  expect(decay ** 64).toBeCloseTo(0.25, 14)
  expect(decayOf(1)).toBe(0.5)
})

test('squares weigh geometrically, the last the most', () => {
  // A half-life of one step: 0.0016 / 8 + (0.03^2) / 8 + (0.05^2) / 4 + (0.02^2) / 2 = 0.0002 + 0.0001125 + 0.000625 + 0.0002.
  const variance = [0.03, -0.05, 0.02].reduce((before, one) => nextVariance(before, one, 0.5), 0.0016)
  expect(variance).toBeCloseTo(0.0011375, 15)
})

const squares: [name: string, logReturn: number, want: number][] = [
  ['a return of nothing', 0, 0],
  ['a return below the cap', 0.17, 0.0289],
  ['a fall', -0.17, 0.0289],
  ['exactly four and a half deviations', 0.18, 0.0324],
  ['one above', 0.19, 0.0324],
  ['a fall to a millionth', Math.log(1e-6), 0.0324],
  ['a price that is gone', -Infinity, 0.0324],
]
test.each(squares)('a deviation of 4%%: %s counts at most (4.5 * 4%%)^2', (_name, logReturn, want) => {
  expect(cappedSquare(0.0016, logReturn)).toBeCloseTo(want, 15)
})

test('no return raises sigma by more than 18.9% a step at a half-life of 32', () => {
  const decay = 2 ** (-1 / 32)
  const rise = Math.sqrt(nextVariance(0.0016, 3, decayOf(RULES.volatilityHalfLife)) / 0.0016)
  expect(rise).toBeCloseTo(Math.sqrt(decay + (1 - decay) * 4.5 ** 2), 12)
  // 2^(-1/32) = 0.978572; 0.978572 + 0.021428 * 20.25 = 1.412489; its root is 1.188482.
  expect(rise).toBeCloseTo(1.188482, 5)
  expect(rise).toBeLessThan(1.189)
})
