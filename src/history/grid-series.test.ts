import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BarRows, noBars, pushBar } from './bar-rows.ts'
import { type BarTiming, cutOut, filledFrom, type GridSeries, onGrid, pricedSteps } from './grid-series.ts'

const HOUR = 3_600_000
const EVER = { from: -Infinity, to: Infinity }
const FOUR_HOURS = { stepMs: 4 * HOUR, ...EVER }
const HOURLY: BarTiming = { label: 'open', intervalMs: HOUR }
const NONE = Number.NaN

type Row = readonly [hour: number, close: number, high?: number, low?: number, volumeUsd?: number]

function barsOf(rows: readonly Row[]): BarRows {
  const bars = noBars()
  for (const [hour, close, high = NONE, low = NONE, volumeUsd = NONE] of rows) {
    pushBar(bars, { time: hour * HOUR, close, high, low, volumeUsd })
  }
  return bars
}

function closesOf({ first, close }: GridSeries): readonly (readonly [step: number, price: number])[] {
  return [...close].map((price, at) => [first + at, price])
}

test('a bar belongs to the step in which it closes, not the one it opens in', () => {
  // Bars that open at 2, 3 and 4 h close at 3, 4 and 5 h: the first two in (0, 4], the last in (4, 8].
  const bars = barsOf([
    [2, 20, 25, 15, 100],
    [3, 30, 31, 29, 10],
    [4, 40, 50, 35, 1],
  ])
  expect(onGrid(bars, HOURLY, FOUR_HOURS)).toEqual({
    first: 1,
    // At 8 h the last close is from 5 h, 3 h old: a bar of 1 h and a step of 4 h allow less than 1 h.
    close: Float64Array.of(30, NONE),
    high: Float64Array.of(31, NONE),
    low: Float64Array.of(15, NONE),
    volumeUsd: Float64Array.of(110, NONE),
  })
})

test('a point counts at its own time', () => {
  const points = barsOf([
    [3, 30],
    [4, 40],
    [4.5, 45],
  ])
  expect(closesOf(onGrid(points, { label: 'point', intervalMs: HOUR }, FOUR_HOURS))).toEqual([
    [1, 40],
    [2, NONE],
  ])
})

const ages: [name: string, closesAt: number, intervalMs: number, stepMs: number, isKept: boolean][] = [
  ['1 h bars, step 4 h: at the time itself', 4, HOUR, 4 * HOUR, true],
  ['1 h bars, step 4 h: 59 min before', 4 - 59 / 60, HOUR, 4 * HOUR, true],
  ['1 h bars, step 4 h: 1 h before', 3, HOUR, 4 * HOUR, false],
  ['15 min bars, step 4 h: a quarter of the step counts, 59 min before', 4 - 59 / 60, HOUR / 4, 4 * HOUR, true],
  ['15 min bars, step 4 h: a quarter of the step counts, 1 h before', 3, HOUR / 4, 4 * HOUR, false],
  ['2 h bars, step 4 h: 119 min before', 4 - 119 / 60, 2 * HOUR, 4 * HOUR, true],
  ['2 h bars, step 4 h: 2 h before', 2, 2 * HOUR, 4 * HOUR, false],
  ['4 h bars, step 4 h: 239 min before', 4 - 239 / 60, 4 * HOUR, 4 * HOUR, true],
]
test.each(ages)('%s', (_name, closesAt, intervalMs, stepMs, isKept) => {
  const bars = barsOf([[closesAt - intervalMs / HOUR, 7]])
  expect(closesOf(onGrid(bars, { label: 'open', intervalMs }, { stepMs, ...EVER }))).toEqual([[1, isKept ? 7 : NONE]])
})

test('where some bars of a step have no range, their close widens it; where none has, there is none', () => {
  const bars = barsOf([
    [0, 10, 11, 9],
    [3, 20],
    [4, 30],
    [7, 40],
  ])
  const { high, low } = onGrid(bars, HOURLY, FOUR_HOURS)
  expect([...high]).toEqual([20, NONE])
  expect([...low]).toEqual([9, NONE])
})

test('volume is the sum of what is known', () => {
  const bars = barsOf([
    [1, 1, NONE, NONE, 5],
    [2, 1],
    [3, 1, NONE, NONE, 7],
    [7, 1],
  ])
  expect([...onGrid(bars, HOURLY, FOUR_HOURS).volumeUsd]).toEqual([12, NONE])
})

test('steps before the first and after the last time asked for are left away', () => {
  const bars = barsOf(Array.from({ length: 20 }, (_, hour) => [hour, hour + 1] as const))
  const asked = onGrid(bars, HOURLY, { stepMs: 4 * HOUR, from: 8 * HOUR, to: 12 * HOUR })
  expect(closesOf(asked)).toEqual([
    [2, 8],
    [3, 12],
  ])
  expect(closesOf(onGrid(bars, HOURLY, { stepMs: 4 * HOUR, from: 9 * HOUR, to: 11 * HOUR }))).toEqual([])
})

const rows = fc.uniqueArray(
  fc.tuple(fc.nat({ max: 100 }), fc.integer({ min: 1, max: 99 }), fc.nat({ max: 5 }), fc.nat({ max: 9 })),
  { selector: ([quarter]) => quarter, minLength: 1, maxLength: 60 },
)
const timing = fc.record({
  label: fc.constantFrom('open' as const, 'point' as const),
  intervalMs: fc.constantFrom(HOUR / 4, HOUR / 2, HOUR),
})
function drawnBars(drawn: readonly (readonly [number, number, number, number])[]): BarRows {
  const sorted = drawn.toSorted(([a], [b]) => a - b)
  return barsOf(
    sorted.map(([quarter, close, width, volume]) => [quarter / 4, close, close + width, close - width, volume]),
  )
}

test('INV-HISTORY-1: rows that are known after T change nothing at or before T', () => {
  fc.assert(
    fc.property(rows, rows, timing, fc.nat({ max: 25 }), (drawn, other, timing, cut) => {
      const delay = timing.label === 'open' ? timing.intervalMs : 0
      const grid = { stepMs: HOUR, ...EVER }
      const isKnown = ([quarter]: readonly [number, ...unknown[]]) => (quarter * HOUR) / 4 + delay <= cut * HOUR
      const before = drawn.filter(isKnown)
      if (before.length === 0) return
      const after = other.filter((row) => !isKnown(row))
      const upToCut = (all: readonly (typeof drawn)[number][]) =>
        cutOut(onGrid(drawnBars(all), timing, grid), { first: 0, count: cut + 1 })
      expect(upToCut([...before, ...after])).toEqual(upToCut(before))
    }),
  )
})

test('INV-HISTORY-2: where there is a range, low <= close <= high', () => {
  fc.assert(
    fc.property(rows, timing, (drawn, timing) => {
      const { close, high, low } = onGrid(drawnBars(drawn), timing, { stepMs: HOUR, ...EVER })
      for (const [at, price] of close.entries()) {
        if (Number.isNaN(price)) expect([high[at], low[at]]).toEqual([NONE, NONE])
        else expect(price >= (low[at] ?? NONE) && price <= (high[at] ?? NONE)).toBe(true)
      }
    }),
  )
})

function seriesOf(first: number, prices: readonly number[]): GridSeries {
  const figures = (scale: number) => Float64Array.from(prices, (price) => price * scale)
  return { first, close: figures(1), high: figures(2), low: figures(0.5), volumeUsd: figures(10) }
}

test('gaps are filled with all figures of the other, before, within and after', () => {
  const main = { ...seriesOf(5, [50, NONE, 70]), high: Float64Array.of(NONE, NONE, NONE) }
  const { series, filled } = filledFrom(main, seriesOf(3, [3, NONE, 5, 6, 7, 8]))
  expect(filled).toBe(3)
  expect(closesOf(series)).toEqual([
    [3, 3],
    [4, NONE],
    [5, 50],
    [6, 6],
    [7, 70],
    [8, 8],
  ])
  expect([...series.high]).toEqual([6, NONE, NONE, 12, NONE, 16])
  expect([...series.volumeUsd]).toEqual([30, NONE, 500, 60, 700, 80])
})

test('a volume is taken from who tells it, also where the price is another’s', () => {
  const main = { ...seriesOf(5, [50, 60]), volumeUsd: Float64Array.of(NONE, 7) }
  const { series, filled } = filledFrom(main, seriesOf(5, [51, 61]))
  expect(filled).toBe(0)
  expect([...series.close]).toEqual([50, 60])
  expect([...series.volumeUsd]).toEqual([510, 7])
})

test('priced steps and what is cut out of a series', () => {
  const series = seriesOf(5, [NONE, 6, NONE, 8, NONE])
  expect(pricedSteps(series)).toEqual({ first: 6, last: 8 })
  expect(pricedSteps(seriesOf(5, [NONE]))).toBeUndefined()
  expect([...cutOut(series, { first: 4, count: 3 }).close]).toEqual([NONE, NONE, 6])
  expect([...cutOut(series, { first: 8, count: 3 }).close]).toEqual([8, NONE, NONE])
  expect([...cutOut(series, { first: 20, count: 1 }).close]).toEqual([NONE])
})
