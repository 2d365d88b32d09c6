import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  absolute,
  add,
  compare,
  isLess,
  isMultipleOf,
  isNegative,
  isPositive,
  isZero,
  larger,
  negate,
  negativePart,
  positivePart,
  smaller,
  subtract,
} from './arithmetic.ts'
import { quantity } from './quantity.ts'

const signs: [atoms: bigint, negative: boolean, zero: boolean, positive: boolean, up: bigint, down: bigint][] = [
  [-5n, true, false, false, 0n, 5n],
  [-1n, true, false, false, 0n, 1n],
  [0n, false, true, false, 0n, 0n],
  [1n, false, false, true, 1n, 0n],
  [5n, false, false, true, 5n, 0n],
]
test.each(signs)('%s has its sign and its parts', (atoms, negative, zero, positive, up, down) => {
  const amount = quantity(atoms)
  expect([isNegative(amount), isZero(amount), isPositive(amount)]).toEqual([negative, zero, positive])
  expect([positivePart(amount), negativePart(amount), absolute(amount)]).toEqual([up, down, up + down])
  expect(negate(amount)).toBe(-atoms)
})

const pairs: [a: bigint, b: bigint, order: number][] = [
  [1n, 2n, -1],
  [2n, 2n, 0],
  [3n, 2n, 1],
  [-2n, 2n, -1],
]
test.each(pairs)('%s against %s: order, sum and difference', (a, b, order) => {
  const [first, second] = [quantity(a), quantity(b)]
  expect(compare(first, second)).toBe(order)
  expect(isLess(first, second)).toBe(order < 0)
  expect([smaller(first, second), larger(first, second)]).toEqual(order < 0 ? [a, b] : [b, a])
  expect([add(first, second), subtract(first, second)]).toEqual([a + b, a - b])
})

const multiples: [amount: bigint, step: bigint, multiple: boolean][] = [
  [0n, 5n, true],
  [5n, 5n, true],
  [-10n, 5n, true],
  [4n, 5n, false],
  [6n, 5n, false],
  [-6n, 5n, false],
]
test.each(multiples)('%s is a multiple of %s: %s', (amount, step, multiple) => {
  expect(isMultipleOf(quantity(amount), quantity(step))).toBe(multiple)
})

test.each([0n, -5n])('a step of %s is refused', (step) => {
  expect(() => isMultipleOf(quantity(5n), quantity(step))).toThrow(RangeError)
})

test('INV-QUANTITY-4: an amount is its positive part less its negative part', () => {
  const atoms = fc.bigInt({ min: -(10n ** 35n), max: 10n ** 35n }).map(quantity)
  fc.assert(
    fc.property(atoms, (amount) => {
      expect(subtract(positivePart(amount), negativePart(amount))).toBe(amount)
      expect(add(amount, negate(amount))).toBe(0n)
    }),
  )
})
