import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDocument } from './document-fields.ts'
import { hasFormat, PORTFOLIO_FORMAT } from './document-format.ts'
import { createFindings } from './findings.ts'
import { parseJson } from './parse-json.ts'
import type { ProblemCode } from './problem.ts'
import { documentDrawn, drawFrom, type Fields, type Json } from './random-portfolio.test-data.ts'
import { ROOT, sourceOf } from './source.ts'

/** The schema file and the reader must accept the same documents: neither is generated from the other. */

type Schema = boolean | { readonly [keyword: string]: Json }

const NUMBERS = fc.array(fc.nat(), { minLength: 0, maxLength: 1_500, size: 'max' })
const DOCUMENT = NUMBERS.map(documentDrawn)
const SCHEMA = JSON.parse(readFileSync('src/wire/portfolio/portfolio.schema.json', 'utf8')) as Fields
const DEFINITIONS = SCHEMA['$defs'] as { readonly [name: string]: Schema }
/** What the schema cannot say: see its comment. */
const BEYOND: readonly ProblemCode[] = ['DuplicateKey', 'DuplicateBucket']

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const typeNames = (value: Json): readonly string[] => {
  if (value === null) return ['null']
  if (isList(value)) return ['array']
  return typeof value === 'number' && Number.isInteger(value) ? ['number', 'integer'] : [typeof value]
}

/** Keywords of draft 2020-12 that the schema uses; any other is an error of this test. */
const KEYWORDS: { readonly [keyword: string]: (value: Json, argument: Json, schema: Fields) => boolean } = {
  $ref: (value, name) => accepts(DEFINITIONS[(name as string).replace('#/$defs/', '')] ?? false, value),
  type: (value, names) => typeNames(value).some((name) => (isList(names) ? names.includes(name) : name === names)),
  const: (value, wanted) => value === wanted,
  enum: (value, wanted) => (wanted as readonly Json[]).includes(value),
  pattern: (value, pattern) => typeof value !== 'string' || new RegExp(pattern as string, 'u').test(value),
  minLength: (value, least) => typeof value !== 'string' || Array.from(value).length >= (least as number),
  maxLength: (value, most) => typeof value !== 'string' || Array.from(value).length <= (most as number),
  minimum: (value, least) => typeof value !== 'number' || value >= (least as number),
  maximum: (value, most) => typeof value !== 'number' || value <= (most as number),
  minItems: (value, least) => !isList(value) || value.length >= (least as number),
  maxItems: (value, most) => !isList(value) || value.length <= (most as number),
  items: (value, schema) => !isList(value) || value.every((item) => accepts(schema as Schema, item)),
  required: (value, names) =>
    !isFields(value) || (names as readonly string[]).every((name) => Object.hasOwn(value, name)),
  properties: (value, schemas) =>
    !isFields(value) ||
    Object.entries(schemas as Fields).every(([name, schema]) => {
      const field = Object.hasOwn(value, name) ? value[name] : undefined
      return field === undefined || accepts(schema as Schema, field)
    }),
  patternProperties: () => true,
  propertyNames: (value, schema) =>
    !isFields(value) || Object.keys(value).every((key) => accepts(schema as Schema, key)),
  additionalProperties: (value, schema, { properties = {} }) =>
    !isFields(value) ||
    Object.entries(value).every(
      ([key, field]) =>
        key.startsWith('//') || Object.hasOwn(properties as Fields, key) || accepts(schema as Schema, field),
    ),
  anyOf: (value, schemas) => (schemas as readonly Schema[]).some((schema) => accepts(schema, value)),
  allOf: (value, schemas) => (schemas as readonly Schema[]).every((schema) => accepts(schema, value)),
  if: (value, condition, branches) =>
    accepts(((accepts(condition as Schema, value) ? branches['then'] : branches['else']) ?? true) as Schema, value),
  dependentSchemas: (value, schemas) =>
    !isFields(value) ||
    Object.entries(schemas as Fields).every(
      ([key, schema]) => !Object.hasOwn(value, key) || accepts(schema as Schema, value),
    ),
  dependentRequired: (value, needs) =>
    !isFields(value) ||
    Object.entries(needs as Fields).every(
      ([key, names]) =>
        !Object.hasOwn(value, key) || (names as readonly string[]).every((name) => Object.hasOwn(value, name)),
    ),
}
/** What says nothing by itself: `then` and `else` belong to `if`. */
const REMARKS = ['then', 'else', '$schema', '$id', '$comment', '$defs', 'title', 'description', 'default']

function accepts(schema: Schema, value: Json): boolean {
  if (typeof schema === 'boolean') return schema
  return Object.entries(schema).every(([keyword, argument]) => {
    if (REMARKS.includes(keyword)) return true
    const rule = KEYWORDS[keyword]
    if (rule === undefined) throw new Error(`unknown keyword ${keyword}`)
    return rule(value, argument, schema)
  })
}

/** What the reader says of text and shape; nothing of meaning. */
function complaints(document: Json): readonly ProblemCode[] {
  const findings = createFindings()
  const source = sourceOf({ name: 'a.json', text: JSON.stringify(document) })
  const node = parseJson(source, findings.problems)
  if (node !== undefined && findings.problems.isEmpty()) {
    const at = { node, path: ROOT, source }
    if (hasFormat(at, PORTFOLIO_FORMAT, findings)) readDocument(at, findings)
  }
  return findings.problems.sorted().kept.map(({ code }) => code)
}

const STRANGE: readonly Json[] = [
  '',
  '0',
  '-0',
  '0.0',
  '1',
  '-1',
  '1.5',
  '01',
  '.5',
  '5.',
  '+1',
  '1e3',
  '1,000',
  'NaN',
  ' 1',
  '0.05',
  '-0.25',
  '1.0',
  '1.000000000000000001',
  '0.0000000000000000001',
  '9'.repeat(12),
  '9'.repeat(13),
  '9'.repeat(15),
  '9'.repeat(16),
  '9'.repeat(18),
  '9'.repeat(19),
  '9'.repeat(20),
  '9'.repeat(21),
  `-${'9'.repeat(18)}`,
  'USD',
  'ETH',
  'BTC-PERP',
  'a/b',
  '__proto__',
  'é',
  'a'.repeat(20),
  'a'.repeat(21),
  `a-${'b'.repeat(62)}`,
  `a-${'b'.repeat(63)}`,
  'a'.repeat(41),
  'a'.repeat(121),
  '\u{1f600}'.repeat(40),
  '\u{1f600}'.repeat(41),
  '2026-02-06T08:00:00Z',
  '2026-02-06T08:00:00',
  '2026-02-06T24:00:00Z',
  '1969-12-31T23:59:59Z',
  '1970-01-01T00:00:00Z',
  '2026-02-06T08:00:00.123Z',
  '2026-02-06T08:00:00.1234Z',
  '2026-13-01T00:00:00Z',
  'linear',
  'inverse',
  'line',
  'perpetual',
  'future',
  'option',
  'call',
  'volatile',
  'stable',
  'yield-bearing',
  'open',
  'reduce-only',
  'cross',
  `sha256:${'0'.repeat(64)}`,
  'plimsoll-1',
  'Plimsoll',
  0,
  1,
  -1,
  18,
  19,
  255,
  256,
  999,
  1000,
  1.5,
  8.64e15,
  8.64e15 + 1,
  Number.MAX_SAFE_INTEGER,
  1e21,
  true,
  false,
  null,
  [],
  {},
  [{}],
  ['1'],
  { a: '1' },
  { mark: '1' },
  { '//': 1 },
]
const KEYS = [
  '',
  '//',
  '// a',
  '__proto__',
  'USD',
  'ETH',
  'ETH-PERP',
  'line',
  'accounts',
  'strike',
  'entryPrice',
  'unsettledPnl',
]

/** A document with something changed somewhere: replaced, left out, added or renamed. */
function changed(value: Json, draw: (below: number) => number): Json {
  const strange = STRANGE[draw(STRANGE.length)] ?? null
  if (isList(value) && value.length > 0) {
    const at = draw(value.length)
    const action = draw(6)
    if (action === 0) return strange
    if (action === 1) return value.toSpliced(at, 1)
    return value.with(at, changed(value[at] ?? null, draw))
  }
  if (!isFields(value) || Object.keys(value).length === 0) return strange
  const entries = Object.entries(value)
  const at = draw(entries.length)
  const [key, field] = entries[at] ?? ['', null]
  const newKey = KEYS[draw(KEYS.length)] ?? ''
  switch (draw(9)) {
    case 0:
      return strange
    case 1:
      return Object.fromEntries(entries.toSpliced(at, 1))
    case 2:
      return Object.fromEntries([...entries, [newKey, strange]])
    case 3:
      return Object.fromEntries(entries.with(at, [newKey, field]))
    default:
      return Object.fromEntries(entries.with(at, [key, changed(field, draw)]))
  }
}

test('the schema accepts what the reader accepts', () => {
  fc.assert(
    fc.property(DOCUMENT, (document) => {
      expect(complaints(document)).toEqual([])
      expect(accepts(SCHEMA, document)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('a document with a fault is refused by both or by neither', () => {
  let [accepted, refused] = [0, 0]
  fc.assert(
    fc.property(DOCUMENT, NUMBERS, (document, draws) => {
      const faulty = changed(document, drawFrom(draws))
      const codes = complaints(faulty)
      if (codes.some((code) => BEYOND.includes(code))) return
      if (codes.length === 0) accepted += 1
      else refused += 1
      expect({ faulty, codes, ok: accepts(SCHEMA, faulty) }).toEqual({ faulty, codes, ok: codes.length === 0 })
    }),
    { numRuns: 6_000 },
  )
  // The changes are neither all harmless nor all fatal.
  expect(Math.min(accepted, refused)).toBeGreaterThan(300)
})
