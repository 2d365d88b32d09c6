import type { BacktestReport, BarResult } from '../../wire/backtest-report.ts'
import { printedCount } from '../figure.ts'
import { levelText, shareText } from './backtest-figure.ts'
import { counted, dateText, mporText } from './backtest-words.ts'
import { barsByResult } from './bar-results.ts'
import { HEADLINE_TARGET, headlineRows, sumOf } from './coverage-rows.ts'

/** The answer in a few words: `10 of 12 bars pass`. */
export function verdictOf(report: BacktestReport): string {
  const { passed } = barsByResult(report)
  const count = report.bars.length
  if (count === 0) return 'No bar was set'
  if (passed.length === count) return count === 1 ? 'The one bar passes' : `All ${printedCount(count)} bars pass`
  return `${printedCount(passed.length)} of ${counted(printedCount(count), 'bar')} pass`
}

/** Which bars are missed, and which could not be measured; empty if all pass. */
export function exceptionsOf(report: BacktestReport): readonly string[] {
  const { missed, unmeasured } = barsByResult(report)
  const named = (what: string, bars: readonly BarResult[]) =>
    bars.length === 0 ? [] : [`${what}: ${bars.map((bar) => bar.what).join('; ')}`]
  return [...named('missed', missed), ...named('not measured', unmeasured)]
}

/** What was done and what came of it, one sentence each. */
export function ledeOf(report: BacktestReport): readonly string[] {
  const rows = headlineRows(report)
  const [books, n, exceedances] = [
    sumOf(rows, (row) => row.books),
    sumOf(rows, (row) => row.n),
    sumOf(rows, (row) => row.exceedances),
  ]
  const did = `Margins of ${counted(printedCount(books), 'book')} of ${counted(printedCount(rows.length), 'type')} were worked out as they would have been charged, and each was held against what the book then lost: ${printedCount(report.windows)} windows of ${mporText(report.mpor)}, ${dateText(report.from)} to ${dateText(report.to)}.`
  if (n === 0) return [did]
  const within = rows.filter(({ holmPasses }) => holmPasses).length
  return [
    did,
    `At ${levelText(HEADLINE_TARGET)}, ${printedCount(exceedances)} of ${printedCount(n)} book windows lost more than their margin (${shareText(exceedances / n, 2)}, where ${shareText(1 - HEADLINE_TARGET, 2)} is allowed); ${within === rows.length ? `all ${printedCount(within)}` : `${printedCount(within)} of ${printedCount(rows.length)}`} types stay within what a one-sided test allows.`,
  ]
}
