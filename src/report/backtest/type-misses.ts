import type { AdjacentDates, BacktestReport, CoverageRow, NamedExceedance } from '../../wire/backtest-report.ts'
import { printedCount } from '../figure.ts'
import { chanceText, shareText, timesText } from './backtest-figure.ts'
import { counted, dateText } from './backtest-words.ts'
import { HEADLINE_TARGET, rowsAt } from './coverage-rows.ts'
import { exceedancesByDate } from './exceedance-dates.ts'

/** Types that have more exceedances than a test allows, at the headline target: in all windows, then by regime. */
export function typeMissTexts(report: BacktestReport): readonly string[] {
  const rows = (['all', 'calm', 'stressed'] as const).flatMap((regime) =>
    rowsAt(report, { target: HEADLINE_TARGET, regime }),
  )
  return rows.filter(({ holmPasses }) => !holmPasses).map((row) => typeMissText(row, report))
}

function typeMissText(row: CoverageRow, report: BacktestReport): string {
  const where = row.regime === 'all' ? '' : `, ${row.regime}`
  const found = `${row.portfolio}${where}: ${printedCount(row.exceedances)} where ${printedCount(row.allowed)} are allowed, one-sided p ${chanceText(row.binomialP)}.`
  if (row.regime !== 'all') return found
  const own = report.exceedances.filter(({ portfolio }) => portfolio === row.portfolio)
  const runs = report.clusters.filter(({ portfolio }) => portfolio === row.portfolio)
  return `${found}${busiestText(own)}${adjacentText(runs)}`
}

/** The day on which most came, and the largest of all. */
function busiestText(own: readonly NamedExceedance[]): string {
  const [largest] = own.toSorted((a, b) => b.excessRatio - a.excessRatio)
  if (largest === undefined) return ''
  const [busiest] = exceedancesByDate(own)
  const most =
    busiest === undefined || busiest.count < 2
      ? ''
      : ` ${printedCount(busiest.count)} of them on ${dateText(busiest.date)}.`
  return `${most} The largest: ${largest.book}, ${dateText(largest.date)}, ${timesText(largest.excessRatio + 1)} times its margin (${largest.jump.asset} ${shareText(largest.jump.return, 0)}).`
}

/** The longest run of exceedances that follow each other. */
function adjacentText(runs: readonly AdjacentDates[]): string {
  const [longest] = runs.toSorted((a, b) => b.dates.length - a.dates.length)
  if (longest === undefined) return ''
  const { book, dates } = longest
  const others = runs.length === 1 ? '' : `; ${counted(printedCount(runs.length - 1), 'shorter run')} more`
  return ` ${printedCount(dates.length)} follow each other: ${book}, ${dateText(dates[0] ?? '')} to ${dateText(dates.at(-1) ?? '')}${others}.`
}
