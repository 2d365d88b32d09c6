import { expect, test } from 'vitest'
import { wholeDown, wholeUp } from './enclosure.ts'
import { FIXED_ONE, overDown, timesDown } from './fixed.ts'

const HALF = FIXED_ONE / 2n

const products: [name: string, a: bigint, b: bigint, product: bigint][] = [
  ['one times one is one', FIXED_ONE, FIXED_ONE, FIXED_ONE],
  ['a half of three ulps is one ulp', 3n, HALF, 1n],
  ['a half of minus three ulps is minus two: down, not toward zero', -3n, HALF, -2n],
  ['an ulp times an ulp is nothing', 1n, 1n, 0n],
  ['less than nothing is an ulp below', -1n, 1n, -1n],
]
test.each(products)('%s', (_name, a, b, product) => {
  expect(timesDown(a, b)).toBe(product)
})

const quotients: [name: string, dividend: bigint, divisor: bigint, quotient: bigint][] = [
  ['one by two is a half', FIXED_ONE, 2n * FIXED_ONE, HALF],
  ['an ulp by two is nothing', 1n, 2n * FIXED_ONE, 0n],
  ['minus an ulp by two is minus an ulp: down, not toward zero', -1n, 2n * FIXED_ONE, -1n],
]
test.each(quotients)('%s', (_name, dividend, divisor, quotient) => {
  expect(overDown(dividend, divisor)).toBe(quotient)
})

test.each([0n, -1n])('a divisor of %s is refused', (divisor) => {
  expect(() => overDown(1n, divisor)).toThrow(RangeError)
})

const wholes: [name: string, number: bigint, down: bigint, up: bigint][] = [
  ['a whole number encloses itself', 3n * FIXED_ONE, 3n, 3n],
  ['an ulp above it reaches up to the next', 3n * FIXED_ONE + 1n, 3n, 4n],
  ['an ulp below it reaches down to the one before', 3n * FIXED_ONE - 1n, 2n, 3n],
  ['an ulp below zero lies from minus one to zero', -1n, -1n, 0n],
  ['zero encloses itself', 0n, 0n, 0n],
]
test.each(wholes)('%s', (_name, number, down, up) => {
  expect([wholeDown(number), wholeUp(number)]).toEqual([down, up])
})
