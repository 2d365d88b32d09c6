/** What `plimsoll calibrate` reports: the epoch it wrote, what is in it, what is not and why, and how well it fits. Shares of one. */
export interface CalibrationReport {
  readonly format: 'plimsoll calibration report v1'
  readonly engineVersion: string
  /** The day whose end, 00:00 UTC, prices count up to. */
  readonly asOf: string
  readonly mpor: '1d' | '8h' | '1h'
  readonly epoch: {
    readonly id: string
    readonly hash: string
    readonly file: string
    readonly bytes: number
    readonly assets: number
    readonly collateral: number
    readonly factors: number
    readonly scenarios: number
    readonly windows: number
  }
  readonly prices: {
    /** Of the prices that count, as the epoch names them. */
    readonly hash: string
    /** Of the files as they are, prices after the day included. */
    readonly filesHash: string
    readonly series: number
    /** First and last time of a price that counts, ISO 8601. */
    readonly from: string
    readonly to: string
    readonly files: readonly {
      readonly path: string
      readonly series: number
      readonly from: string
      readonly to: string
    }[]
  }
  readonly leftOut: readonly LeftOutAsset[]
  readonly tiers: readonly CalibratedTier[]
  readonly fit: CorrelationFit
  readonly assumptions: readonly string[]
  /** What became of the price files, a sentence each. */
  readonly notes: readonly string[]
}

export interface LeftOutAsset {
  readonly asset: string
  readonly reason: 'Collapsed' | 'NoLongerPriced' | 'TooFewPrices' | 'NoReference' | 'BadName'
}

/** Factors that are pooled. */
export interface CalibratedTier {
  readonly tier: string
  /** Of the tier, in the epoch. */
  readonly factors: number
  readonly earningOffset: number
  /** Of |return| in charged standard deviations, at the target coverage. */
  readonly quantile: number
  readonly medianRiskWeight: number
}

/** Correlations as the factor model carries them beside those it was fitted to, over pairs of which both earn an offset. */
export interface CorrelationFit {
  readonly pairs: number
  /** Root mean square of the difference. */
  readonly rms: number
  readonly byTiers: readonly {
    readonly tiers: readonly [string, string]
    readonly pairs: number
    readonly rms: number
  }[]
  /** The farthest first. */
  readonly largest: readonly {
    readonly factors: readonly [string, string]
    readonly measured: number
    readonly fitted: number
  }[]
}
