import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountId, assetId, compareNames, isName, marketId, orderId, senderId } from './identifier.ts'

const table: [text: string, name: boolean][] = [
  ['a', true],
  ['9', true],
  ['BTC-PERP', true],
  ['eip155:1/erc20:0xA0b8', true],
  ['wrapped.eth_2', true],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  ['', false],
  ['-PERP', false],
  ['.hidden', false],
  ['/root', false],
  ['two words', false],
  ['line\n', false],
  ['émile', false],
  ['__proto__', false],
]
test.each(table)('%j may name something: %s', (text, name) => {
  expect(isName(text)).toBe(name)
  for (const make of [assetId, marketId, accountId, orderId, senderId]) {
    if (name) expect(make(text)).toBe(text)
    else expect(() => make(text)).toThrow(RangeError)
  }
})

test('names are ordered by code unit, capitals before small letters', () => {
  expect(['b', 'a', 'B', '10', '9', 'a1'].sort(compareNames)).toEqual(['10', '9', 'B', 'a', 'a1', 'b'])
})

test('INV-INSTRUMENT-1: the order of names is total, and equal only for equal names', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(compareNames(a, b) + compareNames(b, a)).toBe(0)
      expect(compareNames(a, b) === 0).toBe(a === b)
    }),
  )
})
