import { type Rate, rate } from '../quantity/rate.ts'
import { ONE } from '../quantity/unit.ts'
import { type Value, value } from '../quantity/value.ts'
import { type Enclosure, wholeDown, wholeUp } from './enclosure.ts'
import { type Fixed, overDown } from './fixed.ts'
import { NORMAL_ERROR, normalDistribution } from './normal.ts'
import { type OptionTerms, prepareOption, type PreparedOption, thresholdDown } from './prepared-option.ts'

/** d and N(d + s) of the derivation at `preparedValue`. */
interface Exercise {
  readonly threshold: Fixed
  readonly share: Fixed
}

/**
 * Undiscounted Black-76 value of one contract in 1e-18 of the quote unit: the true real number lies within, and the ends are at
 * most two atoms apart. Throws RangeError for a volatility or a time out of bounds.
 */
export function optionValue(terms: OptionTerms): Enclosure<Value> {
  return preparedValue(prepareOption(terms))
}

/**
 * As `optionValue`. A put is the call less forward plus strike, exactly: both ends are shifted.
 *
 * With the normal distribution function N, its density p and the deviation s (Black 1976), a call is worth
 *
 *     C(s) = F N(D + s) - K N(D),     D = ln(F/K)/s - s/2.
 *
 * Two facts give the bounds:
 *
 * 1. For a fixed s, g(d) = F N(d + s) - K N(d) is largest at D: it is what exercising beyond another threshold is worth, and
 *    g'(d) = F p(d + s) (1 - exp(s (d - D))) changes its sign there. So any d gives a bound from below, and with |d - D| <= e
 *    it is too low by at most e max |g'| <= 0.4 F e (exp(s e) - 1): second order. An error of a logarithm, which a small s
 *    would magnify, does not matter.
 * 2. 0 <= dC/ds = F p(D + s) <= 0.4 F. So a deviation that is less than 2 ulps too low gives a bound from below that is too low
 *    by less than 0.8 F ulps.
 *
 * `thresholdDown` gives e <= E/s + 2 ulps with E = 256 ulps, so s e^2 <= (E^2/s + 4 E + 4 s) ulp^2. As 2^-78 < s < 2^14
 * (`totalDeviationDown`) that is below 2^-25 ulp, and the loss of 1 below 0.1 F ulps. Both N are within NORMAL_ERROR and d + s
 * is exact, so in ulps
 *
 *     -NORMAL_ERROR (F + K)  <=  C - (F N(d + s) - K N(d))  <=  NORMAL_ERROR (F + K) + (0.8 + 0.1) F.
 *
 * F + K is below 2^100.7 atoms: the ends are less than 9 * 2^-19.3 atoms apart before each is rounded outward to a whole atom,
 * so at most two atoms after. They are cut to max(0, F - K) <= C <= F, which holds for every s. Without time or volatility the
 * value is what the option pays at the forward, exactly.
 */
export function preparedValue(option: PreparedOption): Enclosure<Value> {
  return valueOf(option, exerciseOf(option))
}

/**
 * Change of the value per unit of forward, 1e-18: N(D + s) for a call, that less one for a put.
 *
 * Here an error of D counts fully: 0.4 (E/s + 2) ulps. That of s makes 2 |d/ds N(D + s)| = 2 p(D + s) |D| / s, and
 * |D| p(D + s) < 0.25 + 0.4 s: below 0.5/s + 0.8 ulps. With NORMAL_ERROR together below 6 + 103/s ulps: less than an atom for
 * deviations above 1e-15. Without time or volatility it is 0 or 1, and anything between where forward and strike are equal.
 */
export function preparedDelta(option: PreparedOption): Enclosure<Rate> {
  return deltaOf(option, exerciseOf(option))
}

/** Value and delta, as each of them alone: the probability of exercise is worked out once. */
export function preparedWorth(option: PreparedOption): {
  readonly value: Enclosure<Value>
  readonly delta: Enclosure<Rate>
} {
  const exercise = exerciseOf(option)
  return { value: valueOf(option, exercise), delta: deltaOf(option, exercise) }
}

/** Undefined without time or volatility. */
function exerciseOf(option: PreparedOption): Exercise | undefined {
  const { deviation } = option.deviation
  if (deviation === 0n) return undefined
  const threshold = thresholdDown(option)
  return { threshold, share: normalDistribution(threshold + deviation) }
}

function valueOf(option: PreparedOption, exercise: Exercise | undefined): Enclosure<Value> {
  const call = callValue(option, exercise)
  switch (option.kind) {
    case 'call':
      return { low: value(call.low), high: value(call.high) }
    case 'put': {
      const strike: bigint = option.strike.price
      const forward: bigint = option.forward.price
      return { low: value(call.low - forward + strike), high: value(call.high - forward + strike) }
    }
    default:
      return option.kind satisfies never
  }
}

function deltaOf(option: PreparedOption, exercise: Exercise | undefined): Enclosure<Rate> {
  const call = callDelta(option, exercise)
  switch (option.kind) {
    case 'call':
      return { low: rate(call.low), high: rate(call.high) }
    case 'put':
      return { low: rate(call.low - ONE), high: rate(call.high - ONE) }
    default:
      return option.kind satisfies never
  }
}

function callValue(option: PreparedOption, exercise: Exercise | undefined): Enclosure<bigint> {
  const forward: bigint = option.forward.price
  const strike: bigint = option.strike.price
  const intrinsic = forward > strike ? forward - strike : 0n
  if (exercise === undefined) return { low: intrinsic, high: intrinsic }
  const { threshold, share } = exercise
  const gain = forward * share - strike * normalDistribution(threshold)
  const slack = NORMAL_ERROR * (forward + strike)
  return within(intrinsic, { low: wholeDown(gain - slack), high: wholeUp(gain + slack + forward) }, forward)
}

function callDelta(option: PreparedOption, exercise: Exercise | undefined): Enclosure<bigint> {
  const { deviation } = option.deviation
  const forward: bigint = option.forward.price
  const strike: bigint = option.strike.price
  if (exercise === undefined) return { low: forward > strike ? ONE : 0n, high: forward < strike ? 0n : ONE }
  const { share } = exercise
  // One more than derived, for the rounding of the quotient.
  const slack = 7n + overDown(103n, deviation)
  return within(0n, { low: wholeDown(ONE * (share - slack)), high: wholeUp(ONE * (share + slack)) }, ONE)
}

/** Cuts an enclosure of something that is known to be from `least` to `most`. */
function within(least: bigint, { low, high }: Enclosure<bigint>, most: bigint): Enclosure<bigint> {
  return { low: low > least ? low : least, high: high < most ? high : most }
}
