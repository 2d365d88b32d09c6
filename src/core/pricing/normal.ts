import { FIXED_ONE, type Fixed, FRACTION_BITS, timesDown } from './fixed.ts'
import { LAST_NODE, NODE_BITS, normalTable } from './normal-table.ts'

/** Largest distance of `normalDistribution` from the true one: derived there. */
export const NORMAL_ERROR: Fixed = 4n

const nodes = normalTable()
const NODE_SHIFT = FRACTION_BITS - NODE_BITS
const HALF_STEP = 1n << (NODE_SHIFT - 1n)
const END = LAST_NODE << NODE_SHIFT

/**
 * The standard normal distribution function of any argument, within `NORMAL_ERROR`, from 0 to 1.
 *
 * For 0 <= x < 13 the expansion at the nearest node, by Horner's rule. Error, in ulps: every coefficient and every product is
 * rounded down by less than one, and what is done at the power i counts |h|^i <= 32^-i times: below 2 (1 + 1/31) < 2.1;
 * the node's value below 0.1 and the remainder below 0.1 more (`normalTable`): below 2.4 in all. From 13 on it is one:
 * 1 - N(13) < p(13) / 13 < 2^-126 (the bound of Mills' ratio), below 0.1. For x < 0 it is 1 - N(-x), with the same error.
 */
export function normalDistribution(x: Fixed): Fixed {
  return x < 0n ? FIXED_ONE - rightHalf(-x) : rightHalf(x)
}

function rightHalf(x: Fixed): Fixed {
  if (x >= END) return FIXED_ONE
  const node = nodes.get((x + HALF_STEP) >> NODE_SHIFT)
  if (node === undefined) throw new RangeError(`no node for ${x}`)
  const h = x - node.centre
  let sum = 0n
  for (const coefficient of node.coefficients) sum = coefficient + timesDown(sum, h)
  return sum < FIXED_ONE ? sum : FIXED_ONE
}
