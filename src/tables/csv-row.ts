import { type Place, quoted, TableError, type TableErrorCode } from './table-error.ts'
import type { TextLine } from './text-lines.ts'

/** One line of a CSV file, cut at its commas. */
export interface CsvRow {
  readonly file: string
  readonly line: TextLine
  /** Names of the columns, as the file has them; as many as there are cells. */
  readonly columns: readonly string[]
  readonly cells: readonly string[]
}

/** Cuts a line; cells may stand in double quotes. Throws TableError unless there are as many cells as columns. */
export function csvRow(file: string, line: TextLine, columns: readonly string[]): CsvRow {
  const cells = cellsOf(line.text)
  if (cells.length === columns.length) return { file, line, columns, cells }
  throw new TableError({
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
  problem: { readonly code: TableErrorCode; readonly expected: string; readonly got?: string; readonly remedy: string },
): TableError {
  const field = row.columns[column] ?? 'row'
  return new TableError({ got: quoted(cellAt(row, column)), ...problem, place: placeOf(row, column), field })
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
