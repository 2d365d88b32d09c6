import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { fixed } from '../backtest-figure.ts'
import { dateText } from '../backtest-words.ts'
import type { PlotReading } from './cursor-data.ts'
import { shareOfTime, type Stretch, stretchOf } from './date-axis.ts'
import { figure } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { folded, notMeasured } from './section-note.ts'
import { linePlotHtml, type NamedLine } from './line-plot.ts'
import { READ_OUT, WIDTH } from './time-plot.ts'
import { scaleOver } from './value-axis.ts'

type Correlation = BacktestReport['plots']['correlation']

const ID = 'correlation-plot'
const HEIGHT = 240

/** Correlations as charged, with the stressed windows shaded. */
export function correlationSection({ plots: { correlation }, notes }: BacktestReport): string {
  const lines = linesOf(correlation)
  const stretch = stretchOf(correlation.dates)
  const values = lines.flatMap((line) => line.values)
  const isThere = stretch !== undefined && values.length > 0
  return cardHtml({
    id: 'correlation',
    title: 'Correlation as charged',
    sub: 'With BTC, weekly; thick: the mean over all pairs of prices; shaded: stressed windows',
    span: 's12',
    ...(isThere ? { aside: READ_OUT } : {}),
    body: isThere ? plotHtml(correlation, lines, stretch) : notMeasured(notes.correlation),
  })
}

export function correlationReadings({ plots: { correlation } }: BacktestReport): readonly PlotReading[] {
  return [
    {
      id: ID,
      times: correlation.dates.map((date) => Date.parse(date)),
      unit: '',
      places: 2,
      series: linesOf(correlation),
    },
  ]
}

function linesOf({ pairs, mean }: Correlation): readonly NamedLine[] {
  const own = pairs.map(({ pair, charged }) => ({ name: pair, values: charged }))
  return mean.length === 0 ? own : [...own, { name: 'mean, all', values: mean, isThick: true }]
}

function plotHtml(correlation: Correlation, lines: readonly NamedLine[], stretch: Stretch): string {
  const values = lines.flatMap((line) => line.values)
  const [low, high] = [Math.min(0, ...values), Math.max(...values)]
  const plot = linePlotHtml({
    id: ID,
    title: 'Correlation with BTC, −1 to 1',
    description: descriptionOf(correlation, lines),
    height: HEIGHT,
    dates: correlation.dates,
    lines,
    stretch,
    scale: scaleOver(low, Math.min(1, high), 4),
    unit: '',
    printed: (value) => fixed(value, 2),
    behind: shadesOf(correlation, stretch),
  })
  return `<div class="charts" tabindex="0" role="group" aria-label="Correlation through time: the arrow keys move the cursor">${plot}</div>${stressedTable(correlation)}`
}

function shadesOf({ stressed }: Correlation, stretch: Stretch): string {
  const xOf = (date: string) => Math.round(Math.min(1, Math.max(0, shareOfTime(Date.parse(date), stretch))) * WIDTH)
  const shades = stressed.map(([from, to]) => `M${xOf(from)} 0H${xOf(to)}V${HEIGHT * 2}H${xOf(from)}z`)
  return `<path class="sh" d="${shades.join('')}"/>`
}

function descriptionOf({ stressed }: Correlation, lines: readonly NamedLine[]): string {
  const ranges = lines.map(
    ({ name, values }) => `${name} between ${fixed(Math.min(...values), 2)} and ${fixed(Math.max(...values), 2)}`,
  )
  return `Correlation as charged: ${ranges.join('; ')}. ${stressed.length} stressed periods are shaded.`
}

function stressedTable({ stressed }: Correlation): string {
  if (stressed.length === 0) return ''
  const rows = stressed.map(([from, to], i) => figureRow(String(i + 1), [figure(dateText(from)), figure(dateText(to))]))
  return folded(
    'Table: stressed periods',
    figureTable({ label: 'Stressed periods', head: ['', 'from', 'to'], rows, className: 'slim' }),
  )
}
