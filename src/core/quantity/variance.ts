import type { Ppm } from './ppm.ts'
import { divCeil, sqrtCeil } from './rounding.ts'
import { type Branded, MILLION } from './unit.ts'
import { type Value, value } from './value.ts'
import type { WeightedExposure } from './weighted-exposure.ts'

/** How much of a common move a factor takes part in: 1e-6, signed. */
export type Loading = Branded<'Loading:1e-6'>

/** Share of a factor's variance that is its own: 1e-12, above 0 and at most one whole. */
export type OwnShare = Branded<'OwnShare:1e-12'>

/** Weighted exposure to a common move: 1e-30 USD, signed. */
export type CommonExposure = Branded<'CommonExposure:1e-30 USD'>

/** Product of two weighted exposures, before any correlation: 1e-48 USD squared. */
export type SquaredExposure = Branded<'SquaredExposure:1e-48 USD^2'>

/** Product of two weighted exposures and a correlation: 1e-60 USD squared. */
export type Variance = Branded<'Variance:1e-60 USD^2'>

/** Variance of a regime, a mixture of two variances by parts per million: 1e-66 USD squared. */
export type RegimeVariance = Branded<'RegimeVariance:1e-66 USD^2'>

export const NO_COMMON_EXPOSURE = 0n as CommonExposure
export const NO_SQUARED_EXPOSURE = 0n as SquaredExposure
export const NO_VARIANCE = 0n as Variance

const PPM_SQUARED = MILLION * MILLION
/** A share squared (1e-12) of a regime's variance (1e-66 USD squared), per square of an atom (1e-36 USD squared). */
const PER_SQUARED_ATOM = 10n ** 42n

/** Any sign; callers check its size through `ownShare`. */
export function loading(parts: bigint): Loading {
  return parts as Loading
}

/** What loadings leave of a factor's variance, 1 less the sum of their squares: exact. Callers check that it is above 0. */
export function ownShare(loadings: readonly Loading[]): OwnShare {
  return loadings.reduce((left, one) => left - one * one, PPM_SQUARED) as OwnShare
}

/** Part of an exposure in a common move: exact. */
export function commonExposure(weighted: WeightedExposure, share: Loading): CommonExposure {
  return (weighted * share) as CommonExposure
}

/** Two weighted exposures multiplied: exact. */
export function exposureProduct(a: WeightedExposure, b: WeightedExposure): SquaredExposure {
  return (a * b) as SquaredExposure
}

/** Own part of a square: exact. */
export function ownVariance(square: SquaredExposure, share: OwnShare): Variance {
  return (square * share) as Variance
}

/** Two exposures to the same common move multiplied: exact. */
export function commonVariance(a: CommonExposure, b: CommonExposure): Variance {
  return (a * b) as Variance
}

/** A product at a correlation of one: exact. */
export function fullVariance(product: SquaredExposure): Variance {
  return (product * PPM_SQUARED) as Variance
}

/** (1 - weight) of the first and weight of the second: exact. */
export function mixedVariance(first: Variance, second: Variance, weight: Ppm): RegimeVariance {
  return (first * (MILLION - weight) + second * weight) as RegimeVariance
}

/** Share of the root of a variance >= 0, rounded up: the root of a ceiling is the ceiling of the root, so it is one rounding. */
export function rootShareUp(variance: RegimeVariance, share: Ppm): Value {
  return value(sqrtCeil(divCeil(share * share * variance, PER_SQUARED_ATOM)))
}

/** Whether a value is the least r >= 0 with r * r >= share * share * variance: by multiplication, nothing is rounded. */
export function isLeastRoot(root: Value, variance: RegimeVariance, share: Ppm): boolean {
  const square = share * share * variance
  if (root < 0n || root * root * PER_SQUARED_ATOM < square) return false
  return root === 0n || (root - 1n) * (root - 1n) * PER_SQUARED_ATOM < square
}
