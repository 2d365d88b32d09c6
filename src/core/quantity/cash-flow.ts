import type { Branded } from './unit.ts'

/**
 * Exact amount of a settlement asset before its one rounding: 1e-36 of a unit per atom, a quantity times a price. Signed.
 * What contracts cost, what they are worth and what funding took are kept in it, so that profit and loss sum to zero.
 */
export type CashFlow = Branded<'CashFlow:1e-36 unit'>

export const NO_CASH_FLOW = 0n as CashFlow

/** Unbounded: it is a product or a sum of products of bounded quantities and prices. */
export function cashFlow(atoms: bigint): CashFlow {
  return atoms as CashFlow
}
