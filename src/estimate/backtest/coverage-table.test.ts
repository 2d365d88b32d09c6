import { expect, test } from 'vitest'
import { bookHistory } from './book-history.test-data.ts'
import { bookSummary } from './book-summary.ts'
import { type CoverageFigures, coverageTable } from './coverage-table.ts'

const draw = () => 0.5

/** So many windows at a margin of 0.1, of which the named ones lose 0.15. */
function book(
  windows: number,
  exceeded: readonly number[],
  type: 'outright long' | 'outright short' = 'outright long',
) {
  const margin = Array.from({ length: windows }, () => 0.1)
  const loss = margin.map((_, i) => (exceeded.includes(i) ? 0.15 : 0))
  return bookSummary(bookHistory({ type, margin, loss }), draw)
}

function row(
  table: readonly CoverageFigures[],
  regime: CoverageFigures['regime'],
  rate = 0.005,
  type = 'outright long',
) {
  const found = table.find((one) => one.regime === regime && one.rate === rate && one.type === type)
  if (found === undefined) throw new Error('no such row')
  return found
}

test('books of a type are pooled, by regime', () => {
  const stressed = Array.from({ length: 1_000 }, (_, i) => i >= 600)
  const table = coverageTable([book(1_000, [10, 700]), book(1_000, [650])], stressed)
  expect(row(table, 'all')).toMatchObject({ books: 2, n: 2_000, exceedances: 3, light: 'green', holmPasses: true })
  expect(row(table, 'calm')).toMatchObject({ n: 1_200, exceedances: 1 })
  expect(row(table, 'stressed')).toMatchObject({ n: 800, exceedances: 2 })
  // 0.15 over 0.1, less one.
  expect(row(table, 'all').meanExcess).toBeCloseTo(0.5, 12)
  expect(row(table, 'calm').worstExcess).toBeCloseTo(0.5, 12)
})

test('a type with more exceedances than the one-sided test allows fails it, and only it', () => {
  // 1,000 windows at 0.5% allow 9 (P(X >= 10) = 0.0312, P(X >= 9) = 0.0674): 30 are too many.
  const many = Array.from({ length: 30 }, (_, i) => i * 30)
  const table = coverageTable([book(1_000, many), book(1_000, [5], 'outright short')], [])
  expect(row(table, 'all')).toMatchObject({ allowed: 9, holmPasses: false, booksPassing: 0 })
  expect(row(table, 'all', 0.005, 'outright short')).toMatchObject({ holmPasses: true, booksPassing: 1 })
})

test('the same margins are held to 99% and 99.9% too', () => {
  // Eight of 1,000: fine at 1%, allowed at 0.5% (up to 9), too many at 0.1% (P(X >= 8) is below 1e-5).
  const table = coverageTable([book(1_000, [1, 100, 200, 300, 400, 500, 600, 700])], [])
  expect([0.01, 0.005, 0.001].map((rate) => row(table, 'all', rate).holmPasses)).toEqual([true, true, false])
})

test('exceedances that follow one another fail Christoffersen, a few scattered ones do not', () => {
  const clustered = book(1_000, [500, 501, 502, 503])
  const scattered = book(1_000, [100, 350, 800])
  const table = coverageTable([clustered, scattered], [])
  expect(row(table, 'all').christoffersenPassing).toBe(0.5)
})

test('the chance is that of as many exceedances or more', () => {
  // One or more of ten: 1 - 0.995^10.
  expect(row(coverageTable([book(10, [4])], []), 'all').binomialP).toBeCloseTo(1 - 0.995 ** 10, 12)
})
