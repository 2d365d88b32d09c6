import { expect, test } from 'vitest'
import { NO_FIGURES, type SortedFigures, withFigure } from './sorted-figures.ts'
import { nextQuantile } from './tail-quantile.ts'

/** So many figures, one in a hundred of which is this large; the others are 1: its 99.5% quantile. */
function seen(count: number, tail: number): SortedFigures {
  let figures = NO_FIGURES
  for (let i = 0; i < count; i += 1) figures = withFigure(figures, i % 100 === 0 ? tail : 1)
  return figures
}

const weeks: [name: string, before: number, count: number, tail: number, want: number][] = [
  ['a tenth up in a week is taken', 4, 1_000, 4.4, 4.4],
  ['more is not', 4, 1_000, 4.5, 4.4],
  ['a tenth down is taken', 4, 1_000, 3.6, 3.6],
  ['more is not', 4, 1_000, 3, 3.6],
  ['little changes at once', 4, 1_000, 4.1, 4.1],
  ['of a thousand observations it may fall', 4, 1_000, 3.9, 3.9],
  ['of one less it does not', 4, 999, 3.9, 4],
  ['of few it rises', 4, 100, 4.2, 4.2],
  ['of few by a tenth at most', 4, 100, 9, 4.4],
]
test.each(weeks)('%s: from %d, %d seen, quantile %d', (_name, before, count, tail, want) => {
  expect(nextQuantile(before, seen(count, tail))).toBeCloseTo(want, 14)
})

test('without observations it stays', () => {
  expect(nextQuantile(4, NO_FIGURES)).toBe(4)
})
