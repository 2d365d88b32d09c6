import { checkTrials } from './check-trials.ts'
import { deviance } from './deviance.ts'

/** What is smaller than this share of the sum does not change it. */
const NEGLIGIBLE = 1e-18
/** From here on five terms of the Stirling series are exact to 1e-16; below it factorials are whole numbers without rounding. */
const LARGE = 16

/**
 * P(X >= x) of `n` windows each exceeded with probability `p`, to a relative 1e-10 for n up to 1e7; what is below 1e-300 may be 0.
 * Sums away from the mean, so that each term is smaller than the last: upwards from x if x is above the mean, else one less the sum
 * downwards from x - 1. Takes some ten standard deviations of steps at most. Throws RangeError if n or x is not whole, or p is not
 * between 0 and 1.
 */
export function binomialUpperTail(n: number, x: number, p: number): number {
  checkTrials({ n, x: Math.min(Math.max(x, 0), n), rate: p })
  if (x <= 0) return 1
  if (x > n) return 0
  return x > n * p ? exactly(n, x, p) * upwards(n, x, p) : 1 - exactly(n, x - 1, p) * downwards(n, x - 1, p)
}

/**
 * Most exceedances whose upper tail is above `significance`: one more is rejected by the one-sided test. 0 to n; none at all is never
 * rejected. Throws RangeError unless the significance is between 0 and 1.
 */
export function mostAllowed(n: number, p: number, significance: number): number {
  if (!(significance > 0 && significance < 1))
    throw new RangeError(`significance must be between 0 and 1, was ${significance}`)
  let [allowed, rejected] = [0, n + 1]
  while (rejected - allowed > 1) {
    const middle = Math.floor((allowed + rejected) / 2)
    if (binomialUpperTail(n, middle, p) > significance) allowed = middle
    else rejected = middle
  }
  return allowed
}

/** P(X = x) by the saddle point (Loader 2000): exact but for rounding, without the cancellation of large log factorials. */
function exactly(n: number, x: number, p: number): number {
  if (x === 0) return Math.exp(n * Math.log1p(-p))
  if (x === n) return p ** n
  const apart = deviance(x, n * p) + deviance(n - x, n * (1 - p))
  const corrections = stirlingRest(n) - stirlingRest(x) - stirlingRest(n - x)
  return Math.exp(corrections - apart) * Math.sqrt(n / (2 * Math.PI * x) / (n - x))
}

/** ln n! less Stirling's (n + 1/2) ln n - n + 1/2 ln 2 pi, for n >= 1. */
function stirlingRest(n: number): number {
  if (n < LARGE) {
    let factorial = 1
    for (let k = 2; k <= n; k += 1) factorial *= k
    return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - Math.log(2 * Math.PI) / 2
  }
  const square = n * n
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n
}

/** P(X >= x) / P(X = x), for x above the mean. */
function upwards(n: number, x: number, p: number): number {
  let [sum, term] = [1, 1]
  for (let k = x; k < n && term > NEGLIGIBLE * sum; k += 1) {
    term *= ((n - k) * p) / ((k + 1) * (1 - p))
    sum += term
  }
  return sum
}

/** P(X <= x) / P(X = x), for x below the mean. */
function downwards(n: number, x: number, p: number): number {
  let [sum, term] = [1, 1]
  for (let k = x; k > 0 && term > NEGLIGIBLE * sum; k -= 1) {
    term *= (k * (1 - p)) / ((n - k + 1) * p)
    sum += term
  }
  return sum
}
