import type { BacktestReport } from '../../../wire/backtest-report.ts'
import { printedCount } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { percent } from '../../html/percent.ts'
import { cardHtml } from '../../margin/html/card.ts'
import { levelText, NONE, percents, shareText } from '../backtest-figure.ts'
import { HEADLINE_TARGET, sumOf } from '../coverage-rows.ts'
import { figure } from './figure-cell.ts'
import { figureRow, figureTable } from './figure-table.ts'
import { folded, noteHtml, notMeasured } from './section-note.ts'

type QuarterType = BacktestReport['plots']['coverage']['types'][number]

/** Units of a panel, which is stretched: ten a quarter across. */
const ACROSS = 10
const UP = 200
/** A quarter beyond so many times the target is cut short, with its figure. */
const MOST_TIMES = 4

/** The share of windows beyond their margin, quarter by quarter: a panel for each type, all on one scale. */
export function quarterSection({ plots, notes }: BacktestReport): string {
  const { quarters, types } = plots.coverage
  const target = 1 - HEADLINE_TARGET
  const rates = types.flatMap(({ n, exceedances }) => n.map((of, i) => rateOf(exceedances[i] ?? 0, of) ?? 0))
  const highest = Math.min(MOST_TIMES * target, Math.max(2 * target, ...rates))
  const isCut = rates.some((rate) => rate > highest)
  const body =
    types.length === 0 || quarters.length === 0
      ? notMeasured(notes.coverage)
      : `<div class="sms">${types.map((type) => panelHtml(type, quarters, highest)).join('')}</div>${tableHtml(quarters, types)}`
  return cardHtml({
    id: 'quarters',
    title: 'Coverage through time',
    sub: `Windows that lost more than their margin, % of all in a quarter, by type; dashed: ${levelText(target)} is what a ${levelText(HEADLINE_TARGET)} margin allows${isCut ? `; ▲ cut at ${levelText(highest)}` : ''}; grey: no window`,
    span: 's12',
    body: `${noteHtml(types.length === 0 ? undefined : notes.coverage)}${body}`,
  })
}

function panelHtml({ portfolio, n, exceedances }: QuarterType, quarters: readonly string[], top: number): string {
  const target = 1 - HEADLINE_TARGET
  const rates = quarters.map((_, i) => rateOf(exceedances[i] ?? 0, n[i] ?? 0))
  const bars = (isOver: boolean) =>
    rates
      .map((rate, i) =>
        rate === null || rate === 0 || rate > target !== isOver ? '' : barPath(i, Math.min(1, rate / top)),
      )
      .join('')
  const empty = rates.map((rate, i) => (rate === null ? `M${i * ACROSS} 0h${ACROSS}v${UP}h-${ACROSS}z` : '')).join('')
  const cut = rates.flatMap((rate, i) =>
    rate !== null && rate > top
      ? [`<em style="left:${percent((i + 0.5) / quarters.length)}">▲ ${percents(rate)}</em>`]
      : [],
  )
  const y = UP * (1 - target / top)
  const all = sumOf(n, (of) => of)
  const over = sumOf(exceedances, (count) => count)
  const total = all === 0 ? NONE : `${shareText(over / all, 2)} of ${printedCount(all)}`
  return `<figure class="sm"><figcaption><b>${escaped(portfolio)}</b><span>${total}</span></figcaption><div class="smp"><div class="yl" aria-hidden="true"><span style="bottom:100%">${levelText(top)}</span><span style="bottom:${percent(target / top)}">${levelText(target)}</span><span style="bottom:0">0</span></div><div class="pl"><svg viewBox="0 0 ${quarters.length * ACROSS} ${UP}" preserveAspectRatio="none" role="img" aria-label="${escaped(
    descriptionOf(portfolio, quarters, rates),
  )}"><path class="na" d="${empty}"/><path class="bu" d="${bars(false)}"/><path class="bo" d="${bars(true)}"/><path class="tg" d="M0 ${Math.round(y)}H${quarters.length * ACROSS}"/><path class="ax" d="M0 ${UP}H${quarters.length * ACROSS}"/></svg>${cut.join('')}</div></div><div class="xt" aria-hidden="true">${yearsHtml(quarters)}</div></figure>`
}

function barPath(i: number, share: number): string {
  const height = Math.max(3, Math.round(share * UP))
  return `M${i * ACROSS + 1} ${UP}v-${height}h${ACROSS - 2}v${height}z`
}

function descriptionOf(portfolio: string, quarters: readonly string[], rates: readonly (number | null)[]): string {
  const known = rates.flatMap((rate, i) => (rate === null ? [] : [{ rate, quarter: quarters[i] ?? '' }]))
  const [worst] = known.toSorted((a, b) => b.rate - a.rate)
  if (worst === undefined) return `${portfolio}: no books in any quarter.`
  const above = known.filter(({ rate }) => rate > 1 - HEADLINE_TARGET).length
  return `${portfolio}: above ${levelText(1 - HEADLINE_TARGET)} in ${above} of ${known.length} quarters; the highest ${shareText(worst.rate, 2)} in ${worst.quarter}.`
}

/** The year under its first quarter; every other year where there are many. */
function yearsHtml(quarters: readonly string[]): string {
  const firsts = quarters.flatMap((quarter, i) =>
    i === 0 || quarters[i - 1]?.slice(0, 4) !== quarter.slice(0, 4) ? [{ year: quarter.slice(0, 4), i }] : [],
  )
  const every = Math.ceil(firsts.length / 6)
  return firsts
    .filter((_, k) => k % every === 0)
    .map(({ year, i }) => `<span class="first" style="left:${percent(i / quarters.length)}">${escaped(year)}</span>`)
    .join('')
}

function tableHtml(quarters: readonly string[], types: readonly QuarterType[]): string {
  const rows = quarters.map((quarter, i) =>
    figureRow(
      quarter,
      types.map(({ n, exceedances }) => {
        const [of, over] = [n[i] ?? 0, exceedances[i] ?? 0]
        return figure(of === 0 ? NONE : `${printedCount(over)} / ${printedCount(of)}`)
      }),
    ),
  )
  return folded(
    'Table: exceedances of windows, by quarter and type',
    figureTable({
      label: 'Exceedances by quarter and type',
      head: ['quarter', ...types.map(({ portfolio }) => portfolio)],
      rows,
    }) + `<p class="sub note">${NONE}: no book of the type had a window in that quarter.</p>`,
  )
}

function rateOf(exceedances: number, n: number): number | null {
  return n === 0 ? null : exceedances / n
}
