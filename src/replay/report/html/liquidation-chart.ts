import { printedCount } from '../../../report/figure.ts'
import { clockTime, dayName, spanName } from '../../../report/moment.ts'
import type { ReplayReport } from '../replay-report.ts'
import { cellsFor, liquidationsBy } from '../series.ts'
import type { TimeSeries } from '../time-series.ts'
import { dataTableHtml } from './data-table.ts'
import { barPath } from './line-path.ts'
import { type Frame, plotHtml } from './plot.ts'

const HEIGHT = 130
const UNITS = HEIGHT * 2
const MOST_ROWS = 28

/** Liquidations through time: the first run upward, the second downward on the same scale. */
export function liquidationChart(report: ReplayReport, { cells, runs }: TimeSeries, frame: Frame): string {
  const highest = Math.max(0, ...runs.flatMap(({ liquidations }) => liquidations))
  const isPair = runs.length > 1
  const [base, room] = isPair ? [HEIGHT, HEIGHT * 0.92] : [UNITS, UNITS * 0.92]
  const lengths = (counts: readonly number[]) =>
    counts.map((count) => (count === 0 ? 0 : Math.max(2, Math.round((count / highest) * room))))
  const bars = runs.map(
    ({ run: { mode }, liquidations }, i) =>
      `<path class="b ${mode}" d="${barPath(lengths(liquidations), base, i === 0 ? -1 : 1)}"/>`,
  )
  const top = highest === 0 ? [] : [{ text: printedCount(highest), at: isPair ? 0.96 : 0.92 }]
  const below = isPair && highest > 0 ? [{ text: printedCount(highest), at: 0.04 }] : []
  const chart = plotHtml({
    title: `Liquidations per ${spanName(cells.spanMs)}`,
    description: `${runs.map(({ run }) => `${run.mode}: ${printedCount(run.liquidations)} liquidations`).join('; ')}.`,
    height: HEIGHT,
    cellCount: cells.count,
    axis: [...top, { text: '0', at: isPair ? 0.5 : 0 }, ...below],
    shapes: `${bars.join('')}<path class="ax" d="M0 ${base}H${cells.count}"/>`,
    labels: runs.map(({ run }, i) => ({
      text: `${run.mode} ${printedCount(run.liquidations)}`,
      at: i === 0 ? (isPair ? 0.78 : 0.7) : 0.1,
      className: run.mode,
    })),
    endLabels: [],
    frame,
  })
  return chart + tableOf(report)
}

function tableOf({ tape, runs }: ReplayReport): string {
  const cells = cellsFor(tape, MOST_ROWS)
  const counts = runs.map(({ timeline }) => liquidationsBy(cells, timeline))
  const rows = Array.from({ length: cells.count }, (_, cell) => {
    const end = cells.from + (cell + 1) * cells.spanMs
    return [`${dayName(end)} ${clockTime(end)}`, ...counts.map((column) => printedCount(column[cell] ?? 0))]
  })
  const summary = `Table: in the ${spanName(cells.spanMs)} up to each time`
  return dataTableHtml([{ summary, head: ['UTC', ...runs.map(({ mode }) => mode)], rows }])
}
