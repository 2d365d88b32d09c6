import { invariant } from '../ledger/invariant.ts'
import { recordAnswer } from './answers.ts'
import type { Sequenced } from './command.ts'
import type { Decision } from './decision.ts'
import { evolve } from './evolve.ts'
import type { State } from './state.ts'

/** Writes a decision into the state: its events if it was accepted, and the answer its sender gets if it asks again. */
export function applyDecision(state: State, { envelope, sequence, time }: Sequenced, decision: Decision): void {
  invariant(sequence === state.sequence + 1, 'INV-CLEARING-1', () => `sequence ${sequence} after ${state.sequence}`)
  invariant(time >= state.time, 'INV-CLEARING-2', () => `time ${time} before ${state.time}`)
  if (decision.ok) for (const event of decision.events) evolve(state, event)
  recordAnswer(state.answers, envelope.sender, envelope.counter, sequence, decision)
  state.sequence = sequence
  state.time = time
}
