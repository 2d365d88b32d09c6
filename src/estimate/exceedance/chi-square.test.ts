import { expect, test } from 'vitest'
import { chiSquare1Tail } from './chi-square.ts'

test.each([
  // Quantiles of chi-square with one degree of freedom, from tables.
  [0, 1],
  [0.454936423119572, 0.5],
  [2.70554345409541, 0.1],
  [3.84145882069412, 0.05],
  [6.63489660102121, 0.01],
  [10.8275661706627, 0.001],
])('the tail beyond the quantile %f is %f', (x, tail) => {
  expect(Math.abs(chiSquare1Tail(x) - tail)).toBeLessThan(1e-14)
})

test.each([
  // Tables of the complementary error function.
  [0.5, 0.479500122186953],
  [1, 0.157299207050285],
  [2, 0.00467773498104727],
  [3, 2.20904969985854e-5],
  [4, 1.541725790028e-8],
  [5, 1.53745979442803e-12],
  [10, 2.08848758376254e-45],
])('at twice the square of %f it is the complementary error function, %f', (z, tail) => {
  expect(Math.abs(chiSquare1Tail(2 * z * z) / tail - 1)).toBeLessThan(1e-13)
})

test('the two formulas meet at two deviations', () => {
  // The density there is exp(-2) / (2 sqrt(2 pi)) a unit of chi-square, 0.0270.
  const step = 1e-9
  const slope = (chiSquare1Tail(4 - step) - chiSquare1Tail(4)) / step
  expect(slope).toBeCloseTo(Math.exp(-2) / (2 * Math.sqrt(2 * Math.PI)), 4)
})

test('far out it vanishes, and a negative ratio is refused', () => {
  expect(chiSquare1Tail(5_000)).toBe(0)
  expect(chiSquare1Tail(Infinity)).toBe(0)
  expect(() => chiSquare1Tail(-1e-9)).toThrow(RangeError)
  expect(() => chiSquare1Tail(NaN)).toThrow(RangeError)
})
