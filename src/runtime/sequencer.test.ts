import { expect, test } from 'vitest'
import { timestamp } from '../core/quantity/timestamp.ts'
import { accountId, senderId } from '../core/instrument/identifier.ts'
import type { Envelope } from '../core/clearing/command.ts'
import { genesis } from '../core/clearing/state.ts'
import type { Decided, JournalPort } from './ports.ts'
import { BATCH_LIMIT, createSequencer, KEEPER } from './sequencer.ts'
import { createSweep } from './sweep.ts'
import { watchEveryone } from './watch.ts'

function opening(counter: number, account = `A-${counter}`): Envelope {
  return {
    sender: senderId('venue'),
    role: 'venue',
    counter,
    command: { type: 'openAccount', account: accountId(account) },
  }
}

function sequencerOn(journal: JournalPort, now: () => number = () => 1_000) {
  const clock = { now: () => timestamp(now()) }
  return createSequencer({ state: genesis(), journal, clock, watch: watchEveryone, sweep: createSweep() })
}

function memoryJournal() {
  const batches: (readonly Decided[])[] = []
  return { batches, append: (rows: readonly Decided[]) => void batches.push(rows) }
}

test('a command id repeated inside one batch gets the first answer and is not journaled again', () => {
  const journal = memoryJournal()
  const outcomes = sequencerOn(journal).submit([opening(1), opening(1), opening(2, 'A-1')])
  expect(outcomes.map(({ kind }) => kind)).toEqual(['decided', 'repeated', 'decided'])
  expect(outcomes[1]).toEqual({ kind: 'repeated', answer: { sequence: 1, rejection: undefined } })
  expect(outcomes[2]).toMatchObject({ sequence: 2, decision: { ok: false, rejection: { reason: 'AccountExists' } } })
  expect(journal.batches.flat()).toHaveLength(2)
})

test('a refusal is answered again word for word', () => {
  const sequencer = sequencerOn(memoryJournal())
  sequencer.submit([opening(1)])
  const [first] = sequencer.submit([opening(2, 'A-1')])
  const [again] = sequencer.submit([opening(2, 'A-1')])
  expect(first).toMatchObject({ kind: 'decided' })
  expect(again).toEqual({
    kind: 'repeated',
    answer: { sequence: 2, rejection: { reason: 'AccountExists', account: 'A-1' } },
  })
})

test('an id older than the answers remembered is stale and not tried', () => {
  const journal = memoryJournal()
  const sequencer = sequencerOn(journal)
  sequencer.submit([opening(2_000)])
  const [stale] = sequencer.submit([opening(976)])
  expect(stale).toEqual({ kind: 'stale', oldestRemembered: 977 })
  const [late] = sequencer.submit([opening(977)])
  expect(late).toMatchObject({ kind: 'decided', sequence: 2 })
})

test('a batch larger than the limit is journaled in several transactions, in order', () => {
  const journal = memoryJournal()
  sequencerOn(journal).submit(Array.from({ length: BATCH_LIMIT + 1 }, (_, i) => opening(i + 1)))
  expect(journal.batches.map((rows) => rows.length)).toEqual([BATCH_LIMIT, 1])
  expect(journal.batches.flat().map(({ sequenced }) => sequenced.sequence)).toEqual(
    Array.from({ length: BATCH_LIMIT + 1 }, (_, i) => i + 1),
  )
})

test('time never runs backwards, whatever the clock does', () => {
  const times = [5_000, 3_000, 6_000]
  const journal = memoryJournal()
  const sequencer = sequencerOn(journal, () => times.shift() ?? 0)
  sequencer.submit([opening(1), opening(2), opening(3)])
  expect(journal.batches.flat().map(({ sequenced }) => sequenced.time)).toEqual([5_000, 5_000, 6_000])
})

test('when the journal refuses a batch nobody is told anything, and the sequencer takes nothing more', () => {
  const sequencer = sequencerOn({
    append: () => {
      throw new Error('disk full')
    },
  })
  expect(() => sequencer.submit([opening(1)])).toThrow('disk full')
  expect(() => sequencer.submit([opening(2)])).toThrow(/restart from the journal/)
})

test("nobody sends under the engine's own name: its liquidations cannot be made stale", () => {
  const journal = memoryJournal()
  const sequencer = sequencerOn(journal)
  const [outcome] = sequencer.submit([{ ...opening(9_000_000), sender: KEEPER }])
  expect(outcome).toEqual({ kind: 'reserved' })
  expect(journal.batches).toHaveLength(0)
  expect(sequencer.state.answers.get(KEEPER)).toBeUndefined()
})
