import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readJournal } from '../journal/read-journal.ts'
import { applyJob } from './apply-job.ts'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-call-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const UNIT = 10n ** 18n

/** The worked margin call of the README: every expected number is arithmetic on the commands of the file. */
test('the margin call of the README is liquidated to the numbers worked there', async () => {
  const file = join(PROJECT_ROOT, 'examples', 'margin-call.jsonl')
  const journal = join(folder, 'call.db')
  const applied = await applyJob({ input: createReadStream(file), inputName: file, journal }, async () => undefined)
  expect(applied).toEqual({ accepted: 12, rejected: 0, repeated: 0, stale: 0, reserved: 0 })
  const reader = readJournal(journal)
  const rows = [...reader.rows(12)]
  reader.close()
  expect(rows).toHaveLength(1)
  const { events } = JSON.parse(rows[0]?.decision ?? '{}') as { events: readonly Record<string, unknown>[] }
  const [started, closed, penalty, ended] = events

  // NLV 2 x 1300 + 500 - 2200 = 900; MM 17% x 2600 + 3.2% x 17800 = 442 + 569.6 = 1011.6.
  expect(started).toMatchObject({ netLiquidationValue: '900', maintenanceMargin: '1011.6', extent: 'partial' })

  // 0.387 lots of 0.001: 0.386 would leave less than 10% above MM. Price: the mark less 200 ppm half spread and the impact,
  // 500 ppm x sqrt(6888.60 / 1,000,000) = 41.4989 ppm, rounded up to 42.
  const notional = (387n * UNIT * 17_800n) / 1_000n
  expect(closed).toMatchObject({ bought: '-0.387', notional: '6888.6', price: '17795.6924' })
  expect((17_800n * UNIT * (1_000_000n - 242n)) / 1_000_000n).toBe(177_956_924n * (UNIT / 10_000n))
  expect(notional).toBe(68_886n * (UNIT / 10n))

  // 0.5% of 6888.60 is 34.443 USD: 34.443 / 1300 ETH, rounded down.
  const paid = (34_443n * (UNIT / 1_000n)) / 1_300n
  expect(penalty).toMatchObject({ asset: 'ETH', quantity: `0.0${paid}` })

  // 900 - 0.387 x (17800 - 17795.6924) - penalty; 17% of the ETH left + 3.2% x 0.613 x 17800, rounded up.
  const concession = (387n * 43_076n * UNIT) / 10_000_000n
  const nlv = 900n * UNIT - concession - paid * 1_300n
  const held = 2n * UNIT - paid
  const exact = held * 1_300n * 170_000n + 613n * (UNIT / 1_000n) * 17_800n * 32_000n
  const margin = (exact + 999_999n) / 1_000_000n
  expect(ended).toMatchObject({ netLiquidationValue: decimal(nlv), maintenanceMargin: decimal(margin) })
  expect(nlv * 10n >= margin * 11n).toBe(true)
})

function decimal(atoms: bigint): string {
  const text = atoms.toString().padStart(19, '0')
  return `${text.slice(0, -18)}.${text.slice(-18)}`.replace(/\.?0+$/, '')
}
