import type { DecodedParameters } from '../../model.ts'

/** Reading JSON objects deny by default: what is missing, of the wrong type or unknown is told by field. */

type Refusal = Extract<DecodedParameters<never>, { readonly ok: false }>
type Fields<Name extends string> = Readonly<Record<Name, unknown>>

/** Thrown by the readers of a section and turned into its refusal by `refusing`; never leaves this folder. */
export class FieldError extends Error {
  readonly refusal: Refusal
  constructor(field: string, expected: string, found: unknown) {
    super(`${field}: expected ${expected}`)
    this.refusal = { ok: false, field, expected, found: shown(found) }
  }
}

/** What `read` gives, or the field it stumbled over. */
export function refusing<Parameters>(read: () => DecodedParameters<Parameters>): DecodedParameters<Parameters> {
  try {
    return read()
  } catch (error) {
    if (error instanceof FieldError) return error.refusal
    throw error
  }
}

/** An object whose keys are not known ahead. */
export function record(got: unknown, at: string): Fields<string> {
  if (typeof got !== 'object' || got === null || Array.isArray(got)) throw new FieldError(at, 'an object', got)
  return got as Fields<string>
}

/** An object with no other keys than these; one that is missing reads as undefined. */
export function fields<Name extends string>(got: unknown, at: string, names: readonly Name[]): Fields<Name> {
  const object = record(got, at)
  const stranger = Object.keys(object).find((key) => !names.some((known) => known === key))
  if (stranger !== undefined) throw new FieldError(`${at}.${stranger}`, `one of: ${names.join(', ')}`, stranger)
  return object as Fields<Name>
}

/** A list with something in it; a hole in it, which JSON cannot have, reads as undefined. */
export function list(got: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(got) || got.length === 0) throw new FieldError(at, 'a list that is not empty', got)
  return [...got]
}

/** JSON has no bigint, and a caller in the same process may well pass one. */
function shown(found: unknown): string {
  if (found === undefined) return 'nothing'
  const text = JSON.stringify(found, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))
  return text === undefined ? typeof found : text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text
}

/** A column of windows is thousands of figures: its first will do. */
const LONGEST = 200
