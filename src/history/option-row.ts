import { isTimestamp } from '../core/quantity/timestamp.ts'
import { isName } from '../core/instrument/identifier.ts'
import type { ChainOption } from '../estimate/backtest/option-chains.ts'
import { cellAt, cellError, type CsvRow } from '../tables/csv-row.ts'
import { columnKeys } from '../tables/column-names.ts'
import { numberAt, priceAt } from './cell-figures.ts'

/** One option of one snapshot. */
export interface OptionRow {
  /** ms UTC. */
  readonly time: number
  readonly underlying: string
  readonly indexPrice: number
  readonly option: ChainOption
}

/** Positions of the columns of a table of option chains. */
export type OptionColumns = Readonly<Record<OptionColumn, number>>

export type OptionColumn = (typeof OPTION_COLUMNS)[number]

/** A table that has all of these is one of option chains. */
const OPTION_COLUMNS = [
  'snapshot_utc',
  'instrument_name',
  'option_type',
  'strike',
  'expiry_utc',
  'mark_price',
  'mark_iv',
  'underlying_price',
  'index_price',
] as const

/** A year's volatility is a share of one: 45% is 0.45. */
const VOLATILITY_END = 10

/** Where a table has what an option chain needs; else the first column that it lacks. Names are taken in any case. */
export function optionColumns(columns: readonly string[]): OptionColumns | { readonly lacks: OptionColumn } {
  const keys = columnKeys(columns)
  const lacks = OPTION_COLUMNS.find((name) => !keys.includes(name))
  if (lacks !== undefined) return { lacks }
  return Object.fromEntries(OPTION_COLUMNS.map((name) => [name, keys.indexOf(name)])) as OptionColumns
}

/**
 * An option as a row has it. Its mark is in units of the underlying at the forward, so that times the forward it is the undiscounted
 * value in USD. Throws TableError for a cell that is not as it should be.
 */
export function optionRowAt(row: CsvRow, at: OptionColumns): OptionRow {
  const time = timeAt(row, at.snapshot_utc)
  const underlying = underlyingAt(row, at.instrument_name)
  const forward = priceAt(row, at.underlying_price)
  const option: ChainOption = {
    right: rightAt(row, at.option_type),
    strike: priceAt(row, at.strike),
    expiry: expiryAt(row, at.expiry_utc, time),
    mark: markAt(row, at.mark_price) * forward,
    volatility: volatilityAt(row, at.mark_iv),
    forward,
  }
  return { time, underlying, indexPrice: priceAt(row, at.index_price), option }
}

/** What stands before the first dash of BTC-27FEB26-88000-C. */
function underlyingAt(row: CsvRow, column: number): string {
  const [underlying = '', ...rest] = cellAt(row, column).split('-')
  if (isName(underlying) && rest.length > 0) return underlying
  throw cellError(row, column, {
    code: 'BadSymbol',
    expected: 'a name such as BTC-27FEB26-88000-C',
    remedy: 'the underlying stands before the first dash',
  })
}

function rightAt(row: CsvRow, column: number): 'call' | 'put' {
  const text = cellAt(row, column)
  if (text === 'call' || text === 'put') return text
  throw cellError(row, column, { code: 'UnknownKind', expected: 'call or put', remedy: 'write it out, in lower case' })
}

function expiryAt(row: CsvRow, column: number, time: number): number {
  const expiry = timeAt(row, column)
  if (expiry > time) return expiry
  throw cellError(row, column, {
    code: 'OutOfRange',
    expected: 'an expiry after the snapshot',
    remedy: 'leave out options that have expired',
  })
}

function markAt(row: CsvRow, column: number): number {
  const mark = numberAt(row, column)
  if (mark >= 0 && mark < Infinity) return mark
  throw cellError(row, column, {
    code: 'OutOfRange',
    expected: 'a mark of zero or more, in units of the underlying',
    remedy: 'leave the row out if there is no mark',
  })
}

function volatilityAt(row: CsvRow, column: number): number {
  const volatility = numberAt(row, column)
  if (volatility > 0 && volatility < VOLATILITY_END) return volatility
  throw cellError(row, column, {
    code: volatility > 0 ? 'OutOfRange' : 'NotPositive',
    expected: `a volatility above zero and below ${VOLATILITY_END}`,
    remedy: volatility > 0 ? 'write 45% as 0.45' : 'leave the row out if there is no volatility',
  })
}

const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|\+00:00)$/

/** UTC, as chains are written: 20260206T043012Z or 2026-02-27T08:00:00+00:00. The round trip refuses what Date would move. */
function timeAt(row: CsvRow, column: number): number {
  const text = cellAt(row, column)
  const spread = text.replace(COMPACT, '$1-$2-$3T$4:$5:$6Z')
  const ms = ISO.test(spread) ? Date.parse(spread) : Number.NaN
  if (isTimestamp(ms) && new Date(ms).toISOString().startsWith(spread.slice(0, 19))) return ms
  throw cellError(row, column, {
    code: 'BadTime',
    expected: 'UTC time such as 20260206T043012Z or 2026-02-27T08:00:00+00:00',
    remedy: 'write it in UTC',
  })
}
