import { expect, test } from 'vitest'
import { decodeCommand } from '../../wire/decode.ts'
import { encodeJson } from '../../wire/encode.ts'
import { sha256 } from '../trader.test-data.ts'
import { openEpoch } from './open-epoch.ts'
import { openedEpoch, READERS, twoCoins } from './two-coins-epoch.test-data.ts'

function opening(text: string) {
  return openEpoch({ name: 'epoch.json', text }, READERS)
}

function problems(text: string) {
  const opened = opening(text)
  return opened.ok ? [] : opened.problems.kept
}

const texts: [name: string, text: string, code: string, path: string, place: readonly [number, number]][] = [
  ['no JSON', '{ "id": 1,', 'JsonSyntax', '$', [1, 11]],
  ['nothing', '', 'JsonSyntax', '$', [1, 1]],
  ['a key twice', '{\n "id": "a",\n "id": "b"\n}', 'DuplicateKey', '$.id', [3, 2]],
  ['a list', '[]', 'WrongType', '$', [1, 1]],
]
test.each(texts)('%s is refused where it stands', (_name, text, code, path, [line, column]) => {
  expect(problems(text)[0]).toMatchObject({ code, path, line, column, file: 'epoch.json' })
})

const AT = '$.sections["plimsoll-1"]'
const documents: [name: string, document: unknown, want: object][] = [
  [
    'an unknown field of the document',
    twoCoins((document) => Object.assign(document, { note: 1 })),
    {
      code: 'UnknownField',
      path: '$.note',
      expected: 'one of: id, model, sections, liquidation, provenance',
      got: '"note"',
    },
  ],
  [
    'a field that is missing',
    twoCoins((document) => Reflect.deleteProperty(document, 'liquidation')),
    { code: 'MissingField', path: '$.liquidation', expected: 'an object', got: 'nothing' },
  ],
  [
    'an unknown field of a section',
    twoCoins((_, section) => Object.assign(section.factors['A/vol'] ?? {}, { 'odd.name': 1 })),
    {
      code: 'UnknownField',
      path: `${AT}.factors["A/vol"]["odd.name"]`,
      expected: 'one of: riskWeightPpm, loadingsPpm, marketFallSign, earnsOffset',
      got: '"odd.name"',
    },
  ],
  [
    'a figure out of its range',
    twoCoins((_, section) => Object.assign(section.factors['A'] ?? {}, { riskWeightPpm: 1_000_001 })),
    {
      code: 'WrongType',
      path: `${AT}.factors.A.riskWeightPpm`,
      expected: 'a whole number of ppm from 0 to 1000000',
      got: 'the number 1000001',
    },
  ],
  [
    'loadings whose squares add up to one',
    twoCoins((_, section) => Object.assign(section.factors['A'] ?? {}, { loadingsPpm: [600_000, 800_000, 0, 0] })),
    { code: 'WrongType', path: `${AT}.factors.A.loadingsPpm`, expected: 'squares that add up to less than 1' },
  ],
  [
    'a factor that its own assets need',
    twoCoins((_, section) => delete section.factors['C/peg']),
    { code: 'MissingField', path: `${AT}.factors.C/peg`, expected: 'a factor of this epoch', got: 'nothing' },
  ],
  [
    'a window of a factor that is not in the epoch',
    twoCoins((_, section) => Object.assign(section.windows.columns, { 'D\u009b': [1, 2, 3] })),
    {
      code: 'BadName',
      path: `${AT}.windows.columns["D\\u009b"]`,
      expected: 'a factor of this epoch',
      got: '"D\\u009b"',
    },
  ],
  [
    'a name that is none',
    twoCoins((_, section) => Object.assign(section.factors, { 'A B': section.factors['A'] })),
    { code: 'BadName', path: `${AT}.factors`, expected: 'names of letters, digits and . _ : / -', got: '"A B"' },
  ],
  [
    'a model that nobody knows',
    twoCoins((document) => Object.assign(document, { model: 'span-2' })),
    { code: 'NotOneOf', path: '$.model', expected: 'one of: standard, plimsoll-1', got: '"span-2"' },
  ],
  [
    'a model in force without a section',
    twoCoins((document) => Object.assign(document, { model: 'standard' })),
    { code: 'MissingField', path: '$.sections', got: 'sections "plimsoll-1"' },
  ],
  [
    'provenance that is no object',
    twoCoins((document) => Object.assign(document, { provenance: 'me' })),
    { code: 'WrongType', path: '$.provenance', expected: 'an object', got: '"me"' },
  ],
  [
    'provenance with a field that marks a table elsewhere',
    twoCoins((document) => Object.assign(document, { provenance: { notes: [{ '~': [] }] } })),
    { code: 'WrongType', path: '$.provenance.notes[0]["~"]', expected: 'another name' },
  ],
]
test.each(documents)('%s is refused with field, expected, got and a remedy', (_name, document, want) => {
  const found = problems(JSON.stringify(document))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ file: 'epoch.json', line: 1, ...want })
  expect(found[0]?.remedy).not.toBe('')
})

test('the hash is that of the canonical JSON, whatever the layout; only the canonical text is called so', () => {
  const document = twoCoins()
  const canonical = encodeJson(document)
  const layouts = [canonical, `${canonical}\n`, JSON.stringify(document), JSON.stringify(document, null, 2)]
  const opened = layouts.map(opening)
  expect(opened.map((one) => one.ok && one.opened.canonicalText)).toEqual([true, false, false, false])
  expect(opened.map((one) => one.ok && one.opened.hash)).toEqual(layouts.map(() => `sha256:${sha256(canonical)}`))
})

test('a section of a model that this build does not know is taken as it is', () => {
  const { sections } = openedEpoch(twoCoins((document) => Object.assign(document.sections, { span: { a: 1 } })))
  expect(sections).toEqual([
    { id: 'plimsoll-1', read: true },
    { id: 'span', read: false },
  ])
})

test('an epoch of another model has no section of the house', () => {
  const sections = { standard: { assets: {}, markets: {} } }
  const opened = openedEpoch({ ...(twoCoins() as object), model: 'standard', sections })
  expect([opened.house, opened.epoch.model]).toEqual([undefined, 'standard'])
})

test('provenance is part of the hash, and adoptEpoch takes it with the rest', () => {
  const provenance = { asOf: '2026-11-01', prices: ['sha256:ab'], assumptions: { mporDays: 1 } }
  const document = twoCoins((json) => Object.assign(json, { provenance }))
  const opened = openedEpoch(document)
  expect(opened.epoch.provenance).toEqual(provenance)
  expect(opened.hash).toBe(`sha256:${sha256(encodeJson(document))}`)
  expect(opened.hash).not.toBe(openedEpoch(twoCoins()).hash)
  const command = decodeCommand({ type: 'adoptEpoch', epoch: document })
  expect(command).toMatchObject({ ok: true, decoded: { epoch: { provenance } } })
  expect(command.ok && encodeJson(command.decoded)).toBe(encodeJson({ type: 'adoptEpoch', epoch: document }))
})
