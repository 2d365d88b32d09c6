import { type Rate, rate } from '../quantity/rate.ts'
import { divCeil, divFloor } from '../quantity/rounding.ts'
import { ONE } from '../quantity/unit.ts'
import type { Enclosure } from './enclosure.ts'
import { type Fixed, FRACTION_BITS } from './fixed.ts'
import { MS_PER_YEAR, ROOT_BITS, type RootTime, wholeMs } from './root-time.ts'

/** Volatilities stay below 100,000%, 1e-18 per root of a year. */
export const VOLATILITY_BOUND = 1_000n * ONE

/** Standard deviation of the logarithm of the forward at expiry, volatility * sqrt(years): zero if one of them is. */
export interface Deviation {
  /** Never above the true one and less than 2 ulps below it; positive if the true one is. */
  readonly deviation: Fixed
}

/**
 * Throws RangeError unless 0 <= volatility < 100,000%. The root's error, below 2 * 2^-160, counts less than 1,000 times: below
 * 2^-149. The one rounding here takes less than an ulp. The least positive deviation, of one atom of volatility over a
 * millisecond, is 5.6e-24 > 2^-78; the largest is 10,000.
 */
export function totalDeviationDown(volatility: Rate, time: RootTime): Deviation {
  const perRootYear = requireVolatility(volatility)
  return { deviation: divFloor(perRootYear * time.root, ONE << (ROOT_BITS - FRACTION_BITS)) }
}

/** Volatility squared times years, 1e-18, at most an atom wide: what is compared and interpolated between expiries. */
export function totalVariance(volatility: Rate, timeMs: number): Enclosure<Rate> {
  const perRootYear = requireVolatility(volatility)
  const exact = perRootYear * perRootYear * wholeMs(timeMs)
  const scale = ONE * MS_PER_YEAR
  return { low: rate(divFloor(exact, scale)), high: rate(divCeil(exact, scale)) }
}

function requireVolatility(volatility: Rate): bigint {
  const atoms: bigint = volatility
  if (atoms < 0n || atoms >= VOLATILITY_BOUND) throw new RangeError(`volatility must be 0 to 100,000%, was ${atoms}`)
  return atoms
}
