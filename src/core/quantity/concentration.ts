import type { Ppm } from './ppm.ts'
import type { Quantity } from './quantity.ts'
import { divCeil } from './rounding.ts'
import { MILLION } from './unit.ts'
import { type Value, value, type WideValue } from './value.ts'

/** What may be held of an asset without a surcharge, and what is held of it, in units. */
export interface Crowding {
  readonly free: Quantity
  readonly held: Quantity
}

/** A share of the part of a worth >= 0 that is crowded: what is held beyond the free units over what is held; rounded up once. */
export function crowdedShareUp(worth: WideValue, share: Ppm, { free, held }: Crowding): Value {
  if (held <= free) return value(0n)
  return value(divCeil(worth * share * (held - free), 10n ** 36n * MILLION * held))
}

/** Share of a million USD that a value is, in ppm rounded up: what a unit of worth requires. */
export function ppmOfMillionUp(required: Value): bigint {
  return divCeil(required, 10n ** 18n)
}
