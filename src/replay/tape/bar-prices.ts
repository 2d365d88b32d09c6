import { isLess } from '../../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import type { Price } from '../../core/quantity/price.ts'
import { priceAt } from '../../tables/cell-values.ts'
import { cellAt, cellError, type CsvRow } from '../../tables/csv-row.ts'
import type { TableError } from '../../tables/table-error.ts'
import type { BarPrices } from './bar.ts'

/** Which columns hold what. `range` is absent where the file has closes only. */
export interface PriceColumns {
  readonly close: number
  readonly range: { readonly open: number; readonly high: number; readonly low: number } | undefined
}

/** Prices of a row: all four, or the close alone where the other three are absent or empty. Throws TableError. */
export function barPricesAt(row: CsvRow, columns: PriceColumns): BarPrices {
  const close = priceAt(row, columns.close)
  const { range } = columns
  if (range === undefined || isRangeEmpty(row, range)) return { shape: 'close', close }
  const open = priceAt(row, range.open)
  const high = priceAt(row, range.high)
  const low = priceAt(row, range.low)
  for (const [column, inside] of [
    [range.open, open],
    [columns.close, close],
    [range.low, low],
  ] as const) {
    if (isLess(high, inside)) throw crossed(row, range.high, { high, low, column, inside })
  }
  for (const [column, inside] of [
    [range.open, open],
    [columns.close, close],
  ] as const) {
    if (isLess(inside, low)) throw crossed(row, range.low, { high, low, column, inside })
  }
  return { shape: 'ohlc', open, high, low, close }
}

function isRangeEmpty(row: CsvRow, { open, high, low }: NonNullable<PriceColumns['range']>): boolean {
  return cellAt(row, open) === '' && cellAt(row, high) === '' && cellAt(row, low) === ''
}

function crossed(
  row: CsvRow,
  bound: number,
  {
    high,
    low,
    column,
    inside,
  }: { readonly high: Price; readonly low: Price; readonly column: number; readonly inside: Price },
): TableError {
  const name = row.columns[column] ?? ''
  return cellError(row, bound, {
    code: 'CrossedBar',
    expected: 'low at or below open and close, high at or above them',
    got: `low ${formatDecimal18(low)}, high ${formatDecimal18(high)}, ${name} ${formatDecimal18(inside)}`,
    remedy: 'correct the row from its source, or leave it out',
  })
}
