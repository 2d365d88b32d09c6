import { escaped } from '../../html/escaped.ts'
import { NONE } from '../backtest-figure.ts'

/** Why figures are missing, under the table: only reasons that occur. */
export function reasonsHtml(reasons: readonly (readonly [occurs: boolean, reason: string])[]): string {
  const said = reasons.filter(([occurs]) => occurs).map(([, reason]) => reason)
  return said.length === 0 ? '' : `<p class="sub note">${escaped(`${NONE}: ${said.join('; ')}.`)}</p>`
}

/** Folded away until it is asked for. */
export function folded(summary: string, html: string): string {
  return `<details class="tb"><summary>${escaped(summary)}</summary>${html}</details>`
}

/** A paragraph on a part of the report; nothing where nothing is said. */
export function noteHtml(text: string | undefined): string {
  return text === undefined ? '' : `<p class="say">${escaped(text)}</p>`
}

/** In place of figures that are not there. */
export function notMeasured(reason: string | undefined): string {
  return `<p class="none"><span class="pill amber">not measured</span> ${escaped(reason ?? 'The report gives no reason.')}</p>`
}
