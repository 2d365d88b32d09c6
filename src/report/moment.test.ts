import { describe, expect, test } from 'vitest'
import { clockTime, dateRange, dayName, spanName } from './moment.ts'

const HOUR = 3_600_000

describe('moments', () => {
  test('a day and a time are said in UTC', () => {
    const time = Date.UTC(2022, 10, 8, 15, 4)
    expect([dayName(time), clockTime(time)]).toEqual(['8 Nov', '15:04'])
  })

  const ranges: [name: string, from: number, to: number, want: string][] = [
    ['ends before midnight of the last bar', Date.UTC(2022, 10, 6), Date.UTC(2022, 10, 15), '6–14 November 2022'],
    ['names one day once', Date.UTC(2022, 10, 6), Date.UTC(2022, 10, 7), '6 November 2022'],
    ['names two months', Date.UTC(2022, 9, 28), Date.UTC(2022, 10, 3, 1), '28 October – 3 November 2022'],
    ['names two years', Date.UTC(2021, 11, 31), Date.UTC(2022, 0, 2), '31 December 2021 – 1 January 2022'],
    [
      'knows the same month of two years',
      Date.UTC(2021, 0, 5),
      Date.UTC(2022, 0, 6),
      '5 January 2021 – 5 January 2022',
    ],
    ['is one day where nothing passed', Date.UTC(2022, 10, 6), Date.UTC(2022, 10, 6), '6 November 2022'],
  ]
  test.each(ranges)('a range %s', (_name, from, to, want) => {
    expect(dateRange(from, to)).toBe(want)
  })

  const spans: [ms: number, want: string][] = [
    [HOUR, 'hour'],
    [4 * HOUR, '4 hours'],
    [1.5 * HOUR, '90 minutes'],
    [24 * HOUR, 'day'],
    [7 * 24 * HOUR, 'week'],
    [1, 'millisecond'],
    [1_500, '1500 milliseconds'],
  ]
  test.each(spans)('%d ms is %s', (ms, want) => {
    expect(spanName(ms)).toBe(want)
  })
})
