import { divFloor } from '../quantity/rounding.ts'
import { type Fixed, FRACTION_BITS } from './fixed.ts'

/** The normal distribution function around one point x_k = k/16, as a polynomial in h = x - x_k. */
export interface NormalNode {
  readonly centre: Fixed
  /** Taylor coefficients, the highest power first; each within 1.01 ulps of the true one. */
  readonly coefficients: readonly Fixed[]
}

/** Nodes are 1/16 apart, so |h| <= 1/32. */
export const NODE_BITS = 4n
/** The last node: 13. Beyond it the distribution function is within 2^-126 of one. */
export const LAST_NODE = 13n << NODE_BITS

/** Powers of h up to this one are kept: remainder at `normalTable`. */
const DEGREE = 18
/** Terms of a step from one node to the next, where h = 1/16. */
const STEP_TERMS = 24n

/** The table is built with 72 bits more than it keeps. */
const WIDE_BITS = 192n
/** 1 / sqrt(2 pi) = 0.39894228040143267793994605993438186847585863116493..., in 2^-192, rounded down. */
const DENSITY_AT_ZERO = 0x662114cf50d942343f2cf1402eae38bfd3829f30512706d8n
/** exp(-1/512) = 0.99804877989174437..., the density's fall from x_0 to x_1, in 2^-192, rounded down. */
const FIRST_FALL = 0xff801ffaab554445b04105b043e8f48d37cd6eb44b097ac7n

/**
 * Expansions of the normal distribution function N at k/16, k from 0 to 208.
 *
 * With the density p and the Hermite polynomials He_n, N^(n+1) = (-1)^n He_n p (Abramowitz and Stegun 26.2.31), so
 *
 *     N(x_k + h) = N(x_k) + sum_(n >= 0) (-1)^n p(x_k) He_n(x_k) h^(n+1) / (n+1)!
 *
 * He_n(k/16) is H_n / 16^n with the whole numbers H_0 = 1, H_1 = k, H_(n+1) = k H_n - 256 n H_(n-1): exact.
 *
 * Remainder. |He_n(x)| <= sqrt(n!) exp(x^2/4) (Cramer's inequality, DLMF 18.14.9), so |N^(n+1)| <= 0.4 sqrt(n!) everywhere, and
 * what is left after the power m is at most 0.4 |h|^(m+1) / ((m+1) sqrt(m!)): below 2^-126 for m = 18, |h| = 1/32, and below
 * 2^-145 for m = 24, h = 1/16.
 *
 * Densities. p(x_(k+1)) = p(x_k) f_k and f_(k+1) = f_k f_0^2 with f_k = exp(-(2k+1)/512). All are below one, so absolute errors
 * only add up: f_0^2 is below the true one by less than 3 of 2^-192, f_k by less than 4 k + 1, p(x_k) by less than 2 k^2 + 1,
 * so by less than 2^-175.
 *
 * With t > 0, the sum of |He_n(x)| t^n / n! is at most exp(x t + t^2/2): the generating function with every sign made positive.
 *
 * Values. N(0) = 1/2, then step by step; a step adds its remainder, 48 roundings and the density's error times at most
 * exp(13/16 + 1/512) / 16 < 1. So N(x_k) is within 208 * 2^-144.9 < 2^-136 of the true one.
 *
 * Coefficients. |He_n(x)| / (n+1)! <= exp(13.5) < 2^19.5 (t = 1), so the density's error makes less than 2^-155 of a
 * coefficient's; rounding to 2^-192 and then to an ulp makes less than 1.01 ulps.
 */
export function normalTable(): ReadonlyMap<bigint, NormalNode> {
  const table = new Map<bigint, NormalNode>()
  let cumulative = 1n << (WIDE_BITS - 1n)
  let density = DENSITY_AT_ZERO
  let fall = FIRST_FALL
  for (let k = 0n; k <= LAST_NODE; k += 1n) {
    const terms = termsAt(k, density)
    const coefficients = terms.slice(0, DEGREE).map(narrowDown).reverse()
    table.set(k, { centre: k << (FRACTION_BITS - NODE_BITS), coefficients: [...coefficients, narrowDown(cumulative)] })
    cumulative += terms.reduceRight((sum, term) => (sum + term) >> NODE_BITS, 0n)
    density = wideTimesDown(density, fall)
    fall = wideTimesDown(fall, wideTimesDown(FIRST_FALL, FIRST_FALL))
  }
  return table
}

/** N^(n+1)(k/16) / (n+1)! for n from 0, in 2^-192, each rounded down once. */
function termsAt(k: bigint, density: bigint): readonly bigint[] {
  const terms: bigint[] = []
  let [previous, hermite, factorial] = [0n, 1n, 1n]
  for (let n = 0n; n < STEP_TERMS; n += 1n) {
    factorial *= n + 1n
    terms.push(divFloor((n % 2n === 0n ? hermite : -hermite) * density, factorial << (NODE_BITS * n)))
    ;[previous, hermite] = [hermite, k * hermite - (n << (2n * NODE_BITS)) * previous]
  }
  return terms
}

function wideTimesDown(a: bigint, b: bigint): bigint {
  return (a * b) >> WIDE_BITS
}

function narrowDown(a: bigint): Fixed {
  return a >> (WIDE_BITS - FRACTION_BITS)
}
