import type { Timestamp } from '../core/quantity/timestamp.ts'
import { type AccountId, type SenderId, senderId } from '../core/instrument/identifier.ts'
import type { Account } from '../core/ledger/account.ts'
import { type Answer, priorAnswer } from '../core/clearing/answers.ts'
import { applyDecision } from '../core/clearing/apply.ts'
import type { Command, Envelope, Sequenced } from '../core/clearing/command.ts'
import { decide } from '../core/clearing/decide.ts'
import type { Decision } from '../core/clearing/decision.ts'
import type { State } from '../core/clearing/state.ts'
import type { ClockPort, Decided, JournalPort, WatchPort } from './ports.ts'
import type { Sweep } from './sweep.ts'
import { createUpkeep } from './upkeep.ts'

/** What a sender is told, once it is on disk. */
export type Outcome =
  | { readonly kind: 'decided'; readonly sequence: number; readonly decision: Decision }
  /** The id was used before: the first answer, nothing changed. */
  | { readonly kind: 'repeated'; readonly answer: Answer }
  /** `StaleCommand`: older than the answers remembered, so it is not tried. */
  | { readonly kind: 'stale'; readonly oldestRemembered: number }
  /** Sent under the engine's own name: not tried, not journaled. Else one command could make its liquidations stale. */
  | { readonly kind: 'reserved' }

export interface SequencerParts {
  readonly state: State
  readonly journal: JournalPort
  readonly clock: ClockPort
  readonly watch: WatchPort
  readonly sweep: Sweep
}

/** The one writer: gives commands their order and time, decides them, and answers when the journal has them. */
export interface Sequencer {
  /** Takes a batch in order. Throws what the journal throws; after that it takes nothing more: restart from the journal. */
  submit(batch: readonly Envelope[]): readonly Outcome[]
  /** The state as decided so far. */
  readonly state: State
}

/** Most rows in one transaction of the journal. */
export const BATCH_LIMIT = 256

/** Sender of the expiries, repricings and liquidations the engine starts by itself. Its counter is the sequence it will get. */
export const KEEPER: SenderId = senderId('engine-keeper')

/** Commands after which a netting set may be below its maintenance margin without having acted. */
const MOVES_MARKET: ReadonlySet<Command['type']> = new Set([
  'reportPrices',
  'accrueFunding',
  'accrueInterest',
  'adoptEpoch',
  'reprice',
  'expire',
])

export function createSequencer({ state, journal, clock, watch, sweep }: SequencerParts): Sequencer {
  let failed = false
  let pending: Decided[] = []
  const upkeep = createUpkeep(state)

  function flush(): void {
    if (pending.length === 0) return
    journal.append(pending)
    pending = []
  }

  function take(envelope: Envelope, time: Timestamp): Outcome {
    const prior = priorAnswer(state.answers, envelope.sender, envelope.counter)
    if (prior.kind !== 'new') return prior
    const sequenced: Sequenced = { envelope, sequence: state.sequence + 1, time }
    const decision = decide(state, sequenced)
    applyDecision(state, sequenced, decision)
    pending.push({ sequenced, decision })
    if (pending.length >= BATCH_LIMIT) flush()
    return { kind: 'decided', sequence: sequenced.sequence, decision }
  }

  /** A liquidation may weaken a pool and with it the lines it serves: owners that have any are looked at again. */
  function liquidateWhoFell(time: Timestamp): void {
    let watched: Iterable<Account> = watch.accountsToCheck(state)
    for (;;) {
      const weakened = new Set<AccountId>()
      for (const { account, bucket } of sweep.findBelowMaintenance(state, watched))
        if (keep({ type: 'liquidate', account, bucket }, time)) weakened.add(account)
      const again = [...weakened].flatMap((id) => state.accounts.get(id) ?? []).filter(servesLines)
      if (again.length === 0) return
      watched = again
    }
  }

  /** A command of the engine's own; whether it was accepted. */
  function keep(command: Command, time: Timestamp): boolean {
    const outcome = take({ sender: KEEPER, role: 'keeper', counter: state.sequence + 1, command }, time)
    return outcome.kind === 'decided' && outcome.decision.ok
  }

  function takeAndWatch(envelope: Envelope): Outcome {
    if (envelope.sender === KEEPER) return { kind: 'reserved' }
    const now = clock.now()
    const time = now > state.time ? now : state.time
    const outcome = take(envelope, time)
    const { type } = envelope.command
    if (type === 'accrueInterest') sweep.forget()
    const isAccepted = outcome.kind === 'decided' && outcome.decision.ok
    const kept = upkeep.due(isAccepted ? type : undefined, time).filter((command) => keep(command, time))
    if (kept.length > 0 || (isAccepted && MOVES_MARKET.has(type))) liquidateWhoFell(time)
    return outcome
  }

  return {
    state,
    submit: (batch) => {
      if (failed) throw new Error('the journal refused a batch: restart from the journal')
      try {
        const outcomes = batch.map(takeAndWatch)
        flush()
        return outcomes
      } catch (error) {
        failed = true
        throw error
      }
    },
  }
}

/** Whether a liquidation of one netting set may make another liquidatable: also by a line that was just used up. */
function servesLines({ buckets }: Account): boolean {
  return [...buckets.values()].some(({ mode }) => mode === 'line')
}
