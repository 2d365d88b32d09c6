import { expect, test } from 'vitest'
import { testPower } from './power.ts'
import { exactUpperTail } from './whole-number-binomial.test-data.ts'

test('two windows by hand: both must exceed, which has a chance of p squared', () => {
  // At 20% the tails are 1, 0.36 and 0.04: one passes at 5%.
  const { allowed, power } = testPower({ n: 2, targetRate: 0.2, trueRate: 0.5, significance: 0.05 })
  expect(allowed).toBe(1)
  expect(power).toBeCloseTo(0.25, 14)
})

test('of 1,826 windows at 0.5%: the last count whose exact tail is above 5%, and the chance of more at 1%', () => {
  const tail = (x: number) => exactUpperTail(1_826, x, { of: 1n, in: 200n })
  const { allowed, power } = testPower({ n: 1_826, targetRate: 0.005, trueRate: 0.01, significance: 0.05 })
  expect([tail(allowed) > 0.05, tail(allowed + 1) > 0.05]).toEqual([true, false])
  expect(power).toBeCloseTo(exactUpperTail(1_826, allowed + 1, { of: 1n, in: 100n }), 12)
})

test('at the target rate it is the size of the test, at most the significance', () => {
  for (const n of [250, 1_000, 4_000])
    for (const rate of [0.01, 0.005, 0.001])
      expect(testPower({ n, targetRate: rate, trueRate: rate, significance: 0.05 }).power).toBeLessThanOrEqual(0.05)
})
