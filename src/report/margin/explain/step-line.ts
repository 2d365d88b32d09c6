import { cellsOf, wrapped } from '../../terminal/cells.ts'
import { drawn, from, type Ink, type Role, upTo } from '../../terminal/pen.ts'

/** Where figures of `explain` end, and where what is said of them begins. */
export const FIGURE_EDGE = 58
const TEXT = 2
const SAID = 61

/** A label, its figure and what is said of it. A label too long stands on lines of its own, what is said goes on below. */
export function stepLine(
  label: string,
  figure: string,
  { said = '', role = 'plain', figureRole = role }: { said?: string; role?: Role; figureRole?: Role },
  ink: Ink,
): readonly string[] {
  const room = FIGURE_EDGE - cellsOf(figure) - 1 - TEXT
  const isShort = cellsOf(label) <= room
  const above = isShort ? [] : wrapped(label, ink.columns - TEXT).map((text) => drawn([from(TEXT, text, role)], ink))
  const [first = '', ...rest] = wrapped(said, Math.max(1, ink.columns - SAID))
  return [
    ...above,
    drawn(
      [
        ...(isShort ? [from(TEXT, label, role)] : []),
        upTo(FIGURE_EDGE, figure, figureRole),
        ...(first === '' ? [] : [from(SAID, first, role === 'strong' ? 'strong' : 'dim')]),
      ],
      ink,
    ),
    ...rest.map((text) => drawn([from(SAID, text, 'dim')], ink)),
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
