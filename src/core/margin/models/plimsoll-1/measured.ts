import type { Timestamp } from '../../../quantity/timestamp.ts'
import type { WideValue } from '../../../quantity/value.ts'
import type { AssetId } from '../../../instrument/identifier.ts'
import type { OptionBook } from '../../../pricing/option-book.ts'
import type { OptionGrid } from '../../../pricing/option-grid.ts'
import type { SmallBook } from '../../../pricing/option-rows.ts'
import type { RiskLine } from './risk-line.ts'

/** What moves with factors: worths in proportion, and options of each underlying together. */
export interface Measured {
  readonly lines: readonly RiskLine[]
  readonly options: readonly OptionGroup[]
}

/** The options on one underlying, priced ahead of time on the nodes of its grid. */
export interface OptionGroup {
  readonly underlying: AssetId
  readonly grid: OptionGrid
  readonly book: OptionBook
  /** Delta in USD of each expiry by itself; they add up to that of the book. */
  readonly expiries: readonly { readonly expiry: Timestamp; readonly delta: WideValue }[]
  /** Whether price and volatility do; if not, its gains count nothing in a scenario or window. */
  readonly earnsOffset: boolean
  /** The book in small integers of a unit. */
  readonly smallBookIn: (unit: WideValue) => SmallBook
}
