import { RULES } from './rules.ts'

/** Share of yesterday's variance that is left after one step, when half of it is left after so many. */
export function decayOf(halfLifeSteps: number): number {
  return 2 ** (-1 / halfLifeSteps)
}

/** A squared return, counted as at most `RULES.returnCap` standard deviations. */
export function cappedSquare(variance: number, logReturn: number): number {
  return Math.min(logReturn * logReturn, RULES.returnCap ** 2 * variance)
}

/**
 * Variance of log returns after one more: zero mean, exponentially weighted, each square capped, so that one day cannot raise sigma
 * by more than 19% (RiskMetrics 1996, capped).
 */
export function nextVariance(variance: number, logReturn: number, decay: number): number {
  return decay * variance + (1 - decay) * cappedSquare(variance, logReturn)
}
