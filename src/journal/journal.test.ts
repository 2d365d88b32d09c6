import { epochHash } from './epoch-hash.ts'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { timestamp } from '../core/quantity/timestamp.ts'
import { accountId, senderId } from '../core/instrument/identifier.ts'
import { applyDecision } from '../core/clearing/apply.ts'
import type { Envelope } from '../core/clearing/command.ts'
import { decide } from '../core/clearing/decide.ts'
import { genesis, type State } from '../core/clearing/state.ts'
import { emptyDesk } from '../../simulator/workload/desk.ts'
import { standardEpoch } from '../../simulator/workload/world.ts'
import type { Decided } from '../runtime/ports.ts'
import { JournalError } from './journal-error.ts'
import { readJournal } from './read-journal.ts'
import { recoverState, verifyJournal } from './redecide.ts'
import { CHAIN_START, chainHash, type JournalRow } from './row.ts'
import { continueJournal, createJournal } from './sqlite-journal.ts'
import { decodeState, encodeState, stateHash } from './state-codec.ts'

const ROWS = 300
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-journal-'))
const sound = join(folder, 'sound.db')
let endHash = ''

/** Opening account after account, every third twice: accepted and refused rows in turn. */
function opening(i: number): Envelope {
  const account = accountId(`A-${i % 3 === 0 ? i - 1 : i}`)
  return { sender: senderId('venue'), role: 'venue', counter: i, command: { type: 'openAccount', account } }
}

function decided(state: State, i: number): Decided {
  const sequenced = { envelope: opening(i), sequence: i, time: timestamp(i * 1_000) }
  const decision = decide(state, sequenced)
  applyDecision(state, sequenced, decision)
  return { sequenced, decision }
}

beforeAll(() => {
  const state = genesis()
  const journal = createJournal(sound)
  for (let i = 1; i <= ROWS; i += 1) {
    journal.append([decided(state, i)])
    if (i === 100) journal.snapshot(state)
  }
  endHash = journal.sealHash(state)
  journal.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function verify(path: string) {
  const reader = readJournal(path)
  try {
    return verifyJournal(reader, { beforeRow: () => undefined })
  } finally {
    reader.close()
  }
}

function copyOf(name: string): string {
  const path = join(folder, `${name}.db`)
  copyFileSync(sound, path)
  return path
}

function brokenAt(path: string): number {
  try {
    verify(path)
  } catch (error) {
    if (error instanceof JournalError) return error.sequence
    throw error
  }
  return -1
}

test('a sound journal verifies: every row, both stored hashes, the final state', () => {
  expect(verify(sound)).toMatchObject({ rows: ROWS, stateHashesCompared: 2, stateHash: endHash })
})

test('a journal is recovered from its snapshot to the same state as from its first row', () => {
  const reader = readJournal(sound)
  expect(reader.latestSnapshot()?.sequence).toBe(100)
  expect(stateHash(recoverState(reader))).toBe(endHash)
  reader.close()
})

test('INV-JOURNAL-3: any state survives its canonical text, whatever order its tables grew in', () => {
  const state = genesis()
  for (let i = 1; i <= 50; i += 1) decided(state, i)
  const restored = decodeState(encodeState(state))
  expect(stateHash(restored)).toBe(stateHash(state))
  const reversed = { ...state, accounts: new Map([...state.accounts.entries()].reverse()) }
  expect(encodeState(reversed)).toBe(encodeState(state))
})

test('INV-JOURNAL-3: so does one in which an emergency has cut in on a ramp', () => {
  const desk = emptyDesk()
  desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('first') })
  desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('second') })
  desk.pass(3_600_000)
  desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('third'), ramp: { emergency: true } })
  const restored = decodeState(encodeState(desk.state))
  expect(encodeState(restored)).toBe(encodeState(desk.state))
  expect(restored.risk).toEqual(desk.state.risk)
  expect(restored.risk?.ramp?.from.ramp?.from.epoch.id).toBe('first')
})

test('INV-JOURNAL-3: provenance goes through command, event and snapshot untouched, and without it nothing is another', () => {
  const provenance = {
    asOf: '2022-05-20',
    fit: { rms: 0.05, pairs: [['BTC', 'ETH', -0.1]] },
    notes: ['#1', '~2', null, true],
  }
  const desk = emptyDesk()
  const [event] = desk.accept({ type: 'adoptEpoch', epoch: { ...standardEpoch('told'), provenance } })
  expect(event).toMatchObject({ epoch: { provenance } })
  expect(decodeState(encodeState(desk.state)).risk?.epoch.provenance).toEqual(provenance)
  expect(epochHash({ ...standardEpoch('told'), provenance })).not.toBe(epochHash(standardEpoch('told')))
  desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('silent') })
  expect(decodeState(encodeState(desk.state)).risk?.epoch).not.toHaveProperty('provenance')
})

const alterations: [name: string, sql: string, at: number][] = [
  ['a command is altered', "UPDATE journal SET command = replace(command, 'A-200', 'A-201') WHERE sequence = 200", 200],
  ['a decision is altered', `UPDATE journal SET decision = '{"ok":true,"events":[]}' WHERE sequence = 7`, 7],
  ['a time is altered', 'UPDATE journal SET time = time + 1 WHERE sequence = 42', 42],
  ['a sender is altered', "UPDATE journal SET sender = 'nobody' WHERE sequence = 43", 43],
  ['a role is altered', "UPDATE journal SET role = 'risk' WHERE sequence = 44", 44],
  ['a counter is altered', 'UPDATE journal SET counter = 9999 WHERE sequence = 45', 45],
  [
    'a chain hash is altered',
    "UPDATE journal SET chain = replace(chain, substr(chain, 1, 4), '0000') WHERE sequence = 46",
    46,
  ],
  ['a row is missing', 'DELETE FROM journal WHERE sequence = 150', 150],
  ['the last rows are missing', 'DELETE FROM journal WHERE sequence > 290', 291],
  ['a stored state hash is altered', "UPDATE snapshot SET state_hash = 'beef' WHERE sequence = 100", 100],
]
test.each(alterations)('when %s, verification stops there', (name, sql, at) => {
  const path = copyOf(name.replaceAll(' ', '-'))
  const database = new DatabaseSync(path)
  expect(database.prepare(sql).run().changes).toBeGreaterThan(0)
  database.close()
  expect(brokenAt(path)).toBe(at)
})

test('a forged decision is found though the whole chain was made to fit it', () => {
  const path = copyOf('forged')
  const database = new DatabaseSync(path)
  database.exec(`UPDATE journal SET decision = '{"ok":true,"events":[]}' WHERE sequence = 7`)
  database.exec('DELETE FROM snapshot')
  let chain = CHAIN_START
  const rows = database.prepare('SELECT * FROM journal ORDER BY sequence').all() as unknown as JournalRow[]
  const fit = database.prepare('UPDATE journal SET chain = ? WHERE sequence = ?')
  for (const row of rows) {
    chain = chainHash(chain, row)
    fit.run(chain, row.sequence)
  }
  database.close()
  expect(brokenAt(path)).toBe(7)
})

test('a chain hash depends on every row before', () => {
  const reader = readJournal(sound)
  const [first, second] = [...reader.rows(0)]
  reader.close()
  if (first === undefined || second === undefined) throw new RangeError('two rows are needed')
  expect(chainHash(first.chain, second)).toBe(second.chain)
  expect(chainHash(CHAIN_START, second)).not.toBe(second.chain)
})

test('a snapshot altered beside its hash is refused on recovery', () => {
  const path = copyOf('altered-snapshot')
  const database = new DatabaseSync(path)
  database.exec("UPDATE snapshot SET state = replace(state, 'A-50', 'A-5x') WHERE sequence = 100")
  database.close()
  const reader = readJournal(path)
  expect(() => recoverState(reader)).toThrow(/a snapshot that has the hash stored with it/)
  reader.close()
})

test('a truncated journal is reported, not repaired', () => {
  const size = statSync(sound).size
  for (const part of [0.95, 0.7, 0.4, 0.1]) {
    const path = copyOf(`truncated-${part}`)
    truncateSync(path, Math.floor(size * part))
    const before = readFileSync(path)
    expect(() => verify(path)).toThrow(JournalError)
    expect(readFileSync(path).equals(before)).toBe(true)
  }
})

test('INV-JOURNAL-4: a flipped bit is found, or changes nothing that is read', () => {
  const bytes = readFileSync(sound)
  const outcome = { found: 0, harmless: 0 }
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
      const path = join(folder, 'flipped.db')
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
      writeFileSync(path, flipped)
      try {
        expect(verify(path)).toMatchObject({ rows: ROWS, stateHash: endHash })
        outcome.harmless += 1
      } catch (error) {
        if (!(error instanceof JournalError)) throw error
        outcome.found += 1
      }
    }),
    { numRuns: 150, seed: 20221108 },
  )
  expect(outcome.found).toBeGreaterThan(50)
})

test('a journal is never overwritten', () => {
  expect(() => createJournal(sound)).toThrow(/never overwritten/)
})

test('a file that is no journal is refused with what was expected', () => {
  const path = join(folder, 'text.db')
  writeFileSync(path, 'not a database, but long enough to be looked at as one'.repeat(20))
  expect(() => readJournal(path)).toThrow(JournalError)
  expect(() => readJournal(join(folder, 'missing.db'))).toThrow(/expected a readable file/)
})

test('writing goes on after the last row, and a row out of order is refused', () => {
  const path = copyOf('continued')
  const state = (() => {
    const reader = readJournal(path)
    const recovered = recoverState(reader)
    reader.close()
    return recovered
  })()
  const journal = continueJournal(path)
  const next = decided(state, ROWS + 1)
  journal.append([next])
  expect(() => journal.append([next])).toThrow(JournalError)
  journal.close()
  expect(verify(path).rows).toBe(ROWS + 1)
})
