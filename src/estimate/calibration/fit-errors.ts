import type { Calibration, FactorState } from './calibrator.ts'
import { COMMON_MOVES } from './factor-fit.ts'
import type { FactorTier } from './rules.ts'

/** How far the factor model is from the correlations it was fitted to, over pairs of which both earn an offset. */
export interface FitErrors {
  readonly pairs: number
  /** Root mean square of fitted less measured; 0 without pairs. */
  readonly rms: number
  /** By pair of tiers, in the order of their names. */
  readonly byTiers: readonly {
    readonly tiers: readonly [FactorTier, FactorTier]
    readonly pairs: number
    readonly rms: number
  }[]
  /** The farthest pairs, the farthest first. */
  readonly largest: readonly PairError[]
}

export interface PairError {
  readonly factors: readonly [string, string]
  readonly measured: number
  readonly fitted: number
}

/** Of the factors at these places of the calibration; at most so many of the farthest pairs are named. */
export function fitErrors(known: Calibration, places: readonly number[], most: number): FitErrors {
  const earning = places.filter((place) => known.factors[place]?.earnsOffset === true)
  const sums = new Map<string, TierSum>()
  const largest: PairError[] = []
  earning.forEach((i, row) => {
    for (const j of earning.slice(row + 1)) {
      const error = pairError(known, i, j)
      addTo(sums, [stateAt(known, i).tier, stateAt(known, j).tier], sizeOf(error))
      keep(largest, error, most)
    }
  })
  const byTiers = [...sums.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  const pairs = byTiers.reduce((sum, one) => sum + one.pairs, 0)
  const squares = byTiers.reduce((sum, one) => sum + one.squares, 0)
  return {
    pairs,
    rms: pairs === 0 ? 0 : Math.sqrt(squares / pairs),
    byTiers: byTiers.map((one) => ({ tiers: one.tiers, pairs: one.pairs, rms: Math.sqrt(one.squares / one.pairs) })),
    largest,
  }
}

interface TierSum {
  readonly key: string
  readonly tiers: readonly [FactorTier, FactorTier]
  pairs: number
  squares: number
}

function pairError(known: Calibration, i: number, j: number): PairError {
  let fitted = 0
  for (let k = 0; k < COMMON_MOVES; k += 1)
    fitted += (known.loadings[i * COMMON_MOVES + k] ?? 0) * (known.loadings[j * COMMON_MOVES + k] ?? 0)
  const measured = known.correlation[i * known.factors.length + j] ?? 0
  return { factors: [stateAt(known, i).id, stateAt(known, j).id], measured, fitted }
}

function addTo(sums: Map<string, TierSum>, [a, b]: readonly [FactorTier, FactorTier], size: number): void {
  const tiers = a < b ? ([a, b] as const) : ([b, a] as const)
  const key = tiers.join(' ')
  const sum = sums.get(key) ?? { key, tiers, pairs: 0, squares: 0 }
  sum.pairs += 1
  sum.squares += size * size
  sums.set(key, sum)
}

/** Changes the list: the farthest first, of two as far the one that came first. */
function keep(largest: PairError[], error: PairError, most: number): void {
  const size = sizeOf(error)
  if (largest.length === most && size <= sizeOf(largest[most - 1] ?? error)) return
  const at = largest.findIndex((one) => sizeOf(one) < size)
  largest.splice(at < 0 ? largest.length : at, 0, error)
  if (largest.length > most) largest.pop()
}

function sizeOf({ measured, fitted }: PairError): number {
  return Math.abs(fitted - measured)
}

function stateAt({ factors }: Calibration, place: number): FactorState {
  const state = factors[place]
  if (state === undefined) throw new RangeError(`no factor at ${place}`)
  return state
}
