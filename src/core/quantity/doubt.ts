import { type CashFlow, cashFlow } from './cash-flow.ts'
import type { Ppm } from './ppm.ts'
import type { Price } from './price.ts'
import type { Quantity } from './quantity.ts'
import { divCeil, sqrtCeil } from './rounding.ts'
import { MILLION, ONE } from './unit.ts'
import { type Value, value, type WideValue, wideValue } from './value.ts'

const MS_PER_DAY = 86_400_000n

/** Width of a stale price: one day's volatility times the square root of its age in days, 1e-18 relative; rounded up. */
export function staleWidthUp(dailyVolatility: Ppm, ageMs: number): bigint {
  const variance = dailyVolatility * dailyVolatility * ONE * ONE * BigInt(ageMs)
  return sqrtCeil(divCeil(variance, MILLION * MILLION * MS_PER_DAY))
}

/** Half-width of an interval over its price, 1e-18 relative; rounded up. */
export function relativeWidthUp(halfWidth: Value, price: Price): bigint {
  return divCeil(halfWidth * ONE, price)
}

/** Size of an exposure times a width: rounded up, the member's benefit. */
export function doubtUp(exposure: WideValue, width: bigint): Value {
  const size = exposure < 0n ? -exposure : exposure
  return value(divCeil(size * width, ONE * ONE * ONE))
}

/** What one unit is worth at a price, in the price's unit: exact. Unlike a price it may be nothing. */
export function valueOfOne(at: Price): Value {
  return value(at)
}

/** A cash flow at the worse of two values of one unit, `low` for what is had and `high` for what is owed: exact. */
export function worstWorth(flow: CashFlow, { low, high }: { readonly low: Value; readonly high: Value }): WideValue {
  return wideValue(flow * (flow < 0n ? high : low))
}

/** What contracts are worth less at the worse of two values of one, than at their price, >= 0 where that lies between: exact. */
export function shortfallAtWorst(
  contracts: Quantity,
  at: Price,
  { low, high }: { readonly low: Value; readonly high: Value },
): CashFlow {
  return cashFlow(contracts * (at - (contracts < 0n ? high : low)))
}
