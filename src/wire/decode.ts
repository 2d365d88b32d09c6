import type { z } from 'zod'
import type { Timestamp } from '../core/quantity/timestamp.ts'
import type { Command, Envelope } from '../core/clearing/command.ts'
import type { Epoch } from '../core/market/epoch.ts'
import { MARGIN_REPORT_SCHEMA } from './margin-report-schema.ts'
import type { MarginReport } from './margin-report.ts'
import { COMMAND_SCHEMA, ENVELOPE_SCHEMA, EPOCH_SCHEMA } from './command-schema.ts'

/** What is wrong with one field. */
export interface FieldProblem {
  /** Such as `$.command.quantity`. */
  readonly path: string
  readonly expected: string
  readonly got: string
}

export type Decoded<T> =
  | { readonly ok: true; readonly decoded: T }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] }

/** An envelope from a file of commands: of a recording each says when it was sent. */
export interface FiledEnvelope extends Envelope {
  readonly time?: Timestamp
}

/** A command with its sender from parsed JSON: every field checked, amounts exact, unknown fields refused. */
export function decodeEnvelope(input: unknown): Decoded<FiledEnvelope> {
  return decodeWith(ENVELOPE_SCHEMA, input)
}

/** A command from parsed JSON. */
export function decodeCommand(input: unknown): Decoded<Command> {
  return decodeWith(COMMAND_SCHEMA, input)
}

/** An epoch from parsed JSON; its sections are as they came. */
export function decodeEpoch(input: unknown): Decoded<Epoch> {
  return decodeWith(EPOCH_SCHEMA, input)
}

/** A margin report from parsed JSON: every field checked, unknown fields refused. */
export function decodeMarginReport(input: unknown): Decoded<MarginReport> {
  return decodeWith(MARGIN_REPORT_SCHEMA, input)
}

function decodeWith<T>(schema: z.ZodType<T>, input: unknown): Decoded<T> {
  const result = schema.safeParse(input)
  if (result.success) return { ok: true, decoded: result.data }
  return { ok: false, problems: result.error.issues.flatMap((issue) => problemsOf(issue, input)) }
}

function problemsOf(issue: z.core.$ZodIssue, input: unknown): readonly FieldProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      expected: 'no such field',
      got: JSON.stringify(key),
    }))
  const found = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input)
  return [{ path: pathText(issue.path), expected: expectation(issue), got: shown(found) }]
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `one of: ${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `one of: ${issue.options.map(String).join(', ')}`
        : 'a known kind'
    case 'invalid_type':
      return issue.message.startsWith('Invalid input') ? article(issue.expected) : issue.message
    case 'too_small':
      return `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}`
    default:
      return issue.message
  }
}

function article(kind: string): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`),
    '$',
  )
}

function shown(found: unknown): string {
  if (found === undefined) return 'nothing'
  const text = JSON.stringify(found) ?? typeof found
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
