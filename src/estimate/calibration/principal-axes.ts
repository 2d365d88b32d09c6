/**
 * Eigenvectors of a symmetric 4 x 4 matrix, row by row, as columns of the result, that of the largest eigenvalue first: cyclic
 * Jacobi rotations (Golub and Van Loan 2013, 8.5), to the last digits.
 */
export function principalAxes(matrix: Float64Array): Float64Array {
  const a = Float64Array.from(matrix)
  const axes = new Float64Array(SIZE * SIZE)
  for (let i = 0; i < SIZE; i += 1) axes[SIZE * i + i] = 1
  for (let round = 0; round < ROUNDS; round += 1)
    for (let p = 0; p < SIZE; p += 1) for (let q = p + 1; q < SIZE; q += 1) rotate(a, axes, p, q)
  const order = [0, 1, 2, 3].sort((i, j) => at(a, j, j) - at(a, i, i) || i - j)
  const sorted = new Float64Array(SIZE * SIZE)
  for (let i = 0; i < SIZE; i += 1) order.forEach((from, to) => (sorted[SIZE * i + to] = at(axes, i, from)))
  return sorted
}

const SIZE = 4
/** Convergence is quadratic: eight rounds leave nothing of a 4 x 4. */
const ROUNDS = 12

function rotate(a: Float64Array, axes: Float64Array, p: number, q: number): void {
  const off = at(a, p, q)
  if (off === 0) return
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * off)
  const tangent = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  for (let k = 0; k < SIZE; k += 1) {
    const [kp, kq] = [at(a, k, p), at(a, k, q)]
    a[SIZE * k + p] = cosine * kp - sine * kq
    a[SIZE * k + q] = sine * kp + cosine * kq
  }
  for (let k = 0; k < SIZE; k += 1) {
    const [pk, qk] = [at(a, p, k), at(a, q, k)]
    a[SIZE * p + k] = cosine * pk - sine * qk
    a[SIZE * q + k] = sine * pk + cosine * qk
  }
  for (let k = 0; k < SIZE; k += 1) {
    const [kp, kq] = [at(axes, k, p), at(axes, k, q)]
    axes[SIZE * k + p] = cosine * kp - sine * kq
    axes[SIZE * k + q] = sine * kp + cosine * kq
  }
}

function at(matrix: Float64Array, row: number, column: number): number {
  return matrix[SIZE * row + column] ?? 0
}
