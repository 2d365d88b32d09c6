import type { AssetId } from '../../core/instrument/identifier.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import type { Bar, BarKind } from './bar.ts'
import { barPricesAt, type PriceColumns } from './bar-prices.ts'
import { CLOSE_NAMES, columnKeys, firstColumn, TIME_NAMES } from '../../tables/column-names.ts'
import { cellError, cellsOf, type CsvRow, csvRow } from '../../tables/csv-row.ts'
import { quoted, TableError } from '../../tables/table-error.ts'
import { anyTimeAt, printedTime } from '../../tables/table-time.ts'
import type { TextLine } from '../../tables/text-lines.ts'

/** A file of bars of one series. */
export interface CsvSeries {
  readonly file: string
  readonly kind: BarKind
  readonly symbol: AssetId
}

interface Columns {
  readonly names: readonly string[]
  readonly time: number
  readonly prices: PriceColumns
}

/**
 * Bars of a table with a line of column names, in batches as the lines come. Columns are found by name, in any order and
 * case; others are skipped. Memory: one batch. Throws TableError for the first line that is not as it should be.
 */
export async function* csvBars(
  series: CsvSeries,
  lines: AsyncIterable<readonly TextLine[]>,
): AsyncGenerator<readonly Bar[]> {
  let columns: Columns | undefined
  let before: Timestamp | undefined
  for await (const batch of lines) {
    const [first] = batch
    const rows = columns === undefined ? batch.slice(1) : batch
    if (columns === undefined && first !== undefined) columns = columnsOf(series, first)
    if (columns === undefined) continue
    const bars: Bar[] = []
    for (const line of rows) {
      const row = csvRow(series.file, line, columns.names)
      const time = anyTimeAt(row, columns.time)
      if (before !== undefined && time <= before) throw notLater(row, columns, time, before)
      before = time
      bars.push({ kind: series.kind, symbol: series.symbol, time, prices: barPricesAt(row, columns.prices) })
    }
    if (bars.length > 0) yield bars
  }
  if (before === undefined) throw withoutRows(series.file, columns)
}

function columnsOf({ file }: CsvSeries, line: TextLine): Columns {
  const names = cellsOf(line.text)
  const keys = columnKeys(names)
  const [open, high, low] = [keys.indexOf('open'), keys.indexOf('high'), keys.indexOf('low')]
  const hasRange = open >= 0 || high >= 0 || low >= 0
  const time = firstColumn(keys, TIME_NAMES) ?? -1
  const close = firstColumn(keys, hasRange ? ['close'] : CLOSE_NAMES) ?? -1
  const wanted: readonly (readonly [column: number, anyOf: readonly string[]])[] = [
    [time, TIME_NAMES],
    [close, hasRange ? ['close'] : CLOSE_NAMES],
    ...(hasRange
      ? ([
          [open, ['open']],
          [high, ['high']],
          [low, ['low']],
        ] as const)
      : []),
  ]
  const absent = wanted.find(([column]) => column < 0)
  if (absent !== undefined) throw missingColumn(file, line, absent[1])
  return { names, time, prices: { close, range: hasRange ? { open, high, low } : undefined } }
}

function missingColumn(file: string, line: TextLine, anyOf: readonly string[]): TableError {
  return new TableError({
    code: 'MissingColumn',
    place: { file, line: line.number, column: 1 },
    field: anyOf[0] ?? 'columns',
    expected: 'column names, e.g. ts,open,high,low,close or ts,price',
    got: quoted(line.text),
    remedy: `name a column ${anyOf.join(' or ')}; commas stand between columns`,
  })
}

function notLater(row: CsvRow, columns: Columns, time: Timestamp, before: Timestamp): TableError {
  const isSame = time === before
  return cellError(row, columns.time, {
    code: isSame ? 'DuplicateBar' : 'TimeBackwards',
    expected: `a time after ${printedTime(before)}, that of the row before`,
    got: printedTime(time),
    remedy: isSame ? 'keep one' : 'sort the rows by time, the oldest first',
  })
}

function withoutRows(file: string, columns: Columns | undefined): TableError {
  const isEmpty = columns === undefined
  return new TableError({
    code: isEmpty ? 'EmptyFile' : 'NoRows',
    place: { file },
    field: 'file',
    expected: 'a line of column names, then a row for each bar',
    got: isEmpty ? 'an empty file' : 'the column names only',
    remedy: 'download it again, or take it out of the folder',
  })
}
