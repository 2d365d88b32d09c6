import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_FIGURES, type SortedFigures, upperQuantile, withFigure, withFigures } from './sorted-figures.ts'

function sortedOf(figures: Iterable<number>): SortedFigures {
  let sorted = NO_FIGURES
  for (const one of figures) sorted = withFigure(sorted, one)
  return sorted
}

/** 1 to n, the largest first. */
function downFrom(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => n - i)
}

// Of n figures that are 1 to n the quantile is the least k with k / n >= share.
const quantiles: [name: string, n: number, share: number, want: number][] = [
  ['the only one', 1, 0.995, 1],
  ['half of two: one is not above it', 2, 0.5, 1],
  ['a little more than half of two', 2, 0.51, 2],
  ['99.5% of 199: the largest, as 198 are 99.4975%', 199, 0.995, 199],
  ['99.5% of 200: one is beyond', 200, 0.995, 199],
  ['99.5% of 1,000: five are beyond, though 0.995 * 1000 is 995 and a last digit', 1_000, 0.995, 995],
  ['95% of 20', 20, 0.95, 19],
  ['none of them', 20, 0, 1],
  ['all of them', 20, 1, 20],
]
test.each(quantiles)('upper quantile: %s', (_name, n, share, want) => {
  expect(upperQuantile(sortedOf(downFrom(n)), share)).toBe(want)
})

test('of nothing there is no quantile', () => {
  expect(upperQuantile(NO_FIGURES, 0.995)).toBeNaN()
})

test('equal figures count one by one', () => {
  expect(upperQuantile(sortedOf([2, 1, 2, 2, 3]), 0.8)).toBe(2)
  expect(upperQuantile(sortedOf([2, 1, 2, 2, 3]), 0.81)).toBe(3)
})

test('INV-CAL-4: figures that come in one by one are those that are sorted at once, and the quantile is the least that reaches its share', () => {
  const figures = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(figures, fc.integer({ min: 0, max: 1_000 }), (drawn, perMille) => {
      const sorted = sortedOf(drawn)
      const naive = Float64Array.from(drawn).sort()
      expect(sorted.count).toBe(drawn.length)
      expect(sorted.figures.subarray(0, sorted.count)).toEqual(naive)
      // In whole numbers: at least perMille / 1000 of all are not above it.
      const want = naive.find((_, i) => (i + 1) * 1_000 >= perMille * naive.length)
      expect(upperQuantile(sorted, perMille / 1_000)).toBe(want)
    }),
  )
})

test('INV-CAL-4: many at once are as many one by one', () => {
  const batches = fc.array(fc.array(fc.double({ noNaN: true, min: -9, max: 9 }), { maxLength: 90 }), { maxLength: 6 })
  fc.assert(
    fc.property(batches, (drawn) => {
      const sorted = drawn.reduce((before, batch) => withFigures(before, batch), NO_FIGURES)
      expect([...sorted.figures.subarray(0, sorted.count)]).toEqual([...Float64Array.from(drawn.flat()).sort()])
    }),
  )
})
