import type { Price } from '../quantity/price.ts'
import { divFloor } from '../quantity/rounding.ts'
import { FIXED_ONE, type Fixed, FRACTION_BITS, overDown, timesDown } from './fixed.ts'

/** A price with its logarithm, worked out once for all options that share the forward or the strike. */
export interface LoggedPrice {
  readonly price: Price
  /** Natural logarithm of the price's atoms, within `LOGARITHM_ERROR`. The unit cancels where two are subtracted. */
  readonly logarithm: Fixed
}

/** Largest distance of `logarithm` from the true one: derived at `logged`. */
export const LOGARITHM_ERROR: Fixed = 128n

/** The centres 1 + j/64 of the reduced argument, j from 0 to 64. */
const CENTRES = 64n
const CENTRE_BITS = 6n
const HALF_STEP = 1n << (FRACTION_BITS - CENTRE_BITS - 1n)
/** The table is summed with 40 bits more than it keeps. */
const GUARD_BITS = 40n

const centreLogarithms = tabulate()
const LN_2 = centreLogarithm(CENTRES)
/** 1/13, 1/11, ..., 1/3, each rounded down: the odd series of the inverse hyperbolic tangent, highest term first. */
const INVERSE_ODDS = [13n, 11n, 9n, 7n, 5n, 3n].map((odd) => divFloor(FIXED_ONE, odd))

/**
 * Natural logarithm of a price in atoms. The atoms are x * 2^e with 1 <= x < 2, exactly; c = 1 + j/64 is the centre nearest to
 * x, and with u = (x - c) / (x + c)
 *
 *     ln(atoms) = e ln 2 + ln c + 2 artanh u,     artanh u = u (1 + u^2/3 + u^4/5 + ... + u^12/13) + r
 *
 * Since |x - c| <= 1/128 and x + c >= 2, |u| <= 1/256. Error, in ulps:
 * - r: 2 u^15 / 15 / (1 - u^2) < 2^-122, below 0.3;
 * - u rounded down: below 1, times the slope 2 / (1 - u^2), below 2.1;
 * - the bracket less 1: its factors, its products and u^2, each rounded by less than 1: below 2, times 2 |u|: below 0.1;
 *   its product with u: below 1, doubled: below 2;
 * - ln c: below 1.01; e ln 2 with e <= 99: below 100.
 * Together below 106 <= LOGARITHM_ERROR.
 */
export function logged(price: Price): LoggedPrice {
  const atoms: bigint = price
  const exponent = BigInt(atoms.toString(2).length - 1)
  const mantissa = atoms << (FRACTION_BITS - exponent)
  const index = (mantissa - FIXED_ONE + HALF_STEP) >> (FRACTION_BITS - CENTRE_BITS)
  const centre = FIXED_ONE + (index << (FRACTION_BITS - CENTRE_BITS))
  const ratio = overDown(mantissa - centre, mantissa + centre)
  const logarithm = exponent * LN_2 + centreLogarithm(index) + 2n * inverseTanh(ratio)
  return { price, logarithm }
}

function centreLogarithm(index: bigint): Fixed {
  const found = centreLogarithms.get(index)
  if (found === undefined) throw new RangeError(`no centre ${index}`)
  return found
}

/** For |u| <= 1/256; error: see `logged`. */
function inverseTanh(u: Fixed): Fixed {
  const square = timesDown(u, u)
  let bracket = 0n
  for (const factor of INVERSE_ODDS) bracket = factor + timesDown(bracket, square)
  return u + timesDown(u, timesDown(bracket, square))
}

/**
 * ln(1 + j/64) for j from 0 to 64, each below the true one by less than 1.01 ulps: ln c_j = ln c_(j-1) + 2 artanh(1 / (127 + 2j)),
 * because c_j / c_(j-1) = (64 + j) / (63 + j) = (1 + v) / (1 - v) with v = 1 / (127 + 2j).
 * All terms are positive and rounded down with 40 bits to spare. A step of at most 12 terms loses below 2 * 14 of these units,
 * tail included, 64 steps below 2^11 of 2^-160.
 */
function tabulate(): ReadonlyMap<bigint, Fixed> {
  const table = new Map<bigint, Fixed>([[0n, 0n]])
  let sum = 0n
  for (let j = 1n; j <= CENTRES; j += 1n) {
    const inverse = 2n * CENTRES - 1n + 2n * j
    let power = divFloor(FIXED_ONE << (GUARD_BITS + 1n), inverse)
    for (let odd = 1n; power > 0n; odd += 2n) {
      sum += divFloor(power, odd)
      power = divFloor(power, inverse * inverse)
    }
    table.set(j, sum >> GUARD_BITS)
  }
  return table
}
