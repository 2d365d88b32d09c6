import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import type { AssetId } from '../../core/instrument/identifier.ts'
import type { Tape } from '../tape/bar.ts'
import type { PriceSeries, TapeSummary } from '../report/replay-report.ts'
import { type BoundedSeries, boundedSeries } from './bounded-series.ts'

/** What is known of a tape after reading it once: every row was checked before anything is applied. */
export interface Survey {
  readonly summary: TapeSummary
  readonly steps: number
  readonly prices: readonly PriceSeries[]
}

/** Most points a price series keeps: more than a screen can show. */
export const PICTURE_POINTS = 1_024

/** Reads a tape from beginning to end. Throws TableError at the first row that is not as it should be. */
export async function surveyTape(argument: string, { header, steps }: Tape): Promise<Survey> {
  const series = new Map<AssetId, BoundedSeries<readonly [number, string]>>()
  let [count, from, to] = [0, 0, 0]
  for await (const { time, bars } of steps) {
    if (bars.length === 0) continue
    if (count === 0) from = time
    to = time + header.intervalMs
    count += 1
    for (const bar of bars) {
      if (bar.kind !== 'spot') continue
      const points =
        series.get(bar.symbol) ?? boundedSeries<readonly [number, string]>(PICTURE_POINTS, (_, later) => later)
      series.set(bar.symbol, points)
      points.add([to, formatDecimal18(bar.prices.close)])
    }
  }
  const { id, title, intervalMs, settlement, sources, notes, spot } = header
  return {
    summary: { argument, id, title, from, to, intervalMs, settlement, assets: [...spot], sources, notes },
    steps: count,
    prices: [...series].map(([asset, { points }]) => ({ asset, points })),
  }
}
