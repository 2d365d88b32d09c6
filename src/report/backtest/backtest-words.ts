import type { Mpor } from '../../wire/backtest-report.ts'

const SPANS: { readonly [mpor in Mpor]: string } = { '1d': '1 day', '8h': '8 hours', '1h': '1 hour' }

/** A day as it is, a moment to the minute: `2022-05-12`, `2022-05-12 08:00`. */
export function dateText(date: string): string {
  return date.slice(0, 16).replace('T', ' ')
}

/** `1 day`. */
export function mporText(mpor: Mpor): string {
  return SPANS[mpor]
}

/** `1 book`, `3 books`: the figure is printed already. */
export function counted(figure: string, one: string): string {
  return `${figure} ${figure === '1' ? one : `${one}s`}`
}
