import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exceeds, isShareAbove, isWithinBand, isWithinRatioBand } from './comparison.ts'
import { ppm } from './ppm.ts'
import { price } from './price.ts'
import { value } from './value.ts'

const shares: [name: string, part: bigint, whole: bigint, sharePpm: bigint, above: boolean][] = [
  ['a part at the share is not above it', 5n, 1000n, 5_000n, false],
  ['a part one atom above the share is', 6n, 1000n, 5_000n, true],
  ['a part one atom below the share is not', 4n, 1000n, 5_000n, false],
  ['nothing is not above a share of zero', 0n, 1000n, 0n, false],
  ['one atom is above a share of zero', 1n, 1000n, 0n, true],
  // 1/3 = 333333.33.. ppm: a division would round it onto the share.
  ['a third is above 333333 ppm', 1n, 3n, 333_333n, true],
  ['a third is not above 333334 ppm', 1n, 3n, 333_334n, false],
]
test.each(shares)('%s', (_name, part, whole, sharePpm, above) => {
  expect(isShareAbove({ part: value(part), whole: price(whole), share: ppm(sharePpm) })).toBe(above)
})

// 5% of 1000 is 50.
const bands: [name: string, offered: bigint, within: boolean][] = [
  ['the reference itself is within the band', 1000n, true],
  ['the upper bound is within', 1050n, true],
  ['one atom above the upper bound is not', 1051n, false],
  ['the lower bound is within', 950n, true],
  ['one atom below the lower bound is not', 949n, false],
]
test.each(bands)('%s', (_name, offered, within) => {
  expect(isWithinBand({ price: price(offered), reference: price(1000n), band: ppm(50_000n) })).toBe(within)
})

test('a band of zero holds the reference alone', () => {
  const band = ppm(0n)
  expect(isWithinBand({ price: price(1000n), reference: price(1000n), band })).toBe(true)
  expect(isWithinBand({ price: price(1001n), reference: price(1000n), band })).toBe(false)
})

// Base at 3000 USD, quote at 0.5 USD: fair is 6000 quote units, and 1% either side is 5940 to 6060.
const DOLLAR = 10n ** 18n
const ratios: [name: string, offered: bigint, within: boolean][] = [
  ['the fair ratio is within the band', 6000n * DOLLAR, true],
  ['the upper bound of a ratio is within', 6060n * DOLLAR, true],
  ['one atom above it is not', 6060n * DOLLAR + 1n, false],
  ['the lower bound of a ratio is within', 5940n * DOLLAR, true],
  ['one atom below it is not', 5940n * DOLLAR - 1n, false],
]
test.each(ratios)('%s', (_name, offered, within) => {
  const [base, quote] = [price(3000n * DOLLAR), price(DOLLAR / 2n)]
  expect(isWithinRatioBand({ price: price(offered), base, quote, band: ppm(10_000n) })).toBe(within)
})

test('a half-width exceeds a price only above it', () => {
  expect([99n, 100n, 101n].map((half) => exceeds(value(half), price(100n)))).toEqual([false, false, true])
})

test('INV-QUANTITY-5: a band is judged as the exact fractions are, for any prices', () => {
  const prices = fc.bigInt({ min: 1n, max: 10n ** 29n })
  fc.assert(
    fc.property(prices, prices, fc.bigInt({ min: 0n, max: 2_000_000n }), (offered, reference, band) => {
      // |offered / reference - 1| <= band / 1e6, multiplied out by reference * 1e6.
      const above = offered * 1_000_000n <= reference * (1_000_000n + band)
      const below = offered * 1_000_000n >= reference * (1_000_000n - band)
      const within = isWithinBand({ price: price(offered), reference: price(reference), band: ppm(band) })
      expect(within).toBe(above && below)
    }),
  )
})
