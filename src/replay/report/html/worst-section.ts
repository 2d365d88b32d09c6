import { atomsOf } from '../../../report/amount.ts'
import { derivationRows } from '../derivation-rows.ts'
import { printedAmount, printedCents, printedCount, shortAmount } from '../../../report/figure.ts'
import { clockTime, dayName } from '../../../report/moment.ts'
import type { LiquidatedAccount, ModeRun, ReplayReport } from '../replay-report.ts'
import { escaped } from './escaped.ts'

/** Accounts shown of the first run that has any, and of the other. */
const MOST_FIRST = 6
const MOST_SECOND = 2

/** The accounts that went worst, each with where its requirement came from. */
export function worstSection({ runs }: ReplayReport): string {
  const withAny = runs.filter(({ worst }) => worst.length > 0)
  const [first, second] = withAny
  const title = first === undefined || runs.length < 2 ? 'Worst accounts' : `Worst accounts, ${first.mode}`
  const body =
    first === undefined
      ? '<p class="sub">No account was liquidated.</p>'
      : listHtml(first, MOST_FIRST) +
        (second === undefined ? '' : `<h3>The same, ${second.mode}</h3>${listHtml(second, MOST_SECOND)}`)
  return `<section class="card" id="worst" aria-labelledby="h-w"><div class="hr"><div><h2 id="h-w">${title}</h2><p class="sub">USD, by unpaid loss, then by size; open one for where its requirement came from</p></div></div>${body}</section>`
}

function listHtml(run: ModeRun, most: number): string {
  const rows = run.worst.slice(0, most).map((account, i) => accountHtml(run, account, i === 0 && most === MOST_FIRST))
  return `<div class="wk"><div class="wh" aria-hidden="true"><span>account</span><span class="hs">kind</span><span>when</span><span class="r">closed</span><span class="r">unpaid</span></div>${rows.join('')}</div>`
}

function accountHtml(run: ModeRun, worst: LiquidatedAccount, isOpen: boolean): string {
  const unpaid = atomsOf(worst.unpaid)
  return `<details${isOpen ? ' open' : ''}><summary><span class="mono">${escaped(worst.account)}</span><span class="hs muted">${escaped(
    worst.label,
  )}</span><span>${dayName(worst.time)} ${clockTime(worst.time)}</span><span class="r">${shortAmount(atomsOf(worst.closed))}</span><span class="r ${
    unpaid > 0n ? 'neg' : 'muted'
  }">${shortAmount(unpaid)}</span></summary><div class="dv">${derivationHtml(worst)}<p>${escaped(whereText(run, worst))}</p></div></details>`
}

function derivationHtml(worst: LiquidatedAccount): string {
  const rows = derivationRows(worst)
  const parts = rows.parts.map(({ id, note, cents }) => {
    const small = note === '' ? '' : `<small>${escaped(withPercents(note))}</small>`
    return `<tr class="pt"><td>${escaped(id.replace('/', ' '))}${small}<td>${printedCents(cents)}`
  })
  const totals = [
    ['Closed over all its liquidations', printedAmount(atomsOf(worst.closed)), ''],
    ['Penalty', printedAmount(atomsOf(worst.penalty)), ''],
    ['Left unpaid', printedAmount(atomsOf(worst.unpaid)), atomsOf(worst.unpaid) > 0n ? ' class="neg"' : ''],
  ].map(([label, figure, tone]) => `<tr><td>${label}<td${tone}>${figure}`)
  return `<table><tbody><tr><td>Net liquidation value<td>${printedCents(rows.netLiquidationValue)}${parts.join(
    '',
  )}<tr class="sum"><td>Maintenance margin<td>${printedCents(rows.maintenanceMargin)}<tr><td><b>${
    rows.excess < 0n ? 'Short by' : 'Excess'
  }</b>, NLV − MM<td${rows.excess < 0n ? ' class="neg"' : ''}>${printedCents(rows.excess)}${totals.join('')}</table>`
}

function whereText({ mode }: ModeRun, { sequence, bucket, label }: LiquidatedAccount): string {
  const where = mode === 'isolated' ? `, bucket ${printedCount(bucket)}` : ''
  return `${label}${where} · first liquidated by command #${printedCount(sequence)} of the ${mode} journal`
}

/** Parts per million, as the core counts rates, in the percents people read: `32000 ppm` is `3.2 %`. */
function withPercents(note: string): string {
  return note.replace(/\b(\d{1,15}) ppm\b/g, (_text, ppm: string) => `${Number(ppm) / 10_000} %`)
}
