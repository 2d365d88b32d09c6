import { MS_PER_YEAR } from '../../core/pricing/root-time.ts'
import type { OptionTerms } from '../../core/pricing/prepared-option.ts'
import { normalDensity, normalShare } from './float-normal.ts'

/** Sensitivities of one contract, undiscounted, in units of the quote asset. For display: nothing is decided by them. */
export interface DisplayedGreeks {
  /** Change of the value per unit of forward. */
  readonly delta: number
  /** Change of delta per unit of forward. */
  readonly gamma: number
  /** Change of the value per point of volatility: from 60% to 61%. */
  readonly vega: number
  /** Change of the value per day that passes, the forward and the volatility as they are; never above 0. */
  readonly theta: number
}

const ATOMS = 1e18
const POINTS = 100
const DAYS_PER_YEAR = 365

/**
 * Black 1976 with d1 = ln(F/K)/s + s/2, s = volatility sqrt(T): delta N(d1), gamma p(d1) / (F s), vega F p(d1) sqrt(T), theta
 * -F p(d1) volatility / (2 sqrt(T)) a year; a put's delta is one less. To about 12 digits. Without time or volatility the delta
 * is that of the payoff, one half at the strike, and the others are 0.
 */
export function displayedGreeks({ kind, forward, strike, volatility, timeMs }: OptionTerms): DisplayedGreeks {
  const [at, paid, perRootYear] = [Number(forward) / ATOMS, Number(strike) / ATOMS, Number(volatility) / ATOMS]
  const rootYears = Math.sqrt(timeMs / Number(MS_PER_YEAR))
  const deviation = perRootYear * rootYears
  const less = kind === 'call' ? 0 : 1
  if (deviation === 0) return { delta: (1 + Math.sign(at - paid)) / 2 - less, gamma: 0, vega: 0, theta: 0 }
  const upper = Math.log(at / paid) / deviation + deviation / 2
  const density = normalDensity(upper)
  return {
    delta: normalShare(upper) - less,
    gamma: density / (at * deviation),
    vega: (at * density * rootYears) / POINTS,
    theta: (-at * density * perRootYear) / (2 * rootYears * DAYS_PER_YEAR),
  }
}
