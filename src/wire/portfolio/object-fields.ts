import { type Findings, type Reader, wrongType } from './findings.ts'
import { type JsonMember, type Located, shown, spotOf } from './json-node.ts'
import { child, type Spot } from './source.ts'
import { translatedField, unknownField } from './unknown-field.ts'

/** An object whose fields are known, being read. */
export interface ObjectFields {
  readonly at: Located
  has(name: string): boolean
  /** Where the key stands; where the object begins if it has no such field. */
  keySpot(name: string): Spot
  /** Where the value begins; where the object does if it has no such field. */
  valueSpot(name: string): Spot
  /** Tells if it is absent. */
  required<T>(name: string, reader: Reader<T>, absent?: Absent): T | undefined
  optional<T>(name: string, reader: Reader<T>): T | undefined
  /** As `optional`; that it is absent is noted. */
  optionalNoted<T>(name: string, reader: Reader<T>, says: string): T | undefined
  /** The default if it is absent, which is noted. */
  defaulted<T>(name: string, reader: Reader<T>, standard: { readonly value: T; readonly says: string }): T
  /** Tells that a field must not be there, if it is. */
  forbidden(name: string, because: { readonly expected: string; readonly remedy: string }): void
}

/** What a field would say, and how to add it. */
export interface Absent {
  readonly expected: string
  readonly remedy: string
}

/** Fields of an object of which only the named ones may be there; undefined if it is no object. */
export function objectFields(at: Located, known: readonly string[], findings: Findings): ObjectFields | undefined {
  const { node, path, source } = at
  if (node.kind !== 'object') return wrongType(at, findings, `an object of: ${known.join(', ')}`)
  const members = new Map<string, JsonMember>()
  const translated = new Set<string>()
  for (const member of node.members) {
    const { key, keyStart } = member
    if (key.startsWith('//')) continue
    members.set(key, member)
    if (known.includes(key)) continue
    translated.add(translatedField(key, known) ?? '')
    const where = { source, offset: keyStart, path: child(path, key) }
    findings.problems.add(where, unknownField(member, { known, members: node.members }))
  }
  const locate = (name: string, { value }: JsonMember): Located => ({ node: value, path: child(path, name), source })
  const keySpot = (name: string): Spot => ({
    source,
    offset: members.get(name)?.keyStart ?? node.start,
    path: child(path, name),
  })
  return {
    at,
    has: (name) => members.has(name),
    keySpot,
    valueSpot: (name) => ({ ...keySpot(name), offset: members.get(name)?.value.start ?? node.start }),
    required: (name, reader, absent = { expected: `the field "${name}"`, remedy: 'add it' }) => {
      const member = members.get(name)
      if (member !== undefined) return reader(locate(name, member), findings)
      if (translated.has(name)) return undefined
      findings.problems.add(keySpot(name), { code: 'MissingField', got: 'nothing', ...absent })
      return undefined
    },
    optional: (name, reader) => {
      const member = members.get(name)
      return member === undefined ? undefined : reader(locate(name, member), findings)
    },
    optionalNoted: (name, reader, says) => {
      const member = members.get(name)
      if (member !== undefined) return reader(locate(name, member), findings)
      findings.assume(child(path, name), says)
      return undefined
    },
    defaulted: (name, reader, { value, says }) => {
      const member = members.get(name)
      if (member !== undefined) return reader(locate(name, member), findings) ?? value
      findings.assume(child(path, name), says)
      return value
    },
    forbidden: (name, because) => {
      const member = members.get(name)
      if (member === undefined) return
      findings.problems.add(keySpot(name), { code: 'FieldConflict', got: shown(member.value), ...because })
    },
  }
}

/** Entries of an object whose keys are names, without comments; undefined if it is no object. */
export function tableEntries(
  at: Located,
  findings: Findings,
): readonly { readonly key: string; readonly keySpot: Spot; readonly value: Located }[] | undefined {
  const { node, path, source } = at
  if (node.kind !== 'object') return wrongType(at, findings, 'an object with a field for each name')
  return node.members
    .filter(({ key }) => !key.startsWith('//'))
    .map(({ key, keyStart, value }) => {
      const here = child(path, key)
      return { key, keySpot: { source, offset: keyStart, path: here }, value: { node: value, path: here, source } }
    })
}

/** Every item of a list, read; those with problems are left out. Undefined if it is no list of a length within the limits. */
export function listOf<T>(
  reader: Reader<T>,
  limits: { readonly least: number; readonly most: number },
): Reader<readonly T[]> {
  return (at, findings) => {
    const { node, path, source } = at
    if (node.kind !== 'array') return wrongType(at, findings, 'a list in square brackets')
    const count = node.items.length
    if (count < limits.least || count > limits.most) {
      const expected = count < limits.least ? `at least ${limits.least}` : `at most ${limits.most}`
      findings.problems.add(spotOf(at), {
        code: 'WrongType',
        expected: `a list of ${expected}`,
        got: `${count} items`,
        remedy: count < limits.least ? 'leave the field out if there are none' : 'leave the rest out',
      })
      return undefined
    }
    const read: T[] = []
    node.items.forEach((item, index) => {
      const one = reader({ node: item, path: child(path, index), source }, findings)
      if (one !== undefined) read.push(one)
    })
    return read
  }
}
