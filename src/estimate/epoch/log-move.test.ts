import { expect, test } from 'vitest'
import { logMoveOfWeight, moveOfLog, toPpm, weightOfLogMove } from './log-move.ts'

test('a log move is a simple return in ppm, to the nearest', () => {
  // ln 1.5 = 0.405465108..., ln 0.5 = -0.693147180...
  expect(moveOfLog(0.405465108108)).toBe(500_000)
  expect(moveOfLog(-0.693147180559)).toBe(-500_000)
  expect(moveOfLog(0)).toBe(0)
  // 1 + 1e-6/2 + ... : 0.4 ppm is nearer to none, 0.6 to one.
  expect([moveOfLog(0.4e-6), moveOfLog(0.6e-6)]).toEqual([0, 1])
  // e^-9 = 0.00012340980...
  expect(moveOfLog(-9)).toBe(-999_877)
})

test('there is no negative zero, which JSON would write as another figure than it reads', () => {
  expect(Object.is(toPpm(-0.1e-6), 0)).toBe(true)
})

test('x_k is -ln(1 - RW), at most 3, and a weight is 1 - exp(-x)', () => {
  // 1 - 1/1.5 = 1/3, so x = ln 1.5.
  expect(logMoveOfWeight(333_333)).toBeCloseTo(0.405465, 5)
  // e^-3 = 0.0497870683...: from a weight of 950213 on.
  expect(logMoveOfWeight(950_212)).toBeLessThan(3)
  expect([logMoveOfWeight(950_213), logMoveOfWeight(1_000_000)]).toEqual([3, 3])
  expect([weightOfLogMove(0.405465108108), weightOfLogMove(0), weightOfLogMove(Infinity)]).toEqual([
    333_333, 0, 1_000_000,
  ])
})
