import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { fixed, percents, shareText, timesText } from '../backtest-figure.ts'
import type { PlotReading } from './cursor-data.ts'
import { stretchOf } from './date-axis.ts'
import { figure } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { notMeasured } from './section-note.ts'
import { linePlotHtml, type NamedLine } from './line-plot.ts'
import { READ_OUT, WIDTH } from './time-plot.ts'
import { scaleOver, shareOf } from './value-axis.ts'

const ID = 'cycle-plot'
const HEIGHT = 260

/** Margin of one constant book of each type over its own mean, and how far it rose and fell by type. */
export function cycleSection(report: BacktestReport): string {
  const { procyclicality, plots, notes } = report
  const lines = linesOf(report)
  const isThere = plots.procyclicality.dates.length > 0 && lines.length > 0
  const isMeasured = procyclicality.byType.length > 0
  const shares = isMeasured
    ? ` Peak at most 3 times the trough in ${shareText(procyclicality.withinThree)} of books; no rise above 25 % in a day or 50 % in five in ${shareText(procyclicality.riseWithin)}.`
    : ''
  return cardHtml({
    id: 'procyclicality',
    title: 'Procyclicality',
    sub: `What the margin of a book that never changes does through time.${shares}`,
    span: 's12',
    ...(isThere ? { aside: READ_OUT } : {}),
    body: `${isThere ? plotHtml(report, lines) : ''}${isMeasured ? tableHtml(report) : ''}${isThere || isMeasured ? '' : notMeasured(notes.procyclicality)}`,
  })
}

export function cycleReadings({ plots: { procyclicality } }: BacktestReport): readonly PlotReading[] {
  return [
    {
      id: ID,
      times: procyclicality.dates.map((date) => Date.parse(date)),
      unit: '×',
      places: 2,
      series: procyclicality.books.map(({ book, margin }) => ({ name: book, values: margin })),
    },
  ]
}

function linesOf({ plots: { procyclicality } }: BacktestReport): readonly NamedLine[] {
  return procyclicality.books
    .filter(({ margin }) => margin.length > 0)
    .map(({ book, margin }) => ({ name: book, values: margin }))
}

function plotHtml({ plots: { procyclicality } }: BacktestReport, lines: readonly NamedLine[]): string {
  const stretch = stretchOf(procyclicality.dates)
  if (stretch === undefined) return ''
  const values = lines.flatMap((line) => line.values)
  const scale = scaleOver(Math.min(1, ...values), Math.max(1, ...values), 4)
  const mean = Math.round((1 - shareOf(1, scale)) * HEIGHT * 2)
  const ranges = lines.map(
    ({ name, values: own }) => `${name} from ${fixed(Math.min(...own), 2)} to ${fixed(Math.max(...own), 2)} times`,
  )
  const plot = linePlotHtml({
    id: ID,
    title: 'Margin over its own mean, times; one constant book of each type, weekly',
    description: `Margin of constant books over its own mean: ${ranges.join('; ')}.`,
    height: HEIGHT,
    dates: procyclicality.dates,
    lines,
    stretch,
    scale,
    unit: '×',
    printed: (value) => fixed(value, 2),
    behind: `<path class="tg" d="M0 ${mean}H${WIDTH}"/>`,
  })
  return `<div class="charts" tabindex="0" role="group" aria-label="Margin over its mean through time: the arrow keys move the cursor">${plot}</div>`
}

function tableHtml({ procyclicality: { byType } }: BacktestReport): string {
  const rows = byType.map(({ portfolio, medianPeakToTrough, worstPeakToTrough, correlatedRise, marginRise }) =>
    figureRow(portfolio, [
      figure(timesText(medianPeakToTrough)),
      figure(timesText(worstPeakToTrough), worstPeakToTrough > 3 ? 'neg' : ''),
      figure(percents(marginRise.oneDay)),
      figure(percents(marginRise.fiveDay)),
      figure(percents(correlatedRise.oneDay)),
      figure(percents(correlatedRise.fiveDay)),
    ]),
  )
  return figureTable({
    label: 'Procyclicality by type',
    groups: [
      { text: '', span: 1 },
      { text: 'peak / trough', span: 2 },
      { text: 'largest rise of the margin, %', span: 2 },
      { text: 'of its correlated part, %', span: 2 },
    ],
    head: ['type', 'median', 'worst', '1 day', '5 days', '1 day', '5 days'],
    rows,
    className: 'gap',
  })
}
