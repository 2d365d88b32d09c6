import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { JournalError } from './journal-error.ts'
import type { JournalRow } from './row.ts'
import { JOURNAL_FORMAT } from './sqlite-journal.ts'

/** A journal opened for reading: rows in order, and the snapshots. */
export interface JournalReader {
  readonly path: string
  rows(after: number): IterableIterator<JournalRow>
  readonly count: number
  stateHashes(): ReadonlyMap<number, string>
  /** Latest stored state at or before a sequence. */
  latestSnapshot(): StoredSnapshot | undefined
  close(): void
}

export interface StoredSnapshot {
  readonly sequence: number
  readonly stateHash: string
  readonly state: string
}

/** Opens a journal without changing it. Throws JournalError for a file that is missing or no journal. */
export function readJournal(path: string): JournalReader {
  if (!existsSync(path)) throw new JournalError(path, 0, 'a readable file')
  const database = openReadOnly(path)
  const guarded = <T>(read: () => T): T => reading(path, read)
  const count = guarded(() => Number(database.prepare('SELECT count(*) AS n FROM journal').get()?.['n']))
  return {
    path,
    count,
    rows: function* (after) {
      const rows = guarded(() =>
        database.prepare('SELECT * FROM journal WHERE sequence > ? ORDER BY sequence').iterate(after),
      )
      let last = after
      for (;;) {
        const next = reading(path, () => rows.next(), last + 1)
        if (next.done === true) return
        const row = next.value as unknown as JournalRow
        last = row.sequence
        yield row
      }
    },
    stateHashes: () => {
      const rows = guarded(() => database.prepare('SELECT sequence, state_hash FROM snapshot').all())
      return new Map(rows.map((row) => [Number(row['sequence']), String(row['state_hash'])]))
    },
    latestSnapshot: () => {
      const sql = 'SELECT * FROM snapshot WHERE state IS NOT NULL ORDER BY sequence DESC LIMIT 1'
      const row = guarded(() => database.prepare(sql).get())
      if (row === undefined) return undefined
      return { sequence: Number(row['sequence']), stateHash: String(row['state_hash']), state: String(row['state']) }
    },
    close: () => database.close(),
  }
}

function openReadOnly(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const format = reading(path, () => database.prepare("SELECT value FROM meta WHERE key = 'format'").get()?.['value'])
    if (format !== JOURNAL_FORMAT) throw new JournalError(path, 0, `the format "${JOURNAL_FORMAT}"`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** What SQLite cannot read is a damaged journal, not a bug of ours. */
function reading<T>(path: string, read: () => T, sequence = 0): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof JournalError) throw error
    throw new JournalError(
      path,
      sequence,
      `a readable journal (${error instanceof Error ? error.message : String(error)})`,
      error,
    )
  }
}
