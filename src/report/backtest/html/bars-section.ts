import type { BacktestReport, BarResult } from '../../../wire/backtest-report.ts'
import { escaped } from '../../html/escaped.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { reasonOf } from '../bar-results.ts'
import { typeMissTexts } from '../type-misses.ts'
import { cellHtml } from './figure-cell.ts'
import { figureTable } from './figure-table.ts'
import { resultPill } from './result-pill.ts'

/** Every bar with what was found, and every miss in a sentence with its reason. */
export function barsSection(report: BacktestReport): string {
  if (report.bars.length === 0) return ''
  const table = figureTable({
    label: 'Bars',
    head: ['what', { words: 'bar' }, { words: 'got' }, ''],
    rows: report.bars.map(barRow),
    className: 'bars',
  })
  return cardHtml({
    id: 'bars',
    title: 'Bars the model is held to',
    sub: 'Set before the run; a missed one stays, with its reason',
    span: 's12',
    body: `${table}${missesHtml(report)}`,
  })
}

function barRow(measured: BarResult): string {
  const { what, bar, got, passed } = measured
  const reason = reasonOf(measured)
  const small = reason === undefined ? '' : `<small>${escaped(reason)}</small>`
  const mark = passed === false ? ' class="bad"' : ''
  return `<tr${mark}><th scope="row">${escaped(what)}${small}<td class="w">${escaped(bar)}<td class="w">${escaped(got)}${cellHtml(resultPill(passed))}`
}

/** Types beyond what is allowed, with the days that did it. */
function missesHtml(report: BacktestReport): string {
  const misses = typeMissTexts(report)
  if (misses.length === 0) return ''
  return `<h3>Types with more exceedances than allowed</h3><ul class="why">${misses.map((text) => `<li>${escaped(text)}`).join('')}</ul>`
}
