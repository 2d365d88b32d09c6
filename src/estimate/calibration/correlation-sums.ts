/**
 * Exponentially weighted sums of products of standardised returns, for every pair of factors over the steps in which both have
 * one. Square matrices, row by row; symmetric but for `squares`, whose row i holds the squares of i where j is there too.
 */
export interface CorrelationSums {
  readonly size: number
  readonly products: Float64Array
  readonly squares: Float64Array
  /** Sums of weights: how many recent steps both were there. */
  readonly weights: Float64Array
}

export function noCorrelationSums(size: number): CorrelationSums {
  const matrix = () => new Float64Array(size * size)
  return { size, products: matrix(), squares: matrix(), weights: matrix() }
}

/** Takes in one step: NaN where a factor has no return. Older steps count `decay` times what they did. Changes the sums. */
export function addStep(sums: CorrelationSums, returns: Float64Array, decay: number): void {
  const { size, products, squares, weights } = sums
  for (let i = 0; i < size * size; i += 1) {
    products[i] = (products[i] ?? 0) * decay
    squares[i] = (squares[i] ?? 0) * decay
    weights[i] = (weights[i] ?? 0) * decay
  }
  const there: number[] = []
  for (let i = 0; i < size; i += 1) if (!Number.isNaN(returns[i] ?? Number.NaN)) there.push(i)
  for (const i of there) {
    const one = returns[i] ?? 0
    const row = i * size
    for (const j of there) {
      products[row + j] = (products[row + j] ?? 0) + one * (returns[j] ?? 0)
      squares[row + j] = (squares[row + j] ?? 0) + one * one
      weights[row + j] = (weights[row + j] ?? 0) + 1
    }
  }
}

/** Forgets a factor: what comes back under its name is another asset. Changes the sums. */
export function forget({ size, products, squares, weights }: CorrelationSums, factor: number): void {
  for (let j = 0; j < size; j += 1)
    for (const at of [factor * size + j, j * size + factor]) {
      products[at] = 0
      squares[at] = 0
      weights[at] = 0
    }
}

/** Correlation of two factors over the steps both have, about zero means; 0 where there is none. */
export function sampleCorrelation({ size, products, squares }: CorrelationSums, i: number, j: number): number {
  const root = Math.sqrt((squares[i * size + j] ?? 0) * (squares[j * size + i] ?? 0))
  return root > 0 ? (products[i * size + j] ?? 0) / root : 0
}
