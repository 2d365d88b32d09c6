import { expect, test } from 'vitest'
import { factorReturns } from '../calibration/factor-returns.ts'
import { closes, panelOf } from './drawn-panel.test-data.ts'
import { linesOf } from './lines.ts'

const ONES = Float64Array.of(1, 1)

test('every series is a line that moves with its factors: coins, contracts on them, claims on them and on the dollar', () => {
  const panel = panelOf([
    closes('ETH', 'spot', ONES),
    closes('ETH', 'perpetual', ONES),
    closes('SOL', 'perpetual', ONES),
    closes('USDC', 'spot', ONES),
    closes('stETH', 'spot', ONES),
  ])
  const { factors } = factorReturns(panel)
  expect(factors.map(({ id }) => id)).toEqual(['ETH', 'SOL', 'USDC/peg', 'stETH/peg', 'ETH/basis/perpetual'])
  const none = { price: undefined, basis: undefined, peg: undefined }
  expect(linesOf(panel, factors)).toEqual([
    { ...none, id: 'ETH', series: 0, underlying: 'ETH', price: 0 },
    { ...none, id: 'ETH perpetual', series: 1, underlying: 'ETH', price: 0, basis: 4 },
    // What a coin without a spot is held by is the price itself.
    { ...none, id: 'SOL perpetual', series: 2, underlying: 'SOL', price: 1 },
    { ...none, id: 'USDC', series: 3, underlying: 'USDC', peg: 2 },
    { ...none, id: 'stETH', series: 4, underlying: 'ETH', price: 0, peg: 3 },
  ])
})

test('what is left out of the factors is no line, and no claim is held by its perpetual', () => {
  const panel = panelOf([
    closes('USDC', 'spot', ONES),
    closes('USDC', 'perpetual', ONES),
    closes('stETH', 'spot', ONES),
  ])
  expect(linesOf(panel, factorReturns(panel).factors).map(({ id }) => id)).toEqual(['USDC'])
})
