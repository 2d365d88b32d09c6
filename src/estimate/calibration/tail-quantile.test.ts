import { expect, test } from 'vitest'
import { NO_FIGURES, type SortedFigures, withFigure } from './sorted-figures.ts'
import { nextQuantile } from './tail-quantile.ts'

/** So many figures, one in a hundred of which is this large; the others are 1: its 99.5% quantile. */
function seen(count: number, tail: number): SortedFigures {
  let figures = NO_FIGURES
  for (let i = 0; i < count; i += 1) figures = withFigure(figures, i % 100 === 0 ? tail : 1)
  return figures
}

// The tier is taken for 4 at first: n seen of a quantile q make (n q + 1000 * 4) / (n + 1000).
const weeks: [name: string, before: number, count: number, tail: number, want: number][] = [
  ['a thousand seen count as much as the assumption', 4, 1_000, 4.4, 4.2],
  ['nine thousand nine times as much', 4, 9_000, 4.2, 4.18],
  ['it falls as it rises', 4, 1_000, 3.6, 3.8],
  ['a tenth up in a week and no more', 4, 9_000, 6, 4.4],
  ['a tenth down in a week and no more', 4, 9_000, 2, 3.6],
  ['a crash among a hundred is not all there is: 5,400 over 1,100', 4.9, 100, 14, 5_400 / 1_100],
  ['it comes down again when more is seen', 4.9, 9_000, 4, 4.41],
]
test.each(weeks)('%s: from %d, %d seen, quantile %d', (_name, before, count, tail, want) => {
  expect(nextQuantile(before, seen(count, tail), 4)).toBeCloseTo(want, 12)
})

test('without observations it stays', () => {
  expect(nextQuantile(4.1, NO_FIGURES, 4)).toBe(4.1)
})
