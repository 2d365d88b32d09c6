import { expect, test } from 'vitest'
import { factorOf } from './drawn-factors.test-data.ts'
import { stateOf } from './known-factors.test-data.ts'
import { reasonLeftOut } from './left-out.ts'

const NONE = Number.NaN
const DAYS = 300
const calm = Array.from({ length: DAYS }, () => 0.001)

/** Calm days, with one of another return, and no price after the last. */
function daysOf({ at = -1, gained = 0, last = DAYS - 1 }: { at?: number; gained?: number; last?: number }) {
  return calm.map((one, day) => (day > last ? NONE : day === at ? gained : one))
}

// ln 0.6 is a fall of 40%.
const FALL = Math.log(0.6)
const forgotten = { steps: 0 }
const table: [name: string, days: readonly number[], state: object, market: number, want: string | undefined][] = [
  ['a coin with history', calm, {}, 0, undefined],
  ['90 days', calm, { steps: 90 }, 0, undefined],
  ['89 days', calm, { steps: 89 }, 0, 'TooFewPrices'],
  ['never a price', calm.map(() => NONE), forgotten, 0, 'TooFewPrices'],
  ['flagged by the calibrator', calm, { collapsed: true }, 0, 'Collapsed'],
  ['flagged, and too young', calm, { collapsed: true, steps: 10 }, 0, 'Collapsed'],
  ['no price for long', daysOf({ last: 280 }), forgotten, 0, 'NoLongerPriced'],
  ['none for long after a fall of 40%', daysOf({ last: 280, at: 279, gained: FALL }), forgotten, 0, 'Collapsed'],
  ['after one of less', daysOf({ last: 280, at: 279, gained: FALL + 1e-6 }), forgotten, 0, 'NoLongerPriced'],
  [
    'after a fall that half the market had half of',
    daysOf({ last: 280, at: 279, gained: FALL }),
    forgotten,
    FALL,
    'NoLongerPriced',
  ],
  [
    'after a fall longer ago than 250 days',
    daysOf({ last: 280, at: 29, gained: FALL }),
    forgotten,
    0,
    'NoLongerPriced',
  ],
  ['after a fall 250 days ago', daysOf({ last: 280, at: 30, gained: FALL }), forgotten, 0, 'Collapsed'],
]
test.each(table)('%s', (_name, days, state, market, want) => {
  const series = factorOf('A', days)
  const others = ['B', 'C'].map((id) =>
    factorOf(
      id,
      days.map((_, day) => (day >= 29 ? market : 0)),
    ),
  )
  const past = { factors: [series, ...others], at: DAYS - 1, daily: 1 }
  expect(reasonLeftOut({ series, state: stateOf('A', state) }, past)).toBe(want)
})

test.each(['币安人生', 'A/B', 'x'.repeat(41), '-A'])('%s is no name of an asset in an epoch', (asset) => {
  const series = { ...factorOf('A', calm), asset }
  expect(reasonLeftOut({ series, state: stateOf(asset) }, { factors: [series], at: DAYS - 1, daily: 1 })).toBe(
    'BadName',
  )
})

test('days are counted in steps: at three a day 90 days are 270', () => {
  const series = factorOf('A', calm)
  const past = { factors: [series], at: DAYS - 1, daily: 3 }
  expect(reasonLeftOut({ series, state: stateOf('A', { steps: 270 }) }, past)).toBeUndefined()
  expect(reasonLeftOut({ series, state: stateOf('A', { steps: 269 }) }, past)).toBe('TooFewPrices')
})
