import { expect, test } from 'vitest'
import { noBars, pushBar, sortedBars } from './bar-rows.ts'

function barsOf(rows: readonly (readonly [time: number, close: number])[]) {
  const bars = noBars()
  for (const [time, close] of rows)
    pushBar(bars, { time, close, high: close + 1, low: close - 1, volumeUsd: 10 * close })
  return bars
}

test('sorts rows by time and keeps the first of each time', () => {
  const sorted = sortedBars(
    barsOf([
      [3, 30],
      [1, 10],
      [3, 31],
      [2, 20],
      [1, 11],
    ]),
  )
  expect(sorted).toEqual({
    count: 3,
    time: Float64Array.of(1, 2, 3),
    close: Float64Array.of(10, 20, 30),
    high: Float64Array.of(11, 21, 31),
    low: Float64Array.of(9, 19, 29),
    volumeUsd: Float64Array.of(100, 200, 300),
  })
})

test('keeps every row however many there are', () => {
  const rows = Array.from({ length: 1_000 }, (_, row) => [row, row + 1] as const)
  const sorted = sortedBars(barsOf(rows))
  expect(sorted.count).toBe(1_000)
  expect([...sorted.close]).toEqual(rows.map(([, close]) => close))
})
