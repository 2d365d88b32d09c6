import { timestamp } from '../src/core/quantity/timestamp.ts'
import type { Envelope } from '../src/core/clearing/command.ts'
import { genesis, type State } from '../src/core/clearing/state.ts'
import type { Decided, JournalPort, WatchPort } from '../src/runtime/ports.ts'
import { createSequencer } from '../src/runtime/sequencer.ts'
import { createSweep } from '../src/runtime/sweep.ts'

export interface Engine {
  readonly state: State
  /** Sends commands in batches of a size; throws if one is refused that should not be. Returns the seconds it took. */
  run(commands: readonly Envelope[], batchSize: number): number
}

const NOW = timestamp(1_700_000_000_000)

/** A clearinghouse in front of a journal, its clock standing still. */
export function engineOn(journal: JournalPort, watch: WatchPort): Engine {
  const state = genesis()
  const sequencer = createSequencer({ state, journal, clock: { now: () => NOW }, watch, sweep: createSweep() })
  return {
    state,
    run: (commands, batchSize) => {
      let refused = 0
      const started = performance.now()
      for (let from = 0; from < commands.length; from += batchSize) {
        for (const outcome of sequencer.submit(commands.slice(from, from + batchSize))) {
          if (outcome.kind !== 'decided' || !outcome.decision.ok) refused += 1
        }
      }
      const seconds = (performance.now() - started) / 1_000
      if (refused > commands.length / 100)
        throw new Error(`${refused} of ${commands.length} commands were refused: that is another benchmark`)
      return seconds
    },
  }
}

export const noJournal: JournalPort = { append: (_: readonly Decided[]) => undefined }
