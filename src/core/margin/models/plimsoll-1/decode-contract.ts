import { isLess, isNegative, isPositive, isZero } from '../../../quantity/arithmetic.ts'
import type { Move } from '../../../quantity/move.ts'
import { rate } from '../../../quantity/rate.ts'
import { ONE } from '../../../quantity/unit.ts'
import { depth } from './decode-asset.ts'
import type { OptionGrid } from '../../../pricing/option-grid.ts'
import type { ContractRisk, OptionRisk } from './parameters.ts'
import { FieldError, fields, list } from './section-field.ts'
import { atoms, readMove, share, whole } from './section-figure.ts'

/** A volatility of 100 is ten thousand percent a year. */
const VOLATILITY_BOUND = 100n * ONE

/** `{ perpetual, future, option }`, each where there are such contracts: a depth, a depth, `{ depth, minimumPpm, grid }`. */
export function contractRisk(row: unknown, at: string): ContractRisk {
  const got = fields(row, at, ['perpetual', 'future', 'option'])
  return {
    perpetual: got.perpetual === undefined ? undefined : depth(got.perpetual, `${at}.perpetual`),
    future: got.future === undefined ? undefined : depth(got.future, `${at}.future`),
    option: got.option === undefined ? undefined : optionRisk(got.option, `${at}.option`),
  }
}

function optionRisk(row: unknown, at: string): OptionRisk {
  const got = fields(row, at, ['depth', 'minimumPpm', 'grid'])
  const minimum = share(got.minimumPpm, `${at}.minimumPpm`)
  return { depth: depth(got.depth, `${at}.depth`), minimum, grid: optionGrid(got.grid, `${at}.grid`) }
}

function optionGrid(row: unknown, at: string): OptionGrid {
  const names = [
    'priceMovesPpm',
    'volatilityDownPpm',
    'volatilityUpPpm',
    'termPowerQuarters',
    'volatilityFloor',
  ] as const
  const got = fields(row, at, names)
  const priceMoves = ascending(got.priceMovesPpm, `${at}.priceMovesPpm`)
  const volatilityDown = readMove(got.volatilityDownPpm, `${at}.volatilityDownPpm`)
  if (!isNegative(volatilityDown)) throw new FieldError(`${at}.volatilityDownPpm`, 'below 0', got.volatilityDownPpm)
  const volatilityUp = readMove(got.volatilityUpPpm, `${at}.volatilityUpPpm`)
  if (!isPositive(volatilityUp)) throw new FieldError(`${at}.volatilityUpPpm`, 'above 0', got.volatilityUpPpm)
  const quarters = got.termPowerQuarters
  whole(quarters, `${at}.termPowerQuarters`, { from: 0, to: 4 })
  const volatilityFloor = rate(atoms(got.volatilityFloor, `${at}.volatilityFloor`, VOLATILITY_BOUND))
  return { priceMoves, volatilityDown, volatilityUp, termPowerQuarters: quarters as number, volatilityFloor }
}

function ascending(got: unknown, at: string): readonly Move[] {
  const figures = list(got, at)
  const moves = figures.map((one, i) => readMove(one, `${at}[${i}]`))
  moves.forEach((one, i) => {
    const before = moves[i - 1]
    if (before !== undefined && !isLess(before, one))
      throw new FieldError(`${at}[${i}]`, 'more than the one before', figures[i])
  })
  if (!moves.some(isZero)) throw new FieldError(at, 'moves with 0 among them', got)
  return moves
}
