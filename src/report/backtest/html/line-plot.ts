import { escaped } from '../../html/escaped.ts'
import { shareOfTime, type Stretch } from './date-axis.ts'
import { figure } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { folded } from './section-note.ts'
import { periodsOf } from './periods.ts'
import { pointPath } from './point-path.ts'
import { type EndLabel, timePlotHtml, WIDTH } from './time-plot.ts'
import { type Scale, shareOf } from './value-axis.ts'

/** Lines through time, each with its name at its end. */
export interface LinePlot {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly dates: readonly string[]
  readonly lines: readonly NamedLine[]
  readonly stretch: Stretch
  readonly scale: Scale
  readonly unit: string
  /** A figure of a line, as its label and its table have it. */
  readonly printed: (figure: number) => string
  /** SVG behind the lines. */
  readonly behind: string
}

export interface NamedLine {
  readonly name: string
  readonly values: readonly number[]
  /** A line that stands out from the others. */
  readonly isThick?: boolean
}

/** Lines with a colour of their own; those after them have the same colours, dashed. */
const COLOURS = 6

export function linePlotHtml(plot: LinePlot): string {
  const { lines, height, dates, stretch, scale } = plot
  const xs = dates.map((date) => shareOfTime(Date.parse(date), stretch) * WIDTH)
  const paths = lines.map(({ values, isThick }, i) => {
    const points = values.map((value, k) => ({ x: xs[k] ?? 0, y: (1 - shareOf(value, scale)) * height * 2 }))
    return `<path class="l ${classOf(lines, i)}${isThick === true ? ' th' : ''}" data-l="${i}" d="${pointPath(points)}"/>`
  })
  const endLabels = lines.flatMap(({ name, values }, i): readonly EndLabel[] => {
    const last = values.at(-1)
    if (last === undefined) return []
    return [
      {
        text: `${name} ${plot.printed(last)}`,
        at: shareOf(last, scale),
        className: classOf(lines, i),
        line: String(i),
      },
    ]
  })
  return `${timePlotHtml({
    id: plot.id,
    title: plot.title,
    description: plot.description,
    height,
    stretch,
    scale,
    unit: plot.unit,
    shapes: `${plot.behind}${paths.toReversed().join('')}`,
    overlay: '',
    endLabels,
  })}${keyHtml(lines)}${tableHtml(plot)}`
}

/** On a phone the names have no room beside the lines. */
function keyHtml(lines: readonly NamedLine[]): string {
  const names = lines.map(({ name }, i) => `<span class="${classOf(lines, i)}"><i></i>${escaped(name)}</span>`)
  return `<p class="key" aria-hidden="true">${names.join('')}</p>`
}

/** A thick line is drawn in ink; the others take their colours in turn. */
function classOf(lines: readonly NamedLine[], i: number): string {
  if (lines[i]?.isThick === true) return 'ink'
  const rank = lines.slice(0, i).filter(({ isThick }) => isThick !== true).length
  return `c${rank % COLOURS}${rank >= COLOURS ? ' da' : ''}`
}

function tableHtml({ title, dates, lines, stretch, printed }: LinePlot): string {
  const rows = periodsOf(dates, stretch).map(({ name, indexes }) =>
    figureRow(
      name,
      lines.map(({ values }) => {
        const value = values[indexes.at(-1) ?? 0]
        return figure(value === undefined ? '' : printed(value))
      }),
    ),
  )
  return folded(
    'Table: at the end of each period',
    figureTable({ label: `${title}, by period`, head: ['period', ...lines.map(({ name }) => name)], rows }),
  )
}
