import { expect, test } from 'vitest'
import { crowdedShareUp, ppmOfMillionUp } from './concentration.ts'
import { ppm } from './ppm.ts'
import { quantity } from './quantity.ts'
import { value, wideValue } from './value.ts'

/** USD at full scale. */
const usd = (whole: bigint) => wideValue(whole * 10n ** 54n)
const ATOM = 10n ** 18n

const table: [name: string, worth: bigint, share: bigint, free: bigint, held: bigint, want: bigint][] = [
  ['less than what is free', 1_000n, 50_000n, 10n, 9n, 0n],
  ['just what is free', 1_000n, 50_000n, 10n, 10n, 0n],
  // Of 40 held 30 are beyond: 1,000 * 3/4 * 5% = 37.5
  ['three quarters beyond', 1_000n, 50_000n, 10n, 40n, 375n * 10n ** 17n],
  ['nothing is free', 1_000n, 50_000n, 0n, 40n, 50n * ATOM],
  ['nothing is worth anything', 0n, 50_000n, 0n, 40n, 0n],
  // 1 * 1/3 * 100%, up to the atom.
  ['a third, up', 1n, 1_000_000n, 2n, 3n, 333_333_333_333_333_334n],
]
test.each(table)('a crowded share: %s', (_name, worth, share, free, held, want) => {
  expect(crowdedShareUp(usd(worth), ppm(share), { free: quantity(free), held: quantity(held) })).toBe(want)
})

test('what a million dollars requires is a share in ppm, rounded up', () => {
  const million = 1_000_000n * ATOM
  expect([0n, 1n, 110_000n * ATOM, 110_000n * ATOM + 1n, million].map((one) => ppmOfMillionUp(value(one)))).toEqual([
    0n,
    1n,
    110_000n,
    110_001n,
    1_000_000n,
  ])
})
