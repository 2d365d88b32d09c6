import { printedCents } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { percent } from '../../html/percent.ts'
import { type AttributionShare, attributionShares } from '../attribution-shares.ts'
import { oneByOne } from '../closing-lines.ts'
import { setFigures, tenthsText } from '../set-figures.ts'
import { cardHtml, figureCell, headRow, leading } from './card.ts'
import type { ShownSet } from './shown-set.ts'

/** Who bears the requirements: bars that start at one line, to the left for what protects; columns add up as shown. */
export function attributionSection({ set, key }: ShownSet): string {
  const rows = attributionShares(set)
  const { maintenanceMargin, initialMargin } = setFigures(set)
  if (rows.length === 0)
    return cardHtml({
      id: `who-${key}`,
      title: 'Who asks for the margin',
      sub: 'Nothing is required',
      body: '<p class="muted">Nothing is owed or held that could lose.</p>',
    })
  const scale = scaleOf(rows)
  const body = rows.map((row) => rowHtml(row, scale)).join('')
  return cardHtml({
    id: `who-${key}`,
    title: 'Who asks for the margin',
    sub: 'USD; to the left and below zero: it protects the account',
    body: `<table class="at">${headRow(['', 'Maintenance', 'Share', ['Initial', 'hs']])}${body}<tr class="sum"><th scope="row">Total<td>${leading(
      printedCents(maintenanceMargin),
      `mm-${key}`,
    )}<td>${maintenanceMargin === 0n ? '—' : '100.0 %'}<td class="hs">${leading(printedCents(initialMargin), `im-${key}`)}</table>${
      maintenanceMargin === 0n ? '' : `<p class="sub note">${escaped(oneByOne(set))}</p>`
    }`,
  })
}

interface Scale {
  readonly zeroAt: number
  readonly widthOf: (cents: bigint) => number
}

function scaleOf(rows: readonly AttributionShare[]): Scale {
  const low = rows.reduce((least, { cents }) => (cents < least ? cents : least), 0n)
  const high = rows.reduce((most, { cents }) => (cents > most ? cents : most), low === 0n ? 1n : 0n)
  const whole = high - low
  const share = (cents: bigint) => Number(((cents < 0n ? -cents : cents) * 10_000n) / whole) / 10_000
  return { zeroAt: share(low), widthOf: share }
}

function rowHtml({ label, cents, initialCents, tenths }: AttributionShare, { zeroAt, widthOf }: Scale): string {
  const width = widthOf(cents)
  const left = cents < 0n ? zeroAt - width : zeroAt
  const bar = `<i class="ax" style="left:${percent(zeroAt)}"></i><i class="${cents < 0n ? 'up' : 'as'}" style="left:${percent(left)};width:max(1px,${percent(width)})"></i>`
  return `<tr><th scope="row">${escaped(label)}<span class="tk">${bar}</span>${figureCell(printedCents(cents), 'plain')}<td>${tenthsText(
    tenths,
  )} %${figureCell(printedCents(initialCents), 'hs plain')}`
}
