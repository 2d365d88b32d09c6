import { expect, test } from 'vitest'
import { nearestFailure } from './nearest-failure.ts'
import { passageChance } from './passage-chance.ts'

const LOADINGS = [
  [0.8, 0, 0, 0],
  [0.6, 0.3, 0, 0],
  [-0.5, 0, 0.4, 0],
]

function correlation(i: number, j: number): number {
  return i === j ? 1 : (LOADINGS[i] ?? []).reduce((sum, one, k) => sum + one * (LOADINGS[j]?.[k] ?? 0), 0)
}

/*
 * Of a linear excess c - a'z the nearest failure is z = R a c / (a'R a), at the distance c / sqrt(a'R a).
 */
test('a linear excess fails where the formula says', () => {
  const a = [1, -2, 0.5]
  const variance = a.reduce((sum, one, i) => sum + a.reduce((row, two, j) => row + one * two * correlation(i, j), 0), 0)
  const found = nearestFailure({
    loadings: LOADINGS,
    starts: [],
    excess: (z) => 7 - z.reduce((sum, one, i) => sum + one * (a[i] ?? 0), 0),
  })
  expect(found?.distance).toBeCloseTo(7 / Math.sqrt(variance), 3)
  a.forEach((_, i) => {
    const along = a.reduce((sum, one, j) => sum + correlation(i, j) * one, 0)
    expect(found?.moves[i]).toBeCloseTo((along * 7) / variance, 2)
  })
})

test('of two failures the nearer is found, whatever the start', () => {
  // Two factors by themselves: the first fails 3 up, the second 4 down.
  const excess = ([x = 0, y = 0]: readonly number[]) => Math.min(3 - x, (4 + y) * 5)
  const found = nearestFailure({
    loadings: [[0], [0]],
    starts: [
      { factor: 1, move: -4 },
      { factor: 0, move: 3 },
    ],
    excess,
  })
  expect(found?.distance).toBeCloseTo(3, 3)
  expect(excess(found?.moves ?? [])).toBeLessThanOrEqual(0)
})

test('what never fails has no nearest failure, and what has failed none either', () => {
  expect(nearestFailure({ loadings: LOADINGS, starts: [], excess: () => 1 })).toBeUndefined()
  expect(nearestFailure({ loadings: LOADINGS, starts: [], excess: () => -1 })).toBeUndefined()
})

test.each([
  [0, 1],
  // 2 (1 - N(1.959964)) = 0.05 and 2 (1 - N(3)) = 0.0026998: tables of the normal distribution
  [1.959964, 0.05],
  [3, 0.0026998],
])('the chance of passing %f deviations is %f', (sigmas, chance) => {
  expect(passageChance(sigmas)).toBeCloseTo(chance, 6)
})
