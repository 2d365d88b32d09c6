import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIXED_ONE, type Fixed } from './fixed.ts'
import { LAST_NODE } from './normal-table.ts'
import { NORMAL_ERROR, normalDistribution } from './normal.ts'
import { REFERENCE_ONE, referenceNormal } from '../../../simulator/pricing/reference.ts'

const DOMAIN = 20n * FIXED_ONE

/** Distance from a true value of 120 decimals, in thousandths of an ulp. */
function thousandths(found: Fixed, exact: bigint): bigint {
  const distance = ((found * REFERENCE_ONE - exact * FIXED_ONE) * 1_000n) / REFERENCE_ONE
  return distance < 0n ? -distance : distance
}

function errorAt(x: Fixed): bigint {
  return thousandths(normalDistribution(x), referenceNormal((x * REFERENCE_ONE) / FIXED_ONE))
}

// Abramowitz and Stegun, table 26.1, P(x) to 15 decimals.
const tabulated: [x: string, fixed: Fixed, decimals: bigint][] = [
  ['0', 0n, 500_000_000_000_000n],
  ['1', FIXED_ONE, 841_344_746_068_543n],
  ['2', 2n * FIXED_ONE, 977_249_868_051_821n],
  ['3', 3n * FIXED_ONE, 998_650_101_968_370n],
]
test.each(tabulated)('at %s the reference and the code agree with the printed table', (_x, fixed, decimals) => {
  const rounded = (number: bigint, one: bigint) => (number * 10n ** 15n + one / 2n) / one
  expect(rounded(referenceNormal((fixed / FIXED_ONE) * REFERENCE_ONE), REFERENCE_ONE)).toBe(decimals)
  expect(rounded(normalDistribution(fixed), FIXED_ONE)).toBe(decimals)
})

test('zero is one half, exactly; far away it is zero and one', () => {
  expect(normalDistribution(0n)).toBe(FIXED_ONE / 2n)
  expect(normalDistribution(1_000n * FIXED_ONE)).toBe(FIXED_ONE)
  expect(normalDistribution(-1_000n * FIXED_ONE)).toBe(0n)
})

test('INV-PRICING-2: the distribution is within its error at every node and border of the table, an ulp to each side', () => {
  for (let k = 0n; k <= 2n * LAST_NODE + 1n; k += 1n) {
    const x = (k * FIXED_ONE) / 32n
    for (const near of [x - 1n, x, x + 1n, -x - 1n, -x, 1n - x])
      expect(errorAt(near) < NORMAL_ERROR * 1_000n).toBe(true)
  }
})

test('INV-PRICING-2: the distribution is within its error anywhere', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -DOMAIN, max: DOMAIN }), (x) => {
      expect(errorAt(x) < NORMAL_ERROR * 1_000n).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('INV-PRICING-2: a value and its mirror image add up to one', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: DOMAIN }), (x) => {
      expect(normalDistribution(x) + normalDistribution(-x)).toBe(FIXED_ONE)
    }),
  )
})
