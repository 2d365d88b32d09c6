import type { MarginReport, ReportNote } from '../../../wire/margin-report.ts'
import { printedCount } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { cardHtml } from './card.ts'

const MOST_SHOWN = 12
const MOST_LISTED = 500

/** Doubts about the inputs, and what was taken for granted where the portfolio says nothing. */
export function notesSection({ warnings, assumptions }: MarginReport): string {
  const doubts =
    warnings.length === 0 ? '<p class="muted">No doubts about prices or exposures.</p>' : listHtml(warnings, 'warnings')
  const defaults =
    assumptions.length === 0 ? '<p class="muted">Nothing was taken for granted.</p>' : listHtml(assumptions, 'defaults')
  return cardHtml({
    id: 'notes',
    title: 'Warnings and assumptions',
    sub: 'What may be wrong with the inputs, and what the portfolio does not say',
    span: 's5',
    body: `<h3>Warnings</h3>${doubts}<h3>Assumptions</h3>${defaults}`,
  })
}

function listHtml(notes: readonly ReportNote[], what: string): string {
  const item = ({ code, path, message }: ReportNote) =>
    `<li><b>${escaped(code)}</b> ${escaped(message)} <code>${escaped(path)}</code>`
  const first = `<ul class="nt">${notes.slice(0, MOST_SHOWN).map(item).join('')}</ul>`
  const rest = notes.slice(MOST_SHOWN, MOST_LISTED)
  if (rest.length === 0) return first
  const left = notes.length - MOST_SHOWN - rest.length
  const unlisted = left > 0 ? `<p class="sub">${printedCount(left)} more: --json lists them.</p>` : ''
  return `${first}<details class="tb"><summary>${printedCount(rest.length)} more ${what}</summary><ul class="nt">${rest.map(item).join('')}</ul>${unlisted}</details>`
}
