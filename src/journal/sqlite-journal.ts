import { DatabaseSync } from 'node:sqlite'
import type { ReadonlyState } from '../core/clearing/state.ts'
import type { Decided } from '../runtime/ports.ts'
import { createEncoder } from '../wire/encode.ts'
import { JournalError } from './journal-error.ts'
import { CHAIN_START, type JournalRow, journalRow } from './row.ts'
import { encodeState, stateHash } from './state-codec.ts'

/** First line of every journal: what it is and which form its rows have. */
export const JOURNAL_FORMAT = 'plimsoll journal v1'

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY,
    time     INTEGER NOT NULL,
    sender   TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    counter  INTEGER NOT NULL,
    command  TEXT    NOT NULL,
    decision TEXT    NOT NULL,
    chain    TEXT    NOT NULL
  ) STRICT;
  CREATE TABLE snapshot (
    sequence   INTEGER PRIMARY KEY,
    state_hash TEXT NOT NULL,
    state      TEXT
  ) STRICT;`

/** A journal that is written to. One process at a time: a second one's sequence numbers collide and stop it. */
export interface SqliteJournal {
  readonly path: string
  /** One transaction, one fsync. */
  append(rows: readonly Decided[]): void
  /** Stores the state with its hash, so that a restart need not replay what came before. */
  snapshot(state: ReadonlyState): void
  /** Stores the hash alone: `verify` compares it. Returns it. */
  sealHash(state: ReadonlyState): string
  close(): void
}

/** Starts a journal in a new file. Throws JournalError if the file exists: a journal is never overwritten. */
export function createJournal(path: string): SqliteJournal {
  return writing(path, openForWriting(path, true), { sequence: 0, chain: CHAIN_START })
}

/** Goes on writing an existing journal after its last row. */
export function continueJournal(path: string): SqliteJournal {
  const database = openForWriting(path, false)
  const last = database.prepare('SELECT sequence, chain FROM journal ORDER BY sequence DESC LIMIT 1').get()
  return writing(
    path,
    database,
    last === undefined
      ? { sequence: 0, chain: CHAIN_START }
      : (last as unknown as Pick<JournalRow, 'sequence' | 'chain'>),
  )
}

function writing(
  path: string,
  database: DatabaseSync,
  last: { readonly sequence: number; readonly chain: string },
): SqliteJournal {
  let { chain, sequence } = last
  const encoder = createEncoder()
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const rollback = database.prepare('ROLLBACK')
  const insert = database.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const keep = database.prepare('INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?)')
  const keepHash = database.prepare(
    'INSERT INTO snapshot VALUES (?, ?, NULL) ON CONFLICT (sequence) DO UPDATE SET state_hash = excluded.state_hash',
  )
  return {
    path,
    append: (rows) => {
      let [next, expected] = [chain, sequence + 1]
      begin.run()
      try {
        for (const decided of rows) {
          const row = journalRow(encoder, decided, next)
          if (row.sequence !== expected) throw new JournalError(path, row.sequence, `sequence ${expected}`)
          insert.run(row.sequence, row.time, row.sender, row.role, row.counter, row.command, row.decision, row.chain)
          next = row.chain
          expected += 1
        }
        commit.run()
      } catch (error) {
        if (database.isTransaction) rollback.run()
        throw error
      }
      chain = next
      sequence = expected - 1
    },
    snapshot: (state) => void keep.run(state.sequence, stateHash(state), encodeState(state)),
    sealHash: (state) => {
      const hash = stateHash(state)
      keepHash.run(state.sequence, hash)
      return hash
    },
    close: () => database.close(),
  }
}

function openForWriting(path: string, isNew: boolean): DatabaseSync {
  const database = opened(path)
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
    const tables = database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'journal'").get()
    const exists = tables?.['n'] === 1
    if (isNew && exists) throw new JournalError(path, 0, 'a new file: a journal is never overwritten')
    if (!isNew && !exists) throw new JournalError(path, 0, 'a journal')
    if (isNew) {
      database.exec(SCHEMA)
      database.prepare('INSERT INTO meta VALUES (?, ?)').run('format', JOURNAL_FORMAT)
    }
    return database
  } catch (error) {
    database.close()
    if (error instanceof JournalError) throw error
    throw new JournalError(
      path,
      0,
      `a journal or no file (${error instanceof Error ? error.message : String(error)})`,
      error,
    )
  }
}

function opened(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path)
  } catch (error) {
    throw new JournalError(path, 0, 'a file in a folder that exists and may be written to', error)
  }
}
