import { printedCents } from '../../figure.ts'
import { dataTableHtml } from '../../html/data-table.ts'
import { escaped } from '../../html/escaped.ts'
import { percent } from '../../html/percent.ts'
import { setFigures } from '../set-figures.ts'
import { cardHtml } from './card.ts'
import type { ShownSet } from './shown-set.ts'
import { type WaterfallStep, waterfallOf } from './waterfall.ts'

/** What the account is worth, step by step, with both requirements drawn through it as load lines. */
export function worthSection({ set, key }: ShownSet): string {
  const { initialMargin, maintenanceMargin } = setFigures(set)
  const waterfall = waterfallOf(set)
  const { steps, total } = waterfall
  const widest = [...steps, total].reduce((most, step) => Math.max(most, figureOf(step, total).length), 0)
  const rows = [...steps, total].map((step) => rowHtml(step, total)).join('')
  const lines =
    maintenanceMargin === 0n && initialMargin === 0n
      ? ''
      : `<div class="lines" aria-hidden="true"><i class="zero" style="left:${percent(waterfall.zeroAt)}"></i>${lineHtml(
          'mm',
          waterfall.maintenanceAt,
          `MM ${printedCents(maintenanceMargin)}`,
        )}${lineHtml('im', waterfall.initialAt, `IM ${printedCents(initialMargin)}`)}</div>`
  const table = dataTableHtml([
    {
      summary: 'Table: what the account is worth, USD',
      head: ['', 'USD'],
      rows: [
        ...[...steps, total].map(({ label, cents }) => [label, printedCents(cents)]),
        ['Maintenance margin, line', printedCents(maintenanceMargin)],
        ['Initial margin, line', printedCents(initialMargin)],
      ],
    },
  ])
  return cardHtml({
    id: `worth-${key}`,
    title: 'What the account is worth',
    sub: 'Net liquidation value, USD; the load lines show what must stay',
    body: `<div class="wf" style="--v:${widest + 1}ch">${rows}${lines}</div>${table}`,
  })
}

function rowHtml(step: WaterfallStep, total: WaterfallStep): string {
  const { label, note, cents, left, width } = step
  const isTotal = step === total
  const kind = isTotal ? 'tt' : cents < 0n ? 'dn' : 'up'
  const bar =
    cents === 0n ? '' : `<i class="${kind}" style="left:${percent(left)};width:max(2px,${percent(width)})"></i>`
  return `<div class="wr${isTotal ? ' tot' : ''}"><div class="wl"><b>${escaped(label)}</b><small class="hs">${escaped(
    note,
  )}</small></div><div class="wt">${bar}</div><div class="wv${cents < 0n ? ' neg' : ''}${isTotal ? ' b' : ''}">${figureOf(step, total)}</div></div>`
}

function figureOf(step: WaterfallStep, total: WaterfallStep): string {
  return step === total || step.cents < 0n ? printedCents(step.cents) : `+${printedCents(step.cents)}`
}

/** Each name has a line of its own below the picture, on the side of its load line where there is room. */
function lineHtml(name: 'mm' | 'im', at: number, text: string): string {
  return `<span class="ll ${name}" style="left:${percent(at)}"><em${at > 0.5 ? ' class="before"' : ''}>${escaped(text)}</em></span>`
}
