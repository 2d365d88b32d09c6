import { absolute, isLess } from '../quantity/arithmetic.ts'
import type { Move } from '../quantity/move.ts'
import { smallInteger, smallQuotient } from '../quantity/small-integer.ts'
import { MILLION } from '../quantity/unit.ts'
import { type WideValue, wideValue } from '../quantity/value.ts'
import type { FirstLook } from '../quantity/worst-rows.ts'
import { LINE_SCALE, type VolatilityBounds } from './option-bounds.ts'
import { bookNodes, type OptionBook, type OptionMove, type VolatilityNode, volatilityNodes } from './option-book.ts'
import type { OptionGrid } from './option-grid.ts'

/** Many joint moves of one underlying and its volatilities, with where each falls on a grid: worked out once for all books. */
export interface OptionRows {
  readonly moves: readonly OptionMove[]
  /** Node at or below the price, by row. */
  readonly nodes: Int32Array
  /** How far the price is on the way to the next node, ppm, to the nearest; beyond the last node how far it is from it. */
  readonly beyond: Int32Array
  /** Index of the line that longs are on; ON_NODE where the price is a node's, whose own gain is the bound. */
  readonly lines: Int32Array
  /** The price itself, ppm. */
  readonly steps: Int32Array
  /** Volatility rows to look at, by row of the table: see `volatilityNodes`. */
  readonly volatilities: readonly (readonly VolatilityNode[])[]
  /** Largest size in `steps`; from LARGEST_STEP on there is no first look. */
  readonly largestStep: number
}

const ON_NODE = -1
const LARGEST_STEP = 2 ** 25
/** What `worstRows` takes of a first look. */
const LARGEST_PROFIT = 2 ** 45
const WHOLE_PPM = 1_000_000

export function optionRows(moves: readonly OptionMove[], grid: OptionGrid): OptionRows {
  const nodes = bookNodes(grid)
  const count = moves.length
  const rows = {
    nodes: new Int32Array(count),
    beyond: new Int32Array(count),
    lines: new Int32Array(count),
    steps: new Int32Array(count),
  }
  let largestStep = 0
  moves.forEach(({ priceMove }, row) => {
    const size = smallInteger(absolute(priceMove))
    largestStep = size > largestStep ? size : largestStep
    if (size >= LARGEST_STEP) return
    const at = nodes.findLastIndex((node) => !isLess(priceMove, node))
    const place = placeOf(priceMove, nodes[at], nodes[at + 1])
    rows.nodes[row] = at
    rows.beyond[row] = place.beyond
    rows.lines[row] = priceMove === nodes[at] ? ON_NODE : 2 * at + (place.isFar ? 1 : 0)
    rows.steps[row] = smallInteger(priceMove)
  })
  const volatilities = moves.map(({ volatilityMove }) => volatilityNodes(grid, volatilityMove))
  return { moves, ...rows, volatilities, largestStep }
}

/**
 * Profits of a book in every row, in units of unit * ppm, each within `error` of what `bookProfitDown` says. Undefined where a
 * number could become too large.
 *
 * Node losses and gains, line constants and slopes become a = figure / unit to the nearest, so each is off by half at most. A chord
 * between a and b at w ppm of the way is a (1e6 - w) + b w: half a million for both roundings, and |b - a| / 2 for that of w. A line
 * is constant * 1e6 + slope * step: half a million, and |step| / 2; on a node a gain is a * 1e6. Beyond the last node a loss is
 * a * 1e6 + slope * step. Twice that and a little is given. With A the largest a and X the largest step no profit is above
 * A (2e6 + 2 X) in size.
 */
export function firstLookAt(small: SmallBook, rows: OptionRows): FirstLook | undefined {
  const { largest } = small
  if (rows.largestStep >= LARGEST_STEP) return undefined
  if (largest * 2 * (WHOLE_PPM + rows.largestStep) >= LARGEST_PROFIT) return undefined
  const profits = rows.volatilities.map((names, row) => {
    let least = profitAt(small[names[0] ?? 'none'], rows, row)
    for (let i = 1; i < names.length; i += 1) {
      const other = profitAt(small[names[i] ?? 'none'], rows, row)
      if (other < least) least = other
    }
    return least
  })
  return { profits, error: 2 * WHOLE_PPM + 2 * largest + rows.largestStep + 2 }
}

/** A book's figures over a unit, to the nearest. */
export interface SmallBook extends Readonly<Record<VolatilityNode, SmallBounds>> {
  /** Largest size of any. */
  readonly largest: number
}

export function smallBook({ sums }: OptionBook, unit: WideValue): SmallBook {
  const [down, none, up] = [smallBounds(sums.down, unit), smallBounds(sums.none, unit), smallBounds(sums.up, unit)]
  const largest = [down, none, up].reduce((most, one) => (one.largest > most ? one.largest : most), 0)
  return { down, none, up, largest }
}

/** Largest loss or gain at any node. */
export function bookSize({ sums }: OptionBook): WideValue {
  let most = 0n
  for (const bounds of [sums.down, sums.none, sums.up]) {
    for (const loss of bounds.shortLosses) if (sizeOf(loss) > most) most = sizeOf(loss)
    for (const gain of bounds.longGains) if (sizeOf(gain) > most) most = sizeOf(gain)
  }
  return wideValue(most)
}

/** Figures over the unit; slopes for a whole move. */
interface SmallBounds {
  readonly losses: readonly number[]
  readonly slopeBeyond: number
  readonly gains: readonly number[]
  readonly constants: readonly number[]
  readonly slopes: readonly number[]
  readonly largest: number
}

function smallBounds(bounds: VolatilityBounds, unit: bigint): SmallBounds {
  const small = (figure: bigint, divisor: bigint) => smallQuotient(figure, divisor)
  const losses = bounds.shortLosses.map((loss) => small(loss, unit))
  const slopeBeyond = small(bounds.shortSlope, unit)
  const gains = bounds.longGains.map((gain) => small(gain, unit))
  const constants = bounds.longConstants.map((constant) => small(constant, unit * LINE_SCALE))
  const slopes = bounds.longSlopes.map((slope) => small(slope * MILLION, unit * LINE_SCALE))
  let largest = slopeBeyond
  for (const figure of [...losses, ...gains, ...constants, ...slopes]) {
    const size = figure < 0 ? -figure : figure
    if (size > largest) largest = size
  }
  return { losses, slopeBeyond, gains, constants, slopes, largest }
}

function profitAt(
  { losses, slopeBeyond, gains, constants, slopes }: SmallBounds,
  rows: OptionRows,
  row: number,
): number {
  const [node, beyond, line, step] = [
    rows.nodes[row] ?? 0,
    rows.beyond[row] ?? 0,
    rows.lines[row] ?? 0,
    rows.steps[row] ?? 0,
  ]
  const lower = losses[node] ?? 0
  const upper = losses[node + 1]
  const loss =
    upper === undefined ? lower * WHOLE_PPM + slopeBeyond * beyond : lower * (WHOLE_PPM - beyond) + upper * beyond
  if (line === ON_NODE) return (gains[node] ?? 0) * WHOLE_PPM - loss
  return (constants[line] ?? 0) * WHOLE_PPM + (slopes[line] ?? 0) * step - loss
}

function placeOf(
  step: bigint,
  lower: Move | undefined,
  upper: Move | undefined,
): { readonly beyond: number; readonly isFar: boolean } {
  const from: bigint = lower ?? 0n
  if (upper === undefined) return { beyond: smallInteger(step - from), isFar: false }
  const to: bigint = upper
  return { beyond: smallQuotient((step - from) * MILLION, to - from), isFar: 2n * step > from + to }
}

function sizeOf(signed: bigint): bigint {
  return signed < 0n ? -signed : signed
}
