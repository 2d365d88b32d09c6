import { DAY_MS, MINUTE_MS } from './duration.ts'
import type { BarTiming } from './grid-series.ts'

/** How a table labels its rows. */
export interface RowLabels {
  /** Prices are true at the time in their row; else it labels the open of a bar. */
  readonly isPoint: boolean
  /** Times are days, without an hour. */
  readonly isDaily: boolean
}

/**
 * When the bars of a series are known, from the times of its rows, ascending. Bars are as long as their most common spacing; a lone
 * one as `tableSpacingMs`, a day without hour as one day. Of points, which come a little early or late, the median counts. What is
 * labelled by a day alone is a bar, whatever its column is called: it closes with the day. Undefined where nothing tells.
 */
export function barTiming(
  times: Float64Array,
  { isPoint, isDaily }: RowLabels,
  tableSpacingMs: number | undefined,
): BarTiming | undefined {
  if (isPoint && !isDaily) return { label: 'point', intervalMs: medianSpacing(times) ?? 0 }
  const intervalMs = commonSpacing([times]) ?? tableSpacingMs ?? (isDaily ? DAY_MS : undefined)
  return intervalMs === undefined ? undefined : { label: 'open', intervalMs }
}

/** Most common spacing within series of ascending times, the smaller at a tie; undefined if none has two. ms. */
export function commonSpacing(series: readonly Float64Array[]): number | undefined {
  const counts = new Map<number, number>()
  for (const times of series) {
    for (let at = 1; at < times.length; at += 1) {
      const spacing = (times[at] ?? 0) - (times[at - 1] ?? 0)
      counts.set(spacing, (counts.get(spacing) ?? 0) + 1)
    }
  }
  const [most] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)
  return most?.[0]
}

/** Median, the lower of two, to the whole minute from one minute on. */
function medianSpacing(times: Float64Array): number | undefined {
  const spacings = times
    .slice(1)
    .map((time, at) => time - (times[at] ?? 0))
    .sort()
  const median = spacings[Math.floor((spacings.length - 1) / 2)]
  return median === undefined || median < MINUTE_MS ? median : Math.round(median / MINUTE_MS) * MINUTE_MS
}
