import { isName } from '../core/instrument/identifier.ts'
import { bytesOf } from '../tables/byte-source.ts'
import { cellAt, cellError, cellsOf, type CsvRow, csvRow } from '../tables/csv-row.ts'
import { seriesName } from '../tables/series-name.ts'
import { quoted, TableError } from '../tables/table-error.ts'
import { anyTimeAt } from '../tables/table-time.ts'
import { type TextLine, textLines } from '../tables/text-lines.ts'
import { type BarRows, noBars, pushBar } from './bar-rows.ts'
import type { RowLabels } from './bar-timing.ts'
import { type BarFigures, barFiguresAt, priceAt } from './cell-figures.ts'
import type { PriceFile } from './price-files.ts'
import { type PairColumn, type TableShape, tableShape } from './table-shape.ts'

/** A table as it was read. */
export interface PriceTable extends RowLabels {
  readonly shape: TableShape['shape']
  /** In the order in which the table names them; an asset may come twice, with two quotes. */
  readonly series: readonly TableSeries[]
  /** Rows of figures. */
  readonly rows: number
}

export interface TableSeries {
  readonly asset: string
  /** Not empty, in the order of the rows. */
  readonly bars: BarRows
  /** Bars whose high and low were left out: crossed, or the close is not within. */
  readonly droppedRanges: number
}

/** Why a file found in a folder is passed over. */
export interface SkippedTable {
  readonly skipped: string
}

interface Draft extends TableSeries {
  droppedRanges: number
}

/** A table whose column names were read. */
interface OpenTable {
  readonly columns: readonly string[]
  readonly shape: TableShape
  readonly addRow: (row: CsvRow, time: number) => void
  readonly series: ReadonlyMap<string, Draft>
  rows: number
  isDaily: boolean
}

type Drafts = Map<string, Draft>

/** Columns that an error names. */
const MOST_COLUMNS = 12
const DAY = /^\d{4}-\d{2}-\d{2}$/

/**
 * Reads a table of prices of whatever shape, see `tableShape`. Memory: one piece of the file, and its figures as typed arrays.
 * Throws TableError for the first cell that is not as it should be. What is no table of prices is skipped where it was found in a
 * folder, else it throws.
 */
export async function readPriceTable(file: PriceFile): Promise<PriceTable | SkippedTable> {
  let table: OpenTable | undefined
  for await (const [first, ...rest] of textLines(bytesOf(file.path), file.path)) {
    if (first === undefined) continue
    if (table === undefined) {
      const opened = openTable(file, first)
      if ('skipped' in opened) return opened
      table = opened
    } else addLine(table, file, first)
    for (const line of rest) addLine(table, file, line)
  }
  const series = [...(table?.series.values() ?? [])].filter(({ bars }) => bars.count > 0)
  if (table === undefined || series.length === 0) return refused(file, withoutPrices(file, table), 'no prices')
  const { shape, rows, isDaily } = table
  return { shape: shape.shape, series, rows, isPoint: shape.shape !== 'wide' && shape.isPoint, isDaily }
}

function openTable(file: PriceFile, names: TextLine): OpenTable | SkippedTable {
  const columns = cellsOf(names.text)
  const shape = tableShape(columns)
  if (shape.shape === 'none')
    return refused(
      file,
      lacking(file, { line: names.number, columns, anyOf: shape.anyOf }),
      `no column ${either(shape.anyOf)}`,
    )
  const drafts: Drafts = new Map()
  const isNamed = shape.shape !== 'single' || seriesName(file.name) !== undefined
  if (!isNamed) return refused(file, unnamed(file), 'no asset in its name')
  return { columns, shape, addRow: rowAdder(file, shape, drafts), series: drafts, rows: 0, isDaily: false }
}

function addLine(table: OpenTable, file: PriceFile, line: TextLine): void {
  const row = csvRow(file.path, line, table.columns)
  const { time } = table.shape
  if (table.rows === 0) table.isDaily = DAY.test(cellAt(row, time))
  table.addRow(row, anyTimeAt(row, time))
  table.rows += 1
}

function rowAdder(file: PriceFile, shape: TableShape, drafts: Drafts): OpenTable['addRow'] {
  switch (shape.shape) {
    case 'long':
      return (row, time) => addBar(draftAt(drafts, row, shape.symbol), barFiguresAt(row, shape.figures), time)
    case 'wide':
      return pairsAdder(shape.pairs, drafts)
    case 'single': {
      const draft = draftOf(drafts, file.name, seriesName(file.name)?.symbol ?? file.name)
      return (row, time) => addBar(draft, barFiguresAt(row, shape.figures), time)
    }
    default:
      return shape satisfies never
  }
}

function pairsAdder(pairs: readonly PairColumn[], drafts: Drafts): OpenTable['addRow'] {
  const columns = pairs.map(({ column, asset }) => ({ column, draft: draftOf(drafts, String(column), asset) }))
  return (row, time) => {
    for (const { column, draft } of columns) {
      if (cellAt(row, column) === '') continue
      pushBar(draft.bars, { time, close: priceAt(row, column), high: NaN, low: NaN, volumeUsd: NaN })
    }
  }
}

function addBar(draft: Draft, figures: BarFigures, time: number): void {
  const { close, high, low, volumeUsd } = figures
  pushBar(draft.bars, { time, close, high, low, volumeUsd })
  if (figures.isRangeDropped) draft.droppedRanges += 1
}

function draftAt(drafts: Drafts, row: CsvRow, column: number): Draft {
  const text = cellAt(row, column)
  const known = drafts.get(text)
  if (known !== undefined) return known
  const asset = isName(text) ? seriesName(text.replaceAll(/[/:]/g, '-'))?.symbol : undefined
  if (asset !== undefined) return draftOf(drafts, text, asset)
  throw cellError(row, column, {
    code: 'BadSymbol',
    expected: 'an asset or a pair, such as BTC or BTCUSDT',
    remedy: 'write the asset as "BTC"',
  })
}

function draftOf(drafts: Drafts, key: string, asset: string): Draft {
  const draft = { asset, bars: noBars(), droppedRanges: 0 }
  drafts.set(key, draft)
  return draft
}

function refused(file: PriceFile, error: TableError, skipped: string): SkippedTable {
  if (file.isFromFolder) return { skipped }
  throw error
}

interface Lack {
  readonly line: number
  readonly columns: readonly string[]
  readonly anyOf: readonly string[]
}

function lacking({ path }: PriceFile, { line, columns, anyOf }: Lack): TableError {
  const shown = columns.slice(0, MOST_COLUMNS).map(quoted).join(', ')
  const more = columns.length - MOST_COLUMNS
  return new TableError({
    code: 'MissingColumn',
    place: { file: path, line, column: 1 },
    field: anyOf[0] ?? 'columns',
    expected: `a column ${either(anyOf)}${anyOf.includes('close') ? ', or two of pairs such as BTCUSDT' : ''}`,
    got: more > 0 ? `${shown} and ${more} more` : shown,
    remedy: 'rename the column that has it; commas stand between columns',
  })
}

function either(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function unnamed({ path, name }: PriceFile): TableError {
  return new TableError({
    code: 'BadSymbol',
    place: { file: path },
    field: 'file name',
    expected: 'a name that starts with the asset, e.g. BTCUSDT_1h.csv, or a column symbol',
    got: name,
    remedy: 'rename the file after its asset',
  })
}

function withoutPrices({ path }: PriceFile, table: OpenTable | undefined): TableError {
  return new TableError({
    code: table === undefined ? 'EmptyFile' : 'NoRows',
    place: { file: path },
    field: 'file',
    expected: 'a line of column names, then a row for each bar',
    got: table === undefined ? 'an empty file' : table.rows === 0 ? 'the column names only' : 'rows without a price',
    remedy: 'download it again, or leave it out',
  })
}
