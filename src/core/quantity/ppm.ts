import { type Branded, MILLION } from './unit.ts'

/** Share in parts per million. Never negative. */
export type Ppm = Branded<'Ppm:1e-6'>

export const NO_PPM = 0n as Ppm
export const WHOLE = MILLION as Ppm

/** Throws RangeError when negative. */
export function ppm(parts: bigint): Ppm {
  if (parts < 0n) throw new RangeError(`parts per million must be >= 0, was ${parts}`)
  return parts as Ppm
}

/** What a share leaves of the whole. Throws RangeError when the share is above it. */
export function remainderOf(share: Ppm): Ppm {
  return ppm(MILLION - share)
}
