import { type Fixed, FRACTION_BITS } from './fixed.ts'

/** What is known of a real number: low <= number <= high. */
export interface Enclosure<Unit extends bigint> {
  readonly low: Unit
  readonly high: Unit
}

/** Whole part, rounded down: a low end. */
export function wholeDown(number: Fixed): bigint {
  return number >> FRACTION_BITS
}

/** Whole part, rounded up: a high end. */
export function wholeUp(number: Fixed): bigint {
  return -(-number >> FRACTION_BITS)
}
