import { printedCount } from '../../report/figure.ts'
import { headlineOf } from './headline.ts'
import { dateRange, spanName } from '../../report/moment.ts'
import type { ReplayReport } from './replay-report.ts'
import { cellsOf, wrapped } from '../../report/terminal/cells.ts'
import { brokenLines, soundLines, whereaboutsLines } from './terminal/closing.ts'
import { layoutFor } from './terminal/layout.ts'
import { drawn, from, type Ink, type Piece, upTo } from '../../report/terminal/pen.ts'
import { sparklines } from './terminal/sparklines.ts'
import { kindTable, measureTable, moneyTable, worseTable } from './terminal/tables.ts'
import { verdictOf } from './verdict.ts'

export interface TerminalStyle {
  /** Cells of a line of the terminal; no more than 80 are used. */
  readonly columns: number
  readonly color: boolean
  readonly ascii: boolean
  /** Path of the HTML page, if one was written. */
  readonly reportPath: string | undefined
}

/** The report for a terminal, ending in a line break. If the replay is not sound, its verdict replaces every result. */
export function terminalReport(report: ReplayReport, style: TerminalStyle): string {
  const layout = layoutFor(style, report.runs.length)
  const { ink } = layout
  const verdict = verdictOf(report)
  const results = verdict.ok
    ? [
        [...sentence(headlineOf(report), ink), ...paceLines(report, ink)],
        measureTable(report, layout),
        sparklines(report, layout),
        kindTable(report, layout),
        moneyTable(report, layout),
        worseTable(report, layout),
        soundLines(report, ink),
      ]
    : [brokenLines(verdict.faults, ink)]
  const sections = [headLines(report, ink), ...results, whereaboutsLines(report, ink, style.reportPath)]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function headLines({ tape, accounts, seed, model, epoch }: ReplayReport, ink: Ink): readonly string[] {
  const asked = `${printedCount(accounts)} accounts · seed ${seed} · ${model}`
  const what = `${dateRange(tape.from, tape.to)}, every ${spanName(tape.intervalMs)}, ${tape.assets.length} assets`
  return [
    ...atBothEnds([from(0, 'replay'), from(8, tape.id)], asked, ink),
    ...atBothEnds([from(8, what, 'dim')], `epoch ${epoch}`, ink),
  ]
}

/** One line, or two where it would be too long for one. */
function atBothEnds(left: readonly Piece[], right: string, ink: Ink): readonly string[] {
  const end = Math.max(...left.map((piece) => ('start' in piece ? piece.start : 0) + cellsOf(piece.text)))
  const fits = end + 2 + cellsOf(right) <= ink.columns
  if (fits) return [drawn([...left, upTo(ink.columns, right, 'dim')], ink)]
  return [drawn(left, ink), drawn([from(8, right, 'dim')], ink)]
}

function sentence(text: string, ink: Ink): readonly string[] {
  return wrapped(text, Math.max(1, ink.columns - 4)).map((line) => drawn([from(2, line)], ink))
}

function paceLines({ runs }: ReplayReport, ink: Ink): readonly string[] {
  const commands = runs.reduce((sum, run) => sum + run.commands, 0)
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0)
  const pace = seconds > 0 ? ` · ${printedCount(Math.round(commands / seconds))}/s` : ''
  return sentence(
    `done in ${seconds.toFixed(1)} s · ${printedCount(commands)} commands${pace}, every one on disk first`,
    ink,
  )
}
