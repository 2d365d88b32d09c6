import { type AssetId, assetId, isName } from '../../core/instrument/identifier.ts'
import { isLess } from '../../core/quantity/arithmetic.ts'
import { type DecimalProblem, formatDecimal18, parseDecimal18 } from '../../core/quantity/decimal.ts'
import { isPrice, type Price } from '../../core/quantity/price.ts'
import { type Rate, rate } from '../../core/quantity/rate.ts'
import type { BarPrices } from './bar.ts'
import { type Place, quoted, TapeError, type TapeErrorCode } from './tape-error.ts'
import type { TextLine } from './text-lines.ts'

/** One line of a CSV file, cut at its commas. */
export interface CsvRow {
  readonly file: string
  readonly line: TextLine
  /** Names of the columns, as the file has them; as many as there are cells. */
  readonly columns: readonly string[]
  readonly cells: readonly string[]
}

/** Which columns hold what. `range` is absent where the file has closes only. */
export interface PriceColumns {
  readonly close: number
  readonly range: { readonly open: number; readonly high: number; readonly low: number } | undefined
}

/** Cuts a line; cells may stand in double quotes. Throws TapeError unless there are as many cells as columns. */
export function csvRow(file: string, line: TextLine, columns: readonly string[]): CsvRow {
  const cells = cellsOf(line.text)
  if (cells.length === columns.length) return { file, line, columns, cells }
  throw new TapeError({
    code: 'WrongColumnCount',
    place: { file, line: line.number, column: 1 },
    field: 'row',
    expected: `${columns.length} cells: ${columns.join(',')}`,
    got: `${cells.length} cells: ${quoted(line.text)}`,
    remedy:
      cells.length > columns.length ? 'leave commas out of numbers: 21300.12' : 'an unknown price is an empty cell',
  })
}

/** Cells of a line without quotes and blanks around them. */
export function cellsOf(text: string): readonly string[] {
  return /["\s]/.test(text) ? rawCells(text).map(unquoted) : text.split(',')
}

/** The cell's text; the empty string if the row has no such cell. */
export function cellAt(row: CsvRow, column: number): string {
  return row.cells[column] ?? ''
}

/** The error for a cell that is not as it should be. */
export function cellError(
  row: CsvRow,
  column: number,
  problem: { readonly code: TapeErrorCode; readonly expected: string; readonly got?: string; readonly remedy: string },
): TapeError {
  const field = row.columns[column] ?? 'row'
  return new TapeError({ got: quoted(cellAt(row, column)), ...problem, place: placeOf(row, column), field })
}

/** Asset named by a cell. Throws TapeError unless it is a name. */
export function symbolAt(row: CsvRow, column: number): AssetId {
  const text = cellAt(row, column)
  if (isName(text)) return assetId(text)
  throw cellError(row, column, {
    code: 'BadSymbol',
    expected: 'a name of 1 to 64 letters, digits and . _ : / -',
    remedy: 'write the asset as "BTC"',
  })
}

/** Rate in a cell, of either sign. Throws TapeError unless it is a decimal. */
export function rateAt(row: CsvRow, column: number): Rate {
  return rate(atomsAt(row, column))
}

/** Prices of a row: all four, or the close alone where the other three are absent or empty. Throws TapeError. */
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

function priceAt(row: CsvRow, column: number): Price {
  const atoms = atomsAt(row, column)
  if (isPrice(atoms)) return atoms
  if (atoms <= 0n) {
    throw cellError(row, column, {
      code: 'NotPositive',
      expected: 'a price above zero',
      remedy: 'leave the row out if there is no price',
    })
  }
  throw cellError(row, column, {
    code: 'OutOfRange',
    expected: 'a price below 1000000000000',
    remedy: 'check the unit: prices are per whole unit of the asset',
  })
}

function atomsAt(row: CsvRow, column: number): bigint {
  const parsed = parseDecimal18(cellAt(row, column))
  if (parsed.ok) return parsed.atoms
  throw cellError(row, column, {
    code: 'BadDecimal',
    expected: 'a decimal such as 21300.12',
    remedy: decimalRemedy(parsed.problem, cellAt(row, column)),
  })
}

function decimalRemedy(problem: DecimalProblem, text: string): string {
  switch (problem) {
    case 'empty':
      return 'leave the row out if there is no price'
    case 'thousandsSeparator':
      return `leave the separators out: ${text.replaceAll(/[,_' ]/g, '')}`
    case 'exponent':
      return 'write the digits out, e.g. 0.00005'
    case 'tooManyDigits':
      return 'at most 18 digits after the point; nothing is rounded silently'
    case 'notDecimal':
      return 'leave the row out if there is no number'
    default:
      return problem satisfies never
  }
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
): TapeError {
  const name = row.columns[column] ?? ''
  return cellError(row, bound, {
    code: 'CrossedBar',
    expected: 'low at or below open and close, high at or above them',
    got: `low ${formatDecimal18(low)}, high ${formatDecimal18(high)}, ${name} ${formatDecimal18(inside)}`,
    remedy: 'correct the row from its source, or leave it out',
  })
}

function placeOf(row: CsvRow, column: number): Place {
  const before = rawCells(row.line.text).slice(0, column)
  const start = before.reduce((sum, cell) => sum + cell.length + 1, 1)
  return { file: row.file, line: row.line.number, column: start }
}

/** Cells as they stand in the line; a comma between double quotes does not cut. */
function rawCells(text: string): readonly string[] {
  const cells: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted
    if (text[at] !== ',' || isQuoted) continue
    cells.push(text.slice(start, at))
    start = at + 1
  }
  return [...cells, text.slice(start)]
}

function unquoted(raw: string): string {
  const cell = raw.trim()
  return cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"').trim() : cell
}
