import { cellsOf, fitted, harmless, inAscii } from './cells.ts'

/** How a text is meant; colour only repeats it. */
export type Role = 'plain' | 'dim' | 'strong' | 'loss' | 'gain' | 'hedge' | 'care' | 'good' | 'caution' | 'bad'

/** A text on a line: it begins at a column, or ends before one. Columns count from 0. */
export type Piece = { readonly text: string; readonly role: Role } & (
  | { readonly start: number }
  | { readonly end: number }
)

export interface Ink {
  /** Cells of a line; nothing is drawn beyond. */
  readonly columns: number
  readonly color: boolean
  readonly ascii: boolean
}

const CODES: { readonly [role in Role]: string } = {
  plain: '',
  dim: '\x1b[2m',
  strong: '\x1b[1m',
  loss: '\x1b[31m',
  gain: '\x1b[32m',
  hedge: '\x1b[36m',
  care: '\x1b[33m',
  good: '\x1b[1;30;42m',
  caution: '\x1b[1;30;43m',
  bad: '\x1b[1;97;41m',
}

/** A text that begins at a column. */
export function from(start: number, text: string, role: Role = 'plain'): Piece {
  return { start, text: harmless(text), role }
}

/** A text that ends before a column: figures stand on their right edge. */
export function upTo(end: number, text: string, role: Role = 'plain'): Piece {
  return { end, text: harmless(text), role }
}

/** One line of pieces, given from left to right. A piece too long for the room before the next is cut short. */
export function drawn(written: readonly Piece[], { columns, color, ascii }: Ink): string {
  const pieces = ascii ? written.map((piece) => ({ ...piece, text: inAscii(piece.text) })) : written
  const starts = pieces.map((piece) => ('start' in piece ? piece.start : Math.max(0, piece.end - cellsOf(piece.text))))
  let [line, used] = ['', 0]
  for (const [i, piece] of pieces.entries()) {
    const start = Math.max(starts[i] ?? 0, used === 0 ? 0 : used + 1)
    const next = starts[i + 1]
    const room = (next === undefined ? columns : Math.min(columns, next - 1)) - start
    const cut = fitted(piece.text, Math.max(0, room))
    const text = ascii ? inAscii(cut) : cut
    if (text === '') continue
    line += ' '.repeat(start - used) + painted(text, color ? CODES[piece.role] : '')
    used = start + cellsOf(text)
  }
  return line
}

function painted(text: string, code: string): string {
  return code === '' ? text : `${code}${text}\x1b[0m`
}
