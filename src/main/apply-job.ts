import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { timestamp } from '../core/quantity/timestamp.ts'
import type { Envelope } from '../core/clearing/command.ts'
import { genesis } from '../core/clearing/state.ts'
import { readJournal } from '../journal/read-journal.ts'
import { recoverState } from '../journal/redecide.ts'
import { continueJournal, createJournal, type SqliteJournal } from '../journal/sqlite-journal.ts'
import { BATCH_LIMIT, createSequencer, type Outcome, type Sequencer } from '../runtime/sequencer.ts'
import { createSweep } from '../runtime/sweep.ts'
import { watchEveryone } from '../runtime/watch.ts'
import { decodeEnvelope } from '../wire/decode.ts'
import { encodeJson } from '../wire/encode.ts'
import { CommandLineError, commandLines } from '../wire/command-lines.ts'

export interface ApplyRequest {
  readonly input: Readable
  /** What the input is called in errors. */
  readonly inputName: string
  readonly journal: string
}

/** Counts of what became of the commands. */
export interface Applied {
  readonly accepted: number
  readonly rejected: number
  readonly repeated: number
  readonly stale: number
}

/**
 * Sends commands, one JSON object a line, through a clearinghouse in front of a journal: a new one, or one that is recovered
 * and continued. `onAnswer` gets each answer as a line of JSON once it is on disk. Throws CommandLineError at the first line
 * that is no command; what came before it is done and answered.
 */
export async function applyJob(
  { input, inputName, journal: path }: ApplyRequest,
  onAnswer: (line: string) => void,
): Promise<Applied> {
  const { sequencer, journal } = openClearinghouse(path)
  const counts = { accepted: 0, rejected: 0, repeated: 0, stale: 0 }
  try {
    let batch: Envelope[] = []
    const flush = () => {
      for (const outcome of sequencer.submit(batch)) {
        counts[outcome.kind === 'decided' ? (outcome.decision.ok ? 'accepted' : 'rejected') : outcome.kind] += 1
        onAnswer(encodeJson(answerOf(outcome)))
      }
      batch = []
    }
    try {
      for await (const { lines } of commandLines(input, inputName)) {
        for (const { number, text } of lines) {
          batch.push(envelopeOf(inputName, number, text))
          if (batch.length >= BATCH_LIMIT) flush()
        }
        flush()
      }
    } finally {
      flush()
    }
    journal.snapshot(sequencer.state)
    return counts
  } finally {
    journal.close()
  }
}

function openClearinghouse(path: string): { readonly sequencer: Sequencer; readonly journal: SqliteJournal } {
  const isNew = !existsSync(path)
  const state = isNew ? genesis() : recovered(path)
  const journal = isNew ? createJournal(path) : continueJournal(path)
  const clock = { now: () => timestamp(Date.now()) }
  return { sequencer: createSequencer({ state, journal, clock, watch: watchEveryone, sweep: createSweep() }), journal }
}

function recovered(path: string) {
  const reader = readJournal(path)
  try {
    return recoverState(reader)
  } finally {
    reader.close()
  }
}

function envelopeOf(file: string, line: number, text: string): Envelope {
  const decoded = decodeEnvelope(parsed(file, line, text))
  if (decoded.ok) return decoded.decoded
  throw new CommandLineError(file, line, decoded.problems)
}

function parsed(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error)
    throw new CommandLineError(file, line, [{ path: '$', expected: 'one JSON object a line', got }])
  }
}

function answerOf(outcome: Outcome): object {
  switch (outcome.kind) {
    case 'decided':
      return { sequence: outcome.sequence, ...outcome.decision }
    case 'repeated': {
      const { sequence, rejection } = outcome.answer
      return { sequence, ok: rejection === undefined, repeated: true, rejection }
    }
    case 'stale':
      return { ok: false, rejection: { reason: 'StaleCommand', oldestRemembered: outcome.oldestRemembered } }
    default:
      return outcome satisfies never
  }
}
