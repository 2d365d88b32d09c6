import { printedCount } from '../../../report/figure.ts'
import { openedAccounts } from '../measure.ts'
import { modelColumnsOf, type ModelRow, modelRowsOf, modelSentencesOf } from '../model-comparison.ts'
import type { ReplayReport } from '../replay-report.ts'
import { escaped } from '../../../report/html/escaped.ts'
import { percent } from '../../../report/html/percent.ts'

/** What is drawn as bars; everything is in the table. */
const DRAWN: ReadonlySet<ModelRow['id']> = new Set(['capital', 'liquidated'])

/** The same accounts under both models: words, bars and a table. Empty without another model. */
export function modelSection(report: ReplayReport): string {
  const { otherModel } = report
  if (otherModel === undefined) return ''
  const rows = modelRowsOf(report)
  const bars = rows.filter(({ id }) => DRAWN.has(id)).map((row) => barsHtml(row, report))
  return `<section class="card s12 mc" id="models" aria-labelledby="h-m"><div class="hr"><div><h2 id="h-m">Same accounts under ${escaped(
    otherModel.model,
  )}</h2><p class="sub">Bars share one scale within each line</p></div></div>${bars.join('')}${tableHtml(rows, report)}<p class="note">${escaped(
    modelSentencesOf(report).join(' '),
  )}</p></section>`
}

function barsHtml({ id, label, values, shown }: ModelRow, report: ReplayReport): string {
  const largest = values.reduce((most, value) => (value > most ? value : most), 0n)
  const rows = modelColumnsOf(report).map(({ model, mode }, i) => {
    const value = values[i] ?? 0n
    const other = model === report.model ? '' : ' other'
    const width = percent(Number((value * 1000n) / (largest === 0n ? 1n : largest)) / 1000)
    const bar = value > 0n ? `<i class="f ${mode}${other}" style="width:${width}"></i>` : ''
    return `<div class="cr"><span>${escaped(`${model} ${mode}`)}</span><span class="tk">${bar}</span><span>${shown[i] ?? ''}</span></div>`
  })
  const [first] = report.runs
  const unit =
    id === 'capital'
      ? 'USD, to avoid every liquidation'
      : `of ${printedCount(first === undefined ? 0 : openedAccounts(first))}`
  return `<div class="cp"><div class="cl"><b>${label}</b><span>${unit}</span></div><div class="cbars">${rows.join('')}</div></div>`
}

function tableHtml(rows: readonly ModelRow[], report: ReplayReport): string {
  const columns = modelColumnsOf(report)
  const each = report.runs.length
  const models = [...new Set(columns.map(({ model }) => model))].map(
    (model) => `<th scope="colgroup" colspan="${each}">${escaped(model)}</th>`,
  )
  const modes = columns.map(({ mode }) => `<th scope="col">${mode}</th>`)
  const body = rows.map(({ id, label, unit, values, shown }) => {
    const isLoss = id === 'badDebt' || id === 'deficit'
    const cells = shown.map(
      (figure, i) => `<td${isLoss && (values[i] ?? 0n) > 0n ? ' class="neg"' : ''}>${figure}</td>`,
    )
    return `<tr><td>${label}${unit === 'USD' ? ', USD' : ''}</td>${cells.join('')}</tr>`
  })
  return `<table><thead><tr><td></td>${models.join('')}</tr><tr><th scope="col">measure</th>${modes.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`
}
