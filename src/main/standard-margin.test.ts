import { expect, test } from 'vitest'
import type { Leg, Line } from '../estimate/backtest/book.ts'
import { standardMargin } from './standard-margin.ts'

function leg(id: string, underlying: string, worth: number): Leg {
  const line: Line = { id, series: 0, underlying, price: 0, basis: undefined, peg: undefined }
  return { line, worth }
}

const table: [name: string, legs: readonly Leg[], want: number][] = [
  // Haircut of BTC 22% (threshold 7800 bp), first rate of a major's perpetual 3.2%: 25.2 of 200.
  ['bitcoin behind a short perpetual on ether', [leg('BTC', 'BTC', 100), leg('ETH perpetual', 'ETH', -100)], 0.126],
  // Weight of a debt in LINK 32% (threshold 6800 bp).
  ['a coin that is owed', [leg('LINK', 'LINK', -50)], 0.32],
  // 17% of 60: within one asset it nets.
  ['ether held and owed is what is left of it', [leg('ETH', 'ETH', 80), leg('ETH', 'ETH', -20)], 0.102],
  ['what it settles in asks nothing', [leg('USDT', 'USDT', 100)], 0],
]
test.each(table)('model standard on a small book: %s', (_name, legs, want) => {
  expect(standardMargin({ id: 'a book', type: 'random long-short', legs })).toBeCloseTo(want, 12)
})
