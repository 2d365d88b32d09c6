import { type Quantity, quantity } from './quantity.ts'

/** Whether a quantity is a whole number of units of an asset kept with this many decimals (0 to 18). */
export function isWholeUnits(amount: Quantity, nativeDecimals: number): boolean {
  return amount % 10n ** BigInt(18 - nativeDecimals) === 0n
}

/** The least amount of an asset kept with this many decimals (0 to 18). */
export function nativeUnit(nativeDecimals: number): Quantity {
  return quantity(10n ** BigInt(18 - nativeDecimals))
}
