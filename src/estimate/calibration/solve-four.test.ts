import fc from 'fast-check'
import { expect, test } from 'vitest'
import { solveFour } from './solve-four.ts'

function solved(a: readonly number[], ridge: number, b: readonly number[]): readonly number[] {
  const into = new Float64Array(4)
  solveFour(Float64Array.from(a), ridge, Float64Array.from(b), into)
  return [...into]
}

function times(a: readonly number[], x: readonly number[]): readonly number[] {
  return [0, 1, 2, 3].map((i) => x.reduce((sum, one, j) => sum + (a[4 * i + j] ?? 0) * one, 0))
}

function expectClose(got: readonly number[], want: readonly number[]): void {
  want.forEach((one, i) => expect(got[i]).toBeCloseTo(one, 9))
}

// prettier-ignore
const TRIDIAGONAL = [
  2, -1, 0, 0,
  -1, 2, -1, 0,
  0, -1, 2, -1,
  0, 0, -1, 2,
]

test('the second differences of a discrete load: thirds and fifths', () => {
  // The inverse of this matrix is min(i, j) (5 - max(i, j)) / 5 (Strang 2007, 1.1); its first column is 4/5, 3/5, 2/5, 1/5.
  expectClose(solved(TRIDIAGONAL, 0, [1, 0, 0, 0]), [4 / 5, 3 / 5, 2 / 5, 1 / 5])
  expectClose(solved(TRIDIAGONAL, 0, [1, 1, 1, 1]), [2, 3, 3, 2])
})

test('a ridge is added to the diagonal', () => {
  // 2 x / 1 on the diagonal of nothing; with a ridge of 2 the first system has 4 on its diagonal.
  expectClose(
    solved(
      Array.from({ length: 16 }, () => 0),
      0.5,
      [1, 2, 3, 4],
    ),
    [2, 4, 6, 8],
  )
  const x = [1, -2, 3, 5]
  const wider = TRIDIAGONAL.map((one, i) => (i % 5 === 0 ? 4 : one))
  expectClose(solved(TRIDIAGONAL, 2, times(wider, x)), x)
})

test('INV-CAL-7: a system made of whole numbers has the whole numbers it was made of as its solution', () => {
  const whole = fc.integer({ min: -6, max: 6 })
  const rows = fc.array(whole, { minLength: 16, maxLength: 16 })
  const solutions = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(rows, solutions, (m, x) => {
      // M M' + 1 is positive definite, and products of whole numbers are exact.
      const a = Array.from({ length: 16 }, (_, at) => {
        const [i, j] = [at >> 2, at & 3]
        return [0, 1, 2, 3].reduce((sum, k) => sum + (m[4 * i + k] ?? 0) * (m[4 * j + k] ?? 0), i === j ? 1 : 0)
      })
      solved(a, 0, times(a, x)).forEach((one, i) => expect(Math.abs(one - (x[i] ?? 0))).toBeLessThan(1e-7))
    }),
  )
})
