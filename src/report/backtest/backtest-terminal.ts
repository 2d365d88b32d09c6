import type { BacktestReport } from '../../wire/backtest-report.ts'
import { harmless, wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, type Role } from '../terminal/pen.ts'
import { dateText, mporText } from './backtest-words.ts'
import { exceptionsOf, ledeOf, verdictOf } from './backtest-verdict.ts'
import { barsByResult } from './bar-results.ts'
import { barLines, missLines } from './terminal/bar-lines.ts'
import { closingLines, largestLines, procyclicalityLines, type ReportFile } from './terminal/closing-lines.ts'
import { headlineLines, regimeLines } from './terminal/coverage-lines.ts'
import { atBothEnds } from './terminal/text-lines.ts'

/** How to print on a terminal. */
export interface BacktestStyle extends Ink {
  /** What was written beside the report, in the order in which it is named. */
  readonly files: readonly ReportFile[]
}

const WIDEST = 79

/** The report for a terminal, ending in a line break: the verdict, the types, every bar, and every miss with its reason. */
export function backtestTerminal(report: BacktestReport, style: BacktestStyle): string {
  const ink = { columns: Math.min(style.columns, WIDEST), color: style.color, ascii: style.ascii }
  const sections = [
    titleLines(report, ink),
    verdictLines(report, ink),
    headlineLines(report, ink),
    regimeLines(report, ink),
    procyclicalityLines(report, ink),
    largestLines(report, ink),
    barLines(report, ink),
    missLines(report, ink),
    closingLines(report, style.files, ink),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function titleLines({ from: start, to, model, mpor }: BacktestReport, ink: Ink): readonly string[] {
  const right = `${model} · 99.5 % · MPOR ${mporText(mpor)}`
  return atBothEnds(`backtest  ${dateText(start)} to ${dateText(to)}`, right, ink)
}

/** The verdict in capitals, what does not pass, and what was done. */
function verdictLines(report: BacktestReport, ink: Ink): readonly string[] {
  const word = verdictOf(report).toUpperCase()
  const start = 2 + word.length + 3
  const lines = exceptionsOf(report).flatMap((text) => wrapped(harmless(text), Math.max(1, ink.columns - start)))
  return [
    drawn([from(2, word, roleOf(report)), ...lines.slice(0, 1).map((line) => from(start, line))], ink),
    ...lines.slice(1).map((line) => drawn([from(start, line)], ink)),
    '',
    ...wrapped(harmless(ledeOf(report).join(' ')), Math.max(1, ink.columns - 2)).map((line) =>
      drawn([from(2, line)], ink),
    ),
  ]
}

function roleOf(report: BacktestReport): Role {
  const { missed, passed } = barsByResult(report)
  if (missed.length > 0) return 'bad'
  return passed.length === report.bars.length && passed.length > 0 ? 'good' : 'caution'
}
