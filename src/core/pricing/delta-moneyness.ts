import { type Price, price, PRICE_BOUND } from '../quantity/price.ts'
import type { Rate } from '../quantity/rate.ts'
import { divFloor } from '../quantity/rounding.ts'
import { ONE } from '../quantity/unit.ts'
import { totalDeviationDown } from './deviation.ts'
import { type Fixed, FRACTION_BITS, timesDown } from './fixed.ts'
import { type LoggedPrice, logged } from './logarithm.ts'
import { normalDistribution } from './normal.ts'
import type { RootTime } from './root-time.ts'

/** Beyond this the normal distribution is 0 or 1 to 2^-126. */
const FAR: Fixed = 13n << FRACTION_BITS

/**
 * ln(K/F) of the option with a forward delta, undiscounted: N(d1) above 0 for a call, N(d1) - 1 below 0 for a put, so
 * k = s^2/2 - s d1 for the deviation s. Throws RangeError unless the delta is above -1 and below 1, and not 0.
 *
 * d1 as `quantile` gives it; s is less than 2 ulps too low and the products are rounded: s times the quantile's error plus
 * |s - d1| < 2^14 times 2 ulps plus 2: for a delta of at least 1% and s <= 1 below 250 ulps.
 */
export function deltaMoneyness(
  { delta, volatility }: { readonly delta: Rate; readonly volatility: Rate },
  time: RootTime,
): Fixed {
  const signed: bigint = delta
  const share = signed < 0n ? ONE + signed : signed
  if (share <= 0n || share >= ONE || signed === 0n)
    throw new RangeError(`delta must be -1 to 1 and not 0, was ${signed}`)
  const { deviation } = totalDeviationDown(volatility, time)
  return (timesDown(deviation, deviation) >> 1n) - timesDown(deviation, quantile(divFloor(share << FRACTION_BITS, ONE)))
}

/** The strike at a log-moneyness: the greatest whose logarithm is not above, at least one atom and below 1e12. */
export function strikeDown(moneyness: Fixed, forward: LoggedPrice): Price {
  const target = forward.logarithm + moneyness
  let [least, beyond] = [1n, PRICE_BOUND]
  while (beyond - least > 1n) {
    const middle = (least + beyond) >> 1n
    if (logged(price(middle)).logarithm <= target) least = middle
    else beyond = middle
  }
  return price(least)
}

/**
 * The x with N(x) = share: bisection to an ulp. N is known within 4 ulps, the share within one, so x is within an ulp plus
 * 5 / p(x): 190 ulps at 1%, where the density p(x) is 0.0267, and 2^60 ulps at an atom.
 */
function quantile(share: Fixed): Fixed {
  let [least, most] = [-FAR, FAR]
  while (most - least > 1n) {
    const middle = (least + most) >> 1n
    if (normalDistribution(middle) < share) least = middle
    else most = middle
  }
  return most
}
