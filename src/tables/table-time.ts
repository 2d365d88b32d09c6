import { isTimestamp, type Timestamp } from '../core/quantity/timestamp.ts'
import { cellAt, cellError, type CsvRow } from './csv-row.ts'

/** Unit in which a file counts its times. */
export type TimeUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'ISO 8601'

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{3})?)?Z)?$/
const DIGITS = /^\d{9,17}$/

/** UTC time in a cell, such as 2022-11-06T00:00Z or a day. Throws TableError. */
export function isoTimeAt(row: CsvRow, column: number): Timestamp {
  const ms = isoTime(cellAt(row, column))
  if (ms !== undefined) return ms
  throw badTime(row, column, 'UTC time such as 2022-11-06T00:00Z')
}

/** Time in a cell: UTC, or a count since 1970 in the unit that its size tells, see `timeUnit`. Throws TableError. */
export function anyTimeAt(row: CsvRow, column: number): Timestamp {
  const text = cellAt(row, column)
  const ms = DIGITS.test(text) ? countedTime(Number(text), timeUnit(text)) : isoTime(text)
  if (ms !== undefined) return ms
  throw badTime(row, column, 'UTC time such as 2022-11-06T00:00Z, or seconds or milliseconds since 1970')
}

/** Unit that a time's size tells: below 1e11 seconds (year 5138), below 1e14 milliseconds, else microseconds. */
export function timeUnit(text: string): TimeUnit {
  if (!DIGITS.test(text)) return 'ISO 8601'
  const count = Number(text)
  return count < 1e11 ? 'seconds' : count < 1e14 ? 'milliseconds' : 'microseconds'
}

/** Time as text, to the minute where that says all. */
export function printedTime(time: Timestamp): string {
  return new Date(time).toISOString().replace(/(:00)?\.000Z$/, 'Z')
}

function countedTime(count: number, unit: TimeUnit): Timestamp | undefined {
  const ms = unit === 'seconds' ? count * 1000 : unit === 'milliseconds' ? count : count / 1000
  return isTimestamp(ms) ? ms : undefined
}

/** The round trip refuses what Date would move, such as 30 February. */
function isoTime(text: string): Timestamp | undefined {
  if (!ISO.test(text)) return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || !isTimestamp(ms)) return undefined
  const shared = text.replace('Z', '')
  return new Date(ms).toISOString().startsWith(shared) ? ms : undefined
}

function badTime(row: CsvRow, column: number, expected: string): Error {
  const text = cellAt(row, column)
  const local = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(:\d{2})?)$/.exec(text)
  const remedy =
    local === null ? 'write it in UTC with a Z at the end' : `write ${local[1]}T${local[2]}Z if that was UTC`
  return cellError(row, column, { code: 'BadTime', expected, remedy })
}
