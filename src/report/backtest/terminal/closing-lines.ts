import type { BacktestReport, PowerRow } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { cellsOf, harmless, wrapped } from '../../terminal/cells.ts'
import { drawn, from, type Ink } from '../../terminal/pen.ts'
import { levelText, percents, shareText, timesText } from '../backtest-figure.ts'
import { dateText } from '../backtest-words.ts'
import { type TerminalColumn, tableLines } from './terminal-table.ts'
import { explained, labelled, ruled, TEXT } from './text-lines.ts'

const MOST_NAMED = 5
const NO_REASON = 'the report gives no reason'

/** A file that was written beside the report. */
export interface ReportFile {
  /** Such as `rows` or `page`. */
  readonly name: string
  readonly path: string
}

/** How far the margin of a constant book rose and fell, by type. */
export function procyclicalityLines({ procyclicality, notes }: BacktestReport, ink: Ink): readonly string[] {
  const { byType, withinThree, riseWithin } = procyclicality
  const title = ruled('Procyclicality of constant books', ink)
  if (byType.length === 0) return [title, ...explained(`Not measured: ${notes.procyclicality ?? NO_REASON}`, ink)]
  const column = (
    head: TerminalColumn['head'],
    rank: number,
    cell: (row: (typeof byType)[number]) => string,
  ): TerminalColumn => ({ head, rank, cells: byType.map((row) => ({ text: cell(row) })) })
  const columns = [
    column(['peak/trough', 'median'], 0, ({ medianPeakToTrough }) => timesText(medianPeakToTrough)),
    column(['', 'worst'], 0, ({ worstPeakToTrough }) => timesText(worstPeakToTrough)),
    column(['margin, %', '1 day'], 1, ({ marginRise }) => signed(marginRise.oneDay)),
    column(['', '5 days'], 1, ({ marginRise }) => signed(marginRise.fiveDay)),
    column(['M_cor, %', '1 day'], 2, ({ correlatedRise }) => signed(correlatedRise.oneDay)),
    column(['', '5 days'], 2, ({ correlatedRise }) => signed(correlatedRise.fiveDay)),
  ]
  return [
    title,
    ...tableLines({ head: 'type', names: byType.map(({ portfolio }) => portfolio), leastName: 22, columns }, ink),
    ...explained(
      `Peak at most 3 times the trough in ${shareText(withinThree)} of books; no rise above 25 % in a day or 50 % in five in ${shareText(riseWithin)}.`,
      ink,
    ),
  ]
}

/** The largest exceedances by name. */
export function largestLines({ exceedances }: BacktestReport, ink: Ink): readonly string[] {
  if (exceedances.length === 0) return []
  const shown = exceedances.toSorted((a, b) => b.excessRatio - a.excessRatio).slice(0, MOST_NAMED)
  const column = (
    head: TerminalColumn['head'],
    rank: number,
    cell: (row: (typeof shown)[number]) => string,
  ): TerminalColumn => ({ head, rank, cells: shown.map((row) => ({ text: cell(row) })) })
  const columns = [
    column(['', 'date'], 1, ({ date }) => dateText(date)),
    column(['margin', '%'], 2, ({ margin }) => percents(margin)),
    column(['loss', '%'], 2, ({ loss }) => percents(loss)),
    column(['loss/', 'margin'], 0, ({ excessRatio }) => timesText(excessRatio + 1)),
    column(['leg that', 'lost most'], 3, ({ jump }) => `${jump.asset} ${shareText(jump.return, 0)}`),
  ]
  const more = exceedances.length - shown.length
  return [
    ruled('Largest exceedances, of gross exposure', ink),
    ...tableLines({ head: 'book', names: shown.map(({ book }) => book), leastName: 22, columns }, ink),
    ...(more > 0 ? explained(`${printedCount(more)} more are named in the page and in the JSON.`, ink) : []),
  ]
}

/** What the test can see, what there is no data for, where everything is, and how to get it again. */
export function closingLines(report: BacktestReport, files: readonly ReportFile[], ink: Ink): readonly string[] {
  const { power, options, intraday, notes } = report
  return [
    ...(power.length === 0
      ? labelled('power', `not measured: ${notes.power ?? NO_REASON}`, ink)
      : power.flatMap((row, i) => labelled(i === 0 ? 'power' : '', powerText(row), ink))),
    ...(options.length === 0 ? labelled('options', `not measured: ${notes.options ?? NO_REASON}`, ink) : []),
    ...(intraday.length === 0 ? labelled('intraday', `not measured: ${notes.intraday ?? NO_REASON}`, ink) : []),
    ...fileLines(files, ink),
    ...labelled('inputs', report.inputsHash.replace(/^sha256:/, ''), ink),
    ...commandLines(report.repeat, ink),
  ]
}

function powerText({ n, target, trueRate, power, allowed }: PowerRow): string {
  return `with ${printedCount(n)} windows at ${levelText(target)}, where ${printedCount(allowed)} pass, a true rate of ${levelText(trueRate)} is noticed with a chance of ${shareText(power, 0)}`
}

/** A command too long for a line goes on after a backslash, as a shell reads it; an option stays with its value where a line holds both. */
function commandLines(command: string, ink: Ink): readonly string[] {
  const room = Math.max(1, ink.columns - TEXT - 2)
  const lines: string[] = []
  for (const part of harmless(command).split(/ (?=--)/)) {
    const longer = `${lines.at(-1) ?? ''} ${part}`.trimStart()
    if (cellsOf(longer) <= room) lines.splice(-1, 1, longer)
    else lines.push(...wrapped(part, room))
  }
  return lines.map((line, i) => {
    const label = i === 0 ? [from(2, 'again', 'dim')] : []
    return drawn([...label, from(TEXT, i < lines.length - 1 ? `${line} \\` : line)], ink)
  })
}

/** Beside each other where they fit, else a line each. */
function fileLines(files: readonly ReportFile[], ink: Ink): readonly string[] {
  let end = 0
  const pieces = files.flatMap(({ name, path }, i) => {
    const start = i === 0 ? 2 : end + 4
    const text = i === 0 ? TEXT : start + cellsOf(name) + 2
    end = text + cellsOf(path)
    return [from(start, name, 'dim'), from(text, path)]
  })
  if (pieces.length === 0) return []
  return end <= ink.columns ? [drawn(pieces, ink)] : files.flatMap(({ name, path }) => labelled(name, path, ink))
}

function signed(rise: number): string {
  return rise < 0 ? percents(rise) : `+${percents(rise)}`
}
