import type { Move } from './move.ts'
import { type Ppm, ppm } from './ppm.ts'
import { divCeil } from './rounding.ts'
import { type Branded, MILLION } from './unit.ts'
import { type Value, value, type WideValue } from './value.ts'

/** A worth times two shares: 1e-66 USD per atom. */
export type AdverseLoss = Branded<'AdverseLoss:1e-66 USD'>

export const NO_ADVERSE_LOSS = 0n as AdverseLoss

/** Largest falls and rises of a factor over many moves: what the long side loses, what the short side does. */
export interface Extremes {
  readonly fall: Ppm
  readonly rise: Ppm
}

/** Of moves of which a share counts; rounded up. */
export function extremesUp(moves: readonly Move[], share: Ppm): Extremes {
  let [fall, rise]: [bigint, bigint] = [0n, 0n]
  for (const move of moves) {
    if (-move > fall) fall = -move
    if (move > rise) rise = move
  }
  return { fall: ppm(divCeil(fall * share, MILLION)), rise: ppm(divCeil(rise * share, MILLION)) }
}

/** The larger of both, side by side. */
export function widest(a: Extremes, b: Extremes): Extremes {
  return { fall: a.fall > b.fall ? a.fall : b.fall, rise: a.rise > b.rise ? a.rise : b.rise }
}

/** The most that a move of up to `size` adds to a worth that has risen by up to `rise`; rounded up. */
export function compoundedUp(size: Ppm, rise: Ppm): Ppm {
  return ppm(divCeil(size * (MILLION + rise), MILLION))
}

/** Loss of a share (`shareOf`) of a signed worth at its extreme, as `AdverseLoss`: exact. */
export function extremeLoss(share: WideValue, { fall, rise }: Extremes): AdverseLoss {
  return (share < 0n ? -share * rise : share * fall) as AdverseLoss
}

/** Loss of a share of a worth, whichever way it is held, at a move of this size: exact. */
export function sizedLoss(share: WideValue, size: Ppm): AdverseLoss {
  return extremeLoss(share, { fall: size, rise: size })
}

/** In whole atoms of value, rounded up. */
export function adverseLossUp(loss: AdverseLoss): Value {
  return value(divCeil(loss, 10n ** 36n * MILLION * MILLION))
}
