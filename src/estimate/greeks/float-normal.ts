/** Below this size the series needs at most 100 terms; above it the fraction needs fewer than 60. */
const NEAR = 5
const FRACTION_TERMS = 60

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}

/**
 * The standard normal distribution function, to about 1e-15. Near 0 it is 1/2 + p(x) (x + x^3/3 + x^5/(3 5) + ...), whose terms
 * have one sign; far from it 1 - N(x) = p(x) / (x + 1/(x + 2/(x + 3/(x + ...)))) (Abramowitz and Stegun 26.2.11 and 26.2.14).
 */
export function normalShare(x: number): number {
  if (Math.abs(x) > NEAR) return x > 0 ? 1 - tailBeyond(x) : tailBeyond(-x)
  let [sum, term] = [x, x]
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return 0.5 + normalDensity(x) * sum
}

function tailBeyond(x: number): number {
  let denominator = x
  for (let n = FRACTION_TERMS; n > 0; n -= 1) denominator = x + n / denominator
  return normalDensity(x) / denominator
}
