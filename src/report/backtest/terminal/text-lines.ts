import { cellsOf, harmless, wrapped } from '../../terminal/cells.ts'
import { drawn, from, type Ink, type Role, upTo } from '../../terminal/pen.ts'

const LABEL = 2
/** Where the text beside a label begins. */
export const TEXT = 11

/** A rule with its name. */
export function ruled(text: string, ink: Ink): string {
  const start = LABEL + cellsOf(text) + 1
  return drawn([from(LABEL, text), from(start, '─'.repeat(Math.max(0, ink.columns - start)), 'dim')], ink)
}

/** A word, and beside it a text over as many lines as it takes. */
export function labelled(label: string, text: string, ink: Ink, role: Role = 'dim'): readonly string[] {
  return wrapped(harmless(text), Math.max(1, ink.columns - TEXT)).map((line, i) =>
    drawn([...(i === 0 && label !== '' ? [from(LABEL, label, role)] : []), from(TEXT, line)], ink),
  )
}

/** A text over as many lines as it takes, dim: what explains figures. */
export function explained(text: string, ink: Ink): readonly string[] {
  return wrapped(harmless(text), Math.max(1, ink.columns - LABEL)).map((line) => drawn([from(LABEL, line, 'dim')], ink))
}

/** Two texts at both ends of a line, or on two lines where one is too narrow. */
export function atBothEnds(left: string, right: string, ink: Ink): readonly string[] {
  const fits = cellsOf(left) + 2 + cellsOf(right) <= ink.columns
  if (fits) return [drawn([from(0, left), upTo(ink.columns, right, 'dim')], ink)]
  return [
    ...wrapped(harmless(left), Math.max(1, ink.columns)).map((line) => drawn([from(0, line)], ink)),
    ...wrapped(harmless(right), Math.max(1, ink.columns - LABEL)).map((line) => drawn([from(LABEL, line, 'dim')], ink)),
  ]
}
