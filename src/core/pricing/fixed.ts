import { divFloor } from '../quantity/rounding.ts'

/**
 * A real number as a whole number of ulps, 1 ulp = 2^-120. Signed, never a float: the same on every machine.
 *
 * Why 120: a price is below 1e12, so below 2^99.7 atoms of 1e-18. An error of a few ulps times a price is below 2^-16 of an
 * atom, and a fraction fits into two machine words.
 */
export type Fixed = bigint

export const FRACTION_BITS = 120n

/** The number one. */
export const FIXED_ONE: Fixed = 1n << FRACTION_BITS

/** Product, rounded down: less than one ulp below the true one, also when it is negative. */
export function timesDown(a: Fixed, b: Fixed): Fixed {
  return (a * b) >> FRACTION_BITS
}

/** Quotient, rounded down: less than one ulp below the true one. Throws RangeError unless the divisor is positive. */
export function overDown(dividend: Fixed, divisor: Fixed): Fixed {
  return divFloor(dividend << FRACTION_BITS, divisor)
}

/** Quotient of whole numbers to the nearest, halves up. Throws RangeError unless the divisor is positive. */
export function divNearest(dividend: bigint, divisor: bigint): bigint {
  return divFloor(2n * dividend + divisor, 2n * divisor)
}
