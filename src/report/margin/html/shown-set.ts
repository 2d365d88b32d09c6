import type { MarginReport, MarginStatus, NettingSetReport } from '../../../wire/margin-report.ts'

/** A netting set on a page, and what the parts of the page need to know beside it. */
export interface ShownSet {
  readonly set: NettingSetReport
  readonly report: MarginReport
  /** Place on the page: part of every id below it. */
  readonly key: number
  readonly isOneOfMany: boolean
}

/** `main`, `main · bucket 1, eth-vol`. */
export function setTitle({ account, buckets, name, mode }: NettingSetReport): string {
  if (mode === 'cross') return account
  return `${account} · bucket ${buckets[0] ?? ''}${name === null ? '' : `, ${name}`}`
}

/** Which of the three colours of a verdict a status has. */
export function toneOf(status: MarginStatus): 'ok' | 'amber' | 'bad' {
  switch (status) {
    case 'healthy':
    case 'unencumbered':
      return 'ok'
    case 'warning':
    case 'reduce-only':
      return 'amber'
    case 'liquidatable':
    case 'insolvent':
      return 'bad'
    default:
      return status satisfies never
  }
}

/** `Healthy`, `Reduce-only`. */
export function statusText(status: MarginStatus): string {
  return status.charAt(0).toUpperCase() + status.slice(1)
}
