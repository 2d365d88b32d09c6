import { expect, test } from 'vitest'
import { emptyColumn, jointWindows, keepWindow, refill } from './joint-windows.ts'

const GAP = Number.NaN

function kept(rows: readonly (readonly number[])[]) {
  const windows = jointWindows(rows[0]?.length ?? 0)
  for (const row of rows) keepWindow(windows, Float64Array.from(row))
  return windows
}

function filledRow({ filled, size }: ReturnType<typeof kept>, row: number): readonly number[] {
  return [...filled.subarray(row * size, (row + 1) * size)]
}

test('rows stand in the order they came until there are 1,500, then each takes the place of the oldest', () => {
  const windows = kept(Array.from({ length: 1_502 }, (_, i) => [i]))
  expect(windows.count).toBe(1_500)
  expect(windows.next).toBe(2)
  expect([...windows.filled.subarray(0, 4)]).toEqual([1_500, 1_501, 2, 3])
  expect(windows.filled.at(-1)).toBe(1_499)
})

test('a gap is nothing until it has donors, then the first of them that was there', () => {
  const windows = kept([
    [1, GAP, 3],
    [GAP, GAP, 5],
    [GAP, 7, GAP],
  ])
  expect(filledRow(windows, 1)).toEqual([0, 0, 5])
  refill(windows, [[1, 2], [0, 2], []])
  expect([0, 1, 2].map((row) => filledRow(windows, row))).toEqual([
    [1, 1, 3],
    [5, 5, 5],
    // The third has no donors.
    [7, 7, 0],
  ])
})

test('a donor gives what it had itself, not what was given to it', () => {
  const windows = kept([[GAP, GAP, 4]])
  refill(windows, [[1], [2], []])
  expect(filledRow(windows, 0)).toEqual([0, 4, 4])
})

test('other donors fill the same gaps anew, and rows that come after', () => {
  const windows = kept([[1, GAP, 3]])
  refill(windows, [[], [0], []])
  refill(windows, [[], [2], []])
  keepWindow(windows, Float64Array.of(4, GAP, 6))
  expect([0, 1].map((row) => filledRow(windows, row))).toEqual([
    [1, 3, 3],
    [4, 6, 6],
  ])
})

test('a column that is emptied is filled from donors, the others keep what they had', () => {
  const windows = kept([
    [1, 2],
    [3, GAP],
  ])
  refill(windows, [[1], [0]])
  emptyColumn(windows, 0)
  expect([0, 1].map((row) => filledRow(windows, row))).toEqual([
    [2, 2],
    // What was given to the second is forgotten too.
    [0, 0],
  ])
})
