import { type Ppm, ppm } from './ppm.ts'
import { type Price, PRICE_BOUND, price } from './price.ts'
import { divCeil, divFloor } from './rounding.ts'
import { MILLION, ONE } from './unit.ts'
import { type Value, value } from './value.ts'

const MS_PER_DAY = 86_400_000n

/** What one unit of a claim redeems for, rounded down: what is owned. Kept within the bounds of a price. */
export function redeemedDown(rate: Price, reference: Price): Price {
  return withinBounds(divFloor(rate * reference, ONE))
}

/** The same rounded up: what is owed. */
export function redeemedUp(rate: Price, reference: Price): Price {
  return withinBounds(divCeil(rate * reference, ONE))
}

/** A daily share for every day begun since the last time, at least for one, at most the whole. For ages >= 0. */
export function allowanceUp(daily: Ppm, ageMs: number): Ppm {
  const days = divCeil(BigInt(ageMs), MS_PER_DAY)
  const allowed = daily * (days > 0n ? days : 1n)
  return ppm(allowed < MILLION ? allowed : MILLION)
}

/** A price less a relative width of 1e-18, rounded down. Kept within the bounds of a price. */
export function narrowedDown(at: Price, width: bigint): Price {
  return withinBounds(at - divCeil(at * width, ONE))
}

/** A price plus a relative width of 1e-18, rounded up. Kept within the bounds of a price. */
export function widenedUp(at: Price, width: bigint): Price {
  return withinBounds(at + divCeil(at * width, ONE))
}

/** What one unit of a claim redeems for at a value of its reference (>= 0, which may be nothing), rounded down. At most the highest price. */
export function redeemedWorthDown(rate: Price, reference: Value): Value {
  return atMostAPrice(divFloor(rate * reference, ONE))
}

/** The same rounded up. */
export function redeemedWorthUp(rate: Price, reference: Value): Value {
  return atMostAPrice(divCeil(rate * reference, ONE))
}

/**
 * A price in USD of what is paid in another asset, where that asset counts at another price than the one it is paid by: rounded up,
 * kept within the bounds of a price.
 */
export function restatedUp(
  at: Price,
  { paidAt, countedAt }: { readonly paidAt: Price; readonly countedAt: Price },
): Price {
  return withinBounds(divCeil(at * countedAt, paidAt))
}

function atMostAPrice(atoms: bigint): Value {
  return value(atoms < PRICE_BOUND ? atoms : PRICE_BOUND - 1n)
}

function withinBounds(atoms: bigint): Price {
  if (atoms < 1n) return price(1n)
  return price(atoms < PRICE_BOUND ? atoms : PRICE_BOUND - 1n)
}
