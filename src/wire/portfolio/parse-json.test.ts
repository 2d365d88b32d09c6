import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonNode } from './json-node.ts'
import { parseJson } from './parse-json.ts'
import { createProblemList } from './problem.ts'
import { sourceOf } from './source.ts'

function parse(text: string) {
  const problems = createProblemList()
  const node = parseJson(sourceOf({ name: 'a', text }), problems)
  return { node, kept: problems.sorted().kept }
}

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'string':
      return node.text
    case 'number':
      return Number(node.raw)
    case 'literal':
      return node.value
    case 'array':
      return node.items.map(plain)
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]))
    default:
      return node satisfies never
  }
}

const faults: [text: string, place: string, path: string, got: string, remedy: RegExp][] = [
  ['', '1:1', '$', 'the end of the file', /complete/],
  ['{"a":1', '1:7', '$', 'the end of the file', /bracket/],
  ['{"a" 1}', '1:6', '$.a', '1', /"key": value/],
  ['{"a":1,}', '1:7', '$', '","', /last comma/],
  ['{"a":[1,2,]}', '1:10', '$.a', '","', /last comma/],
  ['{"a":1 "b":2}', '1:8', '$', '"\\""', /comma/],
  ['{a:1}', '1:2', '$', 'a', /quotes round the key/],
  ["{\n  'a': 1}", '2:3', '$', '"\'"', /quotes round the key/],
  ['{"a":\'b\'}', '1:6', '$.a', '"\'"', /double quotes/],
  ['{"a": // b\n1}', '1:7', '$.a', '"/"', /starts with "\/\/"/],
  ['{"a":.5}', '1:6', '$.a', '.5', /"0.5"/],
  ['{"a":+1}', '1:6', '$.a', '+1', /"0.5"/],
  ['{"a":01}', '1:6', '$.a', '01', /"0.5"/],
  ['{"a":0x10}', '1:6', '$.a', '0x10', /"0.5"/],
  ['{"a":1_000}', '1:6', '$.a', '1_000', /"0.5"/],
  ['{"a":None}', '1:6', '$.a', 'None', /quotes round text/],
  ['{"a":}', '1:6', '$.a', '"}"', /missing before/],
  ['{"a":"b', '1:6', '$.a', '"\\""', /not closed/],
  ['{"a":"b\nc"}', '1:8', '$.a', '"\\n"', /\\n/],
  ['{"a":"\\x"}', '1:6', '$.a', '"\\""', /backslash/],
  ['{"a":"\\ud800"}', '1:6', '$.a', '"\\""', /surrogate/],
  ['{"a":"\ud800"}', '1:6', '$.a', '"\\""', /surrogate/],
  ['{} {}', '1:4', '$', '"{"', /one JSON value/],
  ['[1]\u00a0', '1:4', '$', '"\u00a0"', /one JSON value/],
]
test.each(faults)('%j: the fault is at %s, %s', (text, place, path, got, remedy) => {
  const { node, kept } = parse(text)
  const [first] = kept
  expect(kept).toHaveLength(1)
  expect(`${first?.line}:${first?.column}`).toBe(place)
  expect(first).toMatchObject({ code: 'JsonSyntax', path, got })
  expect(first?.remedy).toMatch(remedy)
  if (!text.startsWith('{}') && !text.startsWith('[1]')) expect(node).toBeUndefined()
})

describe('positions', () => {
  test('count from 1, and a line may end with a carriage return', () => {
    expect(parse('{\r\n  "a": x}').kept[0]).toMatchObject({ line: 2, column: 8 })
  })
  test('a byte order mark is no column', () => {
    expect(parse('\uFEFF{"a": x}').kept[0]).toMatchObject({ line: 1, column: 7 })
  })
})

test('64 levels of brackets are read, 65 are not', () => {
  expect(parse('['.repeat(64) + ']'.repeat(64)).kept).toEqual([])
  expect(parse('['.repeat(65) + ']'.repeat(65)).kept).toMatchObject([{ code: 'JsonSyntax', column: 65 }])
})

test('whatever is JSON is read as JSON.parse reads it, and every value stands where its offsets say', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }),
      fc.constantFrom(undefined, 1),
      (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        const { node, kept } = parse(text)
        expect(kept).toEqual([])
        if (node === undefined) throw new Error('nothing was read')
        expect(plain(node)).toEqual(JSON.parse(text))
        standsRight(node, text)
      },
    ),
  )
})

function standsRight(node: JsonNode, text: string): void {
  expect(JSON.parse(text.slice(node.start, node.end))).toEqual(plain(node))
  if (node.kind === 'array') for (const item of node.items) standsRight(item, text)
  if (node.kind === 'object') {
    for (const { key, keyStart, value } of node.members) {
      expect(text.startsWith(JSON.stringify(key), keyStart)).toBe(true)
      standsRight(value, text)
    }
  }
}

test('whatever JSON.parse refuses is refused, and the other way round', () => {
  const piece = fc.constantFrom(
    ...'{}[],:"\\ \n\u0001/-+.0123eEutrfalsn'.split(''),
    'true',
    'null',
    '"a"',
    '"b":',
    '\\u00e9',
    '1.5e3',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      let isJson = true
      try {
        JSON.parse(text)
      } catch {
        isJson = false
      }
      const { kept } = parse(text)
      // A key that appears twice is what JSON.parse does not see.
      if (kept.some(({ code }) => code === 'DuplicateKey')) return
      expect({ text, isJson: kept.length === 0 }).toEqual({ text, isJson })
    }),
    { numRuns: 20_000 },
  )
})
