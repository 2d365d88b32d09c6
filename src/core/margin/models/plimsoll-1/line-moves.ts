import { type Move, STILL } from '../../../quantity/move.ts'
import { claimMove, fallOf, type JointMove, productMove, riseOf, soleMove } from '../../../quantity/moved-worth.ts'
import { isNegative } from '../../../quantity/arithmetic.ts'
import { type MoveColumn, moveColumn } from '../../../quantity/worst-rows.ts'
import type { AssetId, FactorId } from '../../../instrument/identifier.ts'
import type { OptionMove } from '../../../pricing/option-book.ts'
import type { OptionGrid } from '../../../pricing/option-grid.ts'
import { type OptionRows, optionRows } from '../../../pricing/option-rows.ts'
import { basisClass, priceFactor, volatilityFactor } from './factor-name.ts'
import type { LineFactors, RiskLine } from './risk-line.ts'

/** A table of joint moves: rows of a scenario list or windows of history; one move of a factor for each. */
export interface MoveTable {
  readonly rowCount: number
  /** Moves of a factor, one a row; undefined if it stands still in all. */
  readonly columnOf: (factor: FactorId) => readonly Move[] | undefined
}

/** A factor's column by its own name or that of its class. */
export function namedColumn(
  columns: ReadonlyMap<FactorId, readonly Move[]>,
  factor: FactorId,
): readonly Move[] | undefined {
  const own = columns.get(factor)
  if (own !== undefined) return own
  const shared = basisClass(factor)
  return shared === undefined ? undefined : columns.get(shared)
}

/** Columns of the lines of one table, and what options of an underlying do in it, worked out once for all accounts: the same factors move alike whoever holds them. */
export interface LineMoves {
  readonly table: MoveTable
  readonly columnOf: (line: RiskLine) => MoveColumn
  /** Of an underlying and its volatilities. */
  readonly optionRowsOf: (underlying: AssetId, grid: OptionGrid) => OptionRows
}

export function lineMoves(table: MoveTable): LineMoves {
  const columns = new Map<string, MoveColumn>()
  function columnOf({ factors, earnsOffset, worth }: RiskLine): MoveColumn {
    const side = earnsOffset ? 'both' : isNegative(worth) ? 'rises' : 'falls'
    const key = `${side} ${keyOf(factors)}`
    const known = columns.get(key)
    if (known !== undefined) return known
    const exact = jointMoves(factors, table)
    const counted = side === 'both' ? exact : exact.map(side === 'rises' ? riseOf : fallOf)
    const column = moveColumn(counted)
    columns.set(key, column)
    return column
  }
  const options = new Map<AssetId, OptionRows>()
  function optionRowsOf(underlying: AssetId, grid: OptionGrid): OptionRows {
    const known = options.get(underlying)
    if (known !== undefined) return known
    const rows = optionRows(optionMoves(underlying, table), grid)
    options.set(underlying, rows)
    return rows
  }
  return { table, columnOf, optionRowsOf }
}

function optionMoves(underlying: AssetId, table: MoveTable): readonly OptionMove[] {
  const prices = table.columnOf(priceFactor(underlying))
  const volatilities = table.columnOf(volatilityFactor(underlying))
  return Array.from({ length: table.rowCount }, (_, row) => {
    return { priceMove: prices?.[row] ?? STILL, volatilityMove: volatilities?.[row] ?? STILL }
  })
}

function keyOf(factors: LineFactors): string {
  switch (factors.kind) {
    case 'asset':
      return factors.price
    case 'claim':
      return `${factors.beta} ${factors.reference ?? ''} ${factors.peg}`
    case 'contract':
      return `${factors.price} ${factors.basis}`
    default:
      return factors satisfies never
  }
}

function jointMoves(factors: LineFactors, table: MoveTable): readonly JointMove[] {
  const rows = Array.from({ length: table.rowCount }, (_, row) => row)
  const moveOf = (factor: FactorId | undefined) => {
    const column = factor === undefined ? undefined : table.columnOf(factor)
    return (row: number) => column?.[row] ?? STILL
  }
  switch (factors.kind) {
    case 'asset': {
      const price = moveOf(factors.price)
      return rows.map((row) => soleMove(price(row)))
    }
    case 'claim': {
      const [reference, peg] = [moveOf(factors.reference), moveOf(factors.peg)]
      return rows.map((row) => claimMove(reference(row), factors.beta, peg(row)))
    }
    case 'contract': {
      const [price, basis] = [moveOf(factors.price), moveOf(factors.basis)]
      return rows.map((row) => productMove(price(row), basis(row)))
    }
    default:
      return factors satisfies never
  }
}
