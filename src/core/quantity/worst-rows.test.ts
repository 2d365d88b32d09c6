import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type JointMove, type MovedWorth } from './moved-worth.ts'
import { wideValue } from './value.ts'
import { moveColumn, profitIn, type RowExtra, type RowProfits, worstRows } from './worst-rows.ts'

const PPM = 10n ** 12n

function columnOf(moves: readonly bigint[]) {
  return moveColumn(moves as readonly JointMove[])
}

function rowsOf(
  worths: readonly bigint[],
  columns: readonly (readonly bigint[])[],
  extras: readonly (readonly bigint[])[],
) {
  const parts = worths.map((worth, i) => ({ worth: wideValue(worth), column: columnOf(columns[i] ?? []) }))
  const rowCount = columns[0]?.length ?? extras[0]?.length ?? 0
  return { rowCount, parts, extras: extras.map(extraOf) }
}

/** Its first look rounds every profit to a unit of ppm, so that it is off by half at most. */
function extraOf(profits: readonly bigint[]): RowExtra {
  const size = profits.reduce((most, one) => (one > most ? one : -one > most ? -one : most), 0n)
  return {
    size: wideValue(size / 10n ** 18n),
    firstLook: (unit) => {
      const looked = profits.map((profit) => Number(profit / (unit * PPM)))
      return looked.every((profit) => Math.abs(profit) < 2 ** 45) ? { profits: looked, error: 1 } : undefined
    },
    profitIn: (row) => (profits[row] ?? 0n) as MovedWorth,
  }
}

/** By sorting all. */
function sorted(
  worths: readonly bigint[],
  columns: readonly (readonly bigint[])[],
  extras: readonly (readonly bigint[])[],
) {
  const count = columns[0]?.length ?? extras[0]?.length ?? 0
  const rows = Array.from({ length: count }, (_, row) => {
    let profit = 0n
    worths.forEach((worth, i) => (profit += worth * (columns[i]?.[row] ?? 0n)))
    for (const extra of extras) profit += extra[row] ?? 0n
    return { row, profit }
  })
  return rows.sort((a, b) => (a.profit < b.profit ? -1 : a.profit > b.profit ? 1 : a.row - b.row))
}

// Worth 10 down 10%, up 20%, down 10% again: the earlier of two equal rows is the worse.
const falls = [-100_000n * PPM, 200_000n * PPM, -100_000n * PPM]
const table: [name: string, of: RowProfits, take: number, want: readonly (readonly [number, bigint])[]][] = [
  ['the earlier of equals', rowsOf([10n], [falls], []), 1, [[0, -1_000_000n * PPM]]],
  [
    'both of them',
    rowsOf([10n], [falls], []),
    2,
    [
      [0, -1_000_000n * PPM],
      [2, -1_000_000n * PPM],
    ],
  ],
  ['a short loses where it rises', rowsOf([-10n], [falls], []), 1, [[1, -2_000_000n * PPM]]],
  [
    'all, if more are asked for',
    rowsOf([0n], [[0n, 0n]], []),
    5,
    [
      [0, 0n],
      [1, 0n],
    ],
  ],
  ['extras alone', rowsOf([], [], [[3n, -4n, 0n]]), 1, [[1, -4n]]],
  ['no rows', rowsOf([], [], []), 3, []],
]
test.each(table)('the worst rows: %s', (_name, of, take, want) => {
  expect(worstRows(of, take).map(({ row, profit }) => [row, profit])).toEqual(want)
})

test('a column keeps whole ppm to the nearest, halves up, and knows its largest size', () => {
  const column = columnOf([5n * 10n ** 11n, 5n * 10n ** 11n - 1n, -5n * 10n ** 11n, -5n * 10n ** 11n - 1n, -7n * PPM])
  expect([[...column.rough], column.largest]).toEqual([[1, 0, 0, -1, -7], 7])
})

test('from 2^25 ppm on there is no first look, and the answer is exact all the same', () => {
  const huge = 2n ** 25n * PPM
  expect(columnOf([huge, 0n]).largest).toBe(2 ** 25)
  expect(columnOf([huge - PPM]).rough[0]).toBe(2 ** 25 - 1)
  const of = rowsOf(
    [-1n, 1n],
    [
      [huge, 0n, 1n],
      [0n, -PPM, 0n],
    ],
    [],
  )
  expect(worstRows(of, 2)).toEqual([
    { row: 0, profit: -huge },
    { row: 1, profit: -PPM },
  ])
})

test('what a first look cannot tell apart is told apart exactly', () => {
  // A worth of 2^60 against one of 1: the small one decides between rows that look the same.
  const large = 2n ** 60n
  const of = rowsOf([large, 1n], [Array.from({ length: 9 }, () => -PPM), [0n, 3n, 1n, -2n, 5n, -9n, 4n, -9n, 0n]], [])
  expect(worstRows(of, 3).map(({ row }) => row)).toEqual([5, 7, 3])
})

test('a row that looks harmless for its rounding is looked at again', () => {
  // In units of 2^20 + 1 the first worth is 2^20 and the second, less than half a unit, nothing: row 0 seems to lose 2^20 and row 1
  // nothing. Exactly they lose 2^40 ppm and 2^19 * 2^24 = 2^43.
  const of = rowsOf(
    [2n ** 40n, 2n ** 19n],
    [
      [-PPM, 0n, 0n],
      [0n, -(2n ** 24n) * PPM, 0n],
    ],
    [],
  )
  expect(worstRows(of, 1)).toEqual([{ row: 1, profit: -(2n ** 43n) * PPM }])
})

test('profit in a row that is not there is nothing', () => {
  expect(profitIn(rowsOf([5n], [[1n]], []), 1)).toBe(0n)
})

const sizes = fc.oneof(
  fc.bigInt({ min: -3n, max: 3n }),
  fc.bigInt({ min: -(2n ** 21n), max: 2n ** 21n }),
  fc.bigInt({ min: -(10n ** 69n), max: 10n ** 69n }),
)
const moves = fc.oneof(
  fc.constantFrom(0n, -(10n ** 18n), 5n * 10n ** 11n),
  fc.bigInt({ min: -3n, max: 3n }).map((n) => n * PPM),
  fc.bigInt({ min: -(10n ** 18n), max: 3n * 10n ** 18n }),
  { arbitrary: fc.constantFrom(2n ** 25n * PPM, (2n ** 25n - 1n) * PPM, 10n ** 26n), weight: 1 },
)
const cases = fc
  .record({
    rows: fc.integer({ min: 1, max: 40 }),
    parts: fc.integer({ min: 0, max: 6 }),
    more: fc.integer({ min: 0, max: 2 }),
  })
  .chain(({ rows, parts, more }) => {
    const column = fc.array(moves, { minLength: rows, maxLength: rows })
    const extra = fc.array(
      sizes.map((size) => size * 10n ** 15n),
      { minLength: rows, maxLength: rows },
    )
    return fc.record({
      worths: fc.array(sizes, { minLength: parts, maxLength: parts }),
      // Few different columns give many ties.
      columns: fc.array(column, { minLength: parts, maxLength: parts }),
      extras: fc.array(extra, { minLength: more, maxLength: more }),
      take: fc.integer({ min: 1, max: rows + 2 }),
    })
  })

test('INV-QUANTITY-16: the worst rows are those of a plain sort of exact profits', () => {
  fc.assert(
    fc.property(cases, ({ worths, columns, extras, take }) => {
      const rowCount = columns[0]?.length ?? extras[0]?.length ?? 0
      fc.pre(rowCount > 0)
      expect(worstRows(rowsOf(worths, columns, extras), take)).toEqual(sorted(worths, columns, extras).slice(0, take))
    }),
    { numRuns: 500 },
  )
})

test('INV-QUANTITY-16: also with more parts than a first look takes, and just as many', () => {
  const columns = fc.array(fc.array(moves, { minLength: 12, maxLength: 12 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(
      columns,
      fc.array(sizes, { minLength: 7, maxLength: 7 }),
      fc.constantFrom(255, 256, 300),
      (some, worths, n) => {
        const parts = Array.from({ length: n }, (_, i) => ({ worth: worths[i % 7] ?? 1n, moves: some[i % 3] ?? [] }))
        const [sums, tables] = [parts.map(({ worth }) => worth), parts.map((part) => part.moves)]
        expect(worstRows(rowsOf(sums, tables, []), 3)).toEqual(sorted(sums, tables, []).slice(0, 3))
      },
    ),
    { numRuns: 20 },
  )
})
