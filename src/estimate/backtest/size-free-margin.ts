import { COMMON_MOVES } from '../calibration/factor-fit.ts'
import { type ChargeTables } from './charge-tables.ts'
import type { Leg, Line } from './book.ts'

/** What decides a maintenance margin whatever its size; USD like the worths of the legs, each >= 0 (METHODOLOGY 3 to 5). */
export interface SizeFreeMargin {
  readonly correlated: number
  readonly scenario: number
  readonly history: number
  readonly basis: number
  readonly peg: number
  /** What has collapsed, at its worth: beside the largest of the others. */
  readonly inFull: number
  /** The largest and what is charged in full. */
  readonly required: number
}

/**
 * The size-free part of the maintenance margin in float64, of a few legs under one epoch. An estimate: it charges nobody; a test holds it to the
 * exact model on drawn epochs and books.
 */
export function sizeFreeMargin(all: readonly Leg[], tables: ChargeTables): SizeFreeMargin {
  const isCollapsed = ({ line }: Leg) => factorsOf(line).some((factor) => tables.collapsed[factor] === true)
  const legs = byLine(all.filter((leg) => !isCollapsed(leg)))
  const inFull = byLine(all.filter(isCollapsed)).reduce((sum, { worth }) => sum + Math.abs(worth), 0)
  const exposures = exposuresOf(legs)
  const correlated = correlatedMargin(exposures, tables)
  const [scenarios, windows] = profits(legs, tables)
  const scenario = Math.max(0, -least(scenarios))
  const history = meanOfWorst(windows)
  const basis = tables.shares.basis * smallerSides(legs)
  const peg = pegFloor(exposures, tables)
  const required = Math.max(correlated, scenario, history, basis, peg) + inFull
  return { correlated, scenario, history, basis, peg, inFull, required }
}

/** USD per unit of return of each factor. */
export function exposuresOf(legs: readonly Leg[]): ReadonlyMap<number, number> {
  const exposures = new Map<number, number>()
  for (const { line, worth } of legs)
    for (const factor of factorsOf(line)) exposures.set(factor, (exposures.get(factor) ?? 0) + worth)
  return exposures
}

/** Factors a line moves with. */
export function factorsOf({ price, basis, peg }: Line): readonly number[] {
  return [price, basis, peg].filter((factor) => factor !== undefined)
}

/** M_cor = c K + (1 - c) G + U. */
export function correlatedMargin(exposures: ReadonlyMap<number, number>, tables: ChargeTables): number {
  const { riskWeights, loadings, ownShares, fallSigns, earns, shares } = tables
  const common = new Float64Array(COMMON_MOVES)
  let [own, squares, fall, gross, notEarned] = [0, 0, 0, 0, 0]
  for (const [factor, exposure] of exposures) {
    const weighted = (riskWeights[factor] ?? 0) * exposure
    if (earns[factor] !== true) {
      notEarned += Math.abs(weighted)
      continue
    }
    gross += Math.abs(weighted)
    own += (ownShares[factor] ?? 0) * weighted * weighted
    squares += weighted * weighted
    fall += (fallSigns[factor] ?? 0) * weighted
    for (let k = 0; k < COMMON_MOVES; k += 1)
      common[k] = (common[k] ?? 0) + weighted * (loadings[factor * COMMON_MOVES + k] ?? 0)
  }
  const now = common.reduce((sum, one) => sum + one * one, own)
  const one = (1 - shares.oneWeight) * now + shares.oneWeight * fall * fall
  const apart = (1 - shares.breakWeight) * now + shares.breakWeight * squares
  const diversified = Math.sqrt(Math.max(0, now, one, apart))
  return shares.credited * diversified + (1 - shares.credited) * gross + notEarned
}

/** Profit of the legs in every scenario and in every window; the gains of what earns no offset count nothing, line by line. */
function profits(legs: readonly Leg[], tables: ChargeTables): readonly [Float64Array, Float64Array] {
  const scenarios = new Float64Array(tables.scenarioCount)
  const windows = new Float64Array(tables.windowCount)
  for (const { line, worth } of legs) {
    const moves = tables.movesOf(line)
    const hedges = factorsOf(line).every((factor) => tables.earns[factor] === true)
    addProfits(scenarios, moves.scenarios, worth, hedges)
    addProfits(windows, moves.windows, worth, hedges)
  }
  return [scenarios, windows]
}

function addProfits(into: Float64Array, moves: Float64Array, worth: number, hedges: boolean): void {
  if (hedges) {
    for (let row = 0; row < into.length; row += 1) into[row] = (into[row] ?? 0) + worth * (moves[row] ?? 0)
    return
  }
  for (let row = 0; row < into.length; row += 1) into[row] = (into[row] ?? 0) + Math.min(0, worth * (moves[row] ?? 0))
}

function byLine(legs: readonly Leg[]): readonly Leg[] {
  const worths = new Map<Line, number>()
  for (const { line, worth } of legs) worths.set(line, (worths.get(line) ?? 0) + worth)
  return [...worths].map(([line, worth]) => ({ line, worth }))
}

function least(profits: Float64Array): number {
  let worst = 0
  for (const one of profits) if (one < worst) worst = one
  return worst
}

/** One window in so many counts among the worst. */
const WINDOWS_PER_TAIL = 80

/** max(0, mean of the ceil(n / 80) largest losses). */
export function meanOfWorst(profits: Float64Array): number {
  const take = Math.ceil(profits.length / WINDOWS_PER_TAIL)
  if (take === 0) return 0
  const worst = new Float64Array(take).fill(Infinity)
  for (const profit of profits) {
    if (profit >= (worst[take - 1] ?? 0)) continue
    let at = take - 1
    for (; at > 0 && (worst[at - 1] ?? 0) > profit; at -= 1) worst[at] = worst[at - 1] ?? 0
    worst[at] = profit
  }
  const sum = worst.reduce((all, one) => all + one, 0)
  return Math.max(0, -sum / take)
}

/** Sum over underlyings of the smaller of the long and the short side; a claim on the dollar has no side. */
function smallerSides(legs: readonly Leg[]): number {
  const sides = new Map<string, { long: number; short: number }>()
  for (const { line, worth } of legs) {
    if (line.price === undefined) continue
    const side = sides.get(line.underlying) ?? { long: 0, short: 0 }
    if (worth > 0) side.long += worth
    else side.short -= worth
    sides.set(line.underlying, side)
  }
  let sum = 0
  for (const { long, short } of sides.values()) sum += Math.min(long, short)
  return sum
}

/** Sum over claims of h times what is owned of them: never netted, nothing on the short side. */
function pegFloor(exposures: ReadonlyMap<number, number>, { slips }: ChargeTables): number {
  let sum = 0
  for (const [factor, exposure] of exposures) sum += Math.max(0, exposure) * (slips[factor] ?? 0)
  return sum
}
