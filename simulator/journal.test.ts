import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyDecision } from '../src/core/clearing/apply.ts'
import { decide } from '../src/core/clearing/decide.ts'
import { genesis } from '../src/core/clearing/state.ts'
import { readJournal } from '../src/journal/read-journal.ts'
import { recoverState, verifyJournal } from '../src/journal/redecide.ts'
import { createJournal } from '../src/journal/sqlite-journal.ts'
import { stateHash } from '../src/journal/state-codec.ts'
import type { Decided } from '../src/runtime/ports.ts'
import { createWorkload } from './workload/generate.ts'

// A seed whose lines are paid; the snapshot is taken while some are granted, three epochs charge, an exchange rate and volatilities
// are known, and a contract is within its settlement window.
const SEED = 34n
const STEPS = 1_500
const SNAPSHOT_AT = 900

test('a journal of everything the workload draws verifies, and is recovered from a snapshot that holds lines and an interrupted ramp', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-workload-'))
  try {
    const path = join(folder, 'journal.db')
    const journal = createJournal(path)
    const state = genesis()
    const workload = createWorkload(SEED)
    let [paid, linesInSnapshot, settling] = [0, 0, 0]
    let interrupted: string | undefined
    let batch: Decided[] = []
    for (let i = 1; i <= STEPS; i += 1) {
      const sequenced = workload.next(state)
      const decision = decide(state, sequenced)
      applyDecision(state, sequenced, decision)
      batch.push({ sequenced, decision })
      if (i % 100 === 0) {
        journal.append(batch)
        batch = []
      }
      if (decision.ok) paid += decision.events.filter(({ type }) => type === 'LinePaid').length
      if (i !== SNAPSHOT_AT) continue
      journal.snapshot(state)
      interrupted = state.risk?.ramp?.from.ramp?.from.epoch.id
      const buckets = [...state.accounts.values()].flatMap((account) => [...account.buckets.values()])
      settling = [...state.markets.values()].filter((market) => market.settling !== undefined).length
      expect([...state.assets.values()].some(({ exchangeRate }) => exchangeRate !== undefined)).toBe(true)
      expect([...state.volatilities.entries()].length).toBeGreaterThan(0)
      linesInSnapshot = buckets.filter(({ line }) => line !== undefined).length
    }
    const endHash = journal.sealHash(state)
    journal.close()
    expect(paid).toBeGreaterThan(0)
    expect(linesInSnapshot).toBeGreaterThan(0)
    expect(settling).toBeGreaterThan(0)
    expect(interrupted).toBeDefined()
    const reader = readJournal(path)
    expect(verifyJournal(reader, { beforeRow: () => undefined })).toMatchObject({ rows: STEPS, stateHash: endHash })
    expect(stateHash(recoverState(reader))).toBe(endHash)
    reader.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
