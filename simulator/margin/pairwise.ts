/** A factor as the epoch's text has it: whole ppm. */
export interface PairwiseFactor {
  readonly riskWeightPpm: number
  readonly loadingsPpm: readonly number[]
  readonly marketFallSign: number
}

/** Weights of a market in which everything moves together, and of one in which nothing does. */
export interface PairwiseWeights {
  readonly oneWeightPpm: number
  readonly breakWeightPpm: number
}

export type Matrix = readonly (readonly bigint[])[]

const PPM = 1_000_000n

/**
 * The correlation of each pair, 1e-12: products of loadings, and 1 on the diagonal. The correlated component the slow way,
 * to compare with: no factor model is left in it, only matrices written out in full. Nothing that decides imports this file.
 */
export function correlations(factors: readonly PairwiseFactor[]): Matrix {
  return factors.map((a, i) =>
    factors.map((b, j) => {
      if (i === j) return PPM * PPM
      return a.loadingsPpm.reduce((sum, one, m) => sum + BigInt(one) * BigInt(b.loadingsPpm[m] ?? 0), 0n)
    }),
  )
}

/** The matrices of the three regimes, 1e-18: now, one, break. */
export function regimeMatrices(factors: readonly PairwiseFactor[], weights: PairwiseWeights): readonly Matrix[] {
  const [one, apart] = [BigInt(weights.oneWeightPpm), BigInt(weights.breakWeightPpm)]
  const now = correlations(factors)
  const together = (i: number, j: number) =>
    BigInt((factors[i]?.marketFallSign ?? 0) * (factors[j]?.marketFallSign ?? 0))
  return [
    now.map((row) => row.map((r) => r * PPM)),
    now.map((row, i) => row.map((r, j) => r * (PPM - one) + together(i, j) * PPM * PPM * one)),
    now.map((row, i) => row.map((r, j) => r * (PPM - apart) + (i === j ? PPM * PPM * apart : 0n))),
  ]
}

/** Sum over all pairs, in 1e-66 USD squared for exposures in atoms. */
export function pairwiseForm(matrix: Matrix, factors: readonly PairwiseFactor[], atoms: readonly bigint[]): bigint {
  const weighted = factors.map(({ riskWeightPpm }, i) => BigInt(riskWeightPpm) * (atoms[i] ?? 0n))
  let sum = 0n
  for (const [i, row] of matrix.entries()) {
    for (const [j, r] of row.entries()) sum += (weighted[i] ?? 0n) * (weighted[j] ?? 0n) * r
  }
  return sum
}

/** The least integer whose square reaches x, found bit by bit. */
export function bitwiseRootUp(x: bigint): bigint {
  let root = 0n
  for (let bit = 1n << BigInt(x.toString(16).length * 2); bit > 0n; bit >>= 1n) {
    if ((root + bit) * (root + bit) < x) root += bit
  }
  return x > 0n ? root + 1n : 0n
}
