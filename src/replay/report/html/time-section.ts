import { clockTime, dayName, spanName } from '../../../report/moment.ts'
import type { ReplayReport } from '../replay-report.ts'
import { eventsOf, type TapeEvent } from '../tape-event.ts'
import { type TimeSeries, timeSeriesOf } from '../time-series.ts'
import { timeTicks } from './axis.ts'
import { escaped, escapedJson } from './escaped.ts'
import { liquidationChart } from './liquidation-chart.ts'
import { packed } from './packed-series.ts'
import { percent } from './plot.ts'
import { priceChart } from './price-chart.ts'
import { valueChart } from './value-chart.ts'

const MOST_DATES = 6
const DAY = 86_400_000

/** The charts through time, which share one cursor, and the data it reads out. */
export function timeSection(report: ReplayReport): string {
  const series = timeSeriesOf(report)
  const { from, spanMs, count } = series.cells
  const ticks = timeTicks(from, from + spanMs * count, MOST_DATES)
  const events = eventsOf(report)
  const xOf = (time: number) => (time - from) / spanMs / count
  const marks = events.map((event, i) => ({ event, at: xOf(event.time), row: i }))
  const gridAt = ticks.map((tick) => (tick - from) / spanMs)
  const dates = `<div class="xt" aria-hidden="true">${ticks.map((tick) => dateHtml(tick, xOf(tick))).join('')}</div>`
  const plain = { gridAt, overlay: marks.map(({ at }) => markHtml(at)).join(''), below: '' }
  const named = { ...plain, overlay: marks.map(({ at, event, row }) => markHtml(at, event, row)).join('') }
  const dated = { ...plain, below: dates }
  const hasPrices = series.prices.length > 0
  const charts = [
    valueChart(report, series, named),
    liquidationChart(report, series, hasPrices ? plain : dated),
    priceChart(report, series, dated),
  ]
  return `<section class="card s12" id="time" aria-labelledby="h-t"><div class="hr"><div><h2 id="h-t">Through time</h2><p class="sub">UTC, every ${spanName(
    spanMs,
  )}. Point at a chart, or use the arrow keys, to read all of them</p></div><output class="read" id="read" aria-live="off"></output></div><div class="charts" id="charts" tabindex="0" role="group" aria-label="Charts through time: the arrow keys move the cursor">${charts.join(
    '',
  )}</div>${keyHtml(events)}</section><script type="application/json" id="data">${escapedJson(
    cursorData(series, events),
  )}</script>`
}

/** A dashed line through a chart, in the first chart with its name beside it. */
function markHtml(at: number, event?: TapeEvent, row = 0): string {
  const side = at < 0.5 ? ' class="r"' : ''
  const name = event === undefined ? '' : `<em${side} style="top:${row * 15 - 2}px">${escaped(event.text)}</em>`
  return `<div class="ev" style="left:${percent(at)}">${name}</div>`
}

/** On a phone the names have no room in the chart. */
function keyHtml(events: readonly TapeEvent[]): string {
  if (events.length === 0) return ''
  const texts = events.map(({ text, time }) => `${text}, ${dayName(time)} ${clockTime(time)}`)
  return `<p class="evk">Dashed: ${escaped(texts.join('; '))}.</p>`
}

function dateHtml(tick: number, at: number): string {
  const edge = at < 0.03 ? ' class="first"' : at > 0.97 ? ' class="last"' : ''
  return `<span${edge} style="left:${percent(at)}">${tick % DAY === 0 ? dayName(tick) : clockTime(tick)}</span>`
}

/** Rounded to what the pictures show: three digits of the largest value, two of an index. The cursor reads no more out. */
function cursorData({ cells, runs, prices }: TimeSeries, events: readonly TapeEvent[]) {
  const lastEvent = events.at(-1)?.time ?? cells.from + cells.spanMs * cells.count
  return {
    from: cells.from,
    span: cells.spanMs,
    count: cells.count,
    start: Math.round((lastEvent - cells.from) / cells.spanMs) - 1,
    runs: runs.map(({ run, netLiquidationValue, maintenanceMargin, liquidations }) => ({
      mode: run.mode,
      nlv: inUnits(netLiquidationValue, unitOf(netLiquidationValue)),
      mm: inUnits(maintenanceMargin, unitOf(maintenanceMargin)),
      liq: packed(liquidations),
    })),
    prices: prices.map(({ asset, index }) => [asset, ...inUnits(index, indexUnitOf(index))]),
  }
}

/** The largest value has three digits in it. */
function unitOf(values: readonly (number | undefined)[]): number {
  const largest = Math.max(1, ...values.map((value) => Math.abs(value ?? 0)))
  return 10 ** (Math.floor(Math.log10(largest)) - 2)
}

/** The smallest value has two digits in it, unless it is below a thousandth: then it is as good as nothing. */
function indexUnitOf(values: readonly (number | undefined)[]): number {
  const least = Math.min(10, ...values.map((value) => value ?? 10))
  return 10 ** Math.max(-4, Math.floor(Math.log10(least)) - 1)
}

function inUnits(values: readonly (number | undefined)[], unit: number): readonly [unit: number, packed: string] {
  return [unit, packed(values.map((value) => (value === undefined ? undefined : Math.round(value / unit))))]
}
