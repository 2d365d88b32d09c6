import { expect, test } from 'vitest'
import { move, STILL } from './move.ts'

test('a move is at least -100%, and has no upper bound of its own', () => {
  expect([move(-1_000_000n), move(0n), move(10n ** 12n)]).toEqual([-1_000_000n, STILL, 10n ** 12n])
  expect(() => move(-1_000_001n)).toThrow(RangeError)
})
