import type { ProblemList } from './problem.ts'
import { type Path, quoted, type Source } from './source.ts'

/** How far a text is read; only the parser moves it. */
export interface Cursor {
  readonly source: Source
  readonly problems: ProblemList
  at: number
}

const BLANKS = /[ \t\r\n]*/y
const WORD = /[+-]?[A-Za-z0-9_.$]{1,40}/y

/** Moves past blanks and returns the character there; the empty string at the end. */
export function nextCharacter(cursor: Cursor): string {
  cursor.at += tokenAt(BLANKS, cursor.source.text, cursor.at).length
  return cursor.source.text[cursor.at] ?? ''
}

/** The word or number at an offset, at most 41 characters; the empty string if something else stands there. */
export function wordAt(text: string, offset: number): string {
  return tokenAt(WORD, text, offset)
}

/** What a sticky pattern finds at an offset; the empty string if nothing. */
export function tokenAt(sticky: RegExp, text: string, offset: number): string {
  sticky.lastIndex = offset
  return sticky.exec(text)?.[0] ?? ''
}

/** Tells of a syntax error at an offset, for the value that the path names. */
export function syntaxError(
  { source, problems }: Cursor,
  where: { readonly path: Path; readonly offset: number },
  { expected, remedy }: { readonly expected: string; readonly remedy: string },
): undefined {
  const got = found(source.text, where.offset)
  problems.add({ source, ...where }, { code: 'JsonSyntax', expected, got, remedy })
}

function found(text: string, offset: number): string {
  if (offset >= text.length) return 'the end of the file'
  const word = wordAt(text, offset)
  return word === '' ? quoted(String.fromCodePoint(text.codePointAt(offset) ?? 0)) : word
}
