import { cellsOf } from '../../terminal/cells.ts'
import { drawn, from, type Ink, type Piece, type Role, upTo } from '../../terminal/pen.ts'

/** A cell; plain where no role is said. */
export interface TerminalCell {
  readonly text: string
  readonly role?: Role
}

/** Figures under a head of two lines, on their right edge. */
export interface TerminalColumn {
  readonly head: readonly [above: string, below: string]
  readonly cells: readonly TerminalCell[]
  /** Where there is no room the column with the highest goes first; 0 always stays. */
  readonly rank: number
}

/** Names on the left, figures on shared edges. */
export interface TerminalTable {
  readonly head: string
  readonly names: readonly string[]
  /** Cells that names keep before a column is left out for them; a longer name has a line of its own. */
  readonly leastName: number
  readonly columns: readonly TerminalColumn[]
}

const MARGIN = 2
const WIDEST_GAP = 3

interface Place {
  readonly column: TerminalColumn
  readonly end: number
}

/** Head, rule and a line for each name. */
export function tableLines({ head, names, leastName, columns }: TerminalTable, ink: Ink): readonly string[] {
  const longest = Math.max(cellsOf(head), ...names.map(cellsOf))
  const kept = keptColumns(columns, ink.columns - MARGIN - Math.min(longest, leastName))
  const figures = kept.reduce((sum, column) => sum + widthOf(column) + 1, 0)
  const room = Math.max(0, ink.columns - MARGIN - figures)
  const nameCells = Math.min(longest, room)
  const gap = Math.min(WIDEST_GAP - 1, Math.floor((room - nameCells) / Math.max(1, kept.length)))
  const places = placesOf(kept, MARGIN + nameCells, gap + 1)
  const end = places.at(-1)?.end ?? MARGIN + nameCells
  const above = kept.some((column) => column.head[0] !== '')
  return [
    ...(above ? [drawn(headPieces(places, 0), ink)] : []),
    drawn([from(MARGIN, head, 'dim'), ...headPieces(places, 1)], ink),
    drawn([from(MARGIN, '─'.repeat(Math.max(0, end - MARGIN)), 'dim')], ink),
    ...names.flatMap((name, row) => rowLines(name, nameCells, rowPieces(places, row), ink)),
  ]
}

function keptColumns(columns: readonly TerminalColumn[], room: number): readonly TerminalColumn[] {
  let kept = columns
  while (kept.reduce((sum, column) => sum + widthOf(column) + 1, 0) > room) {
    const highest = Math.max(...kept.map(({ rank }) => rank))
    if (highest <= 0) return kept
    kept = kept.filter(({ rank }) => rank < highest)
  }
  return kept
}

function placesOf(columns: readonly TerminalColumn[], start: number, gap: number): readonly Place[] {
  let end = start
  return columns.map((column) => {
    end += gap + widthOf(column)
    return { column, end }
  })
}

function widthOf({ head, cells }: TerminalColumn): number {
  return Math.max(...head.map(cellsOf), ...cells.map(({ text }) => cellsOf(text)))
}

function headPieces(places: readonly Place[], line: 0 | 1): readonly Piece[] {
  return places.flatMap(({ column, end }) => (column.head[line] === '' ? [] : [upTo(end, column.head[line], 'dim')]))
}

function rowPieces(places: readonly Place[], row: number): readonly Piece[] {
  return places.flatMap(({ column, end }) => {
    const cell = column.cells[row]
    return cell === undefined || cell.text === '' ? [] : [upTo(end, cell.text, cell.role ?? 'plain')]
  })
}

function rowLines(name: string, room: number, figures: readonly Piece[], ink: Ink): readonly string[] {
  if (cellsOf(name) <= room) return [drawn([from(MARGIN, name), ...figures], ink)]
  return [drawn([from(MARGIN, name)], ink), drawn(figures, ink)]
}
