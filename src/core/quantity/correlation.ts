import type { Move } from './move.ts'
import type { Ppm } from './ppm.ts'
import { divFloor } from './rounding.ts'
import { MILLION } from './unit.ts'
import type { Loading } from './variance.ts'

/** Correlations are shown in whole ppm, from -1000000 to 1000000. */
export const WHOLE_CORRELATION = MILLION as Move

/** Product of two factors' loadings, to the nearest ppm: for display, decisions take the loadings. */
export function correlationNearest(a: readonly Loading[], b: readonly Loading[]): Move {
  const sum = a.reduce((all, one, i) => all + one * (b[i] ?? 0n), 0n)
  return divFloor(2n * sum + MILLION, 2n * MILLION) as Move
}

/** (1 - weight) of a correlation and weight of moving as one, as opposites, or not at all; to the nearest ppm. */
export function mixedCorrelationNearest(now: Move, together: 'same' | 'opposite' | 'none', weight: Ppm): Move {
  const other = together === 'same' ? MILLION : together === 'opposite' ? -MILLION : 0n
  const sum = now * (MILLION - weight) + other * weight
  return divFloor(2n * sum + MILLION, 2n * MILLION) as Move
}
