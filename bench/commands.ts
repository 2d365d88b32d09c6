import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Envelope } from '../src/core/clearing/command.ts'
import { createJournal } from '../src/journal/sqlite-journal.ts'
import type { JournalRow } from '../src/journal/row.ts'
import type { Decided } from '../src/runtime/ports.ts'
import { watchNobody } from '../src/runtime/watch.ts'
import { engineOn, noJournal } from './engine.ts'
import { BALANCES_EACH, BENCH_ACCOUNTS, benchWorld, POSITIONS_EACH } from './world.ts'

const COMMANDS = 20_000
/** A durable commit each: fewer are enough. */
const COMMANDS_ONE_BY_ONE = 4_000
const ROUNDS = 3

/** Commands per second of the named mix: in memory, journaled, and a bare SQLite loop that writes the same bytes, in one run. */
export async function measureCommands(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'))
  try {
    const rounds = Array.from({ length: ROUNDS }, (_, i) => oneRound(join(folder, String(i))))
    const median = (pick: (round: Round) => number): number =>
      rounds.map(pick).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0
    const memory = median(({ inMemory }) => inMemory)
    return [
      `Commands/s, ${BENCH_ACCOUNTS.toLocaleString('en')} accounts with ${BALANCES_EACH} balances and ${POSITIONS_EACH} positions, no sweep; medians of ${ROUNDS}`,
      '| batch | commands/s | of in memory | bare SQLite loop, same bytes | ours / bare |',
      '| --- | ---: | ---: | ---: | ---: |',
      `| in memory | ${rate(memory)} | 100% | | |`,
      ...BATCHES.map((batch) => {
        const journaled = median(({ byBatch }) => byBatch.get(batch)?.journaled ?? 0)
        const bare = median(({ byBatch }) => byBatch.get(batch)?.bare ?? 0)
        const ratio = median(({ byBatch }) => (byBatch.get(batch)?.journaled ?? 0) / (byBatch.get(batch)?.bare ?? 1))
        return `| ${batch} | ${rate(journaled)} | ${((100 * journaled) / memory).toFixed(0)}% | ${rate(bare)} | ${ratio.toFixed(2)} |`
      }),
      `Bytes per account in memory: ${bytesPerAccount()}`,
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const BATCHES = [1, 100, 1_000] as const

interface Round {
  readonly inMemory: number
  readonly byBatch: ReadonlyMap<number, { readonly journaled: number; readonly bare: number }>
}

function oneRound(path: string): Round {
  const byBatch = new Map<number, { journaled: number; bare: number }>()
  for (const batch of BATCHES) {
    const count = batch === 1 ? COMMANDS_ONE_BY_ONE : COMMANDS
    const { journaled, rows } = journaledRun(`${path}-${batch}.db`, count, batch)
    byBatch.set(batch, { journaled, bare: count / bareLoop(`${path}-${batch}-bare.db`, rows, batch) })
  }
  return { inMemory: COMMANDS / inMemoryRun(), byBatch }
}

function inMemoryRun(): number {
  const world = benchWorld(BENCH_ACCOUNTS)
  const engine = engineOn(noJournal, watchNobody)
  engine.run(world.setup, 256)
  return engine.run(world.mix(COMMANDS), 256)
}

/** The accounts are opened in memory; the journal sees the measured commands only, as a continued one would. */
function journaledRun(path: string, count: number, batch: number) {
  const world = benchWorld(BENCH_ACCOUNTS)
  const rows: JournalRow[] = []
  let write: (decided: readonly Decided[]) => void = () => undefined
  const engine = engineOn({ append: (decided) => write(decided) }, watchNobody)
  engine.run(world.setup, 256)
  const commands: readonly Envelope[] = world.mix(count)
  const journal = createJournal(path)
  const offset = engine.state.sequence
  write = (decided) => {
    const shifted = decided.map(({ sequenced, decision }) => ({
      sequenced: { ...sequenced, sequence: sequenced.sequence - offset },
      decision,
    }))
    journal.append(shifted)
  }
  const seconds = engine.run(commands, batch)
  journal.close()
  const database = new DatabaseSync(path, { readOnly: true })
  for (const row of database.prepare('SELECT * FROM journal ORDER BY sequence').iterate())
    rows.push(row as unknown as JournalRow)
  database.close()
  return { journaled: count / seconds, rows }
}

/** What SQLite alone takes for the same rows in the same transactions. */
function bareLoop(path: string, rows: readonly JournalRow[], batch: number): number {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
  database.exec(
    'CREATE TABLE journal (sequence INTEGER PRIMARY KEY, time INTEGER, sender TEXT, role TEXT, counter INTEGER, command TEXT, decision TEXT, chain TEXT) STRICT',
  )
  const insert = database.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const limit = Math.min(batch, 256)
  const started = performance.now()
  for (let from = 0; from < rows.length; from += limit) {
    database.exec('BEGIN IMMEDIATE')
    for (const row of rows.slice(from, from + limit))
      insert.run(row.sequence, row.time, row.sender, row.role, row.counter, row.command, row.decision, row.chain)
    database.exec('COMMIT')
  }
  const seconds = (performance.now() - started) / 1_000
  database.close()
  return seconds
}

function bytesPerAccount(): string {
  if (globalThis.gc === undefined) return 'run node with --expose-gc'
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  const engine = engineOn(noJournal, watchNobody)
  engine.run(benchWorld(BENCH_ACCOUNTS).setup, 256)
  globalThis.gc()
  const bytes = (process.memoryUsage().heapUsed - before) / BENCH_ACCOUNTS
  return `${rate(bytes)} (${engine.state.sequence} commands ago it was empty)`
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en')
}
