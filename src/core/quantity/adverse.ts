import type { Move } from './move.ts'
import { type Ppm, ppm } from './ppm.ts'
import { divCeil } from './rounding.ts'
import { MILLION } from './unit.ts'
import { type WideValue, wideValue } from './value.ts'

/** Largest losses of a factor over many moves, ppm: of what is owned when it falls, of what is owed when it rises. */
export interface Extremes {
  readonly fall: Ppm
  readonly rise: Ppm
}

export const NO_EXTREMES: Extremes = { fall: 0n as Ppm, rise: 0n as Ppm }

/** The larger of each: with the moves of one more table, of which only a share is charged; rounded up. */
export function widerExtremes(known: Extremes, moves: readonly Move[], share: Ppm): Extremes {
  let [fall, rise]: [bigint, bigint] = [0n, 0n]
  for (const move of moves) {
    if (-move > fall) fall = -move
    if (move > rise) rise = move
  }
  const [charged, other] = [divCeil(fall * share, MILLION), divCeil(rise * share, MILLION)]
  return {
    fall: ppm(charged > known.fall ? charged : known.fall),
    rise: ppm(other > known.rise ? other : known.rise),
  }
}

/** The same factor charged at least a share either way. */
export function atLeast({ fall, rise }: Extremes, share: Ppm): Extremes {
  return { fall: fall > share ? fall : share, rise: rise > share ? rise : share }
}

/** What a second factor may lose on top of a first that has risen: its own largest move on the risen worth; rounded up. */
export function compoundedUp({ fall, rise }: Extremes, first: Extremes): Ppm {
  const largest = fall > rise ? fall : rise
  return ppm(divCeil(largest * (MILLION + first.rise), MILLION))
}

/** Loss of a signed worth at the extremes, a million times too large: exact. */
export function extremeLoss(worth: WideValue, { fall, rise }: Extremes): WideValue {
  return wideValue(worth < 0n ? -worth * rise : worth * fall)
}
