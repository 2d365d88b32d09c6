import type { SenderId } from '../instrument/identifier.ts'
import type { ReadonlyTable, Table } from '../ledger/table.ts'
import type { Decision } from './decision.ts'
import type { Rejection } from './rejection.ts'

/** How many of a sender's counters, ending with the highest seen, are remembered. */
export const ANSWER_WINDOW = 1024

/** First answer to a command id. */
export interface Answer {
  readonly sequence: number
  /** Why it was refused; undefined if it was accepted. */
  readonly rejection: Rejection | undefined
}

/** A sender's latest answers by counter. Written in place by `recordAnswer` only. */
export interface SenderAnswers {
  readonly highest: number
  readonly byCounter: Map<number, Answer>
}

/** What is known of a command id before anything is decided. */
export type PriorAnswer =
  | { readonly kind: 'new' }
  /** Answered before: the first answer stands, nothing changes. */
  | { readonly kind: 'repeated'; readonly answer: Answer }
  /** Older than what is remembered: it may or may not have been carried out, so it is not tried (`StaleCommand`). */
  | { readonly kind: 'stale'; readonly oldestRemembered: number }

/** Looks a command id up. Counters still unknown inside the window may come late, in any order. */
export function priorAnswer(
  answers: ReadonlyTable<SenderId, SenderAnswers>,
  sender: SenderId,
  counter: number,
): PriorAnswer {
  const known = answers.get(sender)
  if (known === undefined) return { kind: 'new' }
  const answer = known.byCounter.get(counter)
  if (answer !== undefined) return { kind: 'repeated', answer }
  const oldestRemembered = known.highest - ANSWER_WINDOW + 1
  return counter < oldestRemembered ? { kind: 'stale', oldestRemembered } : { kind: 'new' }
}

/** Remembers the answer to a new command id and forgets what falls out of the window. */
export function recordAnswer(
  answers: Table<SenderId, SenderAnswers>,
  sender: SenderId,
  counter: number,
  sequence: number,
  decision: Decision,
): void {
  const known = answers.get(sender) ?? { highest: counter, byCounter: new Map<number, Answer>() }
  const highest = counter > known.highest ? counter : known.highest
  const byCounter = known.byCounter
  byCounter.set(counter, { sequence, rejection: decision.ok ? undefined : decision.rejection })
  answers.set(sender, { highest, byCounter })
  if (highest - known.highest >= ANSWER_WINDOW) forgetBelow(byCounter, highest - ANSWER_WINDOW + 1)
  else for (let old = known.highest - ANSWER_WINDOW + 1; old <= highest - ANSWER_WINDOW; old += 1) byCounter.delete(old)
}

function forgetBelow(byCounter: Map<number, Answer>, oldest: number): void {
  for (const counter of byCounter.keys()) if (counter < oldest) byCounter.delete(counter)
}
