import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compoundUp, growDown, growUp, interestDown, interestFactorUp, shareEarningsDown } from './growth.ts'
import { ppm } from './ppm.ts'
import { quantity } from './quantity.ts'
import { rate, UNIT_INDEX } from './rate.ts'

const ONE = 10n ** 18n
const YEAR_MS = 31_536_000_000

const growths: [name: string, amount: bigint, from: bigint, to: bigint, down: bigint, up: bigint][] = [
  ['nothing grows to nothing', 0n, ONE, 2n * ONE, 0n, 0n],
  ['an unchanged index changes nothing', 7n, 3n * ONE, 3n * ONE, 7n, 7n],
  ['a whole growth is exact for both', 100n, ONE, (ONE * 11n) / 10n, 110n, 110n],
  // 7 * 1.1 / 1 = 7.7
  ['lenders round down, borrowers up', 7n, ONE, (ONE * 11n) / 10n, 7n, 8n],
  // 10 * 3 / 2 = 15
  ['only the ratio of the indices counts', 10n, 2n * ONE, 3n * ONE, 15n, 15n],
  ['one atom at the least growth stays one atom for lenders, two for borrowers', 1n, ONE, ONE + 1n, 1n, 2n],
]
test.each(growths)('%s', (_name, amount, from, to, down, up) => {
  const [before, after] = [rate(from), rate(to)]
  expect([growDown(quantity(amount), before, after), growUp(quantity(amount), before, after)]).toEqual([down, up])
})

const factors: [name: string, yearlyPpm: bigint, ms: number, factor: bigint][] = [
  ['no time costs nothing', 50_000n, 0, 0n],
  ['a rate of zero costs nothing', 0n, YEAR_MS, 0n],
  ['a whole year costs the yearly rate', 50_000n, YEAR_MS, ONE / 20n],
  ['half a year costs half of it', 50_000n, YEAR_MS / 2, ONE / 40n],
  // 1 ppm * 1 ms: 1e-6 * 1e18 / 31,536,000,000 = 31.7 atoms
  ['a millisecond is rounded up', 1n, 1, 32n],
]
test.each(factors)('%s', (_name, yearlyPpm, ms, factor) => {
  expect(interestFactorUp(ppm(yearlyPpm), ms)).toBe(factor)
})

test('the borrowers index rounds up and the interest that is shared rounds down', () => {
  // 1.5 atoms of interest on an index of 3 atoms, or on 3 atoms lent.
  expect(compoundUp(rate(3n), rate(ONE / 2n))).toBe(5n)
  expect(interestDown(quantity(3n), rate(ONE / 2n))).toBe(1n)
})

const sharings: [name: string, index: bigint, earned: bigint, total: bigint, want: bigint][] = [
  ['nobody to share by leaves the index', ONE, 5n, 0n, ONE],
  ['nothing earned leaves the index', ONE, 0n, 5n, ONE],
  ['a tenth earned raises the index by a tenth', ONE, 10n, 100n, (ONE * 11n) / 10n],
  // 10 * 1 / 3 = 3.33
  ['what cannot be shared is rounded away', 10n, 1n, 3n, 13n],
]
test.each(sharings)('%s', (_name, index, earned, total, want) => {
  expect(shareEarningsDown(rate(index), quantity(earned), quantity(total))).toBe(want)
})

test('INV-QUANTITY-9: an exact growth lies between what a lender has and what a borrower owes, less than an atom from each', () => {
  const indices = fc.bigInt({ min: ONE, max: 10n ** 24n })
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 29n }), indices, indices, (amount, from, to) => {
      const [down, up] = [growDown, growUp].map((grow) => grow(quantity(amount), rate(from), rate(to)))
      const exact = amount * to
      expect((down ?? 0n) * from <= exact && exact < ((down ?? 0n) + 1n) * from).toBe(true)
      expect(((up ?? 0n) - 1n) * from < exact && exact <= (up ?? 0n) * from).toBe(true)
    }),
  )
})

test('INV-QUANTITY-10: interest in two parts is never less than interest at once for a borrower', () => {
  const half = fc.integer({ min: 0, max: YEAR_MS })
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1_000_000n }), half, half, (yearly, first, second) => {
      const share = ppm(yearly)
      const once = compoundUp(UNIT_INDEX, interestFactorUp(share, first + second))
      const twice = compoundUp(compoundUp(UNIT_INDEX, interestFactorUp(share, first)), interestFactorUp(share, second))
      expect(twice >= once).toBe(true)
    }),
  )
})
