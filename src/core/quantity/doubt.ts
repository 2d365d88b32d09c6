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

/** Worth of a half-width in USD on a cash flow: exact. */
export function uncertainWorth(flow: CashFlow, halfWidth: Value): WideValue {
  return wideValue(flow * halfWidth)
}

/** A half-width in the settlement asset on contracts: exact. */
export function uncertainCash(contracts: Quantity, halfWidth: Value): CashFlow {
  return cashFlow(contracts * halfWidth)
}
