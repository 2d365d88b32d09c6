import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate } from './allocation.ts'
import { value, wideValue } from './value.ts'

/** One unit of a total, in the scale of exact shares: 1e36 to widen a value, a million for the ppm. */
const UNIT = 10n ** 36n * 1_000_000n

function parts(total: bigint, shares: readonly bigint[]): readonly bigint[] {
  return allocate(value(total), shares.map(wideValue))
}

const table: [name: string, total: bigint, thirds: readonly bigint[], want: readonly bigint[]][] = [
  ['nothing is spread over nothing', 0n, [], []],
  ['whole shares stay as they are', 6n, [3n, 6n, 9n], [1n, 2n, 3n]],
  ['the unit left goes to the largest remainder', 2n, [1n, 5n], [0n, 2n]],
  ['the earlier of equal remainders comes first', 1n, [1n, 1n, 1n], [1n, 0n, 0n]],
  ['two units go to the two largest remainders', 3n, [5n, 1n, 2n], [2n, 0n, 1n]],
  ['a share of zero gets nothing while others have remainders', 1n, [0n, 1n, 2n], [0n, 0n, 1n]],
  ['negative shares are rounded down too', -1n, [-1n, -1n], [0n, -1n]],
]
test.each(table)('%s', (_name, total, thirds, want) => {
  const shares = thirds.map((third) => (third * UNIT) / 3n)
  expect(parts(total, shares)).toEqual(want)
})

test('a total that is not the rounded sum of its shares is refused', () => {
  expect(() => parts(3n, [UNIT])).toThrow(RangeError)
  expect(() => parts(0n, [UNIT])).toThrow(RangeError)
  expect(() => parts(1n, [])).toThrow(RangeError)
})

test('INV-QUANTITY-8: parts of a rounded-up sum add up to it, each within one unit of its exact share', () => {
  const shares = fc.array(fc.bigInt({ min: 0n, max: 10n ** 60n }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(shares, (exact) => {
      const sum = exact.reduce((total, share) => total + share, 0n)
      const total = (sum + UNIT - 1n) / UNIT
      const got = parts(total, exact)
      expect(got.reduce((all, part) => all + part, 0n)).toBe(total)
      got.forEach((part, i) => {
        const distance = part * UNIT - (exact[i] ?? 0n)
        expect(distance < UNIT && -distance < UNIT).toBe(true)
      })
    }),
  )
})
