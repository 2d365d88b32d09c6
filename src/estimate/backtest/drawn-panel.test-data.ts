import type { PanelSeries, PricePanel, SeriesKind } from '../calibration/price-panel.ts'
import { DAY_MS } from '../calibration/rules.ts'
import type { ChargeShares } from './charge-tables.ts'

/** Monday 2020-01-06 as it begins. */
export const START = Date.UTC(2020, 0, 6)

export const SHARES: ChargeShares = {
  credited: 0.8,
  oneWeight: 0.2,
  breakWeight: 0.1,
  basis: 0.01,
  stableSlip: 0.03,
  stakedSlip: 0.05,
}

/** Only closes are known. */
export function closes(asset: string, kind: SeriesKind, close: Float64Array): PanelSeries {
  const none = close.map(() => Number.NaN)
  return { asset, kind, close, high: none, low: none, volumeUsd: none, sources: [`${asset}.csv`] }
}

export function panelOf(series: readonly PanelSeries[], stepMs = DAY_MS): PricePanel {
  const steps = series[0]?.close.length ?? 0
  return { stepMs, times: Array.from({ length: steps }, (_, i) => START + i * stepMs), series }
}

/** Prices that start at 100 and move by these log returns. */
export function pricesOf(steps: number, next: (step: number) => number): Float64Array {
  let logPrice = 0
  return Float64Array.from({ length: steps }, (_, t) => 100 * Math.exp((logPrice += next(t))))
}
