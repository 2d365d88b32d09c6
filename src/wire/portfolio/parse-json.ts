import { type Cursor, nextCharacter, syntaxError, tokenAt, wordAt } from './json-cursor.ts'
import { type JsonMember, type JsonNode, shortened } from './json-node.ts'
import type { ProblemList } from './problem.ts'
import { child, type Path, quoted, ROOT, type Source } from './source.ts'

/** No document of ours is a quarter as deep; a parser that calls itself must not be led to the end of its stack. */
const DEEPEST = 64

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const COMMENTS = 'JSON has no comments: write one as a key that starts with "//"'

/**
 * The value that a JSON text holds, with its offsets; undefined after a syntax error. Duplicate keys and NaN are told of and
 * read past, so that all of them are seen at once; any other syntax error ends the reading.
 */
export function parseJson(source: Source, problems: ProblemList): JsonNode | undefined {
  const cursor: Cursor = { source, problems, at: 0 }
  const whole = value(cursor, ROOT, 0)
  if (whole === undefined || nextCharacter(cursor) === '') return whole
  return syntaxError(
    cursor,
    { path: ROOT, offset: cursor.at },
    { expected: 'the end of the file', remedy: 'a file holds one JSON value' },
  )
}

function value(cursor: Cursor, path: Path, depth: number): JsonNode | undefined {
  const first = nextCharacter(cursor)
  const start = cursor.at
  if (first === '"') {
    const text = string(cursor, path)
    return text === undefined ? undefined : { kind: 'string', start, end: cursor.at, text }
  }
  if (first !== '{' && first !== '[') return word(cursor, path) ?? number(cursor, path)
  if (depth < DEEPEST) return first === '{' ? object(cursor, path, depth) : array(cursor, path, depth)
  const remedy = 'no portfolio is as deep: is this the right file?'
  return syntaxError(cursor, { path, offset: start }, { expected: `at most ${DEEPEST} levels of brackets`, remedy })
}

function object(cursor: Cursor, path: Path, depth: number): JsonNode | undefined {
  const start = cursor.at
  const members: JsonMember[] = []
  const seen = new Map<string, number>()
  cursor.at += 1
  while (nextCharacter(cursor) !== '}') {
    const keyStart = cursor.at
    const key = keyToken(cursor, path)
    if (key === undefined) return undefined
    const here = child(path, key)
    const first = seen.get(key)
    if (first === undefined) seen.set(key, keyStart)
    else repeatedKey(cursor, { path: here, offset: keyStart }, { key, first })
    const member = value(cursor, here, depth + 1)
    if (member === undefined) return undefined
    members.push({ key, keyStart, value: member })
    if (!separated(cursor, path, '}')) return undefined
  }
  cursor.at += 1
  return { kind: 'object', start, end: cursor.at, members }
}

function array(cursor: Cursor, path: Path, depth: number): JsonNode | undefined {
  const start = cursor.at
  const items: JsonNode[] = []
  cursor.at += 1
  while (nextCharacter(cursor) !== ']') {
    const item = value(cursor, child(path, items.length), depth + 1)
    if (item === undefined) return undefined
    items.push(item)
    if (!separated(cursor, path, ']')) return undefined
  }
  cursor.at += 1
  return { kind: 'array', start, end: cursor.at, items }
}

/** A key, read up to after its colon. */
function keyToken(cursor: Cursor, path: Path): string | undefined {
  if (cursor.source.text[cursor.at] !== '"') {
    const expected = 'a key in double quotes'
    return syntaxError(cursor, { path, offset: cursor.at }, { expected, remedy: keyRemedy(cursor) })
  }
  const key = string(cursor, path)
  if (key === undefined) return undefined
  if (nextCharacter(cursor) === ':') {
    cursor.at += 1
    return key
  }
  const where = { path: child(path, key), offset: cursor.at }
  return syntaxError(cursor, where, { expected: 'a colon after the key', remedy: 'write "key": value' })
}

/** Reads on to the next item or the closing bracket; false after a syntax error. */
function separated(cursor: Cursor, path: Path, close: '}' | ']'): boolean {
  const next = nextCharacter(cursor)
  const comma = cursor.at
  if (next === close) return true
  if (next !== ',') {
    const remedy = next === '' ? 'a bracket is not closed' : 'is a comma missing before it?'
    syntaxError(cursor, { path, offset: comma }, { expected: `a comma or ${close}`, remedy })
    return false
  }
  cursor.at += 1
  if (nextCharacter(cursor) !== close) return true
  const expected = 'another item after the comma'
  syntaxError(cursor, { path, offset: comma }, { expected, remedy: 'leave the last comma out' })
  return false
}

function repeatedKey(
  { source, problems }: Cursor,
  where: { readonly path: Path; readonly offset: number },
  { key, first }: { readonly key: string; readonly first: number },
): void {
  const { line } = source.position(first)
  problems.add(
    { source, ...where },
    {
      code: 'DuplicateKey',
      expected: 'each key once',
      got: `a second ${quoted(shortened(key))}; the first is on line ${line}`,
      remedy: 'keep one; add the amounts yourself if both were meant',
    },
  )
}

/** What the string at the cursor says, its escapes resolved. */
function string(cursor: Cursor, path: Path): string | undefined {
  const { text } = cursor.source
  const start = cursor.at
  let end = start + 1
  for (; text[end] !== '"'; end += 1) {
    const where = { path, offset: end < text.length ? end : start }
    if (end >= text.length)
      return syntaxError(cursor, where, { expected: 'a closing double quote', remedy: 'a string is not closed' })
    if (text.charCodeAt(end) < 0x20)
      return syntaxError(cursor, where, {
        expected: 'a string on one line',
        remedy: 'write breaks as \\n, tabs as \\t',
      })
    if (text[end] === '\\') end += 1
  }
  cursor.at = end + 1
  const inside = text.slice(start + 1, end)
  const said = inside.includes('\\') ? unescaped(`"${inside}"`) : inside
  const where = { path, offset: start }
  if (said === undefined)
    return syntaxError(cursor, where, { expected: 'escapes that JSON knows', remedy: 'write a backslash as \\\\' })
  if (said.isWellFormed()) return said
  const remedy = 'half of a surrogate pair stands alone: copy the text again'
  return syntaxError(cursor, where, { expected: 'a string of whole characters', remedy })
}

/** What a token says; undefined for an escape that JSON does not know. */
function unescaped(token: string): string | undefined {
  try {
    return JSON.parse(token) as string
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function word(cursor: Cursor, path: Path): JsonNode | undefined {
  const start = cursor.at
  const text = wordAt(cursor.source.text, start)
  const end = start + text.length
  switch (text) {
    case 'true':
    case 'false':
      cursor.at = end
      return { kind: 'literal', start, end, value: text === 'true' }
    case 'NaN':
    case 'Infinity':
    case '-Infinity': {
      const remedy = 'JSON has no NaN or infinity: leave the entry out if there is no price'
      syntaxError(cursor, { path, offset: start }, { expected: 'a JSON value', remedy })
      cursor.at = end
      return { kind: 'literal', start, end, value: null }
    }
    case 'null':
      cursor.at = end
      return { kind: 'literal', start, end, value: null }
    default:
      return undefined
  }
}

function number(cursor: Cursor, path: Path): JsonNode | undefined {
  const { text } = cursor.source
  const start = cursor.at
  const raw = tokenAt(NUMBER, text, start)
  const end = start + raw.length
  if (raw === '' || /[A-Za-z0-9_.+-]/.test(text[end] ?? ''))
    return syntaxError(cursor, { path, offset: start }, { expected: 'a JSON value', remedy: valueRemedy(cursor) })
  cursor.at = end
  return { kind: 'number', start, end, raw }
}

function keyRemedy({ source: { text }, at }: Cursor): string {
  if (at >= text.length) return 'a bracket is not closed'
  return text[at] === '/' ? COMMENTS : 'put double quotes round the key'
}

function valueRemedy({ source: { text }, at }: Cursor): string {
  const next = text[at]
  if (next === undefined) return 'the file stops in the middle: is it complete?'
  if (next === '/') return COMMENTS
  if (next === "'") return 'strings stand in double quotes'
  if (next === '}' || next === ']' || next === ',') return 'a value is missing before it'
  if (/[-+.0-9]/.test(next)) return 'write amounts as strings: "0.5"'
  return 'put double quotes round text; leave an unknown field out'
}
