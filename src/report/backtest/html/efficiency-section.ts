import type { BacktestReport, CoverageRow, Efficiency } from '../../../wire/backtest-report.ts'
import { escaped } from '../../html/escaped.ts'
import { percent } from '../../html/percent.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { percents, shareText } from '../backtest-figure.ts'
import { headlineRows } from '../coverage-rows.ts'
import { NOTHING_BESIDE } from './coverage-section.ts'
import { cellHtml, figureOr } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { reasonsHtml } from './section-note.ts'

/** What the margin is compared with, in the order in which it is drawn. */
const COMPARED: readonly (readonly [key: keyof Efficiency, name: string])[] = [
  ['vsIsolated', 'the sum of isolated'],
  ['vsSameUnderlying', 'netting of the same underlying only'],
  ['vsStandard', 'the standard model'],
]
const UNITS = 1_000
const BAR = 8
const STEP = 11
const HEIGHT = STEP * COMPARED.length

/** Margin over what it is compared with, by type, drawn on one scale with the figures beside it. */
export function efficiencySection(report: BacktestReport): string {
  const rows = headlineRows(report)
  if (rows.length === 0) return ''
  const ratios = rows.flatMap(({ efficiency }) => COMPARED.map(([key]) => efficiency[key] ?? 0))
  const most = Math.max(1, ...ratios) * 1.04
  const lacks = ratios.includes(0) || rows.some(({ efficiency }) => COMPARED.some(([key]) => efficiency[key] === null))
  const table = figureTable({
    label: 'Efficiency by type',
    groups: [
      { text: '', span: 2 },
      { text: 'margin over, %', span: 3 },
    ],
    head: ['type', { html: axisHtml(most) }, 'isolated', 'same underlying', 'standard'],
    rows: rows.map((row) => efficiencyRow(row, most)),
    className: 'eff',
  })
  const legend = COMPARED.map(([, name], i) => `<span><i class="k e${i}"></i>over ${name}</span>`)
  return cardHtml({
    id: 'efficiency',
    title: 'What netting saves',
    sub: 'Margin over what the same book would need otherwise, at the same risk weights: mean over windows, median over books. Below 100 % is less capital',
    span: 's12',
    body: `<p class="legend">${legend.join('')}</p>${table}${reasonsHtml([[lacks, NOTHING_BESIDE]])}`,
  })
}

/** The scale that all bars share. */
function axisHtml(most: number): string {
  const ticks = [0, 0.5, 1].map(
    (share) => `<span style="left:${percent(share / most)}">${share === 0 ? '0' : shareText(share, 0)}</span>`,
  )
  return `<span class="ea">${ticks.join('')}</span>`
}

function efficiencyRow({ portfolio, efficiency }: CoverageRow, most: number): string {
  return figureRow(portfolio, [
    cellHtml(barsHtml(portfolio, efficiency, most), 'eb'),
    ...COMPARED.map(([key]) => {
      const ratio = efficiency[key]
      return figureOr(ratio === null ? null : percents(ratio), NOTHING_BESIDE)
    }),
  ])
}

function barsHtml(portfolio: string, efficiency: Efficiency, most: number): string {
  const bars = COMPARED.map(([key], i) => {
    const ratio = efficiency[key]
    return ratio === null
      ? ''
      : `<path class="e${i}" d="M0 ${i * STEP + 1}H${Math.round((ratio / most) * UNITS)}v${BAR}H0z"/>`
  })
  const whole = Math.round(UNITS / most)
  const marks = [0.25, 0.5, 0.75].map((share) => `M${Math.round((share / most) * UNITS)} 0v${HEIGHT}`).join('')
  const said = COMPARED.map(([key, name]) => {
    const ratio = efficiency[key]
    return `${ratio === null ? 'nothing to compare with' : shareText(ratio)} for ${name}`
  })
  return `<svg viewBox="0 0 ${UNITS} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${escaped(`${portfolio}: margin over what it is compared with: ${said.join(', ')}.`)}"><path class="gv" d="${marks}"/>${bars.join('')}<path class="one" d="M${whole} -4v${HEIGHT + 8}"/></svg>`
}
