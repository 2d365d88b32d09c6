import { principalAxes } from './principal-axes.ts'
import { solveFour } from './solve-four.ts'

/** Number of common moves that correlation is carried by. */
export const COMMON_MOVES = 4

/** Loadings, four a factor, row by row; the correlation of two factors is the product of their rows. */
export interface FactorFit {
  readonly loadings: Float64Array
  readonly sweeps: number
}

/**
 * The factor model R = D + L L' nearest to a correlation matrix: least sum over pairs of w_i w_j (R_ij - l_i l_j)^2, by alternating
 * least squares, one row of L at a time (Harman and Jones 1966, minres, weighted). A row's squares add up to at most `MOST_COMMON`, so that D > 0
 * and L L' + D is positive definite. Started from `from`, which makes an update cheap. The axes are then turned to those of the
 * weighted loadings, the strongest first, each pointing where most of its weight does: the same matrix, one way to write it.
 */
export function fitFactorModel(
  correlation: Float64Array,
  weights: Float64Array,
  from: Float64Array = startingLoadings(weights.length),
): FactorFit {
  const loadings = Float64Array.from(from)
  const gram = weightedGram(loadings, weights)
  let sweeps = 0
  for (let change = Infinity; change > CLOSE_ENOUGH && sweeps < MOST_SWEEPS; sweeps += 1)
    change = sweep({ correlation, weights, loadings, gram })
  turn(loadings, principalAxes(weightedGram(loadings, weights)))
  pointForward(loadings, weights)
  return { loadings, sweeps }
}

const MOST_COMMON = 0.98
const CLOSE_ENOUGH = 1e-5
const MOST_SWEEPS = 300
/** Keeps a row solvable where all others are next to nothing. */
const RIDGE = 1e-9

interface Fitting {
  readonly correlation: Float64Array
  readonly weights: Float64Array
  readonly loadings: Float64Array
  /** Sum over factors of w l l', 4 x 4. */
  readonly gram: Float64Array
}

/** Replaces every row by the one that fits best with all others as they are; the largest change of any loading. */
function sweep({ correlation, weights, loadings, gram }: Fitting): number {
  const size = weights.length
  let largest = 0
  const right = new Float64Array(COMMON_MOVES)
  const row = new Float64Array(COMMON_MOVES)
  for (let i = 0; i < size; i += 1) {
    addOuter(gram, loadings, i, -(weights[i] ?? 0))
    right.fill(0)
    for (let j = 0; j < size; j += 1) {
      if (j === i) continue
      const pull = (weights[j] ?? 0) * (correlation[i * size + j] ?? 0)
      for (let k = 0; k < COMMON_MOVES; k += 1)
        right[k] = (right[k] ?? 0) + pull * (loadings[j * COMMON_MOVES + k] ?? 0)
    }
    solveFour(gram, RIDGE, right, row)
    shorten(row)
    for (let k = 0; k < COMMON_MOVES; k += 1) {
      const at = i * COMMON_MOVES + k
      largest = Math.max(largest, Math.abs((row[k] ?? 0) - (loadings[at] ?? 0)))
      loadings[at] = row[k] ?? 0
    }
    addOuter(gram, loadings, i, weights[i] ?? 0)
  }
  return largest
}

function shorten(row: Float64Array): void {
  let squares = 0
  for (const one of row) squares += one * one
  if (squares <= MOST_COMMON) return
  const share = Math.sqrt(MOST_COMMON / squares)
  for (let k = 0; k < row.length; k += 1) row[k] = (row[k] ?? 0) * share
}

function weightedGram(loadings: Float64Array, weights: Float64Array): Float64Array {
  const gram = new Float64Array(COMMON_MOVES * COMMON_MOVES)
  weights.forEach((weight, i) => addOuter(gram, loadings, i, weight))
  return gram
}

function addOuter(gram: Float64Array, loadings: Float64Array, i: number, weight: number): void {
  for (let a = 0; a < COMMON_MOVES; a += 1)
    for (let b = 0; b < COMMON_MOVES; b += 1) {
      const at = a * COMMON_MOVES + b
      const product = (loadings[i * COMMON_MOVES + a] ?? 0) * (loadings[i * COMMON_MOVES + b] ?? 0)
      gram[at] = (gram[at] ?? 0) + weight * product
    }
}

/** Every row times the axes. */
function turn(loadings: Float64Array, axes: Float64Array): void {
  const row = new Float64Array(COMMON_MOVES)
  for (let i = 0; i < loadings.length; i += COMMON_MOVES) {
    row.set(loadings.subarray(i, i + COMMON_MOVES))
    for (let k = 0; k < COMMON_MOVES; k += 1) {
      let sum = 0
      for (let a = 0; a < COMMON_MOVES; a += 1) sum += (row[a] ?? 0) * (axes[a * COMMON_MOVES + k] ?? 0)
      loadings[i + k] = sum
    }
  }
}

function pointForward(loadings: Float64Array, weights: Float64Array): void {
  for (let k = 0; k < COMMON_MOVES; k += 1) {
    let sum = 0
    weights.forEach((weight, i) => {
      sum += weight * (loadings[i * COMMON_MOVES + k] ?? 0)
    })
    if (sum >= 0) continue
    weights.forEach((_, i) => {
      loadings[i * COMMON_MOVES + k] = -(loadings[i * COMMON_MOVES + k] ?? 0)
    })
  }
}

/** One common move for all, and three that tell factors apart by their place: any start that is not degenerate will do. */
export function startingLoadings(size: number): Float64Array {
  const loadings = new Float64Array(size * COMMON_MOVES)
  for (let i = 0; i < size; i += 1) {
    loadings[i * COMMON_MOVES] = 0.7
    for (let k = 1; k < COMMON_MOVES; k += 1) loadings[i * COMMON_MOVES + k] = 0.1 * Math.cos((i + 1) * (k + 0.5))
  }
  return loadings
}
