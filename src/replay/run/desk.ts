import { type Timestamp, timestamp } from '../../core/quantity/timestamp.ts'
import { type SenderId, senderId } from '../../core/instrument/identifier.ts'
import type { Command, Envelope, Role } from '../../core/clearing/command.ts'
import type { Decision } from '../../core/clearing/decision.ts'
import { genesis, type State } from '../../core/clearing/state.ts'
import { BATCH_LIMIT, createSequencer } from '../../runtime/sequencer.ts'
import type { Decided, JournalPort, WatchPort } from '../../runtime/ports.ts'
import { createSweep } from '../../runtime/sweep.ts'

/** The replay's hands on the clearinghouse: sends commands in the right role, with the tape's time on the clock. */
export interface Desk {
  readonly state: State
  /** Moves the clock; never back. */
  setTime(time: Timestamp): void
  /** Sends commands in batches, each on disk before the next. Returns what became of each, in order. */
  send(role: Role, commands: readonly Command[]): readonly Decision[]
  /** Commands journaled so far, the engine's own liquidations included. */
  readonly commandCount: number
}

/** A clearinghouse in its first state, in front of a journal. `onDecided` sees every decided command, in order. */
export function openDesk(journal: JournalPort, watch: WatchPort, onDecided: (decided: Decided) => void): Desk {
  let now = timestamp(0)
  const counters = new Map<Role, number>()
  const state = genesis()
  const observed: JournalPort = {
    append: (rows) => {
      journal.append(rows)
      for (const row of rows) onDecided(row)
    },
  }
  const sequencer = createSequencer({
    state,
    journal: observed,
    clock: { now: () => now },
    watch,
    sweep: createSweep(),
  })

  function envelope(role: Role, command: Command): Envelope {
    const counter = (counters.get(role) ?? 0) + 1
    counters.set(role, counter)
    return { sender: SENDERS[role], role, counter, command }
  }

  return {
    state,
    get commandCount() {
      return state.sequence
    },
    setTime: (time) => {
      now = time
    },
    send: (role, commands) => {
      const decisions: Decision[] = []
      for (let from = 0; from < commands.length; from += BATCH_LIMIT) {
        const batch = commands.slice(from, from + BATCH_LIMIT).map((command) => envelope(role, command))
        for (const outcome of sequencer.submit(batch)) {
          if (outcome.kind !== 'decided') throw new RangeError(`a replay never repeats itself: ${outcome.kind}`)
          decisions.push(outcome.decision)
        }
      }
      return decisions
    },
  }
}

const SENDERS: { readonly [role in Role]: SenderId } = {
  owner: senderId('replay-owner'),
  venue: senderId('replay-venue'),
  custodian: senderId('replay-custodian'),
  oracle: senderId('replay-oracle'),
  risk: senderId('replay-risk'),
  keeper: senderId('replay-keeper'),
}
