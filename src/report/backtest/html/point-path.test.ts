import { expect, test } from 'vitest'
import { pointPath, stepPath } from './point-path.ts'

test('a line goes from point to point in whole units, without points that nobody would see', () => {
  expect(
    pointPath([
      { x: 0, y: 10 },
      { x: 5, y: 10.4 },
      { x: 10, y: 10 },
      { x: 20, y: 3 },
    ]),
  ).toBe('M0 10l10 0 10-7')
})

test('a single point is a line of no length, and no point is no line', () => {
  expect(pointPath([{ x: 3, y: 4 }])).toBe('M3 4h0')
  expect(pointPath([])).toBe('')
})

test('a level holds until the next one, the last to the end', () => {
  const levels = [
    { x: 0, y: 10 },
    { x: 4, y: 10 },
    { x: 8, y: 6 },
    { x: 9, y: 12 },
  ]
  expect(stepPath(levels, 12)).toBe('M0 10H8v-4H9v6H12')
  expect(stepPath([], 12)).toBe('')
})
