import { escaped } from '../../html/escaped.ts'
import { percent } from '../../html/percent.ts'
import { dateTicks, shareOfTime, type Stretch } from './date-axis.ts'
import { type Scale, shareOf, tickText } from './value-axis.ts'

/** A picture through time: axis left, a stretched SVG, names right of it. Texts are HTML, so that they are never stretched. */
export interface TimePlot {
  /** Names the plot in the data of the cursor. */
  readonly id: string
  readonly title: string
  /** What the picture says, for those who cannot see it. */
  readonly description: string
  /** Pixels; the SVG has two units for each. */
  readonly height: number
  readonly stretch: Stretch
  readonly scale: Scale
  /** What follows a figure of the axis, such as ` %`. */
  readonly unit: string
  /** SVG inside a box `WIDTH` wide and two units a pixel high. */
  readonly shapes: string
  /** HTML over the plot. */
  readonly overlay: string
  readonly endLabels: readonly EndLabel[]
}

/** A name beside the end of a line. */
export interface EndLabel {
  readonly text: string
  /** Share of the height, 0 at the bottom. */
  readonly at: number
  readonly className: string
  /** Names the line to light up when the label is pointed at. */
  readonly line?: string
}

/** Where the cursor reads out what it stands on. */
export const READ_OUT =
  '<output class="read" aria-live="off">Point at it, or use the arrow keys, to read the figures</output>'

/** Units across, whatever the pixels. */
export const WIDTH = 2_000
const LABEL_HEIGHT = 14
const MOST_DATES = 8

export function timePlotHtml(plot: TimePlot): string {
  const { id, title, description, height, stretch, scale, unit, shapes, overlay } = plot
  const ticks = dateTicks(stretch, MOST_DATES)
  const axis = scale.ticks.map((tick) => ({ text: tickText(tick, scale) + unit, at: shareOf(tick, scale) }))
  const grid = [
    ...axis.map(({ at }) => `M0 ${Math.round((1 - at) * height * 2)}H${WIDTH}`),
    ...ticks.map(({ time }) => `M${Math.round(shareOfTime(time, stretch) * WIDTH)} 0V${height * 2}`),
  ].join('')
  const names = axis.map(({ text, at }) => `<span style="bottom:${percent(at)}">${escaped(text)}</span>`)
  const dates = ticks.map(({ text, time }) => dateHtml(text, shareOfTime(time, stretch)))
  return `<h3>${escaped(title)}</h3><div class="chart${plot.endLabels.length === 0 ? ' wide' : ''}" data-p="${escaped(id)}" style="height:${height}px"><div class="yl" aria-hidden="true">${names.join(
    '',
  )}</div><div class="pl"><svg viewBox="0 0 ${WIDTH} ${height * 2}" preserveAspectRatio="none" role="img" aria-label="${escaped(
    description,
  )}"><path class="gv" d="${grid}"/>${shapes}</svg>${overlay}<i class="cur"></i></div>${endLabelsHtml(plot)}</div><div class="xt${plot.endLabels.length === 0 ? ' wide' : ''}" aria-hidden="true">${dates.join('')}</div>`
}

function dateHtml(text: string, at: number): string {
  const edge = at < 0.03 ? ' class="first"' : at > 0.97 ? ' class="last"' : ''
  return `<span${edge} style="left:${percent(at)}">${escaped(text)}</span>`
}

/** Names pushed apart, each with a thin line to the end it names. */
function endLabelsHtml({ endLabels, height }: TimePlot): string {
  if (endLabels.length === 0) return ''
  const placed = spread(endLabels, height)
  const leaders = placed
    .map(({ label, bottom }) => `M0 ${Math.round((1 - label.at) * height)}L10 ${Math.round(height - bottom)}`)
    .join('')
  const names = placed.map(
    ({ label: { text, className, line }, bottom }) =>
      `<span class="${className}"${line === undefined ? '' : ` data-l="${escaped(line)}"`} style="bottom:${percent(bottom / height)}">${escaped(text)}</span>`,
  )
  return `<div class="el" aria-hidden="true"><svg viewBox="0 0 10 ${height}" preserveAspectRatio="none"><path class="gv" d="${leaders}"/></svg>${names.join('')}</div>`
}

/** Upward from the bottom, each at least a line above the one before; then down again from the top. */
function spread(labels: readonly EndLabel[], height: number) {
  const placed = labels.toSorted((a, b) => a.at - b.at).map((label) => ({ label, bottom: label.at * height }))
  let lowest = 4
  for (const entry of placed) {
    entry.bottom = Math.max(entry.bottom, lowest)
    lowest = entry.bottom + LABEL_HEIGHT
  }
  let highest = height - 4
  for (const entry of placed.toReversed()) {
    entry.bottom = Math.min(entry.bottom, highest)
    highest = entry.bottom - LABEL_HEIGHT
  }
  return placed
}
