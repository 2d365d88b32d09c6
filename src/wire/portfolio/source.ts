/** A text to read and what to call it in messages. */
export interface SourceText {
  readonly name: string
  readonly text: string
}

/** A text whose offsets can be told as lines and columns. */
export interface Source extends SourceText {
  position(offset: number): Position
}

/** Both count from 1; a column is a UTF-16 unit, as editors count. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Where a value stands among its parents, from the root `$` of a JSON text or the row of a table. */
export type Path =
  | { readonly kind: 'root' }
  /** Such as `trader.csv:4`, and the columns whose fields are called otherwise in JSON. */
  | { readonly kind: 'row'; readonly text: string; readonly columns: ReadonlyMap<string, string> }
  | { readonly kind: 'child'; readonly parent: Path; readonly key: string | number }

/** A place in a text that a problem can be told of. */
export interface Spot {
  readonly source: Source
  readonly offset: number
  readonly path: Path
}

export const ROOT: Path = { kind: 'root' }

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/
const LONGEST_KEY = 80

/** The text ready to be asked for positions; a leading byte order mark is left out. `firstLine` is the number of its first line. */
export function sourceOf({ name, text }: SourceText, firstLine = 1): Source {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  let starts: readonly number[] | undefined
  return {
    name,
    text: body,
    position(offset) {
      starts ??= lineStarts(body)
      const index = lastAtOrBefore(starts, offset)
      return { line: index + firstLine, column: offset - (starts[index] ?? 0) + 1 }
    },
  }
}

export function child(parent: Path, key: string | number): Path {
  return { kind: 'child', parent, key }
}

/** The path of another field of the same object. */
export function sibling(path: Path, key: string): Path {
  return path.kind === 'child' ? child(path.parent, key) : child(path, key)
}

/** Such as `$.markets["ETH-MAR-CALL"].strike`; keys of any content come out on one line and bounded. */
export function pathText(path: Path): string {
  if (path.kind === 'root') return '$'
  if (path.kind === 'row') return path.text
  const parent = pathText(path.parent)
  if (path.parent.kind === 'row') return `${parent}, ${path.parent.columns.get(String(path.key)) ?? path.key}`
  if (typeof path.key === 'number') return `${parent}[${path.key}]`
  return PLAIN_KEY.test(path.key) && path.key.length <= LONGEST_KEY
    ? `${parent}.${path.key}`
    : `${parent}[${quoted(path.key.slice(0, LONGEST_KEY))}]`
}

/** Text in double quotes with everything escaped that could act on a terminal or break the line. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, escapedUnit)
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
