import type { AdjacentDates, BacktestReport, NamedExceedance } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { percents, shareText, timesText } from '../backtest-figure.ts'
import { counted, dateText } from '../backtest-words.ts'
import { exceedancesByDate } from '../exceedance-dates.ts'
import { figure, words } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { folded } from './section-note.ts'

const MOST_SHOWN = 15
const MOST_DATES = 10

/** Every exceedance by name, the largest first. */
export function exceedanceSection({ exceedances }: BacktestReport): string {
  const sorted = exceedances.toSorted((a, b) => b.excessRatio - a.excessRatio)
  return cardHtml({
    id: 'exceedances',
    title: 'Every exceedance by name',
    sub: 'Largest first, % of gross exposure; the leg is the one that lost most',
    span: 's12',
    body: exceedances.length === 0 ? '<p>No window of any book lost more than its margin.</p>' : listHtml(sorted),
  })
}

function listHtml(sorted: readonly NamedExceedance[]): string {
  const rest = sorted.slice(MOST_SHOWN)
  const first = exceedanceTable('Largest exceedances', sorted.slice(0, MOST_SHOWN))
  return rest.length === 0
    ? first
    : `${first}${folded(`${printedCount(rest.length)} more`, exceedanceTable('The other exceedances', rest))}`
}

function exceedanceTable(label: string, exceedances: readonly NamedExceedance[]): string {
  const rows = exceedances.map(({ book, portfolio, date, margin, loss, excessRatio, jump }) =>
    figureRow(book, [
      words(portfolio),
      figure(dateText(date)),
      figure(percents(margin)),
      figure(percents(loss)),
      figure(timesText(excessRatio + 1), 'b'),
      figure(jump.asset),
      figure(percents(jump.return), jump.return < 0 ? 'neg' : ''),
    ]),
  )
  return figureTable({
    label,
    head: ['book', { words: 'type' }, 'date', 'margin, %', 'loss, %', 'loss / margin', 'leg', 'its return, %'],
    rows,
    className: 'tyl',
  })
}

/** Dates on which most exceedances fell: books share their days. */
export function datesSection({ exceedances }: BacktestReport): string {
  if (exceedances.length === 0) return ''
  const dates = exceedancesByDate(exceedances)
  const shown = dates.slice(0, MOST_DATES)
  let sum = 0
  const rows = shown.map(({ date, count, types }) => {
    sum += count
    return figureRow(dateText(date), [
      figure(printedCount(count), 'b'),
      figure(percents(sum / exceedances.length)),
      words(types.join(', ')),
    ])
  })
  return cardHtml({
    id: 'dates',
    title: 'Dates with most exceedances',
    sub: `${counted(printedCount(exceedances.length), 'exceedance')} on ${counted(printedCount(dates.length), 'date')}; ${shareText(sum / exceedances.length, 0)} of them on ${shown.length === dates.length ? 'these' : `the first ${printedCount(shown.length)}`}`,
    body: figureTable({
      label: 'Dates with most exceedances',
      head: ['date', 'exceedances', 'so far, %', { words: 'types' }],
      rows,
      className: 'wl',
    }),
  })
}

/** Exceedances of one book in windows next to each other, the longest first. */
export function adjacentSection({ clusters }: BacktestReport): string {
  const sorted = clusters.toSorted((a, b) => b.dates.length - a.dates.length)
  const rest = sorted.slice(MOST_DATES)
  const first = clusterTable('Longest runs', sorted.slice(0, MOST_DATES))
  const body =
    clusters.length === 0
      ? '<p>No book exceeded its margin in two windows next to each other.</p>'
      : `${first}${rest.length === 0 ? '' : folded(`${printedCount(rest.length)} more`, clusterTable('The other runs', rest))}`
  return cardHtml({
    id: 'adjacent',
    title: 'Exceedances that follow each other',
    sub: 'Of one book, in windows next to each other: what Christoffersen tests',
    body,
  })
}

function clusterTable(label: string, clusters: readonly AdjacentDates[]): string {
  const rows = clusters.map(({ book, portfolio, dates }) =>
    figureRow(book, [words(portfolio), words(dates.map(dateText).join(', '))]),
  )
  return figureTable({ label, head: ['book', { words: 'type' }, { words: 'dates' }], rows, className: 'wl' })
}
