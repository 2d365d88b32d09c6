import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accountId, marketId } from '../core/instrument/identifier.ts'
import { readJournal } from '../journal/read-journal.ts'
import { recoverState, verifyJournal } from '../journal/redecide.ts'
import { applyJob } from './apply-job.ts'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-option-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const UNIT = 10n ** 18n

/** examples/option.jsonl: alice buys half a call at 20,000 from bob for 1,400 a unit, thirty days before it ends. */
test('an option is priced, bought and exercised, by the engine itself where nobody asks, and the journal says so again', async () => {
  const file = join(PROJECT_ROOT, 'examples', 'option.jsonl')
  const path = join(folder, 'option.db')
  const applied = await applyJob(
    { input: createReadStream(file), inputName: file, journal: path },
    async () => undefined,
  )
  expect(applied).toEqual({ accepted: 14, rejected: 0, repeated: 0, stale: 0, reserved: 0 })
  const reader = readJournal(path)
  const own = [...reader.rows(0)].filter(({ sender }) => sender === 'engine-keeper')
  // After the volatilities, and after each of two reports of prices 5% and 1.4% away; then the end.
  const types = own.map(({ command }) => (JSON.parse(command) as { type: string }).type)
  expect(types).toEqual(['reprice', 'reprice', 'reprice', 'expire'])
  const state = recoverState(reader)
  verifyJournal(reader, { beforeRow: () => undefined })
  reader.close()
  // 21,000 for ten minutes, 21,300 for ten: 21,150. alice paid 700 and gets half of 1,150.
  expect(state.markets.get(marketId('BTC-20000-C'))?.settledAt).toBe(21_150n * UNIT)
  const cash = (name: string) => {
    const bucket = state.accounts.get(accountId(name))?.buckets.get(0)
    return [...(bucket?.balances.values() ?? [])].map(({ principal }) => principal)
  }
  expect(cash('alice')).toEqual([1_875n * UNIT])
  expect(cash('bob')).toEqual([15_125n * UNIT])
})
