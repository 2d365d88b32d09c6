import type { Move } from '../quantity/move.ts'
import { type Rate, rate } from '../quantity/rate.ts'
import { divCeil, sqrtCeil } from '../quantity/rounding.ts'
import { MILLION } from '../quantity/unit.ts'
import { VOLATILITY_BOUND } from './deviation.ts'
import { FIXED_ONE, type Fixed, FRACTION_BITS } from './fixed.ts'
import type { OptionGrid } from './option-grid.ts'
import { wholeMs } from './root-time.ts'

/** The term for which a grid says its moves of volatility: 30 days. */
const TERM_MS = 2_592_000_000n

/**
 * (30 days / T)^(quarters/4): how many times the grid's moves an option with T milliseconds to go takes. Rounded up, less than 2
 * ulps too large; 1 exactly for quarters = 0 and for 30 days. Throws RangeError unless T is above 0 and within a hundred years.
 *
 * Three ceilings: of the ratio in 2^-480, of its root in 2^-240, of the root of that in 2^-120. With R >= 2^60 the true root in
 * 2^-240 (the ratio is at least 8.2e-4 to the fourth power), the first two make it at most R + 2, and sqrt(R + 2) < sqrt(R) + 1
 * by far: the third adds less than one more.
 */
export function termFactorUp(timeMs: number, quarters: number): Fixed {
  const power = BigInt(quarters)
  const ratio = divCeil((TERM_MS ** power) << (4n * FRACTION_BITS), wholeMs(timeMs) ** power)
  return sqrtCeil(sqrtCeil(ratio))
}

/** The grid's lower volatility of an option: the move is rounded up and ends at zero, then at the floor. */
export function volatilityDown(volatility: Rate, factor: Fixed, grid: OptionGrid): Rate {
  const from: bigint = volatility
  const change = changeUp(volatility, grid.volatilityDown, factor)
  return bounded(from > change ? from - change : 0n, grid)
}

/** The grid's upper volatility of an option: the move is rounded up and ends at the largest volatility there is. */
export function volatilityUp(volatility: Rate, factor: Fixed, grid: OptionGrid): Rate {
  const from: bigint = volatility
  return bounded(from + changeUp(volatility, grid.volatilityUp, factor), grid)
}

/** Size of the change: rounded up, so that both nodes lie outside of where they would. */
function changeUp(volatility: Rate, range: Move, factor: Fixed): bigint {
  const parts: bigint = range
  const from: bigint = volatility
  return divCeil(from * (parts < 0n ? -parts : parts) * factor, MILLION * FIXED_ONE)
}

function bounded(moved: bigint, { volatilityFloor }: OptionGrid): Rate {
  const floor: bigint = volatilityFloor
  const raised = moved > floor ? moved : floor
  return rate(raised < VOLATILITY_BOUND ? raised : VOLATILITY_BOUND - 1n)
}
