import { refuse, type Reader, wrongType } from './findings.ts'
import { nearestName } from './nearest-name.ts'

const WHOLE = /^(0|[1-9][0-9]{0,15})$/

/** Text of a length within the limits. */
export function textOf(limits: { readonly least: number; readonly most: number }): Reader<string> {
  const expected = `a string of ${limits.least} to ${limits.most} characters`
  return (at, findings) => {
    if (at.node.kind !== 'string') return wrongType(at, findings, expected)
    // Characters, as a schema counts them, not halves of surrogate pairs; more than twice the limit need not be counted.
    const { text } = at.node
    const length = text.length > 2 * limits.most ? text.length : Array.from(text).length
    if (length >= limits.least && length <= limits.most) return text
    return refuse(at, findings, {
      code: 'WrongType',
      expected,
      remedy: length > limits.most ? 'shorten it' : 'fill it in, or leave it out',
    })
  }
}

export const FLAG: Reader<boolean> = (at, findings) =>
  at.node.kind === 'literal' && at.node.value !== null ? at.node.value : wrongType(at, findings, 'true or false')

/** A whole number in digits, within limits. */
export function wholeNumber(limits: { readonly least: number; readonly most: number }): Reader<number> {
  const upTo =
    limits.most === Number.MAX_SAFE_INTEGER ? `from ${limits.least} on` : `from ${limits.least} to ${limits.most}`
  return (at, findings) => {
    const count = at.node.kind === 'number' && WHOLE.test(at.node.raw) ? Number(at.node.raw) : Number.NaN
    if (count >= limits.least && count <= limits.most) return count
    return wrongType(at, findings, `a whole number ${upTo}`)
  }
}

/** One of a few words, and what each stands for. */
export function oneOf<T>(meanings: Readonly<Record<string, T>>): Reader<T> {
  const table = new Map(Object.entries(meanings))
  return (at, findings) => {
    const text = at.node.kind === 'string' ? at.node.text : undefined
    const meaning = text === undefined ? undefined : table.get(text)
    if (meaning !== undefined) return meaning
    const near = text === undefined ? undefined : nearestName(text, table.keys())
    return refuse(at, findings, {
      code: 'NotOneOf',
      expected: `one of: ${[...table.keys()].join(', ')}`,
      remedy: near === undefined ? 'choose one of them' : `did you mean "${near}"?`,
    })
  }
}
