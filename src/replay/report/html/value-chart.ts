import { atomsOf, centsDown, centsUp } from '../../../report/amount.ts'
import { printedCents, shortAmount } from '../../../report/figure.ts'
import { clockTime, dayName, spanName } from '../../../report/moment.ts'
import type { ModeRun, ReplayReport } from '../replay-report.ts'
import { cellsFor, lastInEach } from '../series.ts'
import type { RunSeries, TimeSeries } from '../time-series.ts'
import { axisFigure, ticksOver } from './axis.ts'
import { type DataTable, dataTableHtml } from './data-table.ts'
import { areaPath, type Heights, linePath } from './line-path.ts'
import { type EndLabel, type Frame, plotHtml, type PlotLabel } from './plot.ts'

const HEIGHT = 210
const UNITS = HEIGHT * 2
const MOST_ROWS = 28

interface Range {
  readonly low: number
  readonly high: number
}

/** Net liquidation value and maintenance margin of all accounts: the first run filled, the second dashed. */
export function valueChart(report: ReplayReport, series: TimeSeries, frame: Frame): string {
  const values = series.runs.flatMap(({ netLiquidationValue, maintenanceMargin }) => [
    ...netLiquidationValue,
    ...maintenanceMargin,
  ])
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return ''
  const highest = Math.max(0, ...known)
  const ticks = ticksOver(Math.min(0, ...known), highest > 0 ? highest : 1, 4)
  const range = { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1 }
  const chart = plotHtml({
    title: 'All accounts: net liquidation value (NLV) and maintenance margin (MM), USD',
    description: descriptionOf(report.runs),
    height: HEIGHT,
    cellCount: series.cells.count,
    axis: ticks.map((tick) => ({ text: axisFigure(tick), at: shareOf(tick, range) })),
    shapes: series.runs
      .toReversed()
      .map((run) => shapesOf(run, range, run === series.runs[0]))
      .join(''),
    labels: nameLabels(series.runs[0], range),
    endLabels: series.runs.length > 1 ? series.runs.flatMap((run) => endLabelsOf(run, range)) : [],
    frame,
  })
  return chart + dataTableHtml(tablesOf(report))
}

function shapesOf(
  { run: { mode }, netLiquidationValue, maintenanceMargin }: RunSeries,
  range: Range,
  isFirst: boolean,
): string {
  const [nlv, margin] = [heightsOf(netLiquidationValue, range), heightsOf(maintenanceMargin, range)]
  const bottom = Math.round((1 - shareOf(0, range)) * UNITS)
  const areas = isFirst
    ? `<path class="a ${mode}" d="${areaPath(nlv, bottom)}"/><path class="a mm" d="${areaPath(margin, bottom)}"/>`
    : ''
  const [line, marginLine] = isFirst ? [`l ${mode}`, 'l mm'] : [`l ${mode} da`, `l ${mode} da`]
  return `${areas}<path class="${line}" d="${linePath(nlv)}"/><path class="${marginLine}" d="${linePath(margin)}"/>`
}

function heightsOf(values: readonly (number | undefined)[], range: Range): Heights {
  return values.map((value) => (value === undefined ? undefined : Math.round((1 - shareOf(value, range)) * UNITS)))
}

function shareOf(value: number, { low, high }: Range): number {
  return (value - low) / (high - low)
}

/** Names stand above the end of their line, covering nothing of it. */
function nameLabels(series: RunSeries | undefined, range: Range): readonly PlotLabel[] {
  if (series === undefined) return []
  const above = (values: readonly (number | undefined)[]) => {
    const known = values.slice(-Math.ceil(values.length / 8)).filter((value) => value !== undefined)
    return Math.min(0.9, shareOf(Math.max(range.low, ...known), range) + 0.015)
  }
  return [
    { text: 'NLV', at: above(series.netLiquidationValue), className: series.run.mode },
    { text: 'MM', at: above(series.maintenanceMargin), className: 'mm' },
  ]
}

function endLabelsOf(
  { run: { mode }, netLiquidationValue, maintenanceMargin }: RunSeries,
  range: Range,
): readonly EndLabel[] {
  return [netLiquidationValue, maintenanceMargin].flatMap((values, i) => {
    const last = values.findLast((value) => value !== undefined)
    if (last === undefined) return []
    return [{ text: mode, at: shareOf(last, range), className: i === 1 && mode === 'cross' ? 'mm' : mode }]
  })
}

function descriptionOf(runs: readonly ModeRun[]): string {
  const sentences = runs.flatMap(({ mode, timeline }) => {
    const [first, last] = [timeline[0], timeline.at(-1)]
    if (first === undefined || last === undefined) return []
    const [nlv, margin] = [
      [first.netLiquidationValue, last.netLiquidationValue].map((value) => shortAmount(atomsOf(value))),
      [first.maintenanceMargin, last.maintenanceMargin].map((value) => shortAmount(atomsOf(value))),
    ]
    return [
      `${mode}: net liquidation value from ${nlv.join(' to ')}, maintenance margin from ${margin.join(' to ')} USD`,
    ]
  })
  return `Net liquidation value and maintenance margin of all accounts. ${sentences.join('; ')}.`
}

/** One table per run: two beside each other would not fit a phone. */
function tablesOf({ tape, runs }: ReplayReport): readonly DataTable[] {
  const cells = cellsFor(tape, MOST_ROWS)
  return runs.map(({ mode, timeline }) => ({
    summary: `Table: at the end of every ${spanName(cells.spanMs)}`,
    head: ['UTC', `NLV, ${mode}`, `MM, ${mode}`],
    rows: lastInEach(cells, timeline, ({ time }) => time)
      .filter((point) => point !== undefined)
      .map(({ time, netLiquidationValue, maintenanceMargin }) => [
        `${dayName(time)} ${clockTime(time)}`,
        printedCents(centsDown(atomsOf(netLiquidationValue))),
        printedCents(centsUp(atomsOf(maintenanceMargin))),
      ]),
  }))
}
