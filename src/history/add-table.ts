import { type BarRows, sortedBars } from './bar-rows.ts'
import { barTiming, commonSpacing } from './bar-timing.ts'
import { type BarTiming, type Grid, onGrid, pricedSteps } from './grid-series.ts'
import type { SeriesFact } from './load-notes.ts'
import { addSeries, type PanelDraft } from './panel-draft.ts'
import type { PriceFile } from './price-files.ts'
import type { PriceTable, TableSeries } from './price-table.ts'

/** What a table brought. */
export interface AddedTable {
  /** When its first and its last price are known, ms UTC. */
  readonly firstTime: number
  readonly lastTime: number
  /** One a series, in the order of the table. */
  readonly facts: readonly SeriesFact[]
}

interface Sorted {
  readonly series: TableSeries
  readonly bars: BarRows
  readonly timing: BarTiming | undefined
}

/** Brings each series of a table to the grid and adds it to the panel. The table has at least one. */
export function addTable(
  draft: PanelDraft,
  { file, table, grid }: { readonly file: PriceFile; readonly table: PriceTable; readonly grid: Grid },
): AddedTable {
  const sorted = sortedSeries(table)
  const spans = sorted.map(({ bars, timing }) => {
    const delayMs = timing?.label === 'open' ? timing.intervalMs : 0
    return { first: (bars.time[0] ?? 0) + delayMs, last: (bars.time[bars.count - 1] ?? 0) + delayMs }
  })
  return {
    firstTime: spans.reduce((least, { first }) => Math.min(least, first), Infinity),
    lastTime: spans.reduce((most, { last }) => Math.max(most, last), -Infinity),
    facts: sorted.map((one) => factOf(file.path, one, addOne(draft, file, { ...one, grid }))),
  }
}

/** Columns of one wide table share its interval: each alone may have many gaps. */
function sortedSeries({ series, shape, ...labels }: PriceTable): readonly Sorted[] {
  const all = series.map((one) => ({ series: one, bars: sortedBars(one.bars) }))
  const spacingMs = commonSpacing(all.map(({ bars }) => bars.time))
  return all.map(({ series: one, bars }) => {
    const times = shape === 'wide' ? bars.time.subarray(0, 1) : bars.time
    return { series: one, bars, timing: barTiming(times, labels, spacingMs) }
  })
}

function addOne(
  draft: PanelDraft,
  { kind, path }: PriceFile,
  { series, bars, timing, grid }: Sorted & { readonly grid: Grid },
): SeriesFact['outcome'] {
  if (timing === undefined) return { did: 'had no interval' }
  if (timing.intervalMs > grid.stepMs) return { did: 'was too coarse', intervalMs: timing.intervalMs }
  const prices = onGrid(bars, timing, grid)
  if (pricedSteps(prices) === undefined) return { did: 'had no price in time' }
  const filled = addSeries(draft, { asset: series.asset, kind, prices, source: path })
  if (filled === undefined) return { did: 'became a series' }
  return filled === 0 ? { did: 'added nothing' } : { did: 'filled gaps', count: filled }
}

function factOf(path: string, { series, bars }: Sorted, outcome: SeriesFact['outcome']): SeriesFact {
  const { asset, droppedRanges } = series
  return { path, asset, outcome, droppedRanges, repeatedRows: series.bars.count - bars.count }
}
