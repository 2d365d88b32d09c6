import type { BarRows } from './bar-rows.ts'

/** Prices on the grid of whole multiples of a step; NaN where nothing is known. Written by this file alone. */
export interface GridSeries {
  /** The first closing time, in steps since 1970. */
  readonly first: number
  readonly close: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly volumeUsd: Float64Array
}

export interface Grid {
  readonly stepMs: number
  /** Closing times outside are left away, ms UTC, both included. */
  readonly from: number
  readonly to: number
}

/** When the bars of a series are known: bars close one interval after their label, points are true at it. */
export type BarTiming = { readonly label: 'open' | 'point'; readonly intervalMs: number }

const PRICES = ['close', 'high', 'low'] as const
const FIGURES = [...PRICES, 'volumeUsd'] as const

/**
 * Bars in time order brought to the grid. The price at T is the last close at or before T that is later than T less the smaller of
 * a step and the larger of an interval and a quarter step; nothing after T is looked at. High, low and volume are of the bars that
 * close in (T - step, T], NaN where there is no price; where some of these bars have no range, their close stands for it.
 */
export function onGrid(bars: BarRows, { label, intervalMs }: BarTiming, { stepMs, from, to }: Grid): GridSeries {
  const delayMs = label === 'open' ? intervalMs : 0
  const oldestMs = Math.min(stepMs, Math.max(intervalMs, stepMs / 4))
  const [start, end] = [Math.ceil(from / stepMs), Math.floor(to / stepMs)]
  const stepOf = (row: number) => Math.ceil(((bars.time[row] ?? 0) + delayMs) / stepMs)
  const first = Math.max(start, stepOf(0))
  const last = Math.min(end, stepOf(bars.count - 1))
  const series = emptySeries(first, Math.max(0, last - first + 1))
  const isRangeKnown = new Uint8Array(series.close.length)
  for (let row = 0; row < bars.count; row += 1) {
    const step = stepOf(row)
    if (step < first || step > last) continue
    const age = step * stepMs - ((bars.time[row] ?? 0) + delayMs)
    if (age < oldestMs) series.close[step - first] = bars.close[row] ?? Number.NaN
    if (addBar(series, bars, { row, at: step - first })) isRangeKnown[step - first] = 1
  }
  return withoutUnknown(series, isRangeKnown)
}

/** `main` with what it lacks from `other`: close and range of a step come from one of them, its volume from the first that tells one. */
export function filledFrom(
  main: GridSeries,
  other: GridSeries,
): { readonly series: GridSeries; readonly filled: number } {
  const first = Math.min(main.first, other.first)
  const end = Math.max(main.first + main.close.length, other.first + other.close.length)
  const series = emptySeries(first, end - first)
  for (const figure of FIGURES) series[figure].set(main[figure], main.first - first)
  let filled = 0
  for (let at = 0; at < other.close.length; at += 1) {
    const target = other.first - first + at
    // What was traded elsewhere is as good a volume as any, whoever told the price.
    if (Number.isNaN(series.volumeUsd[target])) series.volumeUsd[target] = other.volumeUsd[at] ?? Number.NaN
    if (!Number.isNaN(series.close[target]) || Number.isNaN(other.close[at])) continue
    for (const figure of PRICES) series[figure][target] = other[figure][at] ?? Number.NaN
    filled += 1
  }
  return { series, filled }
}

/** First and last step with a price; undefined if there is none. */
export function pricedSteps({
  first,
  close,
}: GridSeries): { readonly first: number; readonly last: number } | undefined {
  const start = close.findIndex((price) => !Number.isNaN(price))
  if (start < 0) return undefined
  return { first: first + start, last: first + close.findLastIndex((price) => !Number.isNaN(price)) }
}

/** The figures of `count` steps from the step `first` on, NaN where the series has none. */
export function cutOut(
  series: GridSeries,
  { first, count }: { readonly first: number; readonly count: number },
): GridSeries {
  const cut = emptySeries(first, count)
  const start = Math.max(first, series.first)
  const end = Math.min(first + count, series.first + series.close.length)
  if (end > start) {
    for (const figure of FIGURES) {
      cut[figure].set(series[figure].subarray(start - series.first, end - series.first), start - first)
    }
  }
  return cut
}

function emptySeries(first: number, count: number): GridSeries {
  const unknown = () => new Float64Array(count).fill(Number.NaN)
  return { first, close: unknown(), high: unknown(), low: unknown(), volumeUsd: unknown() }
}

/** Widens the step's range and adds to its volume. Whether the bar has a range of its own. */
function addBar(
  series: GridSeries,
  bars: BarRows,
  { row, at }: { readonly row: number; readonly at: number },
): boolean {
  const close = bars.close[row] ?? Number.NaN
  const [high, low] = [bars.high[row] ?? Number.NaN, bars.low[row] ?? Number.NaN]
  const isKnown = !Number.isNaN(high)
  series.high[at] = larger(series.high[at], isKnown ? high : close)
  series.low[at] = -larger(-(series.low[at] ?? Number.NaN), -(isKnown ? low : close))
  const volume = bars.volumeUsd[row] ?? Number.NaN
  const before = series.volumeUsd[at] ?? Number.NaN
  if (!Number.isNaN(volume)) series.volumeUsd[at] = Number.isNaN(before) ? volume : before + volume
  return isKnown
}

/** Leaves no range where no bar has one, and nothing where there is no price. */
function withoutUnknown(series: GridSeries, isRangeKnown: Uint8Array): GridSeries {
  for (const [at, price] of series.close.entries()) {
    const isPriced = !Number.isNaN(price)
    if (!isPriced) series.volumeUsd[at] = Number.NaN
    if (isPriced && isRangeKnown[at] === 1) continue
    series.high[at] = Number.NaN
    series.low[at] = Number.NaN
  }
  return series
}

function larger(before: number | undefined, figure: number): number {
  return before === undefined || Number.isNaN(before) || figure > before ? figure : before
}
