import { type Move, STILL } from '../../../quantity/move.ts'
import { claimMove, fallOf, type JointMove, productMove, riseOf, soleMove } from '../../../quantity/moved-worth.ts'
import { isNegative } from '../../../quantity/arithmetic.ts'
import { type MoveColumn, moveColumn } from '../../../quantity/worst-rows.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { basisClass } from './factor-name.ts'
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

/** Columns of the lines of one table, worked out once for all accounts: the same factors move alike whoever holds them. */
export interface LineMoves {
  readonly table: MoveTable
  readonly columnOf: (line: RiskLine) => MoveColumn
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
  return { table, columnOf }
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
