import { binomialUpperTail } from './binomial.ts'
import { checkTrials } from './check-trials.ts'

export type TrafficLight = 'green' | 'yellow' | 'red'

/**
 * Zone of `x` exceedances in `n` windows against `rate` as a share of one: yellow begins where P(X <= x) reaches 95%, red where it
 * reaches 99.99% (Basel Committee 1996, Supervisory framework for the use of backtesting; 99% and 250 windows give 0-4, 5-9, 10+).
 * None at all is green, also where the windows are so few that the definition would call it yellow. Throws RangeError for counts or
 * a rate that cannot be.
 */
export function trafficLight(n: number, x: number, rate: number): TrafficLight {
  checkTrials({ n, x, rate })
  const moreThanSeen = binomialUpperTail(n, x + 1, rate)
  if (x === 0 || moreThanSeen > YELLOW) return 'green'
  return moreThanSeen > RED ? 'yellow' : 'red'
}

/** Chances of still more exceedances at which the zones begin: 1 - 95% and 1 - 99.99%. */
const YELLOW = 0.05
const RED = 0.0001
