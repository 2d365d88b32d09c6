import { harmless, wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, type Role } from '../terminal/pen.ts'

/** A margin of two, seven cells of label; a hash of sha256 then ends exactly at the eightieth. */
const LABEL = 2
const TEXT = 9

/** A label and a text beside it, on as many lines as it takes. */
export function labelledLines(label: string, text: string, role: Role, ink: Ink): readonly string[] {
  return brokenLines(text, ink.columns - TEXT).map((line, i) =>
    drawn([...(i === 0 ? [from(LABEL, label, 'dim')] : []), from(TEXT, line, role)], ink),
  )
}

/** A word in capitals and one plain sentence. */
export function verdictLines(word: string, sentence: string, role: Role, ink: Ink): readonly string[] {
  const at = LABEL + word.length + 3
  const [first = '', ...rest] = brokenLines(sentence, ink.columns - at)
  return [drawn([from(LABEL, word, role), from(at, first)], ink), ...rest.map((line) => drawn([from(at, line)], ink))]
}

/** Lines of at most so many cells; a percent sign stays with its figure. */
export function brokenLines(text: string, cells: number): readonly string[] {
  const held = harmless(text).replaceAll(' %', `${HELD}%`)
  return wrapped(held, Math.max(1, cells)).map((line) => line.replaceAll(HELD, ' '))
}

const HELD = '\u00a0'

/** Sections with an empty line between; those without lines are left out. */
export function joinedSections(sections: readonly (readonly string[])[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}
