import { expect, test } from 'vitest'
import { parseJson } from '../../wire/portfolio/parse-json.ts'
import { createProblemList } from '../../wire/portfolio/problem.ts'
import { sourceOf } from '../../wire/portfolio/source.ts'
import { placeOfField } from './place-of-field.ts'

const TEXT = '{"s":{"a":{"b.c":[1,{"d":2}],"b":3,"e/f":{"g":4}}}}'

function placed(keys: readonly string[], field: string) {
  const root = parseJson(sourceOf({ name: 'x.json', text: TEXT }), createProblemList())
  if (root === undefined) throw new Error('the text is JSON')
  const { path, offset, node, key } = placeOfField(root, keys, field)
  return { path, at: TEXT.slice(offset, offset + 5), found: node !== undefined, key }
}

test.each([
  [['s'], 'a.b', { path: '$.s.a.b', at: '"b":3', found: true, key: 'b' }],
  [['s'], 'a.b.c[0]', { path: '$.s.a["b.c"][0]', at: '1,{"d', found: true, key: 0 }],
  [['s'], 'a.b.c[1].d', { path: '$.s.a["b.c"][1].d', at: '"d":2', found: true, key: 'd' }],
  [['s'], 'a.e/f.g', { path: '$.s.a["e/f"].g', at: '"g":4', found: true, key: 'g' }],
  [[], '$.s', { path: '$.s', at: '"s":{', found: true, key: 's' }],
  [[], '$', { path: '$', at: '{"s":', found: true, key: undefined }],
])('finds %j %s by the keys of the text', (keys, field, want) => {
  expect(placed(keys, field)).toEqual(want)
})

test.each([
  [['s'], 'a.z.y', { path: '$.s.a.z.y', at: '"a":{', found: false, key: 'a' }],
  [['s'], 'a.b.c[7]', { path: '$.s.a["b.c"][7]', at: '"b.c"', found: false, key: 'b.c' }],
  [['t'], 'a', { path: '$.t', at: '{"s":', found: false, key: undefined }],
  [['s'], 'ab', { path: '$.s.ab', at: '"s":{', found: false, key: 's' }],
])('of what the text lacks, %j %s, gives the nearest place above', (keys, field, want) => {
  expect(placed(keys, field)).toEqual(want)
})
