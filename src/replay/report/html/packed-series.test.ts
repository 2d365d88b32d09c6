import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { packed, UNPACK } from './packed-series.ts'

const unpack: (text: string) => (number | null)[] = runInNewContext(`${UNPACK}\nunpack`)

test('a change is a letter, a large one is spelled out, a gap is a minus', () => {
  // e is 30, the middle: no change. A is −30, 9 (the last of 62) is +31.
  expect(packed([0, 0, 1, 32, 2, undefined, 2, 34, 3])).toBe('eef9A-e~32~~-31~')
})

test('what is packed comes back as it was', () => {
  const values = [100, 100, 69, 131, 1_000_000, undefined, 0, -5, undefined]
  expect(unpack(packed(values))).toEqual(values.map((value) => value ?? null))
  expect(unpack('')).toEqual([])
})
