import { expect, test } from 'vitest'
import { timestamp } from '../core/quantity/timestamp.ts'
import { csvRow } from './csv-row.ts'
import { anyTimeAt, printedTime } from './table-time.ts'

const NOVEMBER = Date.UTC(2022, 10, 6)

function timeIn(text: string): number {
  return anyTimeAt(csvRow('file', { number: 2, text }, ['ts']), 0)
}

const readable: [text: string, ms: number][] = [
  ['1667692800', NOVEMBER],
  ['1667692800000', NOVEMBER],
  ['1667692800000000', NOVEMBER],
  ['2022-11-06', NOVEMBER],
  ['2022-11-06T00:00Z', NOVEMBER],
  ['2022-11-06T00:00:00Z', NOVEMBER],
  ['2022-11-06T00:00:00.000Z', NOVEMBER],
  ['99999999999', 99_999_999_999_000],
  ['100000000000', 100_000_000_000],
  ['99999999999999', 99_999_999_999_999],
]
test.each(readable)('reads %s by its size or shape', (text, ms) => {
  expect(timeIn(text)).toBe(ms)
})

const refused: [name: string, text: string][] = [
  ['a day as eight digits', '20221106'],
  ['a time without zone', '2022-11-06 00:00:00'],
  ['a time with an offset', '2022-11-06T00:00:00+01:00'],
  ['a day that is none', '2022-02-30'],
  ['an hour that is none', '2022-11-06T25:00Z'],
  ['a fraction', '1667692800.5'],
  ['microseconds between milliseconds', '1667692800000001'],
  ['a negative count', '-1667692800'],
  ['nothing', ''],
]
test.each(refused)('refuses %s', (_name, text) => {
  expect(() => timeIn(text)).toThrow('error BadTime: file:2:1')
})

test('offers the time that was meant if it was UTC', () => {
  expect(() => timeIn('2022-11-06 01:30')).toThrow('remedy    write 2022-11-06T01:30Z if that was UTC')
})

test('prints times to the minute where that says all', () => {
  const printed = [0, 60_000, 61_000, 61_001].map((ms) => printedTime(timestamp(ms)))
  expect(printed).toEqual([
    '1970-01-01T00:00Z',
    '1970-01-01T00:01Z',
    '1970-01-01T00:01:01Z',
    '1970-01-01T00:01:01.001Z',
  ])
})
