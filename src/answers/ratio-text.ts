import type { Rate } from '../core/quantity/rate.ts'
import { divFloor } from '../core/quantity/rounding.ts'

/** Millionths as reports write a ratio: `0.604710`, `-0.071800`. */
export function ratioText(millionths: bigint): string {
  const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(7, '0')
  return `${millionths < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}

/** A rate as reports write a ratio, rounded down. */
export function rateText(rate: Rate): string {
  return ratioText(divFloor(rate, 10n ** 12n))
}
