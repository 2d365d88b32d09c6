import type { Branded } from './unit.ts'

/** Price, 1e-18 of the quote unit per whole unit of the asset. Always > 0. */
export type Price = Branded<'Price:1e-18 quote/unit'>

/** Prices stay below 1e12: METHODOLOGY section 6, "state bounds". */
export const PRICE_BOUND = 10n ** 30n

/** Throws RangeError unless 0 < atoms < 1e12 in 1e-18 units. */
export function price(atoms: bigint): Price {
  if (!isPrice(atoms)) throw new RangeError(`price must be above 0 and below 1e12, was ${atoms} atoms`)
  return atoms as Price
}

/** Whether the atoms are a price within the state bounds. */
export function isPrice(atoms: bigint): atoms is Price {
  return atoms > 0n && atoms < PRICE_BOUND
}

/** Price of the unit of account in itself. */
export const ONE_DOLLAR = price(10n ** 18n)
