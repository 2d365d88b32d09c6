import type { BacktestReport, BarResult, CoverageRow } from '../../wire/backtest-report.ts'
import { printedCount } from '../figure.ts'
import { chanceText, NONE, shareText, timesText } from './backtest-figure.ts'
import { resultWord } from './bar-results.ts'
import { headlineRows, passesByHolm } from './coverage-rows.ts'

/** The headline as Markdown, ending in a line break: a table with a row for each type, and one with a row for each bar. */
export function backtestHeadline(report: BacktestReport): string {
  const rows = headlineRows(report)
  const parts = [
    ...(rows.length === 0 ? [] : [typeTable(rows), keyOf(rows)]),
    ...(report.bars.length === 0 ? [] : [barTable(report.bars)]),
  ]
  return `${parts.join('\n\n')}\n`
}

function typeTable(rows: readonly CoverageRow[]): string {
  const head = [
    'type',
    'books',
    'windows',
    'exceedances',
    'allowed',
    'one-sided p',
    'worst excess / margin',
    'margin vs isolated',
    '',
  ]
  return tableOf(
    head,
    ['---', ...head.slice(1, -1).map(() => '---:'), '---'],
    rows.map((row) => [
      row.portfolio,
      printedCount(row.books),
      printedCount(row.n),
      printedCount(row.exceedances),
      printedCount(row.allowed),
      chanceText(row.binomialP),
      row.worstExceedanceRatio === null ? NONE : timesText(row.worstExceedanceRatio),
      row.efficiency.vsIsolated === null ? NONE : shareText(row.efficiency.vsIsolated, 0),
      resultWord(row.holmPasses),
    ]),
  )
}

function barTable(bars: readonly BarResult[]): string {
  return tableOf(
    ['what', 'bar', 'got', '', 'note'],
    ['---', '---', '---', '---', '---'],
    bars.map(({ what, bar, got, passed, note }) => [what, bar, got, resultWord(passed), note ?? '']),
  )
}

/** Why a figure is missing, and why a type above its limit may pass. */
function keyOf(rows: readonly CoverageRow[]): string {
  const sentences = [
    'Windows of all books of a type together; books share their days, so they are not independent trials.',
    ...(rows.some(passesByHolm)
      ? ['A type above what is allowed may pass: the tests of all types are taken together (Holm).']
      : []),
    ...(rows.some(({ worstExceedanceRatio }) => worstExceedanceRatio === null)
      ? [`${NONE} under worst: no window lost more than its margin.`]
      : []),
    ...(rows.some(({ efficiency }) => efficiency.vsIsolated === null)
      ? [`${NONE} under isolated: a book with nothing to net has nothing to compare with.`]
      : []),
  ]
  return sentences.join(' ')
}

function tableOf(head: readonly string[], sides: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head.map(cellText), sides, ...rows.map((row) => row.map(cellText))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** A cell is one line; what Markdown or HTML would read as a sign stays a letter. */
function cellText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\|`*_[\]]/g, String.raw`\$&`)
    .replaceAll('<', '&lt;')
}
