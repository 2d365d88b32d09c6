import type { Branded } from './unit.ts'

/** Amount of an asset or of contracts, 1e-18 of a whole unit per atom. Signed. */
export type Quantity = Branded<'Quantity:1e-18 unit'>

/** |quantity| stays below 1e18 units: METHODOLOGY section 6, "state bounds". */
export const QUANTITY_BOUND = 10n ** 36n

export const NO_QUANTITY = 0n as Quantity

/** Throws RangeError when |atoms| reaches 1e18 units. */
export function quantity(atoms: bigint): Quantity {
  if (!isQuantity(atoms)) throw new RangeError(`quantity must be within 1e18 units, was ${atoms} atoms`)
  return atoms as Quantity
}

/** Whether the atoms are within the state bounds. */
export function isQuantity(atoms: bigint): atoms is Quantity {
  return atoms < QUANTITY_BOUND && atoms > -QUANTITY_BOUND
}

/** The least amount there is. */
export const ATOM = 1n as Quantity
