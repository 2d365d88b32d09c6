import type { AssetId } from '../../core/instrument/identifier.ts'
import type { Price } from '../../core/quantity/price.ts'
import type { Rate } from '../../core/quantity/rate.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'

/** `spot` is an asset's index price, `perp` the mark of its perpetual. */
export type BarKind = 'spot' | 'perp'

/** What is known of a bar. Always low <= open, close <= high. */
export type BarPrices =
  | { readonly shape: 'ohlc'; readonly open: Price; readonly high: Price; readonly low: Price; readonly close: Price }
  | { readonly shape: 'close'; readonly close: Price }

/** One bar of one series. */
export interface Bar {
  readonly kind: BarKind
  readonly symbol: AssetId
  /** Open of the bar: its close is known one interval later. */
  readonly time: Timestamp
  readonly prices: BarPrices
}

/** A perpetual's funding falling due. */
export interface FundingRow {
  readonly symbol: AssetId
  /** When it falls due; the rate is for the time since the payment before (8 h where Binance is the source). */
  readonly time: Timestamp
  /** Share of the notional; positive: longs pay shorts. */
  readonly rate: Rate
}

/** All that a tape says of one opening time. Funding comes before the bars: it falls due before the hour's open. */
export interface TapeStep {
  readonly time: Timestamp
  readonly bars: readonly Bar[]
  readonly funding: readonly FundingRow[]
}

export interface TapeHeader {
  readonly id: string
  readonly title: string
  /** Asset in which prices are quoted: it is taken as 1 USD. */
  readonly settlement: AssetId
  /** Length of every bar, milliseconds. */
  readonly intervalMs: number
  /** Assets with an index price somewhere on the tape. */
  readonly spot: readonly AssetId[]
  /** Assets with a mark of their own; the mark of every other asset is its index. */
  readonly perpetualMarks: readonly AssetId[]
  readonly sources: readonly string[]
  readonly notes: readonly string[]
}

/** A tape that can be read any number of times: every iteration of `steps` opens the files anew. */
export interface Tape {
  readonly header: TapeHeader
  /** In time order, one interval or more apart. Throws TableError at the first row that is not as it should be. */
  readonly steps: AsyncIterable<TapeStep>
}
