import { type Ppm, ppm } from './ppm.ts'
import { divCeil, sqrtCeil } from './rounding.ts'
import { MILLION } from './unit.ts'
import type { Value } from './value.ts'

/** No forced trade is priced further than this from the mark, so that a sale always has a positive price. */
const WORST = 990_000n

/** Half spread plus impact with the square root of the size, in ppm of the price; rounded up, at most 99%. */
export function tradingCostUp(
  cost: { readonly halfSpreadPpm: Ppm; readonly impactPpm: Ppm; readonly impactNotional: Value },
  notional: Value,
): Ppm {
  const size = notional < 0n ? 0n : notional
  const impact = sqrtCeil(divCeil(cost.impactPpm * cost.impactPpm * size, cost.impactNotional))
  const total = cost.halfSpreadPpm + impact
  return ppm(total < WORST ? total : WORST)
}

/** Whether an excess reaches a share of a requirement: exact. */
export function reachesBuffer(excess: Value, requirement: Value, buffer: Ppm): boolean {
  return excess * MILLION >= requirement * buffer
}
