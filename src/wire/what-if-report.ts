import type { SetLiquidation } from './liquidation-report.ts'
import type { Decimal, MarginReport, Ratio } from './margin-report.ts'

/** A portfolio before and after changes, and whether the venue would allow them. */
export interface WhatIfReport {
  readonly format: 'plimsoll what-if v1'
  readonly before: MarginReport
  /** Of the changed portfolio under the moved market. Its `inputsHash` covers both. */
  readonly after: MarginReport
  /** After less before, of every netting set in the order of the reports. */
  readonly change: readonly SetChange[]
  readonly allowed: boolean
  /** Null where it is allowed. */
  readonly rejection: WhatIfRejection | null
  readonly cost: WhatIfCost
  /** Asked for, else null: liquidation prices of the netting sets that are changed, or of all where only the market moves. */
  readonly liquidation: { readonly before: readonly SetLiquidation[]; readonly after: readonly SetLiquidation[] } | null
}

export interface SetChange {
  readonly account: string
  readonly buckets: readonly number[]
  /** Whether value leaves or enters it, or it takes risk: what the test of new risk looks at. */
  readonly touched: boolean
  readonly netLiquidationValue: Decimal
  readonly initialMargin: Decimal
  readonly maintenanceMargin: Decimal
  readonly excess: Decimal
  readonly available: Decimal
  /** Null where it is null before or after. */
  readonly marginUsage: Ratio | null
  readonly healthFactor: Ratio | null
}

/** Why new risk or a withdrawal is refused; the reasons of the clearinghouse. */
export interface WhatIfRejection {
  readonly reason: 'InitialMarginBreached' | 'LineExceeded' | 'LinesNotCovered' | 'UnsettledProfitNotWithdrawable'
  readonly account: string
  /** First of the netting set that lacks it; 0 is the pool. */
  readonly bucket: number
  readonly netLiquidationValue: Decimal
  readonly initialMargin: Decimal
  /** USD that would have to be added. */
  readonly missing: Decimal
}

export interface WhatIfCost {
  readonly trades: readonly TradeCost[]
  /** Taker fees at the price of their asset as it stands before prices move, rounded up. */
  readonly feesUsd: Decimal
}

export interface TradeCost {
  readonly account: string
  readonly bucket: number
  readonly market: string
  /** Contracts. */
  readonly quantity: Decimal
  readonly price: Decimal
  /** What the cost is paid in. */
  readonly asset: string
  /** Rounded up. */
  readonly fee: Decimal
  /** Of an option, paid; below zero received, rounded against the member. Else 0. */
  readonly premium: Decimal
  /** Size at the trade's price in USD, rounded up. */
  readonly notionalUsd: Decimal
}
