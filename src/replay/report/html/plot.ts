import { escaped } from '../../../report/html/escaped.ts'
import { percent } from '../../../report/html/percent.ts'

/** Frame that every chart through time shares: axis left, a stretched SVG, HTML labels over it and right of it. */
export interface Plot {
  readonly title: string
  /** What the picture says, for those who cannot see it. */
  readonly description: string
  /** Pixels; the SVG has two units for each. */
  readonly height: number
  /** Cells across: the width of the SVG in its own units. */
  readonly cellCount: number
  readonly axis: readonly AxisLabel[]
  /** Shapes inside the SVG. */
  readonly shapes: string
  readonly labels: readonly PlotLabel[]
  readonly endLabels: readonly EndLabel[]
  readonly frame: Frame
}

/** What all charts through time have in common, save that only one names the events and only the last has dates. */
export interface Frame {
  /** Cells at which there is a line for a date. */
  readonly gridAt: readonly number[]
  /** HTML over the plot: marks of events. */
  readonly overlay: string
  /** HTML below the plot. */
  readonly below: string
}

export interface AxisLabel {
  readonly text: string
  /** Share of the height, 0 at the bottom. */
  readonly at: number
}

/** A name inside the plot, at its right edge. */
export interface PlotLabel {
  readonly text: string
  readonly at: number
  readonly className: string
}

/** A name beside the end of a line. `at` as in AxisLabel. */
export interface EndLabel {
  readonly text: string
  readonly at: number
  readonly className: string
  /** Names the line to light up when the label is pointed at. */
  readonly line?: string
}

/** Pixels between end labels. */
const LABEL_HEIGHT = 14

/** HTML of a chart. Shares become percents; nothing is escaped here but the texts. */
export function plotHtml(plot: Plot): string {
  const { title, description, height, cellCount, axis, shapes, labels, frame } = plot
  const units = height * 2
  const grid = [
    ...axis.map(({ at }) => `M0 ${round((1 - at) * units)}H${cellCount}`),
    ...frame.gridAt.map((x) => `M${round(x)} 0V${units}`),
  ].join('')
  return `<h3>${escaped(title)}</h3><div class="chart" style="height:${height}px"><div class="yl" aria-hidden="true">${axis
    .map(({ text, at }) => `<span style="bottom:${percent(at)}">${escaped(text)}</span>`)
    .join(
      '',
    )}</div><div class="pl"><svg viewBox="0 0 ${cellCount} ${units}" preserveAspectRatio="none" role="img" aria-label="${escaped(
    description,
  )}"><path class="gv" d="${grid}"/>${shapes}</svg>${labels
    .map(
      ({ text, at, className }) =>
        `<span class="il ${className}" aria-hidden="true" style="bottom:${percent(at)}">${escaped(text)}</span>`,
    )
    .join('')}${frame.overlay}<i class="cur"></i></div>${endLabelsHtml(plot)}</div>${frame.below}`
}

/** Labels pushed apart, each with a thin line to the end it names. */
function endLabelsHtml({ endLabels, height }: Plot): string {
  const placed = spread(endLabels, height)
  const leaders = placed
    .map(({ label, bottom }) => `M0 ${round((1 - label.at) * height)}L10 ${round(height - bottom)}`)
    .join('')
  const names = placed.map(
    ({ label: { text, className, line }, bottom }) =>
      `<span class="${className}"${line === undefined ? '' : ` data-l="${escaped(line)}"`} style="bottom:${percent(bottom / height)}">${escaped(text)}</span>`,
  )
  const svg =
    leaders === ''
      ? ''
      : `<svg viewBox="0 0 10 ${height}" preserveAspectRatio="none"><path class="gv" d="${leaders}"/></svg>`
  return `<div class="el" aria-hidden="true">${svg}${names.join('')}</div>`
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

function round(n: number): number {
  return Math.round(n * 10) / 10
}
