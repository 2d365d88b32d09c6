import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { percent } from '../../html/percent.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { NONE, percents, shareText, timesText } from '../backtest-figure.ts'
import { counted, dateText } from '../backtest-words.ts'
import type { PlotReading } from './cursor-data.ts'
import { shareOfTime, type Stretch, stretchOf } from './date-axis.ts'
import { figure } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { folded, notMeasured } from './section-note.ts'
import { periodsOf } from './periods.ts'
import { stepPath } from './point-path.ts'
import { READ_OUT, timePlotHtml, WIDTH } from './time-plot.ts'
import { type Scale, scaleOver, shareOf } from './value-axis.ts'

type BookSeries = BacktestReport['plots']['marginAndLoss'][number]

const HEIGHT = 150
const MOST_NAMED = 2
/** Names nearer to each other than this share of the width would overlap. */
const NAME_ROOM = 0.34

/** Margin as charged and what was then lost, window by window, of some books. */
export function lossSection({ plots, notes, exceedances }: BacktestReport): string {
  const books = plots.marginAndLoss
  const stretch = stretchOf(books.flatMap(({ dates }) => dates))
  const body =
    stretch === undefined
      ? notMeasured(notes.marginAndLoss)
      : `<div class="charts" tabindex="0" role="group" aria-label="Margin and loss through time: the arrow keys move the cursor">${books.map((book, i) => plotHtml(book, i, stretch)).join('')}</div>`
  return cardHtml({
    id: 'losses',
    title: 'Margin against what was lost',
    sub: `% of gross exposure, one bar a window; gains are not drawn. ${counted(printedCount(books.length), 'book')} of the backtest, as examples; ${exceedances.length === 0 ? 'no exceedance was found in any book' : 'every exceedance of every book is named below'}`,
    span: 's12',
    ...(stretch === undefined ? {} : { aside: READ_OUT }),
    body: `${stretch === undefined ? '' : LEGEND}${body}`,
  })
}

const LEGEND =
  '<p class="legend"><span><i class="k band"></i>margin as charged</span><span><i class="k bar"></i>loss</span><span><i class="k dot"></i>loss above the margin</span></p>'

/** What the cursor reads out of each of the plots. */
export function lossReadings({ plots }: BacktestReport): readonly PlotReading[] {
  return plots.marginAndLoss.map(({ dates, margin, loss }, i) => ({
    id: plotId(i),
    times: dates.map((date) => Date.parse(date)),
    unit: ' %',
    places: 1,
    series: [
      { name: 'margin', values: margin.map((share) => share * 100) },
      { name: 'loss', values: loss.map((share) => share * 100) },
    ],
  }))
}

function plotId(i: number): string {
  return `book-${i}`
}

interface Window {
  readonly date: string
  readonly x: number
  readonly margin: number
  readonly loss: number
}

function plotHtml(series: BookSeries, i: number, stretch: Stretch): string {
  const windows = series.dates.map((date, k): Window => {
    const x = Math.round(shareOfTime(Date.parse(date), stretch) * WIDTH)
    return { date, x, margin: (series.margin[k] ?? 0) * 100, loss: (series.loss[k] ?? 0) * 100 }
  })
  const highest = windows.reduce((most, { margin, loss }) => Math.max(most, margin, loss), 0)
  const scale = scaleOver(0, highest, 3)
  const over = windows.filter(({ margin, loss }) => loss > margin)
  const [worst] = over.toSorted((a, b) => b.loss / b.margin - a.loss / a.margin)
  return `${timePlotHtml({
    id: plotId(i),
    title: `${series.book}: margin and loss, % of gross exposure`,
    description: `${series.book}: above the margin in ${printedCount(over.length)} of ${printedCount(windows.length)} windows${worst === undefined ? '' : `, the largest ${timesText(worst.loss / worst.margin)} times the margin on ${dateText(worst.date)}`}.`,
    height: HEIGHT,
    stretch,
    scale,
    unit: ' %',
    shapes: shapesOf(windows, over, scale),
    overlay: namesHtml(over, scale),
    endLabels: [],
  })}${tableHtml(series, windows, stretch)}`
}

function shapesOf(windows: readonly Window[], over: readonly Window[], scale: Scale): string {
  const yOf = (figure: number) => Math.round((1 - shareOf(figure, scale)) * HEIGHT * 2)
  const bars = windows.map(({ x, loss }) => barPath(x, HEIGHT * 2 - yOf(Math.max(0, loss)))).join('')
  const last = (windows.at(-1)?.x ?? 0) + 1
  const edge = stepPath(
    windows.map(({ x, margin }) => ({ x, y: yOf(margin) })),
    last,
  )
  const marks = over.map(({ x, loss }) => `M${x} ${yOf(loss)}h0`).join('')
  const overBars = over.map(({ x, loss }) => barPath(x, HEIGHT * 2 - yOf(loss))).join('')
  return `<path class="a band" d="${edge}V${HEIGHT * 2}H${windows[0]?.x ?? 0}z"/><path class="lo" d="${bars}"/><path class="l band" d="${edge}"/><path class="lo x" d="${overBars}"/><path class="ex" d="${marks}"/>`
}

/** Nobody would see less than half a pixel. */
function barPath(x: number, length: number): string {
  return length < 1 ? '' : `M${x} ${HEIGHT * 2}v-${length}`
}

/** The largest exceedances by date, where there is room between them. */
function namesHtml(over: readonly Window[], scale: Scale): string {
  const named: Window[] = []
  for (const window of over.toSorted((a, b) => b.loss / b.margin - a.loss / a.margin)) {
    if (named.length < MOST_NAMED && named.every(({ x }) => Math.abs(x - window.x) > NAME_ROOM * WIDTH))
      named.push(window)
  }
  return named
    .map(({ x, loss, margin, date }) => {
      const side = x > WIDTH / 2 ? ' class="xl e"' : ' class="xl"'
      return `<em${side} style="left:${percent(x / WIDTH)};bottom:${percent(Math.min(0.93, shareOf(loss, scale)))}">${escaped(dateText(date))}, ${timesText(loss / margin)}× margin</em>`
    })
    .join('')
}

function tableHtml({ book }: BookSeries, windows: readonly Window[], stretch: Stretch): string {
  const dates = windows.map(({ date }) => date)
  const rows = periodsOf(dates, stretch).map(({ name, indexes }) => {
    const own = indexes.flatMap((index) => windows[index] ?? [])
    const margins = own.map(({ margin }) => margin)
    const [worst] = own.toSorted((a, b) => b.loss - a.loss)
    const over = own.filter(({ loss, margin }) => loss > margin).length
    const isLoss = worst !== undefined && worst.loss > 0
    return figureRow(name, [
      figure(printedCount(own.length)),
      figure(percents(Math.min(...margins) / 100)),
      figure(percents(Math.max(...margins) / 100)),
      figure(isLoss ? percents(worst.loss / 100) : NONE),
      figure(isLoss ? dateText(worst.date) : NONE),
      figure(printedCount(over), over > 0 ? 'neg' : ''),
    ])
  })
  const mean = windows.reduce((sum, { margin }) => sum + margin, 0) / Math.max(1, windows.length)
  return folded(
    `Table: ${book}, by period; mean margin ${shareText(mean / 100)}`,
    figureTable({
      label: `Margin and loss of ${book} by period`,
      head: ['period', 'windows', 'least margin, %', 'most, %', 'largest loss, %', 'on', 'above margin'],
      rows,
    }) + '<p class="sub note">—: no window of the period lost. Every window is in the JSON of the report.</p>',
  )
}
