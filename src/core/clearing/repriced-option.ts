import type { Price } from '../quantity/price.ts'
import type { Rate } from '../quantity/rate.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { Value } from '../quantity/value.ts'
import type { MarketId } from '../instrument/identifier.ts'

/** An option's mark with what it was made from. */
export interface RepricedOption {
  readonly market: MarketId
  /** In the settlement asset. */
  readonly forward: Price
  /** 1e-18 per root of a year of 365 days. */
  readonly volatility: Rate
  readonly mark: Price
  readonly halfWidth: Value
  readonly guarded: boolean
  /** The older of index and volatilities. */
  readonly observedAt: Timestamp
}
