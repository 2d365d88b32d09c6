import type { TapeHeader, Tape } from './bar.ts'
import { bytesOf } from '../../tables/byte-source.ts'
import { cellsOf } from '../../tables/csv-row.ts'
import { quoted, TableError, type TableErrorCode } from '../../tables/table-error.ts'
import { requireFirstLine, tapeHeader } from './tape-header.ts'
import { COLUMNS, tapeSteps } from './tape-steps.ts'
import { type TextLine, textLines } from '../../tables/text-lines.ts'

const LONGEST_HEADER = 1_000

/**
 * Opens a tape file, plain or `.gz`, in the format "plimsoll tape v1". The header is read at once, and that a row follows.
 * Memory does not grow with the file. Throws TableError for the first line that is not as the format has it.
 */
export async function openTapeFile(path: string): Promise<Tape> {
  const header = await readHeader(path)
  return { header, steps: { [Symbol.asyncIterator]: () => tapeSteps(path, header, rowBatches(path)) } }
}

async function readHeader(path: string): Promise<TapeHeader> {
  const head: TextLine[] = []
  let header: TapeHeader | undefined
  for await (const line of eachLine(path)) {
    if (header !== undefined) return header
    if (head.length === 0) requireFirstLine(path, line)
    if (head.length > 0 && !line.text.startsWith('#')) header = headerBefore(line, head, path)
    else if (head.length < LONGEST_HEADER) head.push(line)
    else throw incomplete('BadHeader', path, `a header of at most ${LONGEST_HEADER} lines`, 'a longer one')
  }
  if (head.length === 0) throw incomplete('EmptyFile', path, 'a tape', 'an empty file')
  throw incomplete('NoRows', path, 'rows of prices after the header', 'the header only')
}

async function* eachLine(path: string): AsyncGenerator<TextLine> {
  for await (const lines of textLines(bytesOf(path), path)) yield* lines
}

function headerBefore(columnLine: TextLine, head: readonly TextLine[], path: string): TapeHeader {
  const header = tapeHeader(path, head.slice(1), columnLine)
  requireColumns(columnLine, path)
  return header
}

function requireColumns(line: TextLine, path: string): void {
  const names = cellsOf(line.text)
  if (names.length === COLUMNS.length && COLUMNS.every((name, column) => names[column] === name)) return
  const absent = COLUMNS.find((name) => !names.includes(name))
  throw new TableError({
    code: 'MissingColumn',
    place: { file: path, line: line.number, column: 1 },
    field: absent ?? 'columns',
    expected: COLUMNS.join(','),
    got: quoted(line.text),
    remedy:
      absent === undefined ? 'put the columns into this order' : `add the column ${absent}; its cells may be empty`,
  })
}

/** Lines of the rows: the header was checked when the tape was opened. */
async function* rowBatches(path: string): AsyncGenerator<readonly TextLine[]> {
  let isPastColumns = false
  for await (const lines of textLines(bytesOf(path), path)) {
    const columnLine = isPastColumns ? -1 : lines.findIndex(({ text }) => !text.startsWith('#'))
    if (!isPastColumns && columnLine < 0) continue
    isPastColumns = true
    yield lines.slice(columnLine + 1)
  }
}

function incomplete(code: TableErrorCode, file: string, expected: string, got: string): TableError {
  return new TableError({ code, place: { file }, field: 'file', expected, got, remedy: 'copy or download it again' })
}
