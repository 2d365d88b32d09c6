import { clockTime, dayName, spanName } from '../../../report/moment.ts'
import type { ReplayReport } from '../replay-report.ts'
import { cellsFor, lastInEach } from '../series.ts'
import type { IndexSeries, TimeSeries } from '../time-series.ts'
import { indexFigure, logTicksWithin } from './axis.ts'
import { type DataTable, dataTableHtml } from './data-table.ts'
import { type Heights, linePath } from './line-path.ts'
import { type Frame, plotHtml } from './plot.ts'

const LEAST_HEIGHT = 190
/** Pixels a line's label needs. */
const LABEL_HEIGHT = 15
const MOST_ROWS = 28
/** Columns of a table that fit a phone. */
const MOST_COLUMNS = 6
/** Lines with a colour of their own; the rest are thin and grey. */
const COLOURED = 6

/** Prices on a logarithmic scale with their start at 100; gaps stay gaps. Empty where the tape has no prices. */
export function priceChart(report: ReplayReport, series: TimeSeries, frame: Frame): string {
  const { prices, undrawn, cells } = series
  const known = prices.flatMap(({ index }) => index.filter((value) => value !== undefined))
  if (known.length === 0) return ''
  const [low, high] = [Math.min(100, ...known) / 1.04, Math.max(100, ...known) * 1.04]
  const height = Math.max(LEAST_HEIGHT, prices.length * LABEL_HEIGHT + 70)
  const shareOf = (index: number) => Math.log(index / low) / Math.log(high / low)
  const heights = (index: IndexSeries['index']): Heights =>
    index.map((value) => (value === undefined ? undefined : Math.round((1 - shareOf(value)) * height * 2)))
  const lines = prices.map(
    ({ index }, i) => `<path class="l ${colourOf(i)}" data-l="${i}" d="${linePath(heights(index))}"/>`,
  )
  const chart = plotHtml({
    title: `Prices, start = 100, log scale${undrawn.length === 0 ? '' : `; not drawn, they moved less: ${undrawn.join(', ')}`}`,
    description: `${prices.map(({ asset, index }) => `${asset} ends at ${indexFigure(lastOf(index))}`).join(', ')}; start = 100.`,
    height,
    cellCount: cells.count,
    axis: logTicksWithin(low, high).map((tick) => ({ text: tickText(tick), at: shareOf(tick) })),
    shapes: lines.toReversed().join(''),
    labels: [],
    endLabels: prices.map(({ asset, index }, i) => ({
      text: `${asset} ${indexFigure(lastOf(index))}`,
      at: shareOf(lastOf(index)),
      className: colourOf(i),
      line: String(i),
    })),
    frame,
  })
  return chart + dataTableHtml(tablesOf(report, prices))
}

function colourOf(rank: number): string {
  return rank < COLOURED ? `c${rank}` : 'c'
}

function lastOf(index: IndexSeries['index']): number {
  return index.findLast((value) => value !== undefined) ?? 100
}

function tickText(tick: number): string {
  return String(Number(tick.toPrecision(6)))
}

/** Tables of a few assets each, since a phone shows no more columns. */
function tablesOf({ tape, prices }: ReplayReport, drawn: readonly IndexSeries[]): readonly DataTable[] {
  const cells = cellsFor(tape, MOST_ROWS)
  const columns = drawn.map(({ asset }) => {
    const points = prices.find((series) => series.asset === asset)?.points ?? []
    const start = Number(points[0]?.[1] ?? 0)
    return { asset, closes: lastInEach(cells, points, ([time]) => time).map((point) => indexText(point?.[1], start)) }
  })
  const tableCount = Math.ceil(columns.length / MOST_COLUMNS)
  const perTable = Math.ceil(columns.length / tableCount)
  return Array.from({ length: tableCount }, (_, i) => {
    const part = columns.slice(i * perTable, (i + 1) * perTable)
    return {
      summary: `Table: at the end of every ${spanName(cells.spanMs)}`,
      head: ['UTC', ...part.map(({ asset }) => asset)],
      rows: Array.from({ length: cells.count }, (_row, cell) => {
        const end = cells.from + (cell + 1) * cells.spanMs
        return [`${dayName(end)} ${clockTime(end)}`, ...part.map(({ closes }) => closes[cell] ?? '')]
      }),
    }
  })
}

/** Empty where the tape has a gap. */
function indexText(close: string | undefined, start: number): string {
  return close === undefined ? '' : indexFigure((100 * Number(close)) / start)
}
