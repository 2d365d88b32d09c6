import { expect, test } from 'vitest'
import { elapsedMs, isTimestamp, timestamp } from './timestamp.ts'

const LAST = 8_640_000_000_000_000

const table: [ms: number, ok: boolean][] = [
  [0, true],
  [1, true],
  [-1, false],
  [0.5, false],
  [LAST, true],
  [LAST + 1, false],
  [NaN, false],
  [Infinity, false],
  [-Infinity, false],
]
test.each(table)('%s is a time: %s', (ms, ok) => {
  expect(isTimestamp(ms)).toBe(ok)
  if (ok) expect(timestamp(ms)).toBe(ms)
  else expect(() => timestamp(ms)).toThrow(RangeError)
})

test('elapsed time is negative when the later moment comes first', () => {
  const [earlier, later] = [timestamp(1000), timestamp(2500)]
  expect(elapsedMs({ earlier, later })).toBe(1500)
  expect(elapsedMs({ earlier: later, later: earlier })).toBe(-1500)
})
