import { printedCount } from '../../../report/figure.ts'
import { type KindRow, kindRowsOf } from '../kind-row.ts'
import type { Mode, ReplayReport } from '../replay-report.ts'
import { escaped } from './escaped.ts'
import { percent } from './plot.ts'

/** Who was liquidated: a dot per run on the share of each kind, and the counts beside it. */
export function kindSection(report: ReplayReport): string {
  const modes = report.runs.map(({ mode }) => mode)
  const rows = kindRowsOf(report.runs)
  const keys = modes.map((mode) => `<span><i class="dot ${mode}"></i>${mode}</span>`)
  const head = `<tr><th scope="col">kind</th><th class="key" aria-hidden="true">${keys.join('')}</th>${modes
    .map((mode) => `<th scope="col">${mode}</th>`)
    .join('')}<th scope="col">of</th></tr>`
  const notes = [
    differenceNote(rows, modes),
    ...report.leftOut.map(({ label, reason }) => `${label}: left out, ${reason}.`),
  ]
  return `<section class="card" id="who" aria-labelledby="h-s"><div class="hr"><div><h2 id="h-s">Who was liquidated</h2><p class="sub">Dots: share of each kind of account, 0 to 100 %. Figures: accounts</p></div></div><table class="db"><thead>${head}</thead><tbody>${rows
    .map((row) => rowHtml(row, modes))
    .join('')}</tbody></table>${notes
    .filter((note) => note !== '')
    .map((note) => `<p class="sub note">${escaped(note)}</p>`)
    .join('')}</section>`
}

function rowHtml({ label, accounts, liquidated }: KindRow, modes: readonly Mode[]): string {
  const shares = liquidated.map((count) => (accounts === 0 ? 0 : count / accounts))
  const [low, high] = [Math.min(...shares), Math.max(...shares)]
  const line = high > low ? `<i class="sg" style="left:${percent(low)};width:${percent(high - low)}"></i>` : ''
  const dots = shares.map((share, i) => `<i class="dot ${modes[i] ?? ''}" style="left:${percent(share)}"></i>`)
  const counts = liquidated.map((count, i) => `<td${i === 0 ? ' class="b"' : ''}>${printedCount(count)}</td>`)
  return `<tr><th scope="row">${escaped(label)}</th><td class="dtd" aria-hidden="true"><span class="dt">${line}${dots.join(
    '',
  )}</span></td>${counts.join('')}<td class="muted">${printedCount(accounts)}</td></tr>`
}

/** The kind for which pooling made the largest difference, either way, in a sentence. */
function differenceNote(rows: readonly KindRow[], modes: readonly Mode[]): string {
  if (modes.length < 2) return ''
  const [first, ...rest] = rows.filter(({ accounts }) => accounts > 0)
  if (first === undefined) return ''
  const widest = rest.reduce((most, row) => (differenceOf(row) > differenceOf(most) ? row : most), first)
  if (differenceOf(widest) === 0) return 'Pooling made no difference to any kind.'
  const [cross = 0, isolated = 0] = widest.liquidated
  return `The largest difference: ${widest.label}, ${printedCount(cross)} of ${printedCount(widest.accounts)} pooled, ${printedCount(isolated)} kept apart.`
}

function differenceOf({ accounts, liquidated: [cross = 0, isolated = 0] }: KindRow): number {
  return Math.abs(isolated - cross) / accounts
}
