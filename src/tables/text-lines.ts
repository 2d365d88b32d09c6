import { quoted, TableError } from './table-error.ts'

export interface TextLine {
  /** Counts from 1, blank lines included. */
  readonly number: number
  readonly text: string
}

/** Longest line that is read; a longer one is refused before it is in memory. */
export const LINE_BYTES = 64 * 1024

const NEWLINE = 0x0a
// Control characters other than tab, line feed and carriage return.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/**
 * The lines of a text in batches, one per piece of input, without line ends, byte order mark and blank lines.
 * Memory: one piece and one line. Throws TableError for a line above LINE_BYTES, bytes that are not UTF-8, and control characters.
 */
export async function* textLines(source: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<readonly TextLine[]> {
  let rest: Uint8Array = new Uint8Array()
  let next = 1
  for await (const piece of source) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const end = bytes.lastIndexOf(NEWLINE) + 1
    const lines = linesIn(bytes.subarray(0, end), next, file)
    rest = bytes.subarray(end)
    if (rest.length > LINE_BYTES) throw lineTooLong(file, next + lines.length)
    next += lines.length
    const filled = lines.filter(isFilled)
    if (filled.length > 0) yield filled
  }
  const last = linesIn(rest, next, file).filter(isFilled)
  if (last.length > 0) yield last
}

function linesIn(bytes: Uint8Array, first: number, file: string): readonly TextLine[] {
  if (bytes.length === 0) return []
  const body = bytes[bytes.length - 1] === NEWLINE ? bytes.subarray(0, -1) : bytes
  const text = decoded(body)
  if (text === undefined || CONTROL.test(text)) throw notText(body, first, file)
  return text.split('\n').map((raw, offset) => {
    const number = first + offset
    // UTF-8 takes at most 3 bytes per UTF-16 unit: only a suspect line is measured.
    if (raw.length * 3 > LINE_BYTES && Buffer.byteLength(raw) > LINE_BYTES) throw lineTooLong(file, number)
    return { number, text: withoutMarks(raw, number) }
  })
}

function withoutMarks(raw: string, number: number): string {
  const start = number === 1 && raw.startsWith('\uFEFF') ? 1 : 0
  return raw.endsWith('\r') ? raw.slice(start, -1) : raw.slice(start)
}

function isFilled({ text }: TextLine): boolean {
  return text.trim() !== ''
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The error for the first line among the bytes that is not text. */
function notText(bytes: Uint8Array, first: number, file: string): TableError {
  let start = 0
  for (let number = first; ; number += 1) {
    const newline = bytes.indexOf(NEWLINE, start)
    const line = bytes.subarray(start, newline < 0 ? bytes.length : newline)
    const text = decoded(line)
    if (text === undefined || CONTROL.test(text) || newline < 0) {
      return new TableError({
        code: 'NotText',
        place: { file, line: number, column: columnOfNonText(line, text) },
        field: 'line',
        expected: 'text in UTF-8',
        got: isGzip(line) ? 'a gzip file' : quoted(Buffer.from(line).toString('latin1')),
        remedy: isGzip(line) ? 'add ".gz" to the name' : 'save the file as plain text in UTF-8',
      })
    }
    start = newline + 1
  }
}

function columnOfNonText(line: Uint8Array, text: string | undefined): number {
  const shown = text ?? new TextDecoder('utf-8', { ignoreBOM: true }).decode(line)
  return Math.max(0, shown.search(text === undefined ? /\uFFFD/ : CONTROL)) + 1
}

function isGzip(line: Uint8Array): boolean {
  return line[0] === 0x1f && line[1] === 0x8b
}

function lineTooLong(file: string, line: number): TableError {
  return new TableError({
    code: 'LineTooLong',
    place: { file, line, column: LINE_BYTES + 1 },
    field: 'line',
    expected: `lines of at most ${LINE_BYTES} bytes`,
    got: 'a longer one',
    remedy: 'this is not a table of bars; check that the file has line ends',
  })
}
