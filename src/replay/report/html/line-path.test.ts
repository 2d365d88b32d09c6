import { describe, expect, test } from 'vitest'
import { areaPath, barPath, linePath } from './line-path.ts'

describe('paths', () => {
  test('a line is drawn in steps from the first point', () => {
    expect(linePath([10, 20, 5])).toBe('M1 10l1 10 1-15')
  })
  test('points on their chord are left out', () => {
    expect(linePath([0, 10, 20, 30, 30, 30])).toBe('M1 0l3 30 2 0')
  })
  test('a point less than a pixel off its chord is left out, one a pixel off is not', () => {
    expect(linePath([0, 1, 0])).toBe('M1 0l2 0')
    expect(linePath([0, 2, 0])).toBe('M1 0l1 2 1-2')
  })
  test('a gap stays a gap and a single point is a dot', () => {
    expect(linePath([undefined, 10, 20, undefined, 30, undefined])).toBe('M2 10l1 10M5 30h0')
    expect(linePath([undefined])).toBe('')
  })
  test('an area closes along the bottom, each stretch for itself', () => {
    expect(areaPath([10, 20, undefined, 30], 40)).toBe('M1 10l1 10V40H1zM4 30h0V40H4z')
  })
  test('bars stand on the line or hang from it, and nothing is nothing', () => {
    expect(barPath([3, 0, 5], 100, -1)).toBe('M0.5 100v-3M2.5 100v-5')
    expect(barPath([3], 100, 1)).toBe('M0.5 100v3')
  })
})
