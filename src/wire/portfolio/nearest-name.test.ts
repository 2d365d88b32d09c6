import { describe, expect, test } from 'vitest'
import { nearestName, nearestTicker } from './nearest-name.ts'

const FIELDS = ['market', 'quantity', 'entryPrice', 'unsettledPnl']

describe('of fields', () => {
  const table: [name: string, near: string | undefined][] = [
    ['quantiti', 'quantity'],
    ['Quantity', 'quantity'],
    ['qauntity', 'quantity'],
    ['entry_price', 'entryPrice'],
    ['markets', 'market'],
    ['leverage', undefined],
    ['', undefined],
    ['x'.repeat(65), undefined],
  ]
  test.each(table)('%j may mean %j', (name, near) => {
    expect(nearestName(name, FIELDS)).toBe(near)
  })
  test('the first of equally near ones is taken', () => {
    expect(nearestName('abd', ['abce', 'abd1', 'abd2'])).toBe('abd1')
  })
})

describe('of tickers', () => {
  const table: [name: string, near: string | undefined][] = [
    ['ETHE', 'ETH'],
    ['ET', 'ETH'],
    ['EHT', 'ETH'],
    ['eth', 'ETH'],
    ['USDT', undefined],
    ['BTC2X', undefined],
  ]
  test.each(table)('%j may mean %j', (name, near) => {
    expect(nearestTicker(name, ['USDC', 'BTC', 'ETH'])).toBe(near)
  })
})
