import type { Branded } from './unit.ts'

/** Sum of two amounts of one unit. */
export function add<Unit extends string>(a: Branded<Unit>, b: Branded<Unit>): Branded<Unit> {
  return (a + b) as Branded<Unit>
}

/** First minus second, in their unit. */
export function subtract<Unit extends string>(a: Branded<Unit>, b: Branded<Unit>): Branded<Unit> {
  return (a - b) as Branded<Unit>
}

/** The same size with the other sign. */
export function negate<Unit extends string>(a: Branded<Unit>): Branded<Unit> {
  return -a as Branded<Unit>
}

/** Size without sign. */
export function absolute<Unit extends string>(a: Branded<Unit>): Branded<Unit> {
  return (a < 0n ? -a : a) as Branded<Unit>
}

/** The amount if positive, else zero. */
export function positivePart<Unit extends string>(a: Branded<Unit>): Branded<Unit> {
  return (a > 0n ? a : 0n) as Branded<Unit>
}

/** The size of the amount if negative, else zero. */
export function negativePart<Unit extends string>(a: Branded<Unit>): Branded<Unit> {
  return (a < 0n ? -a : 0n) as Branded<Unit>
}

export function isPositive<Unit extends string>(a: Branded<Unit>): boolean {
  return a > 0n
}

export function isNegative<Unit extends string>(a: Branded<Unit>): boolean {
  return a < 0n
}

export function isZero<Unit extends string>(a: Branded<Unit>): boolean {
  return a === 0n
}

/** Whether the first is strictly below the second. */
export function isLess<Unit extends string>(a: Branded<Unit>, b: Branded<Unit>): boolean {
  return a < b
}

export function smaller<Unit extends string>(a: Branded<Unit>, b: Branded<Unit>): Branded<Unit> {
  return a < b ? a : b
}

export function larger<Unit extends string>(a: Branded<Unit>, b: Branded<Unit>): Branded<Unit> {
  return a > b ? a : b
}

/** Order of two amounts for sorting: negative, zero or positive. */
export function compare<Unit extends string>(a: Branded<Unit>, b: Branded<Unit>): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether the first is a whole multiple of the second. Throws RangeError when the step is not positive. */
export function isMultipleOf<Unit extends string>(a: Branded<Unit>, step: Branded<Unit>): boolean {
  if (step <= 0n) throw new RangeError(`step must be > 0, was ${step}`)
  return a % step === 0n
}
