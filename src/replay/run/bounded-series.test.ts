import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundedSeries } from './bounded-series.ts'

interface Counted {
  readonly last: number
  readonly sum: number
}

function filled(limit: number, count: number): readonly Counted[] {
  const series = boundedSeries<Counted>(limit, (a, b) => ({ last: b.last, sum: a.sum + b.sum }))
  for (let i = 1; i <= count; i += 1) series.add({ last: i, sum: i })
  return series.points
}

test('up to the limit every point is kept', () => {
  expect(filled(4, 4).map(({ last }) => last)).toEqual([1, 2, 3, 4])
})

test('past the limit neighbours are merged two by two, later ones fill what is left over', () => {
  // 1..5 become (1 2) (3 4) (5), then 6 joins 5, and 7 starts the next pair.
  expect(filled(4, 5).map(({ sum }) => sum)).toEqual([3, 7, 5])
  expect(filled(4, 6).map(({ sum }) => sum)).toEqual([3, 7, 11])
  expect(filled(4, 7).map(({ sum }) => sum)).toEqual([3, 7, 11, 7])
})

test('INV-REPORT-1: sums survive merging, order is kept, and the limit holds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 500 }), (limit, count) => {
      const points = filled(limit, count)
      expect(points.length).toBeLessThanOrEqual(limit)
      expect(points.reduce((sum, point) => sum + point.sum, 0)).toBe((count * (count + 1)) / 2)
      expect(points.map(({ last }) => last)).toEqual(points.map(({ last }) => last).toSorted((a, b) => a - b))
      expect(points.at(-1)?.last ?? 0).toBe(count)
    }),
  )
})
