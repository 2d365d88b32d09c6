import { bytesOf } from '../tables/byte-source.ts'
import { cellsOf, csvRow } from '../tables/csv-row.ts'
import { quoted, TableError } from '../tables/table-error.ts'
import { type TextLine, textLines } from '../tables/text-lines.ts'
import { type OptionColumns, optionColumns, type OptionRow, optionRowAt } from './option-row.ts'
import type { PriceFile } from './price-files.ts'
import type { SkippedTable } from './price-table.ts'

export type OptionFile = Pick<PriceFile, 'path' | 'name' | 'isFromFolder'>

/** A table whose column names were read. */
interface OpenTable {
  readonly columns: readonly string[]
  readonly at: OptionColumns
}

/** Columns that an error names. */
const MOST_COLUMNS = 12

/**
 * Gives every row of a table of option chains to `take`; how many there were. Memory: one piece of the file.
 * Throws TableError for the first cell that is not as it should be. What is no table of option chains is skipped where it was found
 * in a folder, else it throws.
 */
export async function readOptionTable(
  file: OptionFile,
  take: (row: OptionRow) => void,
): Promise<{ readonly rows: number } | SkippedTable> {
  let table: OpenTable | undefined
  let rows = 0
  for await (const [first, ...rest] of textLines(bytesOf(file.path), file.path)) {
    if (first === undefined) continue
    let lines: readonly TextLine[] = [first, ...rest]
    if (table === undefined) {
      const opened = openTable(file, first)
      if ('skipped' in opened) return opened
      table = opened
      lines = rest
    }
    for (const line of lines) take(optionRowAt(csvRow(file.path, line, table.columns), table.at))
    rows += lines.length
  }
  return rows > 0 ? { rows } : refused(file, withoutRows(file, table), 'no options')
}

function openTable(file: OptionFile, names: TextLine): OpenTable | SkippedTable {
  const columns = cellsOf(names.text)
  const at = optionColumns(columns)
  if ('lacks' in at)
    return refused(file, lacking(file, { line: names.number, columns, ...at }), `no column ${at.lacks}`)
  return { columns, at }
}

function refused(file: OptionFile, error: TableError, skipped: string): SkippedTable {
  if (file.isFromFolder) return { skipped }
  throw error
}

interface Lack {
  readonly line: number
  readonly columns: readonly string[]
  readonly lacks: string
}

function lacking({ path }: OptionFile, { line, columns, lacks }: Lack): TableError {
  const shown = columns.slice(0, MOST_COLUMNS).map(quoted).join(', ')
  const more = columns.length - MOST_COLUMNS
  return new TableError({
    code: 'MissingColumn',
    place: { file: path, line, column: 1 },
    field: lacks,
    expected: `a column ${lacks}, as tables of option chains have`,
    got: more > 0 ? `${shown} and ${more} more` : shown,
    remedy: 'rename the column that has it, or leave the file out',
  })
}

function withoutRows({ path }: OptionFile, table: OpenTable | undefined): TableError {
  return new TableError({
    code: table === undefined ? 'EmptyFile' : 'NoRows',
    place: { file: path },
    field: 'file',
    expected: 'a line of column names, then a row for each option and snapshot',
    got: table === undefined ? 'an empty file' : 'the column names only',
    remedy: 'download it again, or leave it out',
  })
}
