import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cellsOf } from '../report/terminal/cells.ts'
import { madeUpTables, SEVEN_COINS } from './made-up-prices.test-data.ts'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-listing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function plimsoll(...args: readonly string[]) {
  const done = spawnSync(join(PROJECT_ROOT, 'bin', 'plimsoll'), args, { cwd: folder, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, error: done.stderr }
}

const AS_OF = '2023-02-14'
const tables = madeUpTables(SEVEN_COINS, { start: '2022-01-01', days: 430, seed: 11 })

beforeAll(() => {
  for (const name of ['one', 'two', 'three']) {
    mkdirSync(join(folder, name))
    for (const [file, text] of Object.entries(tables)) {
      // The second and third source have no XYZ, and no volumes.
      if (name !== 'one' && file.startsWith('XYZ')) continue
      const rows = name === 'one' ? text : text.replaceAll(/,[^,\n]*$/gm, '')
      writeFileSync(join(folder, name, file), rows)
    }
  }
})

function listed(...paths: readonly string[]) {
  const { code, out, error } = plimsoll('listing', '--prices', ...paths, '--as-of', AS_OF, '--json')
  expect([code, error]).toEqual([0, ''])
  return JSON.parse(out)
}

describe('rows', () => {
  const report = () => listed('one', 'two')
  test('collateral with a weight and a cap, refusals with their reasons', () => {
    const { rows, counts } = report()
    expect(rows.map(({ asset }: { asset: string }) => asset)).toEqual([
      'BTC',
      'DOGE',
      'ETH',
      'SOL',
      'FALL',
      'GONE',
      'XYZ',
    ])
    expect(counts).toEqual({ assets: 7, eligible: 4, collateral: 4 })
    const [btc] = rows
    expect(btc).toMatchObject({ collateral: true, tier: 'major', days: 410, sources: 2, reasons: ['NoDepthData'] })
    // A major is held up to a day of its volume, 5 billion.
    expect(Number(btc.capUsd)).toBeCloseTo(5e9, -3)
    expect(btc.weight).toBeCloseTo(1 - btc.riskWeight, 12)
    expect([btc.weight > 0.8, btc.weight < 0.95]).toEqual([true, true])
    expect(rows.at(-1)).toMatchObject({
      asset: 'XYZ',
      eligible: false,
      sources: 1,
      weight: 0,
      reasons: ['OneSource', 'NoDepthData'],
    })
    expect(rows.find(({ asset }: { asset: string }) => asset === 'FALL').reasons).toEqual(['Collapsed', 'NoDepthData'])
    expect(rows.find(({ asset }: { asset: string }) => asset === 'GONE').reasons).toEqual([
      'TooFewPrices',
      'NoVolumeData',
      'ShortHistory',
      'NoDepthData',
    ])
  })

  test('where nobody tells a volume there is no cap, and no collateral', () => {
    const { rows, counts } = listed('two', 'three')
    expect(counts).toMatchObject({ eligible: 4, collateral: 0 })
    expect(rows[0]).toMatchObject({ asset: 'BTC', eligible: true, collateral: false, capUsd: null })
    expect(rows[0].reasons).toEqual(['NoVolumeData', 'NoDepthData'])
  })

  test('a volume counts whichever file tells it', () => {
    expect(listed('two', 'one').counts).toMatchObject({ eligible: 4, collateral: 4 })
  })

  test('the same rows whatever comes after the day', () => {
    const cut = Object.entries(tables).map(([name, text]) => [name, text.split('\n').slice(0, 411).join('\n')] as const)
    mkdirSync(join(folder, 'cut'))
    for (const [name, text] of cut) writeFileSync(join(folder, 'cut', name), text)
    expect(listed('cut').rows).toEqual(listed('one').rows)
  })
})

test('the table has a row for each in 80 columns, counts by reason, and the command to repeat', () => {
  const { code, out } = plimsoll('listing', '--prices', 'one', 'two', '--as-of', AS_OF)
  expect(code).toBe(0)
  expect(out).toMatch(/JUDGED {3}4 of 7 assets may be listed, 4 of them as collateral/)
  expect(out).toMatch(
    /COLLATERAL +days +files +weight +cap, USD +because\n {2}BTC +major +410 +2 +\d\d\.\d % +\d\.\d\d bn\n/,
  )
  expect(out).toMatch(/REFUSED(.*\n)+ {2}FALL +other +410 +2 +— +\d\.\d\d m +Collapsed\n/)
  expect(out).toMatch(/NoDepthData +7 +its offset rests on history alone, all of them/)
  expect(out.replace(/\s+/g, ' ')).toContain(`plimsoll listing --prices one two --as-of ${AS_OF}`)
  for (const line of out.split('\n')) expect(cellsOf(line)).toBeLessThanOrEqual(80)
  expect(plimsoll('listing', '--prices', 'one', '--as-of', AS_OF, '--ascii').out).toMatch(/^[\x20-\x7e\n]*$/)
})

test('without a day it is the last on which most have a price', () => {
  mkdirSync(join(folder, 'late'))
  for (const [name, text] of Object.entries(tables)) {
    const isLong = name.startsWith('BTC')
    writeFileSync(join(folder, 'late', name), isLong ? text : text.split('\n').slice(0, 301).join('\n'))
  }
  const { out } = plimsoll('listing', '--prices', 'late', '--json')
  // Row 300 is day 299: 2022-10-27.
  expect(JSON.parse(out).asOf).toBe('2022-10-27')
})

const refused: [args: readonly string[], says: RegExp][] = [
  [[], /^error MissingOption: --prices\n/],
  [['--prices', 'one', '--as-of', 'soon'], /^error WrongFormat: --as-of\n(.*\n)+ {2}got {7}"soon"/],
  [['--prices', 'one', '--as-of', '2024-01-01'], /^error NoPricesThen: .*\n.*from 2022-01-01 to 2023-03-06\n/],
  [['--prices', 'one', '--as-of', '2021-01-01'], /^error NoPricesThen: .*\n.*from 2022-01-01 to 2023-03-06\n/],
  [['--prices', 'nowhere'], /^error FileNotFound: nowhere\n/],
]
test.each(refused)('listing %j is refused', (args, says) => {
  const { code, error, out } = plimsoll('listing', ...args)
  expect([code, out]).toEqual([2, ''])
  expect(error).toMatch(says)
})
