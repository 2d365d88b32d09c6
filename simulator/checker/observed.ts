import type { Sequenced } from '../../src/core/clearing/command.ts'
import type { Decision } from '../../src/core/clearing/decision.ts'
import type { ReadonlyState, State } from '../../src/core/clearing/state.ts'
import type { AuditBooks } from '../auditor/audit-books.ts'

/** One command with the state on either side of it, and the accountant's books after it. */
export interface Observed {
  readonly sequenced: Sequenced
  readonly decision: Decision
  readonly before: ReadonlyState
  readonly after: ReadonlyState
  readonly books: AuditBooks
}

/** What an invariant has to say of a command: one line for each breach. */
export type Check = (step: Observed) => readonly string[]

/** The state as it is now: its tables are copied, its records are immutable anyway; answers are left out. */
export function snapshotOf(state: State): ReadonlyState {
  return {
    protocolVersion: state.protocolVersion,
    sequence: state.sequence,
    time: state.time,
    risk: state.risk,
    assets: new Map(state.assets.entries()),
    markets: new Map(state.markets.entries()),
    volatilities: new Map(state.volatilities.entries()),
    assetBooks: new Map(state.assetBooks.entries()),
    accounts: new Map(state.accounts.entries()),
    answers: new Map(),
  }
}
