import { expect, test } from 'vitest'
import { addStep, noCorrelationSums } from './correlation-sums.ts'
import { shrunkCorrelation } from './shrunk-correlation.ts'

const GAP = Number.NaN

/** Correlations 3/5 of A and B in ten steps, 4 / sqrt(5 * 4) of A and C in five, of B and C -1 in five. */
function threeFactors() {
  const sums = noCorrelationSums(3)
  // A and B: products 3 of squares 5 each, twice.
  for (let round = 0; round < 2; round += 1)
    for (const [a, b] of [
      [1, 1],
      [1, 1],
      [1, 1],
      [1, -1],
      [1, 1],
    ] as const)
      addStep(sums, Float64Array.of(a, b, GAP), 1)
  for (const c of [1, 1, 1, 1, 0]) addStep(sums, Float64Array.of(1, GAP, c), 1)
  for (let step = 0; step < 5; step += 1) addStep(sums, Float64Array.of(GAP, 1, -1), 1)
  return sums
}

test('a pair is shrunk to the mean of its two tiers, weighed by steps', () => {
  const got = shrunkCorrelation(threeFactors(), ['other', 'other', 'other'], 10)
  // All three pairs are one group: (10 * 0.6 + 5 * 4 / sqrt(20) - 5 * 1) / 20.
  const withC = 4 / Math.sqrt(20)
  const mean = (6 + 5 * withC - 5) / 20
  // Ten steps and a prior of ten are a half, five a third.
  const [ab, ac, bc] = [0.5 * 0.6 + 0.5 * mean, withC / 3 + (2 / 3) * mean, -1 / 3 + (2 / 3) * mean]
  const want = [1, ab, ac, ab, 1, bc, ac, bc, 1]
  want.forEach((one, i) => expect(got[i]).toBeCloseTo(one, 14))
})

test('tiers are groups of their own, whichever comes first', () => {
  const got = shrunkCorrelation(threeFactors(), ['other', 'major', 'major'], 10)
  // A and B, A and C are `major other`: (10 * 0.6 + 5 * 4/sqrt(20)) / 15. B and C are alone: their mean is their own.
  const withC = 4 / Math.sqrt(20)
  const mean = (6 + 5 * withC) / 15
  expect(got[1]).toBeCloseTo(0.5 * 0.6 + 0.5 * mean, 14)
  expect(got[2]).toBeCloseTo(withC / 3 + (2 / 3) * mean, 14)
  expect(got[5]).toBeCloseTo(-1, 14)
})

test('what was never seen together has the mean of its group, or nothing', () => {
  const sums = noCorrelationSums(3)
  for (const [a, b] of [
    [1, 1],
    [1, 0],
  ] as const)
    addStep(sums, Float64Array.of(a, b, GAP), 1)
  const own = 1 / Math.sqrt(2)
  expect(shrunkCorrelation(sums, ['other', 'other', 'other'], 10)[2]).toBeCloseTo(own, 14)
  expect(shrunkCorrelation(sums, ['other', 'other', 'large'], 10)[2]).toBe(0)
})
