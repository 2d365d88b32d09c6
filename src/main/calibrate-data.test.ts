import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { PROJECT_ROOT } from './project.ts'

const prices = join(process.env['PLIMSOLL_DATA'] ?? join(PROJECT_ROOT, '..', 'shared', 'data'), 'prices_daily')
const [WIDE, COINBASE, STABLES] = [
  'binance_spot_daily_close_2021_2025_wide.csv.gz',
  'coinbase_usd_daily_2020_2025.csv.gz',
  'cmc_stables_terra_daily_2018_2025.csv.gz',
].map((name) => join(prices, name)) as [string, string, string]
const reason = 'needs PLIMSOLL_DATA, or ../shared/data beside the project'
const isAbsent = !existsSync(prices)
const MOST_MS = 180_000

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-real-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function plimsoll(...args: readonly string[]) {
  const done = spawnSync(join(PROJECT_ROOT, 'bin', 'plimsoll'), args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  expect([done.status, done.stderr]).toEqual([0, ''])
  return done.stdout
}

function leftOut(asOf: string, ...paths: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const out = plimsoll('calibrate', '--prices', ...paths, '--as-of', asOf, '--out', 'epoch.json', '--json')
  const { hash } = JSON.parse(out).epoch
  expect(JSON.parse(plimsoll('epoch', 'verify', 'epoch.json', '--hash', hash, '--json')).verified).toBe(true)
  return JSON.parse(readFileSync(join(folder, 'epoch.json'), 'utf8')).provenance.leftOut
}

test.skipIf(isAbsent)(
  `a week after their fall LUNA and UST have collapsed, by whatever names (${reason})`,
  () => {
    // LUNA of the wide table has no price after 2022-05-12; the same coin is LUNC, and UST is USTC, in the other.
    expect(leftOut('2022-05-20', STABLES, WIDE)['Collapsed']).toEqual(['LUNA', 'LUNC', 'USTC'])
  },
  MOST_MS,
)

test.skipIf(isAbsent)(
  `a week after the halt of withdrawals FTT has collapsed, and bitcoin has not (${reason})`,
  () => {
    const { Collapsed = [] } = leftOut('2022-11-15', COINBASE, WIDE)
    expect([Collapsed.includes('FTT'), Collapsed.includes('BTC')]).toEqual([true, false])
  },
  MOST_MS,
)

test.skipIf(isAbsent)(
  `two hundred assets and more are judged, FTT is refused and bitcoin is collateral (${reason})`,
  () => {
    const { rows, counts } = JSON.parse(
      plimsoll('listing', '--prices', COINBASE, WIDE, '--as-of', '2022-11-15', '--json'),
    )
    expect(counts.assets).toBeGreaterThanOrEqual(200)
    const row = (name: string) => rows.find(({ asset }: { asset: string }) => asset === name)
    expect(row('FTT')).toMatchObject({ eligible: false, weight: 0 })
    expect(row('FTT').reasons).toContain('Collapsed')
    expect(row('BTC')).toMatchObject({ collateral: true, tier: 'major', sources: 2, reasons: ['NoDepthData'] })
  },
  MOST_MS,
)
