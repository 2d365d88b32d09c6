import { parseDecimal18 } from '../../core/quantity/decimal.ts'
import { type Price, price } from '../../core/quantity/price.ts'
import { type Quantity, quantity } from '../../core/quantity/quantity.ts'
import { type Rate, rate } from '../../core/quantity/rate.ts'

/** A plain number as a price of core, to the nearest 1e-9, at least an atom. Throws RangeError for what is no price. */
export function priceOf(figure: number): Price {
  const atoms = atomsOf(figure)
  return price(atoms > 0n ? atoms : 1n)
}

/** A plain number as a rate of core, to the nearest 1e-9. */
export function rateOf(figure: number): Rate {
  return rate(atomsOf(figure))
}

/** A plain number as a quantity of core, to the nearest 1e-9. */
export function quantityOf(figure: number): Quantity {
  return quantity(atomsOf(figure))
}

/** Atoms of core as a plain number. */
export function figureOf(atoms: bigint): number {
  return Number(atoms) / 1e18
}

/** Recorded figures have at most nine digits after the point that mean anything. */
function atomsOf(figure: number): bigint {
  const parsed = parseDecimal18(figure.toFixed(9))
  if (!parsed.ok) throw new RangeError(`${figure} is no decimal`)
  return parsed.atoms
}
