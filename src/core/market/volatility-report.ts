import type { Price } from '../quantity/price.ts'
import type { Rate } from '../quantity/rate.ts'
import type { Timestamp } from '../quantity/timestamp.ts'

/** Volatilities of one expiry by strike: whoever quotes them by delta, or as a curve, converts before they get here. */
export interface ReportedSlice {
  readonly expiry: Timestamp
  /** Of the underlying for the expiry, USD. */
  readonly forward: Price
  /** Ascending by strike (USD). Volatilities are 1e-18 per root of a year of 365 days. */
  readonly points: readonly { readonly strike: Price; readonly volatility: Rate }[]
}

/** What was last reported of the volatilities of an underlying, and when its options were last priced from it. */
export interface ReportedVolatilities {
  readonly observedAt: Timestamp
  /** Index of the underlying when the report was taken: forwards move with it until the next. */
  readonly index: Price
  /** Ascending by expiry. */
  readonly slices: readonly ReportedSlice[]
  /** Absent: not since this report. */
  readonly repriced?: { readonly index: Price; readonly at: Timestamp }
}
