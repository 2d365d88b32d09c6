import { type Quantity, quantity } from './quantity.ts'
import { type Rate, rate } from './rate.ts'
import type { Ppm } from './ppm.ts'
import { divCeil, divFloor } from './rounding.ts'
import { MILLION, ONE } from './unit.ts'

const MS_PER_YEAR = 365n * 24n * 60n * 60n * 1000n

/** Amount grown from one index to another, rounded down: what a lender has. For amounts >= 0. */
export function growDown(amount: Quantity, from: Rate, to: Rate): Quantity {
  return quantity(divFloor(amount * to, from))
}

/** Amount grown from one index to another, rounded up: what a borrower owes. For amounts >= 0. */
export function growUp(amount: Quantity, from: Rate, to: Rate): Quantity {
  return quantity(divCeil(amount * to, from))
}

/** Simple interest factor of a yearly rate over some milliseconds, rounded up: 1e-18 relative. */
export function interestFactorUp(yearly: Ppm, ms: number): Rate {
  return rate(divCeil(yearly * BigInt(ms) * ONE, MILLION * MS_PER_YEAR))
}

/** Index after growth by a factor, rounded up. */
export function compoundUp(index: Rate, factor: Rate): Rate {
  return rate(index + divCeil(index * factor, ONE))
}

/** Interest on an amount at a factor, rounded down. For amounts >= 0. */
export function interestDown(amount: Quantity, factor: Rate): Quantity {
  return quantity(divFloor(amount * factor, ONE))
}

/** Index after `earned` is shared by `total`, rounded down; unchanged when there is nothing to share by. */
export function shareEarningsDown(index: Rate, earned: Quantity, total: Quantity): Rate {
  return total > 0n ? rate(index + divFloor(index * earned, total)) : index
}
