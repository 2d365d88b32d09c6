import type { ModeRun, PriceSeries, ReplayReport } from './replay-report.ts'
import { type Cells, cellsFor, lastInEach, liquidationsBy } from './series.ts'

/** What the pictures through time are drawn from: one entry per cell, floats. Amounts stay exact in the report itself. */
export interface TimeSeries {
  readonly cells: Cells
  readonly runs: readonly RunSeries[]
  readonly prices: readonly IndexSeries[]
  /** Series that were not drawn: their prices moved least. */
  readonly undrawn: readonly string[]
}

export interface RunSeries {
  readonly run: ModeRun
  readonly netLiquidationValue: readonly (number | undefined)[]
  readonly maintenanceMargin: readonly (number | undefined)[]
  readonly liquidations: readonly number[]
}

/** A price with its first one as 100. */
export interface IndexSeries {
  readonly asset: string
  readonly index: readonly (number | undefined)[]
  /** Farthest it went from its start, as a logarithm: what moved most is drawn boldest. */
  readonly reach: number
}

/** Points a picture of a thousand pixels can show. */
const MOST_CELLS = 240
/** Lines that can still be labelled. */
const MOST_LINES = 12

/** Series of the report, thinned to what a picture shows; prices by how far they moved, the farthest first. */
export function timeSeriesOf({ tape, runs, prices }: ReplayReport): TimeSeries {
  const cells = cellsFor(tape, MOST_CELLS)
  const indices = prices
    .flatMap((series) => indexSeries(series, cells))
    .toSorted((a, b) => b.reach - a.reach || (a.asset < b.asset ? -1 : 1))
  return {
    cells,
    runs: runs.map((run) => runSeries(run, cells)),
    prices: indices.slice(0, MOST_LINES),
    undrawn: indices.slice(MOST_LINES).map(({ asset }) => asset),
  }
}

function runSeries(run: ModeRun, cells: Cells): RunSeries {
  const points = lastInEach(cells, run.timeline, ({ time }) => time)
  return {
    run,
    netLiquidationValue: points.map((point) => (point === undefined ? undefined : Number(point.netLiquidationValue))),
    maintenanceMargin: points.map((point) => (point === undefined ? undefined : Number(point.maintenanceMargin))),
    liquidations: liquidationsBy(cells, run.timeline),
  }
}

function indexSeries({ asset, points }: PriceSeries, cells: Cells): readonly IndexSeries[] {
  const start = Number(points[0]?.[1] ?? 0)
  if (!(start > 0)) return []
  const inCells = lastInEach(cells, points, ([time]) => time)
  const index = inCells.map((point) => {
    const price = Number(point?.[1] ?? 0)
    return price > 0 ? (100 * price) / start : undefined
  })
  const reach = Math.max(0, ...index.map((value) => (value === undefined ? 0 : Math.abs(Math.log(value / 100)))))
  return [{ asset, index, reach }]
}
