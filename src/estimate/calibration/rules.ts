/**
 * Figures of the methodology's section 2 that a calibration follows, and the assumptions it starts from where there are no data
 * yet. All times in days; a step may be shorter.
 */
export const DAY_MS = 86_400_000

export const RULES = {
  /** Half-life of squared returns (QLIKE is flat from 16 to 45). */
  volatilityHalfLife: 32,
  /** A squared return counts as at most so many standard deviations: sigma rises by at most 19% a day. */
  returnCap: 4.5,
  /** Never below this mix of today's and stressed sigma, nor below that of all history (EMIR RTS 153/2013 art. 28 b and c). */
  currentShare: 0.75,
  stressedQuantile: 0.95,
  /** Of n days of history n / (n + this) is taken of the factor's own, the rest of its tier's. */
  shrinkDays: 120,
  /** Share of returns within the risk weight. */
  coverage: 0.995,
  /** A quantile moves by at most so much a week. */
  quantileStep: 0.1,
  weekDays: 7,
  /**
   * Charged sigma rises by at most so much in a day, and in so many days: then exp(x) - 1, which a short is charged, rises by at most 25%
   * up to x = 1.4, and by at most 50% up to x = 1.
   */
  riseInDay: 0.12,
  riseInDays: 0.25,
  riseDays: 5,
  /** Half-life of what correlations are taken from. */
  correlationHalfLife: 365,
  /** Joint windows that are kept for the historical component. */
  windows: 1_500,
  /** Times its own quantile that one window counts at most: one jump may not rule the mean of the worst, as no week may the quantile. */
  windowCap: 2,
  /** Days of history before an offset is earned. */
  offsetDays: 250,
  /** Days without a price after which what comes back under the same name is another asset. */
  relistedAfterDays: 7,
  /** Simple return of a window that flags an asset collapsed, if the median asset fell by less than half of it. */
  collapse: -0.4,
} as const

/** What factors are pooled by. */
export type FactorTier =
  | 'major'
  | 'large'
  | 'other'
  | 'stable peg'
  | 'staked peg'
  | 'perpetual basis'
  | 'future basis'
  | 'volatility'

export interface TierStart {
  /** Standard deviation of a day's log return until there is history. */
  readonly sigma: number
  /** Quantile of |return| in charged sigmas until there is history. */
  readonly quantile: number
  /** Weight of a pair in the fit of the factor model is the product of both. */
  readonly fitWeight: number
}

/** Judgement: what a factor is taken for before its tier has a history of its own. */
export const TIER_START: Readonly<Record<FactorTier, TierStart>> = {
  major: { sigma: 0.04, quantile: 3.9, fitWeight: 20 },
  large: { sigma: 0.06, quantile: 4.2, fitWeight: 5 },
  other: { sigma: 0.075, quantile: 4.4, fitWeight: 1 },
  'stable peg': { sigma: 0.002, quantile: 5, fitWeight: 1 },
  'staked peg': { sigma: 0.005, quantile: 5, fitWeight: 1 },
  'perpetual basis': { sigma: 0.0025, quantile: 5, fitWeight: 1 },
  'future basis': { sigma: 0.003, quantile: 5, fitWeight: 1 },
  volatility: { sigma: 0.06, quantile: 5, fitWeight: 1 },
}
