/**
 * What the tests and the golden file compare with, slow and independent: 120 decimals, no table, no rounding bound, other
 * series than the code. pi by Machin's formula, exp by Taylor's series, ln by Newton's (Halley's) iteration on that exp, the
 * normal distribution by the alternating series of erf, whose terms grow to exp(x^2/2) < 1e56 for |x| <= 16, so that 60
 * decimals are left. Beyond 16 it is 0 or 1, which is off by less than 1e-57. Nothing that decides imports this file.
 */
export const REFERENCE_ONE = 10n ** 120n

const HALF = REFERENCE_ONE / 2n
const LAST = 16n * REFERENCE_ONE
const ATOMS = 10n ** 18n
const MS_PER_YEAR = 365n * 24n * 60n * 60n * 1_000n
const PI = 4n * (4n * inverseTangent(5n) - inverseTangent(239n))
const ROOT_TWO_PI = root(2n * PI)
const LN_2 = refined(2n * REFERENCE_ONE, (REFERENCE_ONE * 69n) / 100n)

/** Natural logarithm of a positive number. */
export function referenceLogarithm(x: bigint): bigint {
  const halvings = BigInt(x.toString(2).length - REFERENCE_ONE.toString(2).length)
  const reduced = halvings < 0n ? x << -halvings : x >> halvings
  return halvings * LN_2 + refined(reduced, reduced - REFERENCE_ONE)
}

/** The normal distribution function. */
export function referenceNormal(x: bigint): bigint {
  if (x > LAST) return REFERENCE_ONE
  if (x < -LAST) return 0n
  const square = (x * x) / REFERENCE_ONE
  let [sum, power] = [0n, x]
  for (let n = 0n; power !== 0n; n += 1n) {
    sum += power / (2n * n + 1n)
    power = -(power * square) / (2n * (n + 1n) * REFERENCE_ONE)
  }
  return HALF + (sum * REFERENCE_ONE) / ROOT_TWO_PI
}

/** Call of Black 1976 in atoms and 120 decimals of an atom, and its delta; arguments as in `OptionTerms`, in atoms. */
export function referenceCall(option: {
  readonly forward: bigint
  readonly strike: bigint
  readonly volatility: bigint
  readonly timeMs: bigint
}): { readonly value: bigint; readonly delta: bigint } {
  const { forward, strike, volatility, timeMs } = option
  const deviation = (volatility * root((timeMs * REFERENCE_ONE) / MS_PER_YEAR)) / ATOMS
  if (deviation === 0n) {
    const delta = forward > strike ? REFERENCE_ONE : 0n
    return { value: (forward > strike ? forward - strike : 0n) * REFERENCE_ONE, delta }
  }
  const logarithm = referenceLogarithm((forward * REFERENCE_ONE) / strike)
  const upper = (logarithm * REFERENCE_ONE) / deviation + deviation / 2n
  const delta = referenceNormal(upper)
  return { value: forward * delta - strike * referenceNormal(upper - deviation), delta }
}

/** exp(x): the series of x / 2^32, squared 32 times. */
export function referenceExponential(x: bigint): bigint {
  const guard = 10n ** 20n
  const wide = REFERENCE_ONE * guard
  const small = (x * guard) >> 32n
  let [sum, term] = [wide, wide]
  for (let n = 1n; term !== 0n; n += 1n) {
    term = (term * small) / (n * wide)
    sum += term
  }
  for (let i = 0; i < 32; i += 1) sum = (sum * sum) / wide
  return sum / guard
}

/** Square root of a number >= 0. */
function root(x: bigint): bigint {
  if (x === 0n) return 0n
  const square = x * REFERENCE_ONE
  let guess = 1n << BigInt((square.toString(2).length >> 1) + 1)
  for (let next = (guess + square / guess) >> 1n; next < guess; next = (guess + square / guess) >> 1n) guess = next
  return guess
}

/** ln(x) for x from 1 to 2 from a first guess, each turn with three times the digits: y + 2 (x - e^y) / (x + e^y). */
function refined(x: bigint, guess: bigint): bigint {
  let y = guess
  for (let i = 0; i < 6; i += 1) {
    const power = referenceExponential(y)
    y += (2n * (x - power) * REFERENCE_ONE) / (x + power)
  }
  return y
}

/** arctan(1/n) by Gregory's series. */
function inverseTangent(n: bigint): bigint {
  let [sum, power] = [0n, REFERENCE_ONE / n]
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += odd % 4n === 1n ? power / odd : -power / odd
    power /= n * n
  }
  return sum
}
