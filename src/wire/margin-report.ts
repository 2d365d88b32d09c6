/** A decimal string at full precision, at most 18 digits after the point. Amounts are USD unless the field says otherwise. */
export type Decimal = string

/** A ratio with six digits after the point. */
export type Ratio = string

/** The answer to "what is required of this portfolio, and why": one shape for one account or ten thousand. */
export interface MarginReport {
  readonly format: 'plimsoll margin report v1'
  /** Moment of valuation, milliseconds; null where nothing in the file needs one. */
  readonly asOf: number | null
  readonly unitOfAccount: 'USD'
  /** Model and epoch, such as `standard/2026-02-06`. */
  readonly modelVersion: string
  /** `sha256:` of the epoch's canonical JSON. */
  readonly epochHash: string
  /** `sha256:` of the portfolio's canonical form. */
  readonly inputsHash: string
  readonly engineVersion: string
  /** Shares of NLV from which reports warn and advise to reduce only. */
  readonly usageLevels: { readonly warning: Ratio; readonly reduceOnly: Ratio }
  readonly nettingSets: readonly NettingSetReport[]
  readonly assumptions: readonly ReportNote[]
  readonly warnings: readonly ReportNote[]
}

export type MarginStatus = 'healthy' | 'warning' | 'reduce-only' | 'liquidatable' | 'insolvent' | 'unencumbered'

export interface NettingSetReport {
  readonly account: string
  /** Numbers of its buckets, ascending; 0 is the pool. */
  readonly buckets: readonly number[]
  /** Of an isolated or line bucket that has one. */
  readonly name: string | null
  readonly mode: 'cross' | 'isolated' | 'line'
  readonly status: MarginStatus
  /** Value of everything, no haircut. */
  readonly netLiquidationValue: Decimal
  readonly initialMargin: Decimal
  readonly maintenanceMargin: Decimal
  /** NLV - MM; of a pool less what its lines draw. */
  readonly excess: Decimal
  /** NLV - IM. */
  readonly available: Decimal
  /** MM / NLV, 1 is liquidation, rounded up; null if NLV <= 0 < MM. */
  readonly marginUsage: Ratio | null
  /** NLV / MM, rounded down; null if MM = 0. */
  readonly healthFactor: Ratio | null
  /** Gross contract notional over NLV, rounded up; null if NLV <= 0. */
  readonly leverage: Ratio | null
  readonly liquidatable: boolean
  readonly newRiskAllowed: boolean
  readonly line: LineReport | null
  /** Positive balances by asset. */
  readonly collateral: readonly CollateralRow[]
  /** Negative balances by asset. */
  readonly borrows: readonly BorrowRow[]
  readonly positions: readonly PositionRow[]
  /** Who bears the requirements: each column adds up to its requirement to the last unit. */
  readonly attribution: readonly AttributionRow[]
  readonly binding: BindingReport | null
  /** How the maintenance margin comes about. */
  readonly breakdown: BreakdownNode
  /** How the initial margin comes about. */
  readonly initialBreakdown: BreakdownNode
  /** Every balance with its asset and every position with its unsettled result margined by itself, added up (maintenance). */
  readonly sumOfIsolated: Decimal
  /** Asked for, else null. */
  readonly exposures: readonly ExposureRow[] | null
  /** Asked for with the exposures, else null; of those that earn an offset. */
  readonly correlations: CorrelationRows | null
  /** Asked for, else null: worst first. */
  readonly scenarios: readonly ScenarioRow[] | null
}

/** Of a bucket with a line what it may draw and draws; of a pool that has lines what they draw together. */
export type LineReport =
  | { readonly limit: Decimal; readonly shortfall: Decimal; readonly drawn: Decimal }
  | { readonly drawnByBuckets: Decimal }

export interface CollateralRow {
  readonly asset: string
  /** Units. */
  readonly quantity: Decimal
  readonly price: Decimal
  readonly value: Decimal
  /** 1 - haircut. */
  readonly weight: Ratio | null
  /** What holding it alone requires over its value, rounded up; null for a value of nothing. */
  readonly haircut: Ratio | null
}

export interface BorrowRow {
  readonly asset: string
  /** Units, below zero. */
  readonly quantity: Decimal
  readonly price: Decimal
  readonly value: Decimal
}

export interface PositionRow {
  readonly market: string
  readonly bucket: number
  /** Contracts, below zero if short. */
  readonly quantity: Decimal
  /** As the file gives it, in the quote asset. */
  readonly entryPrice: Decimal | null
  /** In the quote asset. */
  readonly markPrice: Decimal
  /** Signed as the quantity, rounded away from zero. */
  readonly notional: Decimal
  /** Profit and loss not settled yet; of an option its mark value. */
  readonly unrealizedPnl: Decimal
  readonly accruedFunding: Decimal
  /** What the position adds to NLV: both together. */
  readonly value: Decimal
}

export interface AttributionRow {
  readonly kind: 'position' | 'collateral' | 'borrow' | 'order' | 'addOn'
  readonly id: string
  /** Null where it is of several buckets, or of none. */
  readonly bucket: number | null
  readonly maintenanceMargin: Decimal
  readonly initialMargin: Decimal
  /** Of the maintenance margin; null if that is 0. */
  readonly share: Ratio | null
}

export interface BindingReport {
  readonly component: string
  readonly regime: string | null
  readonly scenario: string | null
  readonly runnerUp: { readonly component: string; readonly scenario: string | null; readonly value: Decimal } | null
}

export type BreakdownOp =
  | 'given'
  | 'parameter'
  | 'sum'
  | 'sumOfSizes'
  | 'product'
  | 'max'
  | 'scale'
  | 'blend'
  | 'quadratic'
  | 'worstLoss'

/** A number and what it is made of: each node can be worked out from its terms. A field that says nothing stays away. */
export interface BreakdownNode {
  readonly id: string
  readonly op: BreakdownOp
  readonly value: Decimal
  readonly terms?: readonly BreakdownNode[]
  readonly note?: string
  readonly factor?: Decimal
  readonly rounded?: 'up' | 'down' | 'nearest'
  readonly source?: string
  readonly binding?: true
  /** Of `quadratic`: which correlations. */
  readonly matrix?: string
  /** Of `worstLoss`: how many scenarios there are. */
  readonly count?: number
  /** Of `worstLoss`: the first of them. */
  readonly worst?: readonly { readonly id: string; readonly pnl: Decimal }[]
}

export interface ExposureRow {
  readonly factor: string
  readonly exposure: Decimal
  readonly riskWeight: Ratio
  readonly weighted: Decimal
  readonly earnsOffset: boolean
  readonly from: readonly string[]
}

/** Correlations in whole parts per million, a row for each factor in the order given, as each regime has them. */
export interface CorrelationRows {
  readonly factors: readonly string[]
  readonly now: readonly (readonly number[])[]
  readonly one: readonly (readonly number[])[]
  readonly break: readonly (readonly number[])[]
}

export interface ScenarioRow {
  readonly id: string
  /** Simple moves of the factors that move. */
  readonly moves: { readonly [factor: string]: Ratio }
  readonly damp: Ratio
  readonly initialOnly: boolean
  /** Before damping, rounded down. */
  readonly pnl: Decimal
  /** By asset or market, asked for, else null. */
  readonly contributions: { readonly [id: string]: Decimal } | null
}

export interface ReportNote {
  readonly code: string
  readonly path: string
  readonly message: string
}
