import { expect, test } from 'vitest'
import { snapshotWindows } from './snapshot-windows.ts'

function windowsAt(...hours: readonly number[]) {
  return snapshotWindows(hours.map((hour) => hour * 3_600_000))
}

const pairs: [name: string, hours: number[], ends: number[]][] = [
  ['a day later', [0, 24], [1]],
  ['18 hours later', [0, 18], [1]],
  ['less than 18 hours later', [0, 17.99], []],
  ['30 hours later', [0, 30], [1]],
  ['more than 30 hours later', [0, 30.01], []],
  ['a week later', [0, 168], []],
  ['nearest to a day later, not the first', [0, 18, 25], [2]],
  ['the earlier of two as near', [0, 23, 25], [1]],
]
test.each(pairs)('%s', (_name, hours, ends) => {
  expect(windowsAt(...hours).all.flatMap(({ start, end }) => (start === 0 ? [end] : []))).toEqual(ends)
})

test('windows that do not overlap: each begins when or after the one before it has ended', () => {
  // Every six hours for two days, and a week later once more.
  const { all, apart, alone } = windowsAt(0, 6, 12, 18, 24, 30, 36, 42, 48, 216)
  expect(all.map(({ start, end }) => [start, end])).toEqual([
    [0, 4],
    [1, 5],
    [2, 6],
    [3, 7],
    [4, 8],
    // 18 hours are left before the last, and then too few.
    [5, 8],
  ])
  expect(apart.map(({ start, end }) => [start, end])).toEqual([
    [0, 4],
    [4, 8],
  ])
  expect(alone).toBe(4)
})

test('no snapshots, no windows', () => {
  expect(windowsAt()).toEqual({ all: [], apart: [], alone: 0 })
})
