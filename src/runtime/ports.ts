import type { Timestamp } from '../core/quantity/timestamp.ts'
import type { Account } from '../core/ledger/account.ts'
import type { Sequenced } from '../core/clearing/command.ts'
import type { Decision } from '../core/clearing/decision.ts'
import type { ReadonlyState } from '../core/clearing/state.ts'

/** A command with what became of it: what one journal row holds. */
export interface Decided {
  readonly sequenced: Sequenced
  readonly decision: Decision
}

/** Where decisions are made durable. */
export interface JournalPort {
  /** Writes all rows or none; when it returns they are on disk. A throw stops the engine. */
  append(rows: readonly Decided[]): void
}

/** What time the sequencer stamps. Never runs backwards. */
export interface ClockPort {
  now(): Timestamp
}

/** Proposes which accounts to check after the market moved; the check itself is exact. */
export interface WatchPort {
  accountsToCheck(state: ReadonlyState): Iterable<Account>
}
