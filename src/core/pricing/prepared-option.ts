import type { Price } from '../quantity/price.ts'
import type { Rate } from '../quantity/rate.ts'
import { type Deviation, totalDeviationDown } from './deviation.ts'
import { type Fixed, overDown } from './fixed.ts'
import { type LoggedPrice, logged } from './logarithm.ts'
import { rootTimeDown } from './root-time.ts'

/** What a European option pays at expiry: the forward above the strike (call) or below it (put). */
export type OptionKind = 'call' | 'put'

export interface OptionTerms {
  readonly kind: OptionKind
  readonly forward: Price
  readonly strike: Price
  /** 1e-18 per root of a year of 365 days. */
  readonly volatility: Rate
  readonly timeMs: number
}

/** The same with what options share worked out once: logarithms per forward and strike, the deviation per expiry and volatility. */
export interface PreparedOption {
  readonly kind: OptionKind
  readonly forward: LoggedPrice
  readonly strike: LoggedPrice
  readonly deviation: Deviation
}

/** Throws RangeError for a volatility or a time out of bounds (`totalDeviationDown`, `rootTimeDown`). */
export function prepareOption({ kind, forward, strike, volatility, timeMs }: OptionTerms): PreparedOption {
  const deviation = totalDeviationDown(volatility, rootTimeDown(timeMs))
  return { kind, forward: logged(forward), strike: logged(strike), deviation }
}

/**
 * D = ln(F/K)/s - s/2 for the deviation s > 0: how many deviations the forward is above the strike. Within E/s + 2 ulps for the
 * given s, with E = 2 LOGARITHM_ERROR = 256 ulps: two logarithms, a quotient and a half are rounded.
 */
export function thresholdDown({ forward, strike, deviation: { deviation } }: PreparedOption): Fixed {
  return overDown(forward.logarithm - strike.logarithm, deviation) - (deviation >> 1n)
}
