import { expect, test } from 'vitest'
import { bookHistory } from './book-history.test-data.ts'
import { bookSummary } from './book-summary.ts'

const draw = () => 0.5

test('exceedances, their runs and the chance of as many', () => {
  // Three of ten windows: 1 - sum over 0, 1 and 2 of C(10, k) 0.005^k 0.995^(10 - k) = 1.4588e-5.
  const margin = Array.from({ length: 10 }, () => 0.1)
  const loss = margin.map((_, i) => (i === 2 || i === 3 || i === 7 ? 0.15 : 0))
  const summary = bookSummary(bookHistory({ margin, loss }), draw)
  expect(summary.n).toBe(10)
  expect(summary.exceedances.map(({ window }) => window)).toEqual([2, 3, 7])
  expect(summary.runs).toEqual([[2, 3]])
  expect(summary.binomialP).toBeGreaterThan(1.4e-5)
  expect(summary.binomialP).toBeLessThan(1.5e-5)
  expect(summary.meanMargin).toBeCloseTo(0.1, 12)
})

test('fewer than two exceedances say nothing of independence', () => {
  expect(bookSummary(bookHistory({ margin: [0.1, 0.1], loss: [0.2, 0] }), draw).christoffersenP).toBeUndefined()
})

test('efficiency and the cycle count settled days alone', () => {
  const summary = bookSummary(
    bookHistory({
      margin: [],
      loss: [],
      required: [9, 0.2, 0.25, 0.3, 0.1, 0.1, 9],
      correlated: [9, 0.1, 0.1, 0.13, 0.1, 0.1, 9],
      isolated: [9, 0.4, 0.5, 0.6, 0.2, 0.2, 1],
      sameUnderlying: [9, 0.2, 0.5, 0.3, 0.1, 0.1, 1],
      settled: [0, 1, 1, 1, 1, 1, 0],
    }),
    draw,
  )
  expect(summary.efficiency.vsIsolated).toBeCloseTo(0.5, 12)
  // Four days at 1 and one at a half.
  expect(summary.efficiency.vsSameUnderlying).toBeCloseTo(0.9, 12)
  expect(summary.cycle.days).toBe(5)
  expect(summary.cycle.peakToTrough).toBeCloseTo(3, 12)
  // 0.2 to 0.25; no two settled days are five apart but the first and ... none: 1 and 6 is unsettled.
  expect(summary.cycle.rise).toEqual({ oneDay: 0.25, fiveDay: 0 })
  expect(summary.cycle.correlatedRise.oneDay).toBeCloseTo(0.3, 12)
})

test('a book that was never charged has no figures and passes', () => {
  const { n, binomialP, meanMargin, cycle } = bookSummary(
    bookHistory({ margin: [Number.NaN], loss: [1], settled: [0] }),
    draw,
  )
  expect([n, binomialP]).toEqual([0, 1])
  expect([meanMargin, cycle.peakToTrough]).toEqual([Number.NaN, Number.NaN])
})
