import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate, allocateInProportion, allocateWeighted } from './allocation.ts'
import { ppm } from './ppm.ts'
import { value, wideValue } from './value.ts'
import { mixedVariance, ownShare, ownVariance, exposureProduct } from './variance.ts'
import { weightedExposure } from './weighted-exposure.ts'

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

/** A variance of this size: 1e-12 of it is everything's own, and nothing is mixed in. */
function variance(size: bigint) {
  const square = exposureProduct(weightedExposure(value(size), ppm(1n)), weightedExposure(value(1n), ppm(1n)))
  const own = ownVariance(square, ownShare([]))
  return mixedVariance(own, own, ppm(0n))
}

test('a total is split in proportion to parts of any sign, and to nothing when there is nothing', () => {
  const split = (total: bigint, parts: readonly bigint[]) => allocateInProportion(value(total), parts.map(variance))
  expect(split(100n, [3n, -1n])).toEqual([150n, -50n])
  // 100 * 4/3 is 133 and a third, 100 * -1/3 is -34 and two thirds, which are larger.
  expect(split(100n, [4n, -1n])).toEqual([133n, -33n])
  expect(split(0n, [0n, 0n])).toEqual([0n, 0n])
  expect(split(0n, [])).toEqual([])
  expect(() => split(1n, [0n])).toThrow(RangeError)
})

test('a total rounded from a share of weighted exposures is split over them', () => {
  const split = (total: bigint, parts: readonly bigint[]) =>
    allocateWeighted(value(total), {
      parts: parts.map((part) => weightedExposure(value(part), ppm(1n))),
      share: ppm(500_000n),
    })
  // Half a millionth of each: 1.5 and 2.5 and 0.5 units make 4.5, up 5.
  expect(split(5n, [3_000_000n, 5_000_000n, 1_000_000n])).toEqual([2n, 3n, 0n])
  expect(split(0n, [])).toEqual([])
})
