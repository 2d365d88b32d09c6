import type { Ppm } from './ppm.ts'
import { divCeil } from './rounding.ts'
import { type Branded, MILLION } from './unit.ts'
import { type Value, value } from './value.ts'

/** Exposure times its risk weight: 1e-24 USD per atom. Signed, exact. */
export type WeightedExposure = Branded<'WeightedExposure:1e-24 USD'>

export const NO_WEIGHTED_EXPOSURE = 0n as WeightedExposure

/** Exposure to a factor times the loss fraction charged for it: exact. */
export function weightedExposure(exposure: Value, riskWeight: Ppm): WeightedExposure {
  return (exposure * riskWeight) as WeightedExposure
}

/** Share of a weighted exposure in whole atoms of value, rounded up: what must be held for it. */
export function weightedShareUp(weighted: WeightedExposure, share: Ppm): Value {
  return value(divCeil(weighted * share, MILLION * MILLION))
}

/** In whole atoms of value, rounded away from zero: for display, decisions take the exact product. */
export function weightedAway(weighted: WeightedExposure): Value {
  const size = divCeil(weighted < 0n ? -weighted : weighted, MILLION)
  return value(weighted < 0n ? -size : size)
}

/** A share as a number without unit in a derivation, 1 is 1e18: exact. */
export function unitShare(share: Ppm): Value {
  return value(share * 10n ** 12n)
}
