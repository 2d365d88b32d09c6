import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { type Timestamp, timestamp } from '../core/quantity/timestamp.ts'
import type { Envelope } from '../core/clearing/command.ts'
import { genesis } from '../core/clearing/state.ts'
import { readJournal } from '../journal/read-journal.ts'
import { recoverState } from '../journal/redecide.ts'
import { continueJournal, createJournal, type SqliteJournal } from '../journal/sqlite-journal.ts'
import { BATCH_LIMIT, createSequencer, KEEPER, type Outcome, type Sequencer } from '../runtime/sequencer.ts'
import { createSweep } from '../runtime/sweep.ts'
import { watchEveryone } from '../runtime/watch.ts'
import { decodeEnvelope, type FiledEnvelope } from '../wire/decode.ts'
import { encodeJson } from '../wire/encode.ts'
import { CommandLineError, commandLines, type NumberedLine } from '../wire/command-lines.ts'

export interface ApplyRequest {
  readonly input: Readable
  /** What the input is called in errors. */
  readonly inputName: string
  readonly journal: string
}

/** Takes lines of JSON; the next batch waits for it, so that a slow reader slows the writer and memory stays flat. */
export type OnAnswers = (lines: string) => Promise<void>

/** Counts of what became of the commands. */
export interface Applied {
  readonly accepted: number
  readonly rejected: number
  readonly repeated: number
  readonly stale: number
  readonly reserved: number
}

/**
 * Sends commands, one JSON object a line, through a clearinghouse in front of a journal: a new one, or one that is recovered
 * and continued. A line may say its own `time`, as recordings do; else the machine's clock counts. `onAnswers` gets the
 * answers of a batch, a line of JSON each, once they are on disk. Throws CommandLineError at the first line that is no command; what came before it is
 * done and answered.
 */
export async function applyJob(request: ApplyRequest, onAnswers: OnAnswers): Promise<Applied> {
  const { input, inputName, journal: path } = request
  const clearinghouse = openClearinghouse(path)
  const { sequencer, journal } = clearinghouse
  const counts = { accepted: 0, rejected: 0, repeated: 0, stale: 0, reserved: 0 }
  const answered = (outcome: Outcome): string => {
    counts[outcome.kind === 'decided' ? (outcome.decision.ok ? 'accepted' : 'rejected') : outcome.kind] += 1
    return `${encodeJson(answerOf(outcome))}\n`
  }
  let latest: Timestamp | undefined
  try {
    for await (const lines of commandLines(input, inputName)) {
      for (const batch of batches(lines, inputName, latest)) {
        latest = batch.time ?? latest
        clearinghouse.setTime(batch.time)
        await onAnswers(sequencer.submit(batch.envelopes).map(answered).join(''))
        if (batch.problem !== undefined) throw batch.problem
      }
    }
    journal.snapshot(sequencer.state)
    return counts
  } finally {
    journal.close()
  }
}

interface Batch {
  readonly time: Timestamp | undefined
  readonly envelopes: readonly Envelope[]
  /** What is wrong with the line after the batch: the batch is taken, then nothing more. */
  readonly problem: CommandLineError | undefined
}

/** Lines that are waiting, in batches of one time each, at most as many as the journal takes at once. */
function* batches(lines: readonly NumberedLine[], file: string, latest: Timestamp | undefined): Generator<Batch> {
  let waiting: Envelope[] = []
  let time: Timestamp | undefined
  for (const line of lines) {
    const next = readLine(file, line)
    const problem = next instanceof CommandLineError ? next : backwards(file, line, next.time, time ?? latest)
    if (next instanceof CommandLineError || problem !== undefined) return yield { time, envelopes: waiting, problem }
    const { time: ownTime, ...envelope } = next
    if (waiting.length >= BATCH_LIMIT || (waiting.length > 0 && ownTime !== time)) {
      yield { time, envelopes: waiting, problem: undefined }
      waiting = []
    }
    time = ownTime
    waiting.push(envelope)
  }
  yield { time, envelopes: waiting, problem: undefined }
}

function backwards(
  file: string,
  { number }: NumberedLine,
  time: Timestamp | undefined,
  before: Timestamp | undefined,
): CommandLineError | undefined {
  if (time === undefined || before === undefined || time >= before) return undefined
  return new CommandLineError(file, number, [
    { path: '$.time', expected: `${before} or later: time never runs backwards`, got: String(time) },
  ])
}

interface Clearinghouse {
  readonly sequencer: Sequencer
  readonly journal: SqliteJournal
  /** Sets the time the next commands are stamped with; undefined: the machine's clock. */
  readonly setTime: (time: Timestamp | undefined) => void
}

function openClearinghouse(path: string): Clearinghouse {
  const isNew = !existsSync(path)
  const state = isNew ? genesis() : recovered(path)
  const journal = isNew ? createJournal(path) : continueJournal(path)
  let filed: Timestamp | undefined
  const clock = { now: () => filed ?? timestamp(Date.now()) }
  const sequencer = createSequencer({ state, journal, clock, watch: watchEveryone, sweep: createSweep() })
  const setTime = (time: Timestamp | undefined) => {
    filed = time
  }
  return { sequencer, journal, setTime }
}

function recovered(path: string) {
  const reader = readJournal(path)
  try {
    return recoverState(reader)
  } finally {
    reader.close()
  }
}

function readLine(file: string, { number, text }: NumberedLine): FiledEnvelope | CommandLineError {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error)
    return new CommandLineError(file, number, [{ path: '$', expected: 'one JSON object a line', got }])
  }
  const decoded = decodeEnvelope(json)
  return decoded.ok ? decoded.decoded : new CommandLineError(file, number, decoded.problems)
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
    case 'reserved':
      return { ok: false, rejection: { reason: 'ReservedSender', sender: KEEPER } }
    default:
      return outcome satisfies never
  }
}
