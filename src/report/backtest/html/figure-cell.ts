import { escaped } from '../../html/escaped.ts'
import { NONE } from '../backtest-figure.ts'

/** A figure, on the right. */
export function figure(text: string, className = ''): string {
  return `<td${className === '' ? '' : ` class="${className}"`}>${escaped(text)}`
}

/** A figure that may have no value: a dash, with the reason for those who ask. */
export function figureOr(text: string | null, reason: string): string {
  return text === null ? `<td class="nil" title="${escaped(reason)}">${NONE}` : figure(text)
}

/** Words, on the left. */
export function words(text: string): string {
  return `<td class="w">${escaped(text)}`
}

/** HTML in a cell as it is. */
export function cellHtml(html: string, className = ''): string {
  return `<td${className === '' ? '' : ` class="${className}"`}>${html}`
}
