import { expect, test } from 'vitest'
import { atomsOf } from '../report/amount.ts'
import { rampRow } from './ramp-row.ts'

const MINUTE = 'parameter' as const

function ramp(before: string, now: string, minutes: readonly [string, string], value: string) {
  const terms = [
    { id: 'before', op: 'given' as const, value: before },
    { id: 'now', op: 'given' as const, value: now },
    { id: 'elapsed', op: MINUTE, value: minutes[0] },
    { id: 'duration', op: MINUTE, value: minutes[1] },
  ]
  return rampRow({ id: 'maintenanceMargin', value, terms, rounded: 'up' })
}

/*
 * 100 + (130 - 100) / 4 = 107.5. A third of the way from 100 to 101 is 100.333..., rounded up in the last of 18 digits. The share left,
 * 0.666...666, is short of two thirds by 2/3 of 1e-18: times a million that makes the blend too large by 666,666 and 2/3 of 1e-18.
 */
test.each([
  ['100', '130', ['360', '1440'], '107.5', '0.75', '0'],
  ['100', '101', ['1', '3'], '100.333333333333333334', '0.666666666666666666', '0'],
  ['1000000', '2000000', ['1', '3'], '1333333.333333333333333334', '0.666666666666666666', '-0.000000000000666666'],
  ['100', '130', ['1440', '1440'], '130', '0', '0'],
] as const)('from %s to %s, %j minutes: %s', (before, now, minutes, value, factor, rest) => {
  const row = ramp(before, now, minutes, value)
  expect([row.op, row.factor, row.terms?.map((term) => term.id)]).toEqual([
    'blend',
    factor,
    ['before', 'now', 'rounding'],
  ])
  expect(row.terms?.[2]?.value).toBe(rest)
  expect(row.note).toBe(`${minutes[0]} of ${minutes[1]} minutes have passed`)
  const one = 10n ** 18n
  const [left, sum] = [atomsOf(factor), atomsOf(before) * atomsOf(factor) + atomsOf(now) * (one - atomsOf(factor))]
  expect(left).toBeLessThanOrEqual(one)
  const up = (sum + one - 1n) / one
  expect(up + atomsOf(rest)).toBe(atomsOf(value))
})

test('a ramp without its four terms is a bug', () => {
  expect(() => rampRow({ id: 'x', value: '1' })).toThrow(RangeError)
})
