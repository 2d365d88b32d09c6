import { expect, test } from 'vitest'
import { fitErrors } from './fit-errors.ts'
import { knownOf, stateOf } from './known-factors.test-data.ts'

const NAMES = ['A', 'B', 'C', 'D'] as const
/** A and B of one tier, C of another, D without offset. All load by 0.8, 0.6, 0.5 and 0.9 on the first common move. */
const known = {
  ...knownOf([stateOf('A'), stateOf('B'), stateOf('C', { tier: 'major' }), stateOf('D', { earnsOffset: false })]),
  loadings: Float64Array.from([0.8, 0.6, 0.5, 0.9].flatMap((one) => [one, 0, 0, 0])),
  correlation: Float64Array.from(
    [
      [1, 0.5, 0.3, 0.9],
      [0.5, 1, 0.3, 0.9],
      [0.3, 0.3, 1, 0.9],
      [0.9, 0.9, 0.9, 1],
    ].flat(),
  ),
}
const all = NAMES.map((_, i) => i)

test('errors are fitted less measured, over pairs that both earn an offset', () => {
  // A B: 0.48 - 0.5 = -0.02. A C: 0.4 - 0.3 = 0.1. B C: 0.3 - 0.3 = 0.
  const { pairs, rms, byTiers, largest } = fitErrors(known, all, 2)
  expect(pairs).toBe(3)
  expect(rms).toBeCloseTo(Math.sqrt((0.0004 + 0.01) / 3), 12)
  expect(byTiers.map(({ tiers, pairs: count }) => [...tiers, count])).toEqual([
    ['major', 'other', 2],
    ['other', 'other', 1],
  ])
  expect(byTiers[0]?.rms).toBeCloseTo(Math.sqrt(0.01 / 2), 12)
  expect(largest.map(({ factors }) => factors)).toEqual([
    ['A', 'C'],
    ['A', 'B'],
  ])
  expect(largest[0]?.fitted).toBeCloseTo(0.4, 12)
})

test('only the places that are asked for count', () => {
  expect(fitErrors(known, [1, 2], 10)).toMatchObject({ pairs: 1, largest: [{ factors: ['B', 'C'], measured: 0.3 }] })
  expect(fitErrors(known, [0, 3], 10)).toEqual({ pairs: 0, rms: 0, byTiers: [], largest: [] })
})
