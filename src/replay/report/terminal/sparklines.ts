import { printedCount } from '../../../report/figure.ts'
import { clockTime, dayName, spanName } from '../../../report/moment.ts'
import type { ModeRun, ReplayReport } from '../replay-report.ts'
import { type Cells, cellsFor, liquidationsBy } from '../series.ts'
import type { Layout } from './layout.ts'
import { drawn, from, type Piece } from '../../../report/terminal/pen.ts'

const SIGNS = '▁▂▃▄▅▆▇█'
const FIRST_COLUMN = 14
/** Room for the bars: what is left of 80 cells after the labels and `  peak 12,345`. */
const MOST_SIGNS = 54
const HOUR = 3_600_000
const DATE_STEPS = [1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 672, 1344, 2688, 5376].map((hours) => hours * HOUR)
/** A date and two blanks. */
const DATE_CELLS = 8

/** Liquidations through time, every run on the same scale; nothing on a narrow terminal or where nothing was liquidated. */
export function sparklines({ tape, runs }: ReplayReport, { ink, hasBars }: Layout): readonly string[] {
  const cells = cellsFor(tape, MOST_SIGNS)
  const rows = runs.map((run) => ({ run, counts: liquidationsBy(cells, run.timeline) }))
  const highest = Math.max(0, ...rows.flatMap(({ counts }) => counts))
  if (!hasBars || highest === 0) return []
  return [
    drawn([from(2, `Liquidations per ${spanName(cells.spanMs)}`)], ink),
    ...rows.map(({ run, counts }) => drawn(barRow(run, counts, highest), ink)),
    drawn(dateRow(cells), ink),
  ]
}

function barRow({ mode }: ModeRun, counts: readonly number[], highest: number): readonly Piece[] {
  const bars = counts.map((count) => (count === 0 ? ' ' : signFor(count / highest))).join('')
  const peak = `peak ${printedCount(Math.max(...counts))}`
  return [from(2, mode, 'dim'), from(FIRST_COLUMN, bars), from(FIRST_COLUMN + MOST_SIGNS + 2, peak, 'dim')]
}

/** Whatever is not nothing is seen: the lowest sign stands for up to an eighth. */
function signFor(share: number): string {
  return SIGNS[Math.min(7, Math.ceil(share * 8) - 1)] ?? '█'
}

function dateRow({ from: start, spanMs, count }: Cells): readonly Piece[] {
  const step = DATE_STEPS.find((candidate) => candidate >= DATE_CELLS * spanMs) ?? DATE_STEPS[13] ?? HOUR
  const pieces: Piece[] = []
  const anchor = step % (24 * HOUR) === 0 ? Math.ceil(start / (24 * HOUR)) * 24 * HOUR : Math.ceil(start / step) * step
  for (let time = anchor; time < start + count * spanMs; time += step) {
    const column = FIRST_COLUMN + Math.floor((time - start) / spanMs)
    pieces.push(from(column, time % (24 * HOUR) === 0 ? dayName(time) : clockTime(time), 'dim'))
  }
  return pieces
}
