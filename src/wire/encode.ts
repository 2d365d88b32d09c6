import { formatDecimal18 } from '../core/quantity/decimal.ts'

/**
 * JSON of a command, a decision or anything else in the core's units: every bigint is written as an exact decimal string
 * (1e-18 units), but for fields named `...Ppm`, which are numbers. Absent fields stay absent. Keys are sorted, so equal objects
 * give equal text however they came about.
 */
export function encodeJson(value: unknown): string {
  return encodeField('', value)
}

function encodeField(name: string, value: unknown): string {
  switch (typeof value) {
    case 'bigint':
      return name.endsWith('Ppm') ? value.toString() : `"${formatDecimal18(value)}"`
    case 'string':
      return isPlain(value) ? `"${value}"` : JSON.stringify(value)
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? encodeList(value) : encodeObject(value)
    case 'number':
    case 'boolean':
      return String(value)
    default:
      throw new TypeError(`${name || 'value'} of type ${typeof value} has no JSON form`)
  }
}

function encodeList(list: readonly unknown[]): string {
  let text = '['
  for (const item of list) text += (text.length === 1 ? '' : ',') + encodeField('', item)
  return `${text}]`
}

function encodeObject(object: object): string {
  const fields = object as Readonly<Record<string, unknown>>
  let text = '{'
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name]
    if (value === undefined) continue
    text += `${(text.length === 1 ? '' : ',') + JSON.stringify(name)}:${encodeField(name, value)}`
  }
  return `${text}}`
}

/** Nothing that JSON would escape: most strings here are names. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9 ._:/-]*$/.test(text)
}
