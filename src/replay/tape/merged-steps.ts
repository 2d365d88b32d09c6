import type { Timestamp } from '../../core/quantity/timestamp.ts'
import type { Bar, TapeStep } from './bar.ts'
import type { CsvSeries } from './csv-bars.ts'
import { TableError } from '../../tables/table-error.ts'
import { printedTime } from '../../tables/table-time.ts'

/** A series that can be opened: its bars in time order, in batches that are never empty. */
export interface SeriesReader {
  readonly series: CsvSeries
  readonly open: () => AsyncGenerator<readonly Bar[]>
}

/** Where reading stands in one series. */
interface Cursor {
  readonly series: CsvSeries
  readonly batches: AsyncGenerator<readonly Bar[]>
  /** Empty at the end. */
  bars: readonly Bar[]
  next: number
}

/**
 * Steps of several series in time order; within a step bars are in the order of `readers`.
 * Memory: one batch of each series. Throws TableError where bars of two series overlap without starting together.
 */
export async function* mergedSteps(readers: readonly SeriesReader[], intervalMs: number): AsyncGenerator<TapeStep> {
  const cursors: Cursor[] = readers.map(({ series, open }) => ({ series, batches: open(), bars: [], next: 0 }))
  try {
    for (const cursor of cursors) await refill(cursor)
    let before: Timestamp | undefined
    for (let first = earliest(cursors); first !== undefined; first = earliest(cursors)) {
      const { time } = first.bar
      if (before !== undefined && time - before < intervalMs) throw overlap(first.cursor, time, before, intervalMs)
      before = time
      yield { time, bars: await barsAt(cursors, time), funding: [] }
    }
  } finally {
    for (const { batches } of cursors) await batches.return(undefined)
  }
}

function earliest(cursors: readonly Cursor[]): { readonly cursor: Cursor; readonly bar: Bar } | undefined {
  let first: { readonly cursor: Cursor; readonly bar: Bar } | undefined
  for (const cursor of cursors) {
    const bar = cursor.bars[cursor.next]
    if (bar !== undefined && (first === undefined || bar.time < first.bar.time)) first = { cursor, bar }
  }
  return first
}

async function barsAt(cursors: readonly Cursor[], time: Timestamp): Promise<readonly Bar[]> {
  const bars: Bar[] = []
  for (const cursor of cursors) {
    const bar = cursor.bars[cursor.next]
    if (bar?.time !== time) continue
    bars.push(bar)
    cursor.next += 1
    if (cursor.next === cursor.bars.length) await refill(cursor)
  }
  return bars
}

async function refill(cursor: Cursor): Promise<void> {
  const { done, value } = await cursor.batches.next()
  cursor.bars = done === true ? [] : value
  cursor.next = 0
}

function overlap(cursor: Cursor, time: Timestamp, before: Timestamp, intervalMs: number): TableError {
  return new TableError({
    code: 'BarsOverlap',
    place: { file: cursor.series.file },
    field: 'time',
    expected: `${intervalMs} ms or more after ${printedTime(before)}, the length of a bar`,
    got: printedTime(time),
    remedy: 'let the bars of all files start together, or take one out of the folder',
  })
}
