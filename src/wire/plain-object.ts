import { z } from 'zod'

type PlainObject = Readonly<Record<string, unknown>>

interface Fault {
  readonly path: readonly (string | number)[]
  readonly expected: string
}

/** Deeper than any document needs; what walks it calls itself once a level. */
const DEEPEST = 16

/**
 * An object of texts, finite numbers, truths, lists and objects, as it came. A number that JSON can write but not hold (`1e999`)
 * would have no canonical text, and a field called `~` is how a state's text marks a table.
 */
export const PLAIN_OBJECT: z.ZodType<PlainObject> = z.custom<PlainObject>().superRefine((input, context) => {
  const fault = isObject(input) ? faultIn(input, []) : { path: [], expected: 'an object' }
  if (fault !== undefined) context.addIssue({ code: 'custom', path: [...fault.path], message: fault.expected })
})

function faultIn(value: unknown, path: Fault['path']): Fault | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { path, expected: 'a finite number' }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined
  if (typeof value !== 'object') return { path, expected: 'a value of JSON' }
  if (path.length >= DEEPEST) return { path, expected: `at most ${DEEPEST} levels` }
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, i) => [i, item])
    : Object.entries(value)
  for (const [key, field] of entries) {
    const fault = key === '~' ? { path: [...path, key], expected: 'another name' } : faultIn(field, [...path, key])
    if (fault !== undefined) return fault
  }
  return undefined
}

function isObject(input: unknown): input is PlainObject {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}
