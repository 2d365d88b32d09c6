import { formatDecimal18 } from '../core/quantity/decimal.ts'

/**
 * JSON of a command, a decision or anything else in the core's units: every bigint is written as an exact decimal string
 * (1e-18 units), but for fields named `...Ppm`, which are numbers. Absent fields stay absent. Keys are sorted, so equal objects
 * give equal text however they came about. Throws TypeError for what JSON cannot say.
 */
export function encodeJson(value: unknown): string {
  return encodeField('', value, new Map())
}

/** JSON of two values that may share lists, as an event shares those of its command: a shared list is worked out once. */
export function encodePair(first: unknown, second: unknown): readonly [string, string] {
  const written: WrittenLists = new Map()
  return [encodeField('', first, written), encodeField('', second, written)]
}

/** Text of the lists written so far, by identity: a list is immutable and its text does not depend on where it stands. */
type WrittenLists = Map<readonly unknown[], string>

function encodeField(name: string, value: unknown, written: WrittenLists): string {
  switch (typeof value) {
    case 'bigint':
      return name.endsWith('Ppm') ? value.toString() : `"${formatDecimal18(value)}"`
    case 'string':
      return quoted(value)
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? encodeList(value, written) : encodeObject(value, written)
    case 'number':
    case 'boolean':
      return String(value)
    default:
      throw new TypeError(`${name || 'value'} of type ${typeof value} has no JSON form`)
  }
}

function encodeList(list: readonly unknown[], written: WrittenLists): string {
  const known = written.get(list)
  if (known !== undefined) return known
  let text = '['
  for (const item of list) text += (text.length === 1 ? '' : ',') + encodeField('', item, written)
  text += ']'
  written.set(list, text)
  return text
}

function encodeObject(object: object, written: WrittenLists): string {
  const fields = object as Readonly<Record<string, unknown>>
  let text = '{'
  for (const name of sortedKeys(fields)) {
    const value = fields[name]
    if (value === undefined) continue
    text += `${(text.length === 1 ? '' : ',') + quoted(name)}:${encodeField(name, value, written)}`
  }
  return `${text}}`
}

/** By code unit. Insertion sort: a handful of keys, mostly in order already. */
function sortedKeys(fields: object): readonly string[] {
  const keys = Object.keys(fields)
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] as string
    let at = i
    for (; at > 0 && (keys[at - 1] as string) > key; at -= 1) keys[at] = keys[at - 1] as string
    keys[at] = key
  }
  return keys
}

const ESCAPED = /[^ !#-[\]-~]/

/** Most strings here are names: only what JSON escapes, or is not ASCII, takes the long way. */
function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`
}
