import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PRICE_BOUND, price } from '../quantity/price.ts'
import { FIXED_ONE } from './fixed.ts'
import { LOGARITHM_ERROR, logged } from './logarithm.ts'
import { REFERENCE_ONE, referenceExponential, referenceLogarithm } from '../../../simulator/pricing/reference.ts'

/** Whether a logarithm is within its error of a true one of 120 decimals: both sides times both scales. */
function isWithinError(logarithm: bigint, exact: bigint): boolean {
  const distance = logarithm * REFERENCE_ONE - exact * FIXED_ONE
  return (distance < 0n ? -distance : distance) < LOGARITHM_ERROR * REFERENCE_ONE
}

test('the logarithm of one atom is zero', () => {
  expect(logged(price(1n)).logarithm).toBe(0n)
})

// Digits of ln 2 (OEIS A002162), ln 10 (A002392).
const known: [name: string, atoms: bigint, times: bigint, digits: bigint][] = [
  ['ln 2', 2n, 1n, 69314718055994530941723212145817656807n],
  ['ln 10', 10n, 1n, 230258509299404568401799145468436420760n],
  ['ln 2^64 = 64 ln 2', 2n ** 64n, 64n, 69314718055994530941723212145817656807n],
  ['ln 1e18 = 18 ln 10', 10n ** 18n, 18n, 230258509299404568401799145468436420760n],
]
test.each(known)('%s agrees with the known digits', (_name, atoms, times, digits) => {
  expect(isWithinError(logged(price(atoms)).logarithm, times * digits * 10n ** 82n)).toBe(true)
})

test('the reference itself knows ln 2, ln 10 and e, and its two functions are inverse', () => {
  const shown = (x: bigint) => (x / 10n ** 82n).toString()
  expect(shown(referenceLogarithm(2n * REFERENCE_ONE))).toBe('69314718055994530941723212145817656807')
  expect(shown(referenceLogarithm(10n * REFERENCE_ONE))).toBe('230258509299404568401799145468436420760')
  // e = 2.71828182845904523536028747135266249775...
  expect(shown(referenceExponential(REFERENCE_ONE))).toBe('271828182845904523536028747135266249775')
  const back = referenceExponential(referenceLogarithm(7n * REFERENCE_ONE)) - 7n * REFERENCE_ONE
  expect((back < 0n ? -back : back) < 10n ** 6n).toBe(true)
})

test('INV-PRICING-1: a logarithm is within its error at every border of the table, an atom to each side, and at the largest price', () => {
  const borders = Array.from({ length: 129 }, (_, i) => 128n + BigInt(i)).flatMap((n) => [n, n * 2n ** 80n])
  for (const border of [...borders, PRICE_BOUND - 2n]) {
    for (const atoms of [border - 1n, border, border + 1n])
      expect(isWithinError(logged(price(atoms)).logarithm, referenceLogarithm(atoms * REFERENCE_ONE))).toBe(true)
  }
})

test('INV-PRICING-1: a logarithm of any price is within its error', () => {
  const sized = fc.integer({ min: 1, max: 99 }).chain((bits) => fc.bigInt({ min: 1n, max: 2n ** BigInt(bits) }))
  fc.assert(
    fc.property(sized, (atoms) => {
      expect(isWithinError(logged(price(atoms)).logarithm, referenceLogarithm(atoms * REFERENCE_ONE))).toBe(true)
    }),
    { numRuns: 500 },
  )
})
