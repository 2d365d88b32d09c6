/** Prices of many series on one grid of closing times, as calibration and backtest read them: plain numbers, USD. */
export interface PricePanel {
  /** Length of a step, such as 86400000 for a day. */
  readonly stepMs: number
  /** Closing times, ms UTC, ascending, each a multiple of `stepMs` and `stepMs` after the one before. */
  readonly times: readonly number[]
  /** Sorted by asset, spot before perpetual; at most one of each asset and kind. */
  readonly series: readonly PanelSeries[]
}

export type SeriesKind = 'spot' | 'perpetual'

/** One series; all arrays are as long as the panel's times, NaN where nothing is known. */
export interface PanelSeries {
  readonly asset: string
  readonly kind: SeriesKind
  /** Price at the closing time. */
  readonly close: Float64Array
  /** Highest and lowest price within the step; NaN where only closes are known. */
  readonly high: Float64Array
  readonly low: Float64Array
  /** What was traded within the step, USD. */
  readonly volumeUsd: Float64Array
  /** Files it came from, in the order of precedence. */
  readonly sources: readonly string[]
}
