/**
 * Solves (A + ridge I) x = b for a symmetric positive semidefinite 4 x 4 matrix A, row by row, by Cholesky's factorisation
 * (Golub and Van Loan 2013, 4.2). Writes x into `into`.
 */
export function solveFour(a: Float64Array, ridge: number, b: Float64Array, into: Float64Array): void {
  const lower = new Float64Array(16)
  for (let i = 0; i < 4; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let sum = (a[4 * i + j] ?? 0) + (i === j ? ridge : 0)
      for (let k = 0; k < j; k += 1) sum -= (lower[4 * i + k] ?? 0) * (lower[4 * j + k] ?? 0)
      lower[4 * i + j] = i === j ? Math.sqrt(Math.max(sum, ridge)) : sum / (lower[4 * j + j] ?? 1)
    }
  for (let i = 0; i < 4; i += 1) {
    let sum = b[i] ?? 0
    for (let k = 0; k < i; k += 1) sum -= (lower[4 * i + k] ?? 0) * (into[k] ?? 0)
    into[i] = sum / (lower[4 * i + i] ?? 1)
  }
  for (let i = 3; i >= 0; i -= 1) {
    let sum = into[i] ?? 0
    for (let k = i + 1; k < 4; k += 1) sum -= (lower[4 * k + i] ?? 0) * (into[k] ?? 0)
    into[i] = sum / (lower[4 * i + i] ?? 1)
  }
}
