import { expect, test } from 'vitest'
import { ppm, remainderOf, WHOLE } from './ppm.ts'
import { value } from './value.ts'
import { weightedExposure, weightedShareUp } from './weighted-exposure.ts'

const table: [name: string, exposure: bigint, riskWeight: bigint, share: bigint, want: bigint][] = [
  ['a whole product is not raised', 100n, 500_000n, 500_000n, 25n],
  ['an atom above it is', 101n, 500_000n, 500_000n, 26n],
  ['an atom below it rounds up to it', 99n, 500_000n, 500_000n, 25n],
  ['the least part of an atom is an atom', 1n, 1n, 1n, 1n],
  ['no share of it is nothing', 1n, 1n, 0n, 0n],
  ['no risk is nothing', 100n, 0n, 1_000_000n, 0n],
  ['nothing is nothing', 0n, 1_000_000n, 1_000_000n, 0n],
  ['all of the largest', 10n ** 33n - 1n, 1_000_000n, 1_000_000n, 10n ** 33n - 1n],
]
test.each(table)('%s', (_name, exposure, riskWeight, share, want) => {
  expect(weightedShareUp(weightedExposure(value(exposure), ppm(riskWeight)), ppm(share))).toBe(want)
})

test('what a share leaves of the whole; nothing leaves more than there is', () => {
  expect([remainderOf(ppm(800_000n)), remainderOf(ppm(0n)), remainderOf(WHOLE)]).toEqual([200_000n, WHOLE, 0n])
  expect(() => remainderOf(ppm(1_000_001n))).toThrow(RangeError)
})
