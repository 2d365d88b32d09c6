import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { NONE, percents, timesText } from '../backtest-figure.ts'
import { dateText } from '../backtest-words.ts'
import { figure, figureOr, words } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { noteHtml, notMeasured, reasonsHtml } from './section-note.ts'

const NONE_OVER = 'no window lost more than its margin'

/** Assets that went to nothing, in a table of their own. */
export function defaultedSection({ defaulted, notes }: BacktestReport): string {
  const rows = defaulted.map(({ asset, date, return: change, margin, collapsed }) =>
    figureRow(asset, [
      figure(dateText(date)),
      figure(percents(change), change < 0 ? 'neg' : ''),
      figure(percents(margin)),
      figure(collapsed ? 'yes' : 'no'),
    ]),
  )
  const table = figureTable({
    label: 'Assets that went to nothing',
    head: ['asset', 'date', 'return, %', 'margin of a long, %', 'flagged'],
    rows,
  })
  return cardHtml({
    id: 'defaulted',
    title: 'Assets that went to nothing',
    sub: 'The first day of a collapse is covered by no margin: caps and the insurance fund bound it',
    body: defaulted.length === 0 ? notMeasured(notes.defaulted) : `${noteHtml(notes.defaulted)}${table}`,
  })
}

/** The same margins against the worst point within each window. */
export function intradaySection({ intraday, notes }: BacktestReport): string {
  const rows = intraday.map(({ portfolio, n, exceedances, worstExceedanceRatio, worstDate, worstBook }) =>
    figureRow(portfolio, [
      figure(printedCount(n)),
      figure(printedCount(exceedances), 'b'),
      figure(n === 0 ? NONE : percents(exceedances / n, 2)),
      figureOr(worstExceedanceRatio === null ? null : timesText(worstExceedanceRatio), NONE_OVER),
      figureOr(worstDate === null ? null : dateText(worstDate), NONE_OVER),
      worstBook === null ? figureOr(null, NONE_OVER) : figure(worstBook),
    ]),
  )
  const table = figureTable({
    label: 'Within each window, by type',
    head: ['type', 'windows', 'over', 'rate, %', 'worst excess / margin', 'on', 'book'],
    rows,
  })
  const reasons = reasonsHtml([[intraday.some(({ worstDate }) => worstDate === null), NONE_OVER]])
  return cardHtml({
    id: 'intraday',
    title: 'Within each window',
    sub: 'The same margins against the worst point of the window, not its end',
    span: 's12',
    body: intraday.length === 0 ? notMeasured(notes.intraday) : `${noteHtml(notes.intraday)}${table}${reasons}`,
  })
}

/** Books of options, where there are data for them. */
export function optionsSection({ options, notes }: BacktestReport): string {
  const rows = options.map(({ book, underlying, n, exceedances, meanMargin, worstLossOverMargin, worstDate, note }) =>
    figureRow(book, [
      figure(underlying),
      figure(printedCount(n)),
      figure(printedCount(exceedances), 'b'),
      figure(percents(meanMargin)),
      figure(timesText(worstLossOverMargin)),
      figureOr(worstDate === null ? null : dateText(worstDate), 'no window lost'),
      words(note),
    ]),
  )
  const table = figureTable({
    label: 'Books of options',
    head: ['book', 'underlying', 'windows', 'over', 'mean margin, %', 'worst loss / margin', 'on', { words: 'note' }],
    rows,
    className: 'wl',
  })
  const reasons = reasonsHtml([[options.some(({ worstDate }) => worstDate === null), 'no window lost']])
  return cardHtml({
    id: 'options',
    title: 'Options',
    sub: 'Apart from the types above: the data are of another kind',
    span: 's12',
    body: options.length === 0 ? notMeasured(notes.options) : `${noteHtml(notes.options)}${table}${reasons}`,
  })
}
