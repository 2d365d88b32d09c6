import type { BacktestReport, BookRow } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { chanceText, percents, timesText } from '../backtest-figure.ts'
import { counted, dateText } from '../backtest-words.ts'
import { NO_RUN, NONE_OVER, NOTHING_BESIDE } from './coverage-section.ts'
import { figure, figureOr } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { folded, reasonsHtml } from './section-note.ts'

/** Every book at 99.5% over all windows, folded by type; those that fail by themselves are counted before. */
export function booksSection({ books }: BacktestReport): string {
  if (books.length === 0) return ''
  const failing = books.filter(({ holmPasses }) => !holmPasses)
  const byType = [...Map.groupBy(books, ({ portfolio }) => portfolio)]
  const said =
    failing.length === 0
      ? 'every one passes by itself (one-sided, Holm over all books)'
      : `${printedCount(failing.length)} of them fail by themselves (one-sided, Holm over all books)`
  return cardHtml({
    id: 'books',
    title: 'Every book',
    sub: `${counted(printedCount(books.length), 'book')}; ${said}`,
    span: 's12',
    body: byType
      .map(([portfolio, own]) => {
        const failed = own.filter(({ holmPasses }) => !holmPasses).length
        const summary = `${portfolio}: ${counted(printedCount(own.length), 'book')}${failed === 0 ? '' : `, ${printedCount(failed)} failing`}`
        return folded(summary, bookTable(portfolio, own))
      })
      .join(''),
  })
}

function bookTable(portfolio: string, books: readonly BookRow[]): string {
  const sorted = books.toSorted((a, b) => a.binomialP - b.binomialP)
  const table = figureTable({
    label: `Books: ${portfolio}`,
    head: [
      'book',
      'legs',
      'windows',
      'over',
      'p one-sided',
      'p Kupiec',
      'p Christoff.',
      'mean margin, %',
      'mean excess / margin',
      'worst',
      'on',
      'vs isolated, %',
      'vs same und., %',
      'vs standard, %',
      'peak / trough',
      'rise 1 d, %',
      'rise 5 d, %',
      'decided by, % of windows',
    ],
    rows: sorted.map(bookRow),
  })
  return `${table}${reasonsHtml([
    [books.some(({ christoffersenP }) => christoffersenP === null), 'fewer than two exceedances (Christoffersen)'],
    [books.some(({ worstDate }) => worstDate === null), NONE_OVER],
    [books.some(({ efficiency }) => Object.values(efficiency).includes(null)), NOTHING_BESIDE],
  ])}`
}

function bookRow(row: BookRow): string {
  const { efficiency, largestRise, binding } = row
  const decided = Object.entries(binding)
    .filter(([, share]) => share > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([term, share]) => `${term} ${percents(share, 0)}`)
  return figureRow(
    row.book,
    [
      figure(printedCount(row.legs)),
      figure(printedCount(row.n)),
      figure(printedCount(row.exceedances), 'b'),
      figure(chanceText(row.binomialP), row.holmPasses ? '' : 'neg'),
      figure(chanceText(row.kupiecP)),
      figureOr(row.christoffersenP === null ? null : chanceText(row.christoffersenP), NO_RUN),
      figure(percents(row.meanMargin)),
      ...[row.meanExceedanceRatio, row.worstExceedanceRatio].map((ratio) =>
        figureOr(ratio === null ? null : timesText(ratio), NONE_OVER),
      ),
      figureOr(row.worstDate === null ? null : dateText(row.worstDate), NONE_OVER),
      ...[efficiency.vsIsolated, efficiency.vsSameUnderlying, efficiency.vsStandard].map((ratio) =>
        figureOr(ratio === null ? null : percents(ratio), NOTHING_BESIDE),
      ),
      figureOr(row.peakToTrough === null ? null : timesText(row.peakToTrough), NOTHING_BESIDE),
      figure(percents(largestRise.oneDay)),
      figure(percents(largestRise.fiveDay)),
      figure(decided.join(', ')),
    ],
    row.holmPasses ? '' : 'bad',
  )
}
