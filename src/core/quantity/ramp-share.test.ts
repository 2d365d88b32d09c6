import { expect, test } from 'vitest'
import { rampedUp, rampShareDown } from './ramp-share.ts'
import { value } from './value.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

const shares: [name: string, elapsedMs: number, elapsed: bigint][] = [
  ['nothing has passed', 0, 0n],
  ['a millisecond less than a minute does not count', MINUTE - 1, 0n],
  ['a minute counts', MINUTE, 1n],
  ['a millisecond less than the whole is a minute less', DAY - 1, 1_439n],
  ['the whole', DAY, 1_440n],
  ['never more than the whole', DAY + 3 * MINUTE, 1_440n],
]
test.each(shares)('share of a day: %s', (_name, elapsedMs, elapsed) => {
  expect(rampShareDown({ elapsedMs, durationMs: DAY })).toEqual({ elapsed, whole: 1_440n })
})

test.each([
  [-1, DAY],
  [0, 0],
  [0, -MINUTE],
])('%i of %i ms is refused', (elapsedMs, durationMs) => {
  expect(() => rampShareDown({ elapsedMs, durationMs })).toThrow(RangeError)
})

const ways: [from: bigint, to: bigint, elapsed: bigint, whole: bigint, want: bigint][] = [
  [10n, 20n, 0n, 60n, 10n],
  [10n, 20n, 60n, 60n, 20n],
  // 10 * 30 / 60 = 5.
  [10n, 20n, 30n, 60n, 15n],
  // 10 * 1 / 60 = 1/6, rounded up.
  [10n, 20n, 1n, 60n, 11n],
  // 10 * 59 / 60 = 9 5/6.
  [10n, 20n, 59n, 60n, 20n],
  [10n, 10n, 7n, 60n, 10n],
  // -10 * 1 / 60 is rounded up to 0, -10 * 59 / 60 to -9.
  [20n, 10n, 1n, 60n, 20n],
  [20n, 10n, 59n, 60n, 11n],
]
test.each(ways)('from %s to %s, %s of %s minutes: %s', (from, to, elapsed, whole, want) => {
  expect(rampedUp(value(from), value(to), { elapsed, whole })).toBe(want)
})
