import { timestamp } from '../core/quantity/timestamp.ts'
import { senderId } from '../core/instrument/identifier.ts'
import { applyDecision } from '../core/clearing/apply.ts'
import type { Role, Sequenced } from '../core/clearing/command.ts'
import { decide } from '../core/clearing/decide.ts'
import { genesis, type ReadonlyState, type State } from '../core/clearing/state.ts'
import { decodeCommand } from '../wire/decode.ts'
import { encodeJson } from '../wire/encode.ts'
import { JournalError } from './journal-error.ts'
import type { JournalReader } from './read-journal.ts'
import { CHAIN_START, chainHash, type JournalRow } from './row.ts'
import { decodeState, stateHash } from './state-codec.ts'

/** What a whole journal was found to be. */
export interface Verified {
  readonly rows: number
  readonly stateHashesCompared: number
  readonly chain: string
  readonly stateHash: string
}

/** Watches a verification: sees the state right before each row is decided again. */
export interface VerifyObserver {
  beforeRow(state: ReadonlyState, row: JournalRow): void
}

/**
 * Re-decides every command from the beginning and compares each decision, each chain hash, and the state hash wherever one
 * is stored. Throws JournalError at the first row that differs.
 */
export function verifyJournal(reader: JournalReader, observer: VerifyObserver): Verified {
  const state = genesis()
  const hashes = reader.stateHashes()
  let chain = CHAIN_START
  let compared = 0
  for (const row of reader.rows(0)) {
    observer.beforeRow(state, row)
    chain = redecide(reader.path, state, row, chain)
    const stored = hashes.get(row.sequence)
    if (stored !== undefined) {
      if (stateHash(state) !== stored)
        throw new JournalError(reader.path, row.sequence, 'the state hash stored with it')
      compared += 1
    }
  }
  for (const sequence of hashes.keys()) {
    if (sequence > state.sequence)
      throw new JournalError(reader.path, state.sequence + 1, `rows up to the state hash stored at ${sequence}`)
  }
  return { rows: state.sequence, stateHashesCompared: compared, chain, stateHash: stateHash(state) }
}

/** The state of a journal: its latest snapshot and what came after, re-decided and compared. */
export function recoverState(reader: JournalReader): State {
  const snapshot = reader.latestSnapshot()
  const state = snapshot === undefined ? genesis() : decodeState(snapshot.state)
  if (snapshot !== undefined && stateHash(state) !== snapshot.stateHash)
    throw new JournalError(reader.path, snapshot.sequence, 'a snapshot that has the hash stored with it')
  let chain = snapshot === undefined ? CHAIN_START : chainAt(reader, snapshot.sequence)
  for (const row of reader.rows(state.sequence)) chain = redecide(reader.path, state, row, chain)
  return state
}

/** Applies one row to the state and returns its chain hash. Throws JournalError when anything differs from what is stored. */
function redecide(path: string, state: State, row: JournalRow, before: string): string {
  if (row.sequence !== state.sequence + 1)
    throw new JournalError(path, state.sequence + 1, `this row, found ${row.sequence}`)
  const chain = chainHash(before, row)
  if (chain !== row.chain) throw new JournalError(path, row.sequence, 'the chain hash of the row as it was written')
  const sequenced = sequencedOf(path, row)
  const decision = decide(state, sequenced)
  if (encodeJson(decision) !== row.decision)
    throw new JournalError(path, row.sequence, 'the decision this build comes to')
  applyDecision(state, sequenced, decision)
  return chain
}

function sequencedOf(path: string, row: JournalRow): Sequenced {
  const parsed = decodeCommand(parseJson(path, row))
  if (!parsed.ok) {
    const [problem] = parsed.problems
    throw new JournalError(
      path,
      row.sequence,
      `a command with ${problem?.expected} in ${problem?.path}, found ${problem?.got}`,
    )
  }
  const envelope = {
    sender: senderId(row.sender),
    role: row.role as Role,
    counter: row.counter,
    command: parsed.decoded,
  }
  return { envelope, sequence: row.sequence, time: timestamp(row.time) }
}

function parseJson(path: string, row: JournalRow): unknown {
  try {
    return JSON.parse(row.command)
  } catch (error) {
    throw new JournalError(path, row.sequence, 'a command in JSON', error)
  }
}

function chainAt(reader: JournalReader, sequence: number): string {
  if (sequence === 0) return CHAIN_START
  for (const row of reader.rows(sequence - 1)) return row.chain
  throw new JournalError(reader.path, sequence, 'the row of the latest snapshot')
}
