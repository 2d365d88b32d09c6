import { type Ppm, ppm } from './ppm.ts'
import { isQuantity, type Quantity } from './quantity.ts'
import type { Rate } from './rate.ts'
import { divCeil, divFloor } from './rounding.ts'
import { MILLION, ONE } from './unit.ts'
import type { Value } from './value.ts'

/** Millionths of a ratio of values, rounded up. Throws RangeError unless the whole is positive. */
export function millionthsUp({ part, whole }: { readonly part: Value; readonly whole: Value }): bigint {
  return divCeil(part * MILLION, whole)
}

/** Millionths of a ratio of values, rounded down. Throws RangeError unless the whole is positive. */
export function millionthsDown({ part, whole }: { readonly part: Value; readonly whole: Value }): bigint {
  return divFloor(part * MILLION, whole)
}

/** Whether part / whole reaches a share: by cross-multiplication, nothing is rounded. For a whole above zero. */
export function reachesShare({
  part,
  whole,
  share,
}: {
  readonly part: Value
  readonly whole: Value
  readonly share: Rate
}): boolean {
  return part * ONE >= whole * share
}

/** A fraction in parts per million, rounded down. Throws RangeError when negative. */
export function fractionPpmDown(fraction: Rate): Ppm {
  return ppm(divFloor(fraction * MILLION, ONE))
}

/** The same rounded up. */
export function fractionPpmUp(fraction: Rate): Ppm {
  return ppm(divCeil(fraction * MILLION, ONE))
}

/** Units of the underlying in so many contracts, exact; undefined if 18 decimals or the bounds of a quantity do not hold it. */
export function underlyingUnits(contracts: Quantity, contractSize: Quantity): Quantity | undefined {
  const product = contracts * contractSize
  if (product % ONE !== 0n) return undefined
  const units = product / ONE
  return isQuantity(units) ? units : undefined
}
