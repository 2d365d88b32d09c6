import { normalDensity, normalShare } from '../greeks/float-normal.ts'

/** Nearer than two deviations a half less the rest is exact; beyond, it would cancel, and a hundred terms are enough. */
const FAR = 2
const FRACTION_TERMS = 100

/**
 * P(chi-square with one degree of freedom >= x) = erfc(sqrt(x / 2)), for x >= 0, to a relative 1e-13 however small. It is the square
 * of a standard normal variable, hence twice one tail of it; far out 1 - N(z) = density(z) / (z + 1/(z + 2/(z + 3/(z + ...))))
 * (Abramowitz and Stegun 26.2.14). Throws RangeError if x is negative.
 */
export function chiSquare1Tail(x: number): number {
  if (!(x >= 0)) throw new RangeError(`a chi-square is never negative, was ${x}`)
  const z = Math.sqrt(x)
  if (z < FAR) return 2 * normalShare(-z)
  let denominator = z
  for (let n = FRACTION_TERMS; n > 0; n -= 1) denominator = z + n / denominator
  return (2 * normalDensity(z)) / denominator
}
