import { ASSUMED } from '../calibration/assumptions.ts'
import { COMMON_MOVES } from '../calibration/factor-fit.ts'
import type { Calibration } from '../calibration/calibrator.ts'
import type { FactorTier } from '../calibration/rules.ts'
import type { Line } from './book.ts'

/** Figures of the methodology that are no calibration's (METHODOLOGY 3 and 5); shares of one. */
export interface ChargeShares {
  readonly credited: number
  readonly oneWeight: number
  readonly breakWeight: number
  readonly basis: number
  readonly stableSlip: number
  readonly stakedSlip: number
}

/** Those that every calibrated epoch has. */
export const CALIBRATED_SHARES: ChargeShares = {
  credited: ASSUMED.weights.creditedShare,
  oneWeight: ASSUMED.weights.oneWeight,
  breakWeight: ASSUMED.weights.breakWeight,
  basis: ASSUMED.charges.basis.maintenance,
  stableSlip: ASSUMED.slip.dollar.maintenance,
  stakedSlip: ASSUMED.slip.staked.maintenance,
}

/** All that one epoch charges books by, in float64: the same terms as the exact model, which a test holds it to. */
export interface ChargeTables {
  readonly shares: ChargeShares
  readonly riskWeights: Float64Array
  readonly loadings: Float64Array
  readonly ownShares: Float64Array
  /** +1 where a factor rises when the market falls, else -1. */
  readonly fallSigns: Float64Array
  readonly earns: readonly boolean[]
  /** Not in the epoch any more: charged its worth beside all else. */
  readonly collapsed: readonly boolean[]
  /** By factor: the share that is lost of a claim when its peg slips; 0 for what is no peg. */
  readonly slips: Float64Array
  /** Simple moves of a line in every scenario, then in every window. */
  readonly movesOf: (line: Line) => LineColumns
  readonly scenarioCount: number
  readonly windowCount: number
}

export interface LineColumns {
  readonly scenarios: Float64Array
  readonly windows: Float64Array
}

/** Largest log move that a scenario makes, as in the epoch. */
const LARGEST_MOVE = 3

/** `isUnderlying` tells the prices that are in the epoch: only they have scenarios of their own. */
export function chargeTables(known: Calibration, shares: ChargeShares, isUnderlying: readonly boolean[]): ChargeTables {
  const { factors, loadings, windows } = known
  const logMoves = Float64Array.from(factors, ({ logMove }) => Math.min(LARGEST_MOVE, logMove))
  const underlyings = factors.flatMap(({ collapsed }, i) => (isUnderlying[i] === true && !collapsed ? [i] : []))
  const ownShares = Float64Array.from(factors, (_, i) => 1 - product(loadings, i, i))
  const fallSigns = Float64Array.from(factors, ({ inMarketFall }) => (inMarketFall === 'up' ? 1 : -1))
  // Prices with options have rows at twice and three times their x, damped, that count for what is linear too.
  const tailed = underlyings.filter((i) => ASSUMED.options.has(factors[i]?.id ?? ''))
  const basis = { logMoves, underlyings, tailed, loadings, ownShares, fallSigns, oneWeight: shares.oneWeight }
  const scenarioOf = remembered((factor) => scenarioMoves(factor, basis))
  const windowOf = remembered((factor) => {
    const sigma = factors[factor]?.chargedSigma ?? 0
    const moves = new Float64Array(windows.count)
    for (let row = 0; row < moves.length; row += 1)
      moves[row] = Math.expm1((windows.filled[row * windows.size + factor] ?? 0) * sigma)
    return moves
  })
  const columns = new Map<Line, LineColumns>()
  const movesOf = (line: Line) => {
    const before = columns.get(line)
    if (before !== undefined) return before
    const made = { scenarios: damped(lineMoves(line, scenarioOf), tailed.length), windows: lineMoves(line, windowOf) }
    columns.set(line, made)
    return made
  }
  return {
    shares,
    riskWeights: Float64Array.from(factors, ({ logMove }) => -Math.expm1(-logMove)),
    loadings,
    ownShares,
    fallSigns,
    earns: factors.map(({ earnsOffset }) => earnsOffset),
    collapsed: factors.map(({ collapsed }) => collapsed),
    slips: Float64Array.from(factors, ({ tier }) => slipOf(tier, shares)),
    movesOf,
    scenarioCount: scenarioCountOf(basis),
    windowCount: windows.count,
  }
}

function slipOf(tier: FactorTier, { stableSlip, stakedSlip }: ChargeShares): number {
  if (tier === 'stable peg') return stableSlip
  return tier === 'staked peg' ? stakedSlip : 0
}

interface ScenarioBasis {
  readonly logMoves: Float64Array
  readonly underlyings: readonly number[]
  readonly tailed: readonly number[]
  readonly loadings: Float64Array
  readonly ownShares: Float64Array
  readonly fallSigns: Float64Array
  readonly oneWeight: number
}

/** Moves of one factor in the list of METHODOLOGY 4: own moves of every price, their residuals, common moves, market-wide. */
function scenarioMoves(factor: number, basis: ScenarioBasis): Float64Array {
  const { logMoves, underlyings, tailed, loadings, ownShares, fallSigns, oneWeight } = basis
  const logMove = logMoves[factor] ?? 0
  const moves = new Float64Array(scenarioCountOf(basis))
  let row = 0
  for (const own of underlyings) {
    const mean = own === factor ? logMove : logMove * product(loadings, factor, own)
    // One exponential for all thirds.
    const [up, down] = [Math.exp(mean / 3), Math.exp(-mean / 3)]
    for (const third of [up, down]) {
      moves[row++] = third - 1
      moves[row++] = third * third - 1
      moves[row++] = third * third * third - 1
    }
  }
  for (const own of underlyings) {
    if (own === factor) {
      const residual = Math.sqrt(ownShares[own] ?? 0) * logMove
      moves[row] = Math.expm1(-residual)
      moves[row + 1] = Math.expm1(residual)
    }
    row += 2
  }
  for (let j = 0; j < COMMON_MOVES; j += 1) {
    const along = (loadings[factor * COMMON_MOVES + j] ?? 0) * logMove
    moves[row++] = Math.expm1(along)
    moves[row++] = Math.expm1(-along)
  }
  const together = (fallSigns[factor] ?? 0) * Math.sqrt(oneWeight) * logMove
  moves[row++] = Math.expm1(together)
  moves[row++] = Math.expm1(-together)
  for (const own of tailed) {
    const mean = own === factor ? logMove : logMove * product(loadings, factor, own)
    for (const { times } of TAILS) moves[row++] = Math.expm1(times * mean)
  }
  return moves
}

/** Three own moves each way and two residuals for every price, the common moves and the market's, up and down; the tails last. */
function scenarioCountOf({ underlyings, tailed }: Pick<ScenarioBasis, 'underlyings' | 'tailed'>): number {
  return 8 * underlyings.length + 2 * COMMON_MOVES + 2 + TAILS.length * tailed.length
}

/** Own moves beyond x, with the share of their loss that is charged. */
const TAILS = [
  { times: -3, damp: 1 / 3 },
  { times: -2, damp: 1 / 2 },
  { times: 2, damp: 1 / 2 },
  { times: 3, damp: 1 / 3 },
] as const

/** A damped loss is the loss of a damped move, as profits are in proportion to moves. The line's moves may be shared: a copy. */
function damped(moves: Float64Array, tailed: number): Float64Array {
  if (tailed === 0) return moves
  const copy = moves.slice()
  for (let row = copy.length - TAILS.length * tailed, i = 0; row < copy.length; row += 1, i += 1)
    copy[row] = (copy[row] ?? 0) * (TAILS[i % TAILS.length]?.damp ?? 1)
  return copy
}

/** Product of what its factors leave: `(1 + price) (1 + basis) (1 + peg) - 1`. */
function lineMoves({ price, basis, peg }: Line, movesOf: (factor: number) => Float64Array): Float64Array {
  const columns = [price, basis, peg].flatMap((factor) => (factor === undefined ? [] : [movesOf(factor)]))
  const [first, second] = columns
  if (first === undefined) throw new RangeError('a line moves with a factor')
  return second === undefined ? first : first.map((move, row) => (1 + move) * (1 + (second[row] ?? 0)) - 1)
}

/** Product of two rows of loadings: the correlation of two factors, the common part of one. */
export function product(loadings: Float64Array, i: number, j: number): number {
  let sum = 0
  for (let k = 0; k < COMMON_MOVES; k += 1)
    sum += (loadings[i * COMMON_MOVES + k] ?? 0) * (loadings[j * COMMON_MOVES + k] ?? 0)
  return sum
}

function remembered(work: (factor: number) => Float64Array): (factor: number) => Float64Array {
  const known = new Map<number, Float64Array>()
  return (factor) => {
    const before = known.get(factor)
    if (before !== undefined) return before
    const made = work(factor)
    known.set(factor, made)
    return made
  }
}
