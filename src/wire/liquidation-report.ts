import type { Decimal, Ratio, ReportNote } from './margin-report.ts'

/** At which prices netting sets are liquidated, and what joint move is the most likely to. */
export interface LiquidationReport {
  readonly format: 'plimsoll liquidation prices v1'
  /** Moment of valuation, milliseconds; null where nothing in the file needs one. */
  readonly asOf: number | null
  readonly modelVersion: string
  readonly epochHash: string
  readonly inputsHash: string
  readonly engineVersion: string
  readonly nettingSets: readonly SetLiquidation[]
  readonly assumptions: readonly ReportNote[]
  readonly warnings: readonly ReportNote[]
}

export interface SetLiquidation {
  readonly account: string
  readonly buckets: readonly number[]
  readonly name: string | null
  readonly mode: 'cross' | 'isolated' | 'line'
  /** Nothing is owed: no price liquidates it, and none is searched. */
  readonly unencumbered: boolean
  readonly liquidatable: boolean
  /** As things stand. Of a bucket with a line with what the pool grants it. */
  readonly excess: Decimal
  /** MM / NLV, rounded up; null if NLV <= 0 < MM. */
  readonly marginUsage: Ratio | null
  /** Of a bucket with a line. */
  readonly line: { readonly limit: Decimal; readonly drawn: Decimal } | null
  readonly assets: readonly AssetLiquidation[]
  /** An estimate; null where nothing is owed, where it is liquidatable already, where nothing was found, or where the model has no correlations. */
  readonly joint: JointFailure | null
}

/** One asset moves with its contracts, options and claims; all else stands. */
export interface AssetLiquidation {
  readonly asset: string
  readonly price: Decimal
  readonly tick: Decimal
  readonly searched: Searched
  readonly answer: 'none' | 'one' | 'several'
  /** Highest first. */
  readonly roots: readonly LiquidationRoot[]
  /** The prices around today's between which the answer stays what it is now; null: to the end of what was searched. */
  readonly stretch: { readonly from: Decimal | null; readonly to: Decimal | null }
}

export interface Searched {
  readonly from: Decimal
  readonly to: Decimal
  /** Prices at which the exact engine was asked before changes were bisected. */
  readonly prices: number
  /** The widest gap between two of them from half to twice today's price, as a share of today's price. */
  readonly widestGap: Ratio
}

export interface LiquidationRoot {
  /** The tick outside: the first at which the decision is to liquidate. */
  readonly price: Decimal
  /** From today's price. */
  readonly move: Ratio
  /** Size of the log move in daily standard deviations of the asset's own factor; null where the model says none. */
  readonly sigmas: Ratio | null
  /** Where the root lies: above or below today's price. */
  readonly direction: 'rise' | 'fall'
  /** The exact excess at neighbouring ticks: not below zero inside, below zero outside. */
  readonly proof: { readonly inside: Proof; readonly outside: Proof }
}

export interface Proof {
  readonly price: Decimal
  readonly excess: Decimal
}

export interface JointFailure {
  /** Mahalanobis distance of the nearest joint move that was found, under the correlations as measured and the sigmas of a day. */
  readonly sigmas: Ratio
  /** Simple move of each factor. */
  readonly moves: { readonly [factor: string]: Ratio }
  /** Chance of reaching such a move at some time within a day: twice that of standing beyond it at the end (reflection principle). */
  readonly probability24h: Ratio
  readonly isEstimate: true
  /** Whether the exact engine liquidates at these very moves. */
  readonly confirmed: boolean
  /** Where the daily deviations come from. */
  readonly sigmaSource: string
}
