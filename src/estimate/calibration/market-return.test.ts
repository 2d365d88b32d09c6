import { expect, test } from 'vitest'
import { marketReturn } from './market-return.ts'
import { factorOf } from './drawn-factors.test-data.ts'

function marketOf(prices: readonly number[]): number {
  return marketReturn(
    prices.map((one, i) => factorOf(`C${i}`, [one])),
    0,
  )
}

const table: [name: string, prices: readonly number[], want: number][] = [
  ['the middle one of three', [0.1, -0.5, -0.2], -0.2],
  ['of two the larger', [-0.4, 0], 0],
  ['of four the larger of the middle two', [-0.4, 0.3, 0.1, 0], 0.1],
  ['only those that are known', [Number.NaN, -0.3, Number.NaN], -0.3],
  ['nothing where none is', [Number.NaN], 0],
  ['nothing of nothing', [], 0],
]
test.each(table)('median return: %s', (_name, prices, want) => {
  expect(marketOf(prices)).toBe(want)
})

test('pegs and bases are no part of the market', () => {
  const series = [factorOf('A', [-0.3]), factorOf('A/basis/perpetual', [0.1]), factorOf('USDC/peg', [0.2])]
  expect(marketReturn(series, 0)).toBe(-0.3)
})
