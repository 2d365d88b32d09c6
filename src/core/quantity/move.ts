import { type Branded, MILLION } from './unit.ts'

/** Simple return of a risk factor in parts per million, never below -1000000. */
export type Move = Branded<'Move:1e-6'>

export const STILL = 0n as Move

/** Throws RangeError below -100%. */
export function move(parts: bigint): Move {
  if (parts < -MILLION) throw new RangeError(`a move must be at least -1000000 ppm, was ${parts}`)
  return parts as Move
}
