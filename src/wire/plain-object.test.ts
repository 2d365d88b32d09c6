import { expect, test } from 'vitest'
import { PLAIN_OBJECT } from './plain-object.ts'

/** Objects in objects, so many. */
function nested(levels: number): unknown {
  return levels === 0 ? {} : { a: nested(levels - 1) }
}

const taken: readonly unknown[] = [
  {},
  { text: 'a', number: -1.5e-7, truth: false, nothing: null, list: [1, 'b', [true]], object: { '~2': 1 } },
  JSON.parse('{ "__proto__": { "a": 1 } }'),
  nested(15),
]
test.each(taken)('%j is taken as it came', (input) => {
  expect(PLAIN_OBJECT.parse(input)).toBe(input)
})

const refused: [input: unknown, path: readonly (string | number)[], expected: string][] = [
  ['text', [], 'an object'],
  [null, [], 'an object'],
  [[], [], 'an object'],
  [JSON.parse('{ "a": [0, 1e999] }'), ['a', 1], 'a finite number'],
  [{ a: { '~': [] } }, ['a', '~'], 'another name'],
  [{ a: 1n }, ['a'], 'a value of JSON'],
  [nested(16), Array.from({ length: 16 }, () => 'a'), 'at most 16 levels'],
]
test.each(refused)('%o is refused at %j: %s', (input, path, expected) => {
  const issues = PLAIN_OBJECT.safeParse(input).error?.issues ?? []
  expect(issues.map((issue) => [issue.path, issue.message])).toEqual([[path, expected]])
})
