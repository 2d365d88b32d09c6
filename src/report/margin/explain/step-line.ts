import { cellsOf, wrapped } from '../../terminal/cells.ts'
import { drawn, from, type Ink, type Role, upTo } from '../../terminal/pen.ts'

/** Where figures of `explain` end. */
export const FIGURE_EDGE = 58
const TEXT = 2

/** Where figures end, and where what is said of them begins. */
export interface StepEdges {
  readonly figure: number
  readonly said: number
}

const EDGES: StepEdges = { figure: FIGURE_EDGE, said: 61 }

interface StepText {
  readonly said?: string
  readonly role?: Role
  readonly figureRole?: Role
  readonly edges?: StepEdges
}

/** A label, its figure and what is said of it. A label too long stands on lines of its own, what is said goes on below. */
export function stepLine(
  label: string,
  figure: string,
  { said = '', role = 'plain', figureRole = role, edges = EDGES }: StepText,
  ink: Ink,
): readonly string[] {
  const room = edges.figure - cellsOf(figure) - 1 - TEXT
  const isShort = cellsOf(label) <= room
  const above = isShort ? [] : wrapped(label, ink.columns - TEXT).map((text) => drawn([from(TEXT, text, role)], ink))
  const [first = '', ...rest] = wrapped(said, Math.max(1, ink.columns - edges.said))
  return [
    ...above,
    drawn(
      [
        ...(isShort ? [from(TEXT, label, role)] : []),
        upTo(edges.figure, figure, figureRole),
        ...(first === '' ? [] : [from(edges.said, first, role === 'strong' ? 'strong' : 'dim')]),
      ],
      ink,
    ),
    ...rest.map((text) => drawn([from(edges.said, text, 'dim')], ink)),
  ]
}

/** Words below a line, further in. */
export function belowLine(text: string, ink: Ink): readonly string[] {
  return wrapped(text, Math.max(1, ink.columns - TEXT - 2)).map((line) => drawn([from(TEXT + 2, line, 'dim')], ink))
}

/** Words from the margin on. */
export function wordLine(label: string, text: string, ink: Ink): readonly string[] {
  const at = TEXT + cellsOf(label) + 1
  return wrapped(text, Math.max(1, ink.columns - at)).map((line, i) =>
    drawn([...(i === 0 ? [from(TEXT, label, 'dim')] : []), from(at, line, 'dim')], ink),
  )
}
