import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { dateText } from '../backtest-words.ts'
import { figure } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'

/** What stands in for data that are not there, and what the report does not say. */
export function limitsSection({ assumptions, limits }: BacktestReport): string {
  const listHtml = (title: string, texts: readonly string[], none: string) =>
    `<div><h3>${title}</h3>${texts.length === 0 ? `<p class="muted">${none}</p>` : `<ul>${texts.map((text) => `<li>${escaped(text)}`).join('')}</ul>`}</div>`
  return cardHtml({
    id: 'limits',
    title: 'Assumptions and limits',
    sub: 'Read before relying on a figure above',
    span: 's12',
    body: `<div class="two">${listHtml('Assumptions that stand in for data', assumptions, 'None.')}${listHtml('What this report does not say', limits, 'None is given.')}</div>`,
  })
}

/** What was read, and what to type to have the same report again. */
export function repeatSection({ prices, inputsHash, repeat, model, engine }: BacktestReport): string {
  const rows = prices.map(({ path, series, from, to }) =>
    figureRow(path, [figure(printedCount(series)), figure(dateText(from)), figure(dateText(to))]),
  )
  const facts = [
    ['inputs', inputsHash],
    ['model', model],
    ['engine', `plimsoll ${engine}`],
  ].map(([name = '', text = '']) => `<dt>${name}</dt><dd class="mono">${escaped(text)}</dd>`)
  const table =
    rows.length === 0
      ? '<p class="muted">No file of prices is named.</p>'
      : figureTable({ label: 'Files of prices', head: ['prices', 'series', 'from', 'to'], rows })
  return cardHtml({
    id: 'again',
    title: 'Do it again',
    sub: 'The same prices and the same engine give the same report on any machine',
    span: 's12',
    body: `<div class="two"><div><code class="cmd"><span>${escaped(repeat)}</span></code><dl class="hash">${facts.join('')}</dl></div>${table}</div>`,
  })
}
