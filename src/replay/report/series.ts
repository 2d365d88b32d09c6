import type { TimelinePoint } from './replay-report.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Spans a reader can name, milliseconds. */
const SPANS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY),
]

/** Equal stretches of a tape, counted from its start: what one sign, bar or point of a picture stands for. */
export interface Cells {
  readonly from: number
  readonly spanMs: number
  readonly count: number
}

/** The finest cells of a nameable span, no shorter than a bar, of which there are at most so many. */
export function cellsFor(
  { from, to, intervalMs }: { readonly from: number; readonly to: number; readonly intervalMs: number },
  most: number,
): Cells {
  const length = Math.max(1, to - from)
  const countAt = (spanMs: number) => Math.ceil(length / spanMs)
  const named = [intervalMs, ...SPANS].find(
    (span) => span >= intervalMs && span % intervalMs === 0 && countAt(span) <= most,
  )
  const spanMs = named ?? intervalMs * Math.max(1, Math.ceil(length / most / intervalMs))
  return { from, spanMs, count: countAt(spanMs) }
}

/** Cell of something known at a time: its bar ended then, so a time on the border belongs to the cell before. */
export function cellOf({ from, spanMs, count }: Cells, time: number): number {
  return Math.min(count - 1, Math.max(0, Math.ceil((time - from) / spanMs) - 1))
}

/** Liquidations in every cell. */
export function liquidationsBy(cells: Cells, timeline: readonly TimelinePoint[]): readonly number[] {
  const sums = Array.from<number>({ length: cells.count }).fill(0)
  for (const { time, liquidations } of timeline) {
    const cell = cellOf(cells, time)
    sums[cell] = (sums[cell] ?? 0) + liquidations
  }
  return sums
}

/** The last of the points in every cell; undefined where a cell has none. */
export function lastInEach<P>(
  cells: Cells,
  points: readonly P[],
  timeOf: (point: P) => number,
): readonly (P | undefined)[] {
  const last = Array.from<P | undefined>({ length: cells.count })
  for (const point of points) last[cellOf(cells, timeOf(point))] = point
  return last
}
