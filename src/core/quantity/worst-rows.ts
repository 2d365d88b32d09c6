import { type JointMove, type MovedWorth, NO_MOVED_WORTH } from './moved-worth.ts'
import { smallQuotient } from './small-integer.ts'
import { type WideValue, wideValue } from './value.ts'

/** Moves of one instrument, one a row: exact, and rounded to whole ppm for a first look. */
export interface MoveColumn {
  readonly exact: readonly JointMove[]
  readonly rough: Int32Array
  /** Largest size of a move, whole ppm; from LARGEST_MOVE on `rough` is not to be used. */
  readonly largest: number
}

/** What a portfolio gains or loses in each of many rows. */
export interface RowProfits {
  readonly rowCount: number
  /** Worths that move with a column of as many rows. */
  readonly parts: readonly { readonly worth: WideValue; readonly column: MoveColumn }[]
  /** Profits that follow no column. */
  readonly extras: readonly RowExtra[]
}

/** What gains or loses by a rule of its own. */
export interface RowExtra {
  /** About the largest size of its profits: sets the unit of the first look. */
  readonly size: WideValue
  /** Its profits in units of unit * ppm; undefined if they are too large for small integers. */
  readonly firstLook: (unit: WideValue) => FirstLook | undefined
  readonly profitIn: (row: number) => MovedWorth
}

/** Profits of rows in whole numbers, each below 2^45 in size. */
export interface FirstLook {
  readonly profits: readonly number[]
  /** How far any of them may be off. */
  readonly error: number
}

export interface RowProfit {
  readonly row: number
  readonly profit: MovedWorth
}

/** A column with a move too large for small integers has no first look. */
export function moveColumn(exact: readonly JointMove[]): MoveColumn {
  const rough = new Int32Array(exact.length)
  let largest = 0
  exact.forEach((move, row) => {
    const parts = smallQuotient(move, MOVES_PER_PPM)
    const size = parts < 0 ? -parts : parts
    if (size < LARGEST_MOVE) rough[row] = parts
    if (size > largest) largest = size
  })
  return { exact, rough, largest }
}

/** Profit in one row: exact. */
export function profitIn({ parts, extras }: RowProfits, row: number): MovedWorth {
  let profit: bigint = NO_MOVED_WORTH
  for (const { worth, column } of parts) profit += worth * (column.exact[row] ?? 0n)
  for (const extra of extras) profit += extra.profitIn(row)
  return profit as MovedWorth
}

/**
 * The rows of least profit, least first, the earlier row among equals; all of them if there are no more than `take`. Exact.
 *
 * A first look in small integers leaves few rows to be worked out exactly. Every worth becomes a = worth / unit, below 2^20, every
 * move r whole ppm, both to the nearest, so that a sum of a r is within E = sum (|a| + |r| + 1) of the profit it stands for,
 * in units of unit * ppm. A row among the `take` least has a profit no more than the take-th least, so its first look is within
 * 2 E of the take-th least first look: no other row needs to be looked at again. All integers stay below 2^53.
 */
export function worstRows(of: RowProfits, take: number): readonly RowProfit[] {
  const looked = take < of.rowCount ? firstLook(of) : undefined
  const rows = looked === undefined ? everyRow(of.rowCount) : within(looked, take)
  const exact = rows.map((row) => ({ row, profit: profitIn(of, row) }))
  exact.sort((a, b) => (a.profit < b.profit ? -1 : a.profit > b.profit ? 1 : a.row - b.row))
  return exact.slice(0, take)
}

/** 1e-18 in a ppm. */
const MOVES_PER_PPM = 10n ** 12n
/** 2^20 times 2^25 times 2^8 is 2^53: with fewer parts and smaller moves no sum is rounded. */
const WORTH_BITS = 20n
const LARGEST_MOVE = 2 ** 25
const MOST_PARTS = 2 ** 8

/** Undefined where integers could become too large: then every row is worked out exactly. */
function firstLook({ rowCount, parts, extras }: RowProfits): FirstLook | undefined {
  if (parts.length + extras.length >= MOST_PARTS) return undefined
  if (parts.some(({ column }) => column.largest >= LARGEST_MOVE)) return undefined
  const unit = unitFor(parts, extras)
  const profits = Array.from({ length: rowCount }, () => 0)
  let error = 0
  for (const { worth, column } of parts) {
    const { rough } = column
    const size = smallQuotient(worth, unit)
    error += (size < 0 ? -size : size) + column.largest + 1
    for (let row = 0; row < rowCount; row += 1) profits[row] = (profits[row] ?? 0) + size * (rough[row] ?? 0)
  }
  for (const extra of extras) {
    const looked = extra.firstLook(unit)
    if (looked === undefined) return undefined
    error += looked.error
    for (let row = 0; row < rowCount; row += 1) profits[row] = (profits[row] ?? 0) + (looked.profits[row] ?? 0)
  }
  return { profits, error }
}

/** Least unit in which every worth stays below 2^20. */
function unitFor(parts: RowProfits['parts'], extras: RowProfits['extras']): WideValue {
  let most = 0n
  for (const { worth } of parts) most = larger(most, worth)
  for (const { size } of extras) most = larger(most, size)
  return wideValue((most >> WORTH_BITS) + 1n)
}

function larger(most: bigint, signed: bigint): bigint {
  const size = signed < 0n ? -signed : signed
  return size > most ? size : most
}

/** Rows whose first look is within twice the error of the take-th least. */
function within({ profits, error }: FirstLook, take: number): readonly number[] {
  const least: number[] = []
  for (const profit of profits) {
    if (least.length === take && profit >= (least[take - 1] ?? 0)) continue
    let at = least.length < take ? least.length : take - 1
    for (; at > 0 && (least[at - 1] ?? 0) > profit; at -= 1) least[at] = least[at - 1] ?? 0
    least[at] = profit
  }
  const limit = (least[take - 1] ?? 0) + 2 * error
  const rows: number[] = []
  profits.forEach((profit, row) => {
    if (profit <= limit) rows.push(row)
  })
  return rows
}

function everyRow(count: number): readonly number[] {
  return Array.from({ length: count }, (_, row) => row)
}
