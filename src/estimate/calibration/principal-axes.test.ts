import fc from 'fast-check'
import { expect, test } from 'vitest'
import { principalAxes } from './principal-axes.ts'

const PLACES = [0, 1, 2, 3]

/** A' B of two 4 x 4 matrices. */
function turnedProduct(a: ArrayLike<number>, b: ArrayLike<number>): readonly number[] {
  return Array.from({ length: 16 }, (_, at) => {
    const [i, j] = [at >> 2, at & 3]
    return PLACES.reduce((sum, k) => sum + (a[4 * k + i] ?? 0) * (b[4 * k + j] ?? 0), 0)
  })
}

/** Eigenvalues in the order of the axes; all that is off the diagonal in between. */
function turned(matrix: ArrayLike<number>, axes: ArrayLike<number>) {
  // (A Q)' Q is Q' A Q, as A is symmetric.
  const inside = turnedProduct(turnedProduct(matrix, axes), axes)
  const diagonal = PLACES.map((i) => inside[5 * i] ?? 0)
  return { diagonal, off: Math.max(...inside.map((one, at) => (at % 5 === 0 ? 0 : Math.abs(one)))) }
}

// prettier-ignore
const TRIDIAGONAL = [
  2, -1, 0, 0,
  -1, 2, -1, 0,
  0, -1, 2, -1,
  0, 0, -1, 2,
]

test('a chain of springs: eigenvalues 2 - 2 cos(k pi / 5), eigenvectors sines', () => {
  // Strang 2007, 1.5: the eigenvectors are sin(i k pi / 5), of length sqrt(5/2).
  const axes = principalAxes(Float64Array.from(TRIDIAGONAL))
  const values = [4, 3, 2, 1].map((k) => 2 - 2 * Math.cos((k * Math.PI) / 5))
  turned(TRIDIAGONAL, axes).diagonal.forEach((one, i) => expect(one).toBeCloseTo(values[i] ?? 0, 14))
  ;[4, 3, 2, 1].forEach((k, column) => {
    const sines = PLACES.map((i) => Math.sin(((i + 1) * k * Math.PI) / 5) / Math.sqrt(2.5))
    const along = sines.reduce((sum, one, i) => sum + one * (axes[4 * i + column] ?? 0), 0)
    expect(Math.abs(along)).toBeCloseTo(1, 14)
  })
})

test('a diagonal matrix is put in order, equal ones as they were', () => {
  const axes = principalAxes(Float64Array.of(1, 0, 0, 0, 0, 7, 0, 0, 0, 0, 3, 0, 0, 0, 0, 7))
  // Columns: the second, the fourth, the third, the first.
  expect([...axes]).toEqual([0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0])
})

test('INV-CAL-8: axes are orthonormal, make the matrix diagonal, and come with the largest eigenvalue first', () => {
  const entry = fc.integer({ min: -10_000, max: 10_000 }).map((n) => n / 1_000)
  fc.assert(
    fc.property(fc.array(entry, { minLength: 10, maxLength: 10 }), (upper) => {
      const matrix = Array.from({ length: 16 }, (_, at) => {
        const [low, high] = [Math.min(at >> 2, at & 3), Math.max(at >> 2, at & 3)]
        return upper[(high * (high + 1)) / 2 + low] ?? 0
      })
      const axes = principalAxes(Float64Array.from(matrix))
      turnedProduct(axes, axes).forEach((one, at) => expect(one).toBeCloseTo(at % 5 === 0 ? 1 : 0, 12))
      const { diagonal, off } = turned(matrix, axes)
      expect(off).toBeLessThan(1e-11)
      for (const i of [1, 2, 3]) expect(diagonal[i]).toBeLessThanOrEqual((diagonal[i - 1] ?? 0) + 1e-11)
    }),
  )
})
