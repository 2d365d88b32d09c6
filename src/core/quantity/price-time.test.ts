import { expect, test } from 'vitest'
import { add } from './arithmetic.ts'
import { exerciseOf } from './exercise.ts'
import { averagePriceDown, NO_PRICE_TIME, priceInDown, priceOver } from './price-time.ts'
import { price, PRICE_BOUND } from './price.ts'
import { quantity } from './quantity.ts'

const ONE = 10n ** 18n

const averages: [name: string, held: readonly (readonly [atoms: bigint, ms: number])[], want: bigint][] = [
  ['one price', [[7n, 3]], 7n],
  [
    'equal times',
    [
      [7n, 5],
      [9n, 5],
    ],
    8n,
  ],
  [
    'a third rounds down: (2 * 1 + 1 * 3) / 3',
    [
      [1n, 2],
      [3n, 1],
    ],
    1n,
  ],
  [
    'an atom short of a whole: (2 * 2 + 1 * 1) / 3',
    [
      [2n, 2],
      [1n, 1],
    ],
    1n,
  ],
  ['the least price', [[1n, 1_800_000]], 1n],
  ['the highest price for half an hour', [[PRICE_BOUND - 1n, 1_800_000]], PRICE_BOUND - 1n],
  [
    'a price in force for no time does not count',
    [
      [9n, 0],
      [7n, 1],
    ],
    7n,
  ],
]
test.each(averages)('average: %s', (_name, held, want) => {
  const sum = held.reduce((total, [atoms, ms]) => add(total, priceOver(price(atoms), ms)), NO_PRICE_TIME)
  const ms = held.reduce((total, [, length]) => total + length, 0)
  expect(averagePriceDown(sum, ms)).toBe(want)
})

const ratios: [name: string, asset: bigint, quote: bigint, want: bigint][] = [
  ['50,000 in a dollar', 50_000n * ONE, ONE, 50_000n * ONE],
  ['50,000 in 0.8', 50_000n * ONE, (8n * ONE) / 10n, 62_500n * ONE],
  ['a third rounds down', ONE, 3n * ONE, ONE / 3n],
  ['what would be nothing is an atom', 1n, 10n * ONE, 1n],
  ['what would be beyond the bound is the highest price', PRICE_BOUND - 1n, 1n, PRICE_BOUND - 1n],
]
test.each(ratios)('price of one asset in another: %s', (_name, asset, quote, want) => {
  expect(priceInDown(price(asset), price(quote))).toBe(want)
})

const exercises: [right: 'call' | 'put', index: bigint, contracts: bigint, want: bigint][] = [
  ['call', 101n, 2n, 2n],
  ['call', 100n, 2n, 0n],
  ['call', 99n, 2n, 0n],
  ['call', 101n, -2n, -2n],
  ['put', 99n, 2n, 2n],
  ['put', 100n, 2n, 0n],
  ['put', 101n, -2n, 0n],
  ['put', 99n, -2n, -2n],
]
test.each(exercises)('a %s at 100 with the index at %s: %s contracts get %s', (right, index, contracts, want) => {
  expect(exerciseOf(quantity(contracts), { right, strike: price(100n), index: price(index) })).toBe(want)
})
