import { isLess } from '../quantity/arithmetic.ts'
import { type Move, move } from '../quantity/move.ts'
import type { Price } from '../quantity/price.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { divFloor } from '../quantity/rounding.ts'
import { MILLION, ONE } from '../quantity/unit.ts'
import { type WideValue, wideValue } from '../quantity/value.ts'
import { divNearest } from './fixed.ts'
import { LINE_SCALE, middle, type OptionBounds, type VolatilityBounds } from './option-bounds.ts'
import type { OptionGrid } from './option-grid.ts'

/** Contracts of one option in one netting set. */
export interface HeldOption {
  /** Of the array under the grid of the book. */
  readonly bounds: OptionBounds
  /** Signed; negative is short. */
  readonly quantity: Quantity
  /** USD per unit of the settlement asset. */
  readonly settlementPrice: Price
}

/**
 * All options of one underlying in one netting set, summed: the bounds of each times its quantity (1e-18) and its settlement
 * price (1e-18 USD). So values are 1e-54 USD, the short slope 1e-60 a ppm, lines 1e-78; differences are signed sums of both sides.
 */
export interface OptionBook {
  /** -100% and the moves of the grid, ascending. */
  readonly moves: readonly Move[]
  readonly volatilityDown: Move
  readonly volatilityUp: Move
  readonly sums: OptionBounds
}

/** A joint move of a price and of its volatilities; the latter as of an option with 30 days to go. */
export interface OptionMove {
  readonly priceMove: Move
  readonly volatilityMove: Move
}

/** The book of nothing under a grid. */
function emptyOptionBook(grid: OptionGrid): OptionBook {
  const { volatilityDown, volatilityUp } = grid
  const moves = bookNodes(grid)
  const nodes = moves.map(() => 0n)
  const lines = [...nodes, ...nodes].slice(1)
  const none = { shortLosses: nodes, shortSlope: 0n, longGains: nodes, longConstants: lines, longSlopes: lines }
  const sums = { down: none, none, up: none, deltaDifference: 0n, vegaDifference: 0n }
  return { moves, volatilityDown, volatilityUp, sums }
}

/** Nodes of a book: -100% and the moves of its grid. */
export function bookNodes({ priceMoves }: OptionGrid): readonly Move[] {
  const bottom = -MILLION
  return priceMoves[0] === bottom ? priceMoves : [move(bottom), ...priceMoves]
}

/** Options summed into one book: exact. All bounds are of arrays under the grid. */
export function optionBook(held: readonly HeldOption[], grid: OptionGrid): OptionBook {
  let book = emptyOptionBook(grid)
  for (const { bounds, quantity, settlementPrice } of held) {
    const [contracts, perUnit]: readonly [bigint, bigint] = [quantity, settlementPrice]
    book = { ...book, sums: plusTimes(book.sums, bounds, contracts * perUnit) }
  }
  return book
}

/** Two books under one grid as one: exact. */
export function mergeOptionBooks(a: OptionBook, b: OptionBook): OptionBook {
  const both = (row: 'down' | 'none' | 'up') => plus(a.sums[row], b.sums[row], { long: 1n, short: 1n })
  return {
    ...a,
    sums: {
      down: both('down'),
      none: both('none'),
      up: both('up'),
      deltaDifference: a.sums.deltaDifference + b.sums.deltaDifference,
      vegaDifference: a.sums.vegaDifference + b.sums.vegaDifference,
    },
  }
}

/**
 * Least profit of the book when price and volatility move, negative for a loss: exact, then rounded down once to 1e-54 USD.
 *
 * Between two nodes the shorts are on the chord and the longs on their tangents (`optionBounds`). For the volatility the worse of
 * the two neighbouring nodes counts for all contracts together: none and up for a move between them, none alone for no move,
 * up alone from there on; the same downward. Profits of a merged book are at least the sum: each is a minimum of sums.
 */
export function bookProfitDown(book: OptionBook, { priceMove, volatilityMove }: OptionMove): WideValue {
  const [first, second] = volatilityNodes(book, volatilityMove)
  const profit = profitDown(book.moves, book.sums[first], priceMove)
  if (second === undefined) return wideValue(profit)
  const other = profitDown(book.moves, book.sums[second], priceMove)
  return wideValue(other < profit ? other : profit)
}

/**
 * USD per unit of simple return of the price, positive for what gains when it rises: the central difference between the nodes
 * next to rest, volatility as it is. Summed exactly, divided once, to the nearest 1e-54 USD: neither side of a hedge is rounded.
 */
export function deltaExposure({ moves, sums }: OptionBook): WideValue {
  return deltaOver(moves, sums.deltaDifference)
}

/** The same of some options, without their book. */
export function heldDelta(held: readonly HeldOption[], grid: OptionGrid): WideValue {
  let twice = 0n
  for (const { bounds, quantity, settlementPrice } of held) {
    const [contracts, perUnit]: readonly [bigint, bigint] = [quantity, settlementPrice]
    twice += contracts * perUnit * bounds.deltaDifference
  }
  return deltaOver(bookNodes(grid), twice)
}

function deltaOver(moves: readonly Move[], twice: bigint): WideValue {
  const { below, above } = middle(moves)
  return perWhole(twice, { from: moves[below], to: moves[above] })
}

/** USD per unit of relative move of the volatility of an option with 30 days to go: as `deltaExposure`, between down and up. */
export function vegaExposure({ volatilityDown, volatilityUp, sums }: OptionBook): WideValue {
  return perWhole(sums.vegaDifference, { from: volatilityDown, to: volatilityUp })
}

function perWhole(
  twice: bigint,
  { from, to }: { readonly from: Move | undefined; readonly to: Move | undefined },
): WideValue {
  const [low, high]: readonly [bigint, bigint] = [from ?? 0n, to ?? 0n]
  const width = 2n * (high - low)
  return wideValue(divNearest(twice * MILLION, width))
}

export type VolatilityNode = 'down' | 'none' | 'up'

/** The neighbouring volatility nodes of a move, one if it is on a node or beyond. */
export function volatilityNodes(
  { volatilityDown, volatilityUp }: Pick<OptionGrid, 'volatilityDown' | 'volatilityUp'>,
  volatilityMove: Move,
): readonly [VolatilityNode] | readonly [VolatilityNode, VolatilityNode] {
  const [down, step, up]: readonly [bigint, bigint, bigint] = [volatilityDown, volatilityMove, volatilityUp]
  if (step === 0n) return ['none']
  if (step <= down) return ['down']
  if (step >= up) return ['up']
  return step < 0n ? ['none', 'down'] : ['none', 'up']
}

/** 1e-54 USD. */
function profitDown(moves: readonly Move[], bounds: VolatilityBounds, priceMove: Move): bigint {
  const index = moves.findLastIndex((node) => !isLess(priceMove, node))
  const [lower, upper, step]: readonly [bigint, bigint | undefined, bigint] = [
    part(moves, index),
    moves[index + 1],
    priceMove,
  ]
  const loss = part(bounds.shortLosses, index)
  if (step === lower) return part(bounds.longGains, index) - loss
  if (upper === undefined) {
    const short = loss * LINE_SCALE + bounds.shortSlope * ONE * (step - lower)
    return divFloor(lineAt(bounds, 2 * index, step) - short, LINE_SCALE)
  }
  const width = upper - lower
  const chord = loss * (upper - step) + part(bounds.shortLosses, index + 1) * (step - lower)
  const isNearUpper = 2n * step > lower + upper
  const long = lineAt(bounds, isNearUpper ? 2 * index + 1 : 2 * index, step)
  return divFloor(long * width - chord * LINE_SCALE, LINE_SCALE * width)
}

function lineAt({ longConstants, longSlopes }: VolatilityBounds, index: number, step: bigint): bigint {
  return part(longConstants, index) + part(longSlopes, index) * step
}

function part(parts: readonly bigint[], index: number): bigint {
  const found = parts[index]
  if (found === undefined) throw new RangeError(`no node ${index}`)
  return found
}

function plusTimes(sums: OptionBounds, bounds: OptionBounds, weight: bigint): OptionBounds {
  const sides = weight < 0n ? { long: 0n, short: -weight } : { long: weight, short: 0n }
  return {
    down: plus(sums.down, bounds.down, sides),
    none: plus(sums.none, bounds.none, sides),
    up: plus(sums.up, bounds.up, sides),
    deltaDifference: sums.deltaDifference + weight * bounds.deltaDifference,
    vegaDifference: sums.vegaDifference + weight * bounds.vegaDifference,
  }
}

function plus(
  sum: VolatilityBounds,
  bounds: VolatilityBounds,
  weight: { readonly long: bigint; readonly short: bigint },
): VolatilityBounds {
  const short =
    weight.short === 0n
      ? { shortLosses: sum.shortLosses, shortSlope: sum.shortSlope }
      : {
          shortLosses: plusEach(sum.shortLosses, bounds.shortLosses, weight.short),
          shortSlope: sum.shortSlope + weight.short * bounds.shortSlope,
        }
  if (weight.long === 0n) return { ...sum, ...short }
  return {
    ...short,
    longGains: plusEach(sum.longGains, bounds.longGains, weight.long),
    longConstants: plusEach(sum.longConstants, bounds.longConstants, weight.long),
    longSlopes: plusEach(sum.longSlopes, bounds.longSlopes, weight.long),
  }
}

function plusEach(sums: readonly bigint[], parts: readonly bigint[], weight: bigint): readonly bigint[] {
  const total: bigint[] = []
  for (let i = 0; i < sums.length; i += 1) total.push(part(sums, i) + weight * part(parts, i))
  return total
}
