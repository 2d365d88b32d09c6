import { expect, test } from 'vitest'
import { smallInteger, smallQuotient } from './small-integer.ts'

const LIMIT = 2n ** 52n
const TOO_LARGE = 9_007_199_254_740_992

test.each([
  [0n, 0],
  [-1n, -1],
  [2n ** 32n + 1n, 4_294_967_297],
  [LIMIT - 1n, 4_503_599_627_370_495],
  [-LIMIT, -4_503_599_627_370_496],
  [LIMIT, TOO_LARGE],
  [-LIMIT - 1n, -TOO_LARGE],
  // What 64 bits would wrap to nothing.
  [2n ** 64n, TOO_LARGE],
  [-(2n ** 64n), -TOO_LARGE],
])('the number of %i is %d', (whole, want) => {
  expect(smallInteger(whole)).toBe(want)
})

test.each([
  [7n, 2n, 4],
  [-7n, 2n, -3],
  [-8n, 3n, -3],
  [-1n, 3n, 0],
  [10n ** 30n, 1n, TOO_LARGE],
])('%i over %i to the nearest, halves up, is %d', (dividend, divisor, want) => {
  expect(smallQuotient(dividend, divisor)).toBe(want)
})
