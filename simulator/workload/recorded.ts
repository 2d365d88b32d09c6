import { join } from 'node:path'
import type { Timestamp } from '../../src/core/quantity/timestamp.ts'
import type { Envelope } from '../../src/core/clearing/command.ts'
import { findTape } from '../../src/replay/tape/find-tape.ts'
import type { Tape } from '../../src/replay/tape/bar.ts'
import { runMode } from '../../src/replay/run/run-mode.ts'
import { KEEPER } from '../../src/runtime/sequencer.ts'
import type { Mode } from '../../src/replay/report/replay-report.ts'

/** A command as it was sent, with the time it was sent at. */
export interface Recorded {
  readonly time: Timestamp
  readonly envelope: Envelope
}

export interface RecordedReplay {
  readonly tape?: string
  readonly accounts: number
  readonly mode: Mode
  /** Bars from the tape's start to skip, and how many to take after. */
  readonly skip: number
  readonly bars: number
}

/** The commands of part of a crash tape: real prices, forced liquidations and all, without what the engine sends by itself. */
export async function recordReplay({
  tape = '2022-11-ftx',
  accounts,
  mode,
  skip,
  bars,
}: RecordedReplay): Promise<readonly Recorded[]> {
  const whole = await findTape(tape, join(import.meta.dirname, '..', '..', 'scenarios'))
  const recorded: Recorded[] = []
  await runMode({
    tape: partOf(whole, skip, bars),
    accounts,
    mode,
    seed: 7,
    model: 'standard',
    sections: {},
    openings: undefined,
    measureCapital: false,
    onBar: () => undefined,
    journal: {
      append: (rows) => {
        for (const { sequenced } of rows) {
          const { envelope, time } = sequenced
          if (envelope.sender !== KEEPER) recorded.push({ time, envelope })
        }
      },
    },
  })
  return recorded
}

function partOf({ header, steps }: Tape, skip: number, bars: number): Tape {
  async function* part() {
    let seen = 0
    for await (const step of steps) {
      seen += 1
      if (seen > skip + bars) return
      if (seen > skip) yield step
    }
  }
  return { header, steps: { [Symbol.asyncIterator]: part } }
}
