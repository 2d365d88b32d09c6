import fc from 'fast-check'
import { expect, test } from 'vitest'
import { divCeil, divFloor, sqrtCeil } from './rounding.ts'

const integers = fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n })
const divisors = fc.bigInt({ min: 1n, max: 10n ** 40n })

const quotients: [name: string, dividend: bigint, divisor: bigint, floor: bigint, ceil: bigint][] = [
  ['divides zero', 0n, 7n, 0n, 0n],
  ['divides exactly', 14n, 7n, 2n, 2n],
  ['divides exactly below zero', -14n, 7n, -2n, -2n],
  ['rounds one atom above a multiple apart', 15n, 7n, 2n, 3n],
  ['rounds one atom below a multiple apart', 13n, 7n, 1n, 2n],
  // -7n / 2n is -3n: neither floor nor a safe direction.
  ['rounds a negative quotient toward minus and plus infinity, not toward zero', -7n, 2n, -4n, -3n],
  ['rounds one atom below zero apart', -1n, 10n ** 18n, -1n, 0n],
  ['rounds one atom above zero apart', 1n, 10n ** 18n, 0n, 1n],
]
test.each(quotients)('%s', (_name, dividend, divisor, floor, ceil) => {
  expect([divFloor(dividend, divisor), divCeil(dividend, divisor)]).toEqual([floor, ceil])
})

test.each([0n, -1n, -(10n ** 18n)])('a divisor of %s is refused', (divisor) => {
  expect(() => divFloor(1n, divisor)).toThrow(RangeError)
  expect(() => divCeil(1n, divisor)).toThrow(RangeError)
})

test('INV-QUANTITY-1: a floor is the greatest multiple within the dividend, a ceiling the least that reaches it', () => {
  fc.assert(
    fc.property(integers, divisors, (dividend, divisor) => {
      const [floor, ceil] = [divFloor(dividend, divisor), divCeil(dividend, divisor)]
      expect(floor * divisor <= dividend && dividend < (floor + 1n) * divisor).toBe(true)
      expect((ceil - 1n) * divisor < dividend && dividend <= ceil * divisor).toBe(true)
    }),
  )
})

const roots: [name: string, x: bigint, root: bigint][] = [
  ['the root of zero is zero', 0n, 0n],
  ['the root of one is one', 1n, 1n],
  ['the root of two rounds up to two', 2n, 2n],
  ['the root of three rounds up to two', 3n, 2n],
  ['the root of a square is exact', 144n, 12n],
  ['the root of one above a square is one more', 145n, 13n],
  ['the root of one below a square is the same', 143n, 12n],
  ['the root of 2^400 is 2^200', 2n ** 400n, 2n ** 200n],
  ['the root of 2^400 + 1 is 2^200 + 1', 2n ** 400n + 1n, 2n ** 200n + 1n],
  ['the root of 2^400 - 1 is 2^200', 2n ** 400n - 1n, 2n ** 200n],
]
test.each(roots)('%s', (_name, x, root) => {
  expect(sqrtCeil(x)).toBe(root)
})

test('the root of a negative number is refused', () => {
  expect(() => sqrtCeil(-1n)).toThrow(RangeError)
})

test('INV-QUANTITY-2: a root r of x fulfils r*r >= x > (r-1)*(r-1), up to 2^400', () => {
  const sized = fc.integer({ min: 0, max: 400 }).chain((bits) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) }))
  fc.assert(
    fc.property(sized, (x) => {
      const root = sqrtCeil(x)
      expect(root >= 0n && root * root >= x).toBe(true)
      expect(x === 0n || (root - 1n) * (root - 1n) < x).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('INV-QUANTITY-2: the root is right on both sides of every square', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 2n, max: 2n ** 200n }), (root) => {
      const square = root * root
      expect([sqrtCeil(square - 1n), sqrtCeil(square), sqrtCeil(square + 1n)]).toEqual([root, root, root + 1n])
    }),
  )
})
