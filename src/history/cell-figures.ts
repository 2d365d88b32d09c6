import { cellAt, cellError, type CsvRow } from '../tables/csv-row.ts'
import type { BarRow } from './bar-rows.ts'
import type { FigureColumns, VolumeColumn } from './table-shape.ts'

/** Figures of a bar, and whether its range was dropped: no range of prices, or one that the close is not in. */
export interface BarFigures extends Omit<BarRow, 'time'> {
  readonly isRangeDropped: boolean
}

/** What `Number` takes and a table of decimals has not, such as 0x10 or Infinity. */
const NOT_DECIMAL = /[^\d.eE+-]/
/** Sources round their figures: a close this far outside of the range is at its edge. */
const EDGE = 0.001

/** Figures of a row. Throws TableError for a price that is not above zero and finite, a volume below zero, and what is no number. */
export function barFiguresAt(row: CsvRow, { close: column, range, volume }: FigureColumns): BarFigures {
  const close = priceAt(row, column)
  const bounds = range === undefined ? UNKNOWN : boundsAt(row, close, range)
  return { close, ...bounds, volumeUsd: volume === undefined ? Number.NaN : volumeAt(row, close, volume) }
}

/** Price in a cell, a plain number. Throws TableError unless it is a decimal above zero and finite. */
export function priceAt(row: CsvRow, column: number): number {
  const price = numberAt(row, column)
  if (price > 0 && price < Infinity) return price
  throw cellError(row, column, {
    code: price > 0 ? 'OutOfRange' : 'NotPositive',
    expected: price > 0 ? 'a finite price' : 'a price above zero',
    remedy: price > 0 ? 'check the figure' : 'leave out a price that is not known',
  })
}

type Bounds = Pick<BarFigures, 'high' | 'low' | 'isRangeDropped'>

const UNKNOWN: Bounds = { high: Number.NaN, low: Number.NaN, isRangeDropped: false }

/** A range that holds the close; one that it is just outside of is widened to it. */
function boundsAt(row: CsvRow, close: number, columns: { readonly high: number; readonly low: number }): Bounds {
  if (cellAt(row, columns.high) === '' || cellAt(row, columns.low) === '') return UNKNOWN
  const [high, low] = [numberAt(row, columns.high), numberAt(row, columns.low)]
  const isRange = low > 0 && high >= low && high < Infinity
  if (!isRange || close - high > high * EDGE || low - close > low * EDGE) return { ...UNKNOWN, isRangeDropped: true }
  return { high: Math.max(high, close), low: Math.min(low, close), isRangeDropped: false }
}

function volumeAt(row: CsvRow, close: number, { unit, column }: VolumeColumn): number {
  if (cellAt(row, column) === '') return Number.NaN
  const volume = numberAt(row, column)
  if (volume >= 0 && volume < Infinity) return unit === 'usd' ? volume : volume * close
  throw cellError(row, column, {
    code: 'OutOfRange',
    expected: 'a volume of zero or more',
    remedy: 'leave the cell empty if it is not known',
  })
}

/** Number in a cell, of either sign. Throws TableError unless it is a decimal. */
export function numberAt(row: CsvRow, column: number): number {
  const text = cellAt(row, column)
  const number = Number(text)
  if (text !== '' && !Number.isNaN(number) && !NOT_DECIMAL.test(text)) return number
  throw cellError(row, column, {
    code: 'BadDecimal',
    expected: 'a decimal such as 21300.12',
    remedy: text === '' ? 'leave the row out if there is no price' : 'write digits with a point, no separators',
  })
}
