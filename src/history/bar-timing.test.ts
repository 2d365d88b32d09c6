import { expect, test } from 'vitest'
import { barTiming, commonSpacing, type RowLabels } from './bar-timing.ts'

const HOUR = 3_600_000
const BARS = { isPoint: false, isDaily: false }
const POINTS = { isPoint: true, isDaily: false }
const DAYS = { isPoint: false, isDaily: true }
const DAILY_PRICES = { isPoint: true, isDaily: true }

const timings: [name: string, hours: number[], labels: RowLabels, want: ReturnType<typeof barTiming>][] = [
  ['bars: the most common spacing', [0, 5, 6, 7], BARS, { label: 'open', intervalMs: HOUR }],
  ['bars: the smaller at a tie', [0, 1, 2, 4, 6], BARS, { label: 'open', intervalMs: HOUR }],
  ['a lone bar: as long as the others of its table', [3], BARS, { label: 'open', intervalMs: 4 * HOUR }],
  ['days', [0, 24, 48], DAYS, { label: 'open', intervalMs: 24 * HOUR }],
  ['a price a day closes with the day', [0, 24, 48], DAILY_PRICES, { label: 'open', intervalMs: 24 * HOUR }],
  [
    'points: 55, 60.4 and 66 minutes',
    [0, 55, 115.4, 181.4].map((m) => m / 60),
    POINTS,
    { label: 'point', intervalMs: HOUR },
  ],
  ['a lone point', [3], POINTS, { label: 'point', intervalMs: 0 }],
]
test.each(timings)('%s', (_name, hours, labels, want) => {
  const times = Float64Array.from(hours, (hour) => Math.round(hour * HOUR))
  expect(barTiming(times, labels, 4 * HOUR)).toEqual(want)
})

test('nothing tells the interval of a lone bar, but that of a lone day', () => {
  expect(barTiming(Float64Array.of(0), BARS, undefined)).toBeUndefined()
  expect(barTiming(Float64Array.of(0), DAYS, undefined)).toEqual({ label: 'open', intervalMs: 24 * HOUR })
})

test('the spacing of a table is the most common one within its series', () => {
  expect(commonSpacing([Float64Array.of(0, 1, 2), Float64Array.of(5), Float64Array.of(0, 4)])).toBe(1)
  expect(commonSpacing([Float64Array.of(0), Float64Array.of(1)])).toBeUndefined()
})
