import { type Measure, type MeasureId, measuresOf, openedAccounts } from '../measure.ts'
import { printedCount } from '../../../report/figure.ts'
import type { ReplayReport } from '../replay-report.ts'
import { savingInWords } from '../saving.ts'
import { percent } from './plot.ts'

/** What is drawn, and where on the page it is explained: nothing on it explains the capital. */
const DRAWN: { readonly [id in MeasureId]?: string } = {
  liquidated: '#who',
  notional: '#worst',
  penalties: '#losses',
  capital: '',
  badDebt: '#losses',
}

/** Cross beside isolated as bars, one scale per line; one run alone as figures. */
export function comparisonSection(report: ReplayReport): string {
  const measures = measuresOf(report).filter(({ id }) => DRAWN[id] !== undefined)
  const isPair = report.runs.length > 1
  const body = isPair
    ? measures.map((measure) => barsHtml(measure, report)).join('')
    : `<dl class="tiles">${measures.map((measure) => tileHtml(measure, report)).join('')}</dl>`
  const [title, sub] = isPair
    ? ['Cross beside isolated', 'Bars share one scale within each line']
    : ['What happened', 'One run: nothing to compare it with']
  return `<section class="card s12" aria-labelledby="h-c"><div class="hr"><div><h2 id="h-c">${title}</h2><p class="sub">${sub}</p></div></div>${body}</section>`
}

function barsHtml({ id, label, values, shown, saving }: Measure, report: ReplayReport): string {
  const largest = values.reduce((most, value) => (value > most ? value : most), 0n)
  const rows = report.runs.map(({ mode }, i) => {
    const value = values[i] ?? 0n
    const bar =
      value > 0n ? `<i class="f ${mode}" style="width:${percent(Number((value * 1000n) / largest) / 1000)}"></i>` : ''
    const figure = linked(id, shown[i] ?? '')
    return `<div class="cr"><span>${mode}</span><span class="tk">${bar}</span>${i === 0 ? `<b>${figure}</b>` : `<span>${figure}</span>`}</div>`
  })
  const verdict = saving === undefined ? '' : savingInWords(saving)
  const tone = saving?.kind === 'less' ? ' pos' : saving?.kind === 'more' || saving?.kind === 'onlyCross' ? ' neg' : ''
  return `<div class="cp"><div class="cl"><b>${label}</b><span>${subLabel(id, report)}</span></div><div class="cbars">${rows.join(
    '',
  )}</div><div class="cd${tone}">${verdict}</div></div>`
}

function tileHtml({ id, label, shown }: Measure, report: ReplayReport): string {
  return `<div><dt>${label}</dt><dd>${linked(id, shown[0] ?? '')}</dd><dd class="sub">${subLabel(id, report)}</dd></div>`
}

function linked(id: MeasureId, figure: string): string {
  const target = DRAWN[id] ?? ''
  return target === '' ? figure : `<a class="d" href="${target}">${figure}</a>`
}

function subLabel(id: MeasureId, { runs: [first], leftOut }: ReplayReport): string {
  if (id === 'capital') return 'USD, to avoid every liquidation'
  if (id === 'badDebt') return 'USD, fund plus deficit'
  if (id !== 'liquidated') return 'USD'
  const opened = first === undefined ? 0 : openedAccounts(first)
  const without = leftOut.length === 0 ? '' : `, ${leftOut.length} ${leftOut.length === 1 ? 'kind' : 'kinds'} left out`
  return `of ${printedCount(opened)}${without}`
}
