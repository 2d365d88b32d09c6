import { expect, test } from 'vitest'
import { timestamp } from '../../core/quantity/timestamp.ts'
import { createFindings } from './findings.ts'
import type { JsonNode } from './json-node.ts'
import { ROOT, sourceOf } from './source.ts'
import { expiryOf, TIME, timeText } from './time-field.ts'

const SOURCE = sourceOf({ name: 'a', text: '' })

function read(value: string | number | null) {
  const findings = createFindings()
  const extent = { start: 0, end: 0 }
  const node: JsonNode =
    typeof value === 'string'
      ? { kind: 'string', text: value, ...extent }
      : value === null
        ? { kind: 'literal', value, ...extent }
        : { kind: 'number', raw: String(value), ...extent }
  return TIME({ node, path: ROOT, source: SOURCE }, findings) ?? findings.problems.sorted().kept[0]?.remedy
}

const DAY = 86_400_000
const accepted: [value: string | number, ms: number][] = [
  ['1970-01-01T00:00:00Z', 0],
  ['1970-01-02T00:00:00.001Z', DAY + 1],
  ['1970-01-01T00:00:00.5Z', 500],
  ['1972-02-29T23:59:59Z', (2 * 365 + 60) * DAY - 1000],
  [0, 0],
  [1_770_364_800_000, 1_770_364_800_000],
  [8_640_000_000_000_000, 8_640_000_000_000_000],
]
test.each(accepted)('%j is %d ms', (value, ms) => {
  expect(read(value)).toBe(ms)
})

const refused: [value: string | number | null, remedy: RegExp][] = [
  ['2026-02-06 08:00', /^write "2026-02-06T08:00:00Z" if that was UTC$/],
  ['2026-02-06', /^write "2026-02-06T00:00:00Z" if that was UTC$/],
  ['2026-02-06T08:00:00', /^write "2026-02-06T08:00:00Z" if that was UTC$/],
  ['2026-02-06T08:00Z', /^write "2026-02-06T08:00:00Z"$/],
  ['2026-02-06T08:00:00.123456Z', /^write "2026-02-06T08:00:00Z"$/],
  ['2026-02-06T08:00:00+02:00', /^write "2026-02-06T06:00:00Z", the same moment in UTC$/],
  ['2026-02-06T08:00:00-0530', /^write "2026-02-06T13:30:00Z", the same moment in UTC$/],
  ['2026-02-29T00:00:00Z', /no such day/],
  ['2026-02-06T24:00:00Z', /no such day/],
  ['1969-12-31T23:59:59Z', /before 1970/],
  ['06/02/2026', /Z at the end/],
  ['yesterday', /Z at the end/],
  ['', /Z at the end/],
  ['2026-02-06T08:00:00Z\n', /Z at the end/],
  [-1, /milliseconds/],
  [1.5, /milliseconds/],
  [8_640_000_000_000_001, /milliseconds/],
  [null, /milliseconds/],
]
test.each(refused)('%j is refused', (value, remedy) => {
  expect(read(value)).toMatch(remedy)
})

test('times are printed to the second, to the millisecond if they have any', () => {
  expect(timeText(timestamp(0))).toBe('1970-01-01T00:00:00Z')
  expect(timeText(timestamp(1))).toBe('1970-01-01T00:00:00.001Z')
})

test('contracts end at 08:00 UTC, on days that exist', () => {
  expect(expiryOf({ year: 1970, month: 1, day: 2 })).toBe(DAY + 8 * 3_600_000)
  expect(expiryOf({ year: 2028, month: 2, day: 29 })).toBe(Date.UTC(2028, 1, 29, 8))
  expect(expiryOf({ year: 2026, month: 2, day: 29 })).toBeUndefined()
  expect(expiryOf({ year: 2026, month: 4, day: 31 })).toBeUndefined()
  expect(expiryOf({ year: 2026, month: 13, day: 1 })).toBeUndefined()
  expect(expiryOf({ year: 2026, month: 0, day: 1 })).toBeUndefined()
})
