import type { Branded } from './unit.ts'

/** Value in the unit of account, 1e-18 USD per atom. Signed. */
export type Value = Branded<'Value:1e-18 USD'>

/** Sum of products before its one rounding: 1e-54 USD per atom. Signed. */
export type WideValue = Branded<'WideValue:1e-54 USD'>

/** |value| stays below 1e15 USD: METHODOLOGY section 6, "state bounds". */
export const VALUE_BOUND = 10n ** 33n

export const NO_VALUE = 0n as Value
export const NO_WIDE_VALUE = 0n as WideValue

/** Throws RangeError when |atoms| reaches 1e15 USD: a wrong number is worse than a stopped engine. */
export function value(atoms: bigint): Value {
  if (atoms >= VALUE_BOUND || atoms <= -VALUE_BOUND) throw new RangeError(`value must be within 1e15 USD, was ${atoms}`)
  return atoms as Value
}

/** A wide value is as unbounded as the sum it came from; it is bounded when it is narrowed. */
export function wideValue(atoms: bigint): WideValue {
  return atoms as WideValue
}

/** Most that may be held, owed or open in one asset or market: 1e12 USD, so that sums over a thousand stay in bounds. */
export const EXPOSURE_BOUND = (10n ** 12n * 10n ** 54n) as WideValue
