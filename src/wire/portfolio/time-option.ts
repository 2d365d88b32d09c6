import type { Timestamp } from '../../core/quantity/timestamp.ts'
import { createFindings } from './findings.ts'
import type { Problems } from './problem.ts'
import { ROOT, sourceOf } from './source.ts'
import { TIME } from './time-field.ts'

export type TimeOption =
  | { readonly ok: true; readonly time: Timestamp }
  | { readonly ok: false; readonly problems: Problems }

/** A moment as a command line says it: `2026-02-06T08:00:00Z`, or whole milliseconds. */
export function timeOption(text: string): TimeOption {
  const findings = createFindings()
  const extent = { start: 0, end: text.length }
  const node = /^[0-9]+$/.test(text)
    ? ({ kind: 'number', raw: text, ...extent } as const)
    : ({ kind: 'string', text, ...extent } as const)
  const time = TIME({ node, path: ROOT, source: sourceOf({ name: '--as-of', text }) }, findings)
  return time === undefined ? { ok: false, problems: findings.problems.sorted() } : { ok: true, time }
}
