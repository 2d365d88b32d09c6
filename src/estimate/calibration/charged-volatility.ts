import { RULES } from './rules.ts'

/** What is known of the volatility of one factor, or of the median factor of a tier; standard deviations of one step. */
export interface VolatilityView {
  /** Capped EWMA of today. */
  readonly current: number
  /** High quantile of the EWMA's own past. */
  readonly stressed: number
  /** Root mean square of all returns there are. */
  readonly longRun: number
}

/**
 * Sigma as it is charged: never below 0.75 of today's plus 0.25 of the stressed one, nor below the long run (METHODOLOGY 2). Of a
 * history of n days the floor's figures are taken to n / (n + 120) from the factor itself, else from its tier.
 */
export function chargedVolatility(own: VolatilityView, tier: VolatilityView, historyDays: number): number {
  const weight = historyDays / (historyDays + RULES.shrinkDays)
  const stressed = mix(own.stressed, tier.stressed, weight)
  const longRun = mix(own.longRun, tier.longRun, weight)
  const buffered = RULES.currentShare * own.current + (1 - RULES.currentShare) * stressed
  return Math.max(own.current, buffered, longRun)
}

function mix(own: number, tier: number, weight: number): number {
  return weight * own + (1 - weight) * tier
}
