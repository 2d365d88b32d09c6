import { expect, test } from 'vitest'
import { timestamp } from '../quantity/timestamp.ts'
import { hasLoosened, isRampOver, rampEnd, rampFault, type RampRequest, rampTerms } from './ramp-terms.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = timestamp(1_000)

const defaults: [name: string, request: RampRequest, durationMs: number, looseningDelayMs: number][] = [
  ['a day, and lower requirements at its end', {}, DAY, DAY],
  ['an emergency takes an hour', { emergency: true }, HOUR, HOUR],
  ['a duration is the delay as well', { durationMs: 3 * DAY }, 3 * DAY, 3 * DAY],
  ['a delay alone', { looseningDelayMs: HOUR }, DAY, HOUR],
]
test.each(defaults)('%s', (_name, request, durationMs, looseningDelayMs) => {
  const emergency = request.emergency ?? false
  expect(rampTerms(request, START)).toEqual({ startedAt: START, durationMs, looseningDelayMs, emergency })
  expect(rampFault(rampTerms(request, START))).toBeUndefined()
})

const bounds: [name: string, request: RampRequest, field: string | undefined][] = [
  ['exactly a day', { durationMs: DAY }, undefined],
  ['a minute less than a day', { durationMs: DAY - MINUTE }, 'ramp.durationMs'],
  ['the same in an emergency', { durationMs: DAY - MINUTE, emergency: true }, undefined],
  ['an emergency of exactly an hour', { durationMs: HOUR, emergency: true }, undefined],
  ['an emergency of a minute less', { durationMs: HOUR - MINUTE, emergency: true }, 'ramp.durationMs'],
  ['thirty days', { durationMs: 30 * DAY }, undefined],
  ['a minute more', { durationMs: 30 * DAY + MINUTE }, 'ramp.durationMs'],
  ['no whole minutes', { durationMs: DAY + 1 }, 'ramp.durationMs'],
  ['no number', { durationMs: NaN }, 'ramp.durationMs'],
  ['no delay', { looseningDelayMs: 0 }, undefined],
  ['a negative delay', { looseningDelayMs: -MINUTE }, 'ramp.looseningDelayMs'],
  ['a delay of no whole minutes', { looseningDelayMs: 1 }, 'ramp.looseningDelayMs'],
  ['a delay as long as the ramp', { looseningDelayMs: DAY }, undefined],
  ['a delay longer than the ramp', { looseningDelayMs: DAY + MINUTE }, 'ramp.looseningDelayMs'],
]
test.each(bounds)('%s', (_name, request, field) => {
  expect(rampFault(rampTerms(request, START))?.field).toBe(field)
})

test('a ramp is over when its duration has passed, and has loosened when the delay has', () => {
  const terms = rampTerms({ looseningDelayMs: HOUR }, START)
  expect(rampEnd(terms)).toBe(1_000 + DAY)
  expect([DAY + 999, DAY + 1_000].map((ms) => isRampOver(terms, timestamp(ms)))).toEqual([false, true])
  expect([HOUR + 999, HOUR + 1_000].map((ms) => hasLoosened(terms, timestamp(ms)))).toEqual([false, true])
})

test('a ramp that would end after the last date ends with it', () => {
  expect(rampEnd(rampTerms({}, timestamp(8_640_000_000_000_000 - 1)))).toBe(8_640_000_000_000_000)
})
