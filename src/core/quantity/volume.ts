import type { Price } from './price.ts'
import { quantity, QUANTITY_BOUND, type Quantity } from './quantity.ts'
import { divFloor } from './rounding.ts'
import { ONE } from './unit.ts'
import type { Value } from './value.ts'

/**
 * Units that so many USD are at a price in USD, rounded down: what trades in a day, so less than it may be, against the member. Within
 * the bounds of a quantity, and never nothing: a volume sets an impact, of none there is none to work out.
 */
export function unitsTradedDown(volume: Value, price: Price): Quantity {
  const units = divFloor(volume * ONE, price)
  if (units < 1n) return quantity(1n)
  return units < QUANTITY_BOUND ? quantity(units) : quantity(QUANTITY_BOUND - 1n)
}
