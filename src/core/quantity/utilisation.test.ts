import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ppm } from './ppm.ts'
import { quantity } from './quantity.ts'
import { isUsedAbove, isUsedMore, largestPassing, utilisationUp } from './utilisation.ts'

const use = (borrowed: bigint, supplied: bigint) => ({ borrowed: quantity(borrowed), supplied: quantity(supplied) })

const shares: [name: string, borrowed: bigint, supplied: bigint, want: bigint][] = [
  ['nothing of nothing', 0n, 0n, 0n],
  ['nothing of something', 0n, 5n, 0n],
  ['something of nothing is the whole', 1n, 0n, 1_000_000n],
  ['a half', 1n, 2n, 500_000n],
  ['a third, rounded up', 1n, 3n, 333_334n],
  ['the least of the most there is', 1n, 10n ** 36n - 1n, 1n],
  ['all', 7n, 7n, 1_000_000n],
  ['more than all', 8n, 7n, 1_000_000n],
]
test.each(shares)('%s', (_name, borrowed, supplied, want) => {
  expect(utilisationUp(use(borrowed, supplied))).toBe(want)
})

test('a share is above a cap by an atom, and debts nobody lent for are above the whole', () => {
  const cap = ppm(900_000n)
  expect([isUsedAbove(use(900n, 1000n), cap), isUsedAbove(use(901n, 1000n), cap)]).toEqual([false, true])
  expect([isUsedAbove(use(0n, 0n), ppm(0n)), isUsedAbove(use(1n, 0n), ppm(1_000_000n))]).toEqual([false, true])
  expect([isUsedMore(use(1n, 3n), use(333n, 1000n)), isUsedMore(use(1n, 3n), use(2n, 6n))]).toEqual([true, false])
})

test('the largest passing amount of a range is found from its least in steps, or none', () => {
  const range = (least: bigint, step: bigint, below: bigint) => ({
    least: quantity(least),
    step: quantity(step),
    below: quantity(below),
  })
  expect(largestPassing(range(0n, 10n, 100n), (amount) => amount <= 55n)).toBe(50n)
  expect(largestPassing(range(3n, 10n, 100n), (amount) => amount <= 55n)).toBe(53n)
  expect(largestPassing(range(0n, 10n, 100n), () => true)).toBe(90n)
  expect(largestPassing(range(7n, 1n, 100n), () => false)).toBe(0n)
  expect(largestPassing(range(7n, 1n, 7n), () => true)).toBe(0n)
})

test('INV-QUANTITY-15: what is found passes and a step more does not', () => {
  const size = fc.bigInt({ min: 1n, max: 10n ** 30n })
  fc.assert(
    fc.property(size, size, fc.bigInt({ min: 0n, max: 10n ** 30n }), (step, below, most) => {
      const range = { least: quantity(0n), step: quantity(step), below: quantity(below) }
      const found = largestPassing(range, (amount) => amount <= most)
      expect(found <= most && found < below && found % step === 0n).toBe(true)
      expect(found + step > most || found + step >= below).toBe(true)
    }),
  )
})
