import { formatDecimal18 } from '../core/quantity/decimal.ts'

/**
 * JSON of a command, a decision or anything else in the core's units: every bigint is written as an exact decimal string
 * (1e-18 units), but for fields named `...Ppm`, which are numbers. Absent fields stay absent. Keys are sorted, so equal objects
 * give equal text however they came about. Throws TypeError for what JSON cannot say.
 */
export function encodeJson(value: unknown): string {
  return createEncoder().one(value)
}

/** Writes many values of the same few shapes: it remembers how the keys of a shape are sorted and quoted. */
export interface Encoder {
  one(value: unknown): string
  /** Two values that may share lists, as an event shares those of its command: a shared list is worked out once. */
  pair(first: unknown, second: unknown): readonly [string, string]
}

interface Field {
  readonly name: string
  /** The quoted name and its colon. */
  readonly opening: string
  readonly isPpm: boolean
}

/** Text of the lists written so far, by identity: a list is immutable and its text does not depend on where it stands. */
type WrittenLists = Map<readonly unknown[], string>

/** More shapes than commands and events have; a document with other keys at every turn does not fill the memory. */
const SHAPES_REMEMBERED = 1_000

export function createEncoder(): Encoder {
  const shapes = new Map<string, readonly Field[]>()

  function fieldsOf(object: object): readonly Field[] {
    const names = Object.keys(object)
    const shape = names.join('\n')
    const known = shapes.get(shape)
    if (known !== undefined) return known
    const fields = names.sort().map((name) => ({ name, opening: `${quoted(name)}:`, isPpm: name.endsWith('Ppm') }))
    if (shapes.size >= SHAPES_REMEMBERED) shapes.clear()
    shapes.set(shape, fields)
    return fields
  }

  function encode(value: unknown, isPpm: boolean, written: WrittenLists): string {
    switch (typeof value) {
      case 'bigint':
        return isPpm ? value.toString() : `"${formatDecimal18(value)}"`
      case 'string':
        return quoted(value)
      case 'object':
        if (value === null) return 'null'
        return Array.isArray(value) ? encodeList(value, written) : encodeObject(value, written)
      case 'number':
      case 'boolean':
        return String(value)
      default:
        throw new TypeError(`a ${typeof value} has no JSON form`)
    }
  }

  function encodeList(list: readonly unknown[], written: WrittenLists): string {
    const known = written.get(list)
    if (known !== undefined) return known
    let text = '['
    for (const item of list) text += (text.length === 1 ? '' : ',') + encode(item, false, written)
    text += ']'
    written.set(list, text)
    return text
  }

  function encodeObject(object: object, written: WrittenLists): string {
    let text = '{'
    for (const { name, opening, isPpm } of fieldsOf(object)) {
      const value = (object as Readonly<Record<string, unknown>>)[name]
      if (value === undefined) continue
      text += (text.length === 1 ? opening : `,${opening}`) + encode(value, isPpm, written)
    }
    return `${text}}`
  }

  return {
    one: (value) => encode(value, false, new Map()),
    pair: (first, second) => {
      const written: WrittenLists = new Map()
      return [encode(first, false, written), encode(second, false, written)]
    },
  }
}

const ESCAPED = /[^ !#-[\]-~]/

/** Most strings here are names: only what JSON escapes, or is not ASCII, takes the long way. */
function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`
}
