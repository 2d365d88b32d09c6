import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cellsOf } from '../report/terminal/cells.ts'
import { encodeJson } from '../wire/encode.ts'
import { madeUpTables, SEVEN_COINS } from './made-up-prices.test-data.ts'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-calibrate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** 430 days from here: the last close is that of 2023-03-06. */
const START = '2022-01-01'
const LAST = '2023-03-06'
/** Day 410. */
const AS_OF = '2023-02-14'

function plimsoll(...args: readonly string[]) {
  const done = spawnSync(join(PROJECT_ROOT, 'bin', 'plimsoll'), args, { cwd: folder, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, error: done.stderr }
}

function write(name: string, tables: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, name))
  for (const [file, text] of Object.entries(tables)) writeFileSync(join(folder, name, file), text)
}

function calibrate(out: string, ...more: readonly string[]) {
  return plimsoll('calibrate', '--prices', 'prices', '--as-of', AS_OF, '--out', out, ...more)
}

function read(name: string) {
  return readFileSync(join(folder, name), 'utf8')
}

const tables = madeUpTables(SEVEN_COINS, { start: START, days: 430, seed: 11 })
beforeAll(() => {
  write('prices', tables)
  calibrate('epoch.json')
})

test('--help says what it takes', () => {
  const { code, out } = plimsoll('calibrate', '--help')
  expect([code, /--prices <path\.\.\.>/.test(out), /--as-of <date>/.test(out), /--mpor <mpor>/.test(out)]).toEqual([
    0,
    true,
    true,
    true,
  ])
})

describe('the epoch that is written', () => {
  test('verifies by the hash that is told, and is its own canonical text', () => {
    const { out } = calibrate('same.json', '--json')
    const { hash } = JSON.parse(out).epoch
    expect(hash).toBe(`sha256:${createHash('sha256').update(read('same.json')).digest('hex')}`)
    const verified = plimsoll('epoch', 'verify', 'same.json', '--hash', hash, '--json')
    expect(verified.code).toBe(0)
    expect(JSON.parse(verified.out)).toMatchObject({ verified: true, canonicalText: true, id: `calibrated-${AS_OF}` })
  })

  test('is the same to the byte a second time, and wherever the files lie', () => {
    write('elsewhere', tables)
    plimsoll('calibrate', '--prices', 'elsewhere', '--as-of', AS_OF, '--out', 'again.json')
    expect(read('again.json')).toBe(read('epoch.json'))
  })

  test('has the measured coins, and leaves out what collapsed or is no longer priced', () => {
    const { sections, provenance } = JSON.parse(read('epoch.json'))
    expect(Object.keys(sections['plimsoll-1'].assets)).toEqual(['BTC', 'DOGE', 'ETH', 'SOL', 'XYZ'])
    expect(Object.keys(sections.standard.assets)).toEqual(['BTC', 'DOGE', 'ETH', 'SOL', 'XYZ'])
    expect(provenance.leftOut).toEqual({ Collapsed: ['FALL'], NoLongerPriced: ['GONE'] })
    expect(provenance).toMatchObject({ asOf: AS_OF, mpor: '1d', prices: { to: '2023-02-15T00:00:00.000Z', series: 7 } })
    expect(provenance.prices.files).toEqual(Object.keys(tables).sort())
    // The first close is that of the second midnight: 410 days of prices are 409 returns.
    expect(provenance.historyDays).toMatchObject({ BTC: 409, XYZ: 409 })
    expect(provenance.fit.pairs).toBe(10)
  })

  test('the drawn market can be found in it: the calm weigh less, and coins of a market load alike', () => {
    const { factors } = JSON.parse(read('epoch.json')).sections['plimsoll-1']
    const weights = ['BTC', 'ETH', 'SOL', 'DOGE'].map((id) => factors[id].riskWeightPpm)
    expect(weights).toEqual(weights.toSorted((a, b) => a - b))
    expect(factors.BTC.loadingsPpm[0]).toBeGreaterThan(700_000)
  })

  test('margins a portfolio', () => {
    const portfolio = {
      format: 'plimsoll portfolio v1',
      asOf: '2023-02-15T00:00:00Z',
      balances: { BTC: '2' },
      positions: [{ market: 'ETH-PERP', quantity: '-5', entryPrice: '2000' }],
      prices: { BTC: '30000', ETH: '2000', 'ETH-PERP': '2000', USDC: '1' },
    }
    writeFileSync(join(folder, 'portfolio.json'), JSON.stringify(portfolio))
    const { code, out, error } = plimsoll('margin', 'portfolio.json', '--epoch', 'epoch.json', '--json')
    expect([code, error]).toEqual([0, ''])
    const hash = `sha256:${createHash('sha256').update(read('epoch.json')).digest('hex')}`
    expect(JSON.parse(out)).toMatchObject({ epochHash: hash, nettingSets: [{ status: 'healthy' }] })
  })

  test('no price after the day changes a byte of it', () => {
    const later = madeUpTables(SEVEN_COINS, { start: START, days: 430, seed: 12 })
    const mixed = Object.entries(tables).map(([name, text]) => {
      const [rows, others] = [text.split('\n'), (later[name] ?? '').split('\n')]
      return [name, [...rows.slice(0, 411), ...others.slice(411)].join('\n')] as const
    })
    write('changed', Object.fromEntries(mixed))
    expect(mixed.map(([, text]) => text)).not.toEqual(Object.values(tables))
    const { out } = plimsoll('calibrate', '--prices', 'changed', '--as-of', AS_OF, '--out', 'changed.json', '--json')
    expect(read('changed.json')).toBe(read('epoch.json'))
    const before = JSON.parse(calibrate('same.json', '--json').out)
    const now = JSON.parse(out)
    expect(now.prices.hash).toBe(before.prices.hash)
    expect(now.prices.filesHash).not.toBe(before.prices.filesHash)
  })

  test('a price on the day itself does change it', () => {
    const changed = Object.entries(tables).map(([name, text]) => {
      const rows = text.split('\n')
      if (name.startsWith('GONE')) return [name, text] as const
      const [date, open, , low] = (rows[410] ?? '').split(',')
      const close = Number(open) * 1.01
      const row = [date, open, close, Math.min(Number(low), Number(open)), close, 1].join(',')
      return [name, [...rows.slice(0, 410), row, ...rows.slice(411)].join('\n')] as const
    })
    write('today', Object.fromEntries(changed))
    expect(plimsoll('calibrate', '--prices', 'today', '--as-of', AS_OF, '--out', 'today.json').error).toBe('')
    expect(JSON.parse(read('today.json')).provenance.prices.hash).not.toBe(
      JSON.parse(read('epoch.json')).provenance.prices.hash,
    )
  })
})

describe('the report', () => {
  test('names what is in it, what is not and why, and what to do next, in 80 columns', () => {
    const { code, out, error } = calibrate('epoch.json')
    expect([code, error]).toEqual([0, ''])
    expect(out).toMatch(/WRITTEN {3}5 assets, 5 of them collateral, 2 left out/)
    expect(out).toMatch(/collapsed +1 {2}FALL\n/)
    expect(out).toMatch(/no longer priced +1 {2}GONE\n/)
    expect(out).toMatch(/major +2 +2 +\d\.\d\d +\d+\.\d\d %/)
    expect(out).toContain('over 10 pairs')
    expect(out).toContain('· No order books')
    expect(out).toContain('next   plimsoll epoch verify epoch.json --hash')
    expect(out).toContain('plimsoll margin FILE --epoch epoch.json')
    for (const line of out.split('\n')) expect(cellsOf(line)).toBeLessThanOrEqual(80)
    expect(calibrate('epoch.json', '--ascii').out).toMatch(/^[\x20-\x7e\n]*$/)
  })

  test('its JSON is one object', () => {
    const report = JSON.parse(calibrate('epoch.json', '--json').out)
    expect(report).toMatchObject({
      format: 'plimsoll calibration report v1',
      epoch: { id: `calibrated-${AS_OF}`, file: 'epoch.json', assets: 5, windows: 409 },
      leftOut: [
        { asset: 'FALL', reason: 'Collapsed' },
        { asset: 'GONE', reason: 'NoLongerPriced' },
      ],
    })
    expect(report.epoch.bytes).toBe(Buffer.byteLength(read('epoch.json')))
    expect(report.prices.files.map(({ path }: { path: string }) => path)).toContain('prices/BTCUSDT.csv')
  })
})

describe('a margin period of risk of 8 hours', () => {
  test('takes prices of 8 hours and is called so', () => {
    const { out, code } = hourly('8h')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ mpor: '8h', epoch: { id: 'calibrated-2022-06-01-8h' } })
    expect(plimsoll('epoch', 'verify', 'hourly.json').code).toBe(0)
    // Windows are moves over 8 hours: their spread is a third day's, sigma / sqrt(3), and the volatility of a day stays one of a day.
    const { windows, assets } = JSON.parse(read('hourly.json')).sections['plimsoll-1']
    const moves: readonly number[] = windows.columns.BTC
    const spread = Math.sqrt(moves.reduce((sum, one) => sum + one * one, 0) / moves.length)
    const ratio = spread / assets.BTC.depth.dailyVolatilityPpm
    expect([ratio > 0.35, ratio < 0.75]).toEqual([true, true])
  })

  test('of bars of a day there is no price of 8 hours', () => {
    const { code, error } = calibrate('none.json', '--mpor', '8h')
    expect([code, error.split('\n')[0]]).toEqual([2, 'error NoRows: prices'])
  })
})

/** 100 days of bars of 8 hours, made of the days of the other tables. */
function hourly(mpor: string) {
  const made = madeUpTables(SEVEN_COINS, { start: START, days: 460, seed: 3 })
  const majors = Object.entries(made).filter(([name]) => /^(BTC|ETH)/.test(name))
  const bars = majors.map(([name, text]) => {
    const [head, ...rows] = text.trim().split('\n')
    const timed = rows.map((row, i) => [Date.parse(START) + i * 28_800_000, ...row.split(',').slice(1)].join(','))
    return [name, [(head ?? '').replace('date', 'ts'), ...timed].join('\n')] as const
  })
  write('hourly', Object.fromEntries(bars))
  return plimsoll(
    'calibrate',
    '--prices',
    'hourly',
    '--as-of',
    '2022-06-01',
    '--out',
    'hourly.json',
    '--mpor',
    mpor,
    '--json',
  )
}

const refused: [args: readonly string[], says: RegExp][] = [
  [['--as-of', AS_OF, '--out', 'x.json'], /^error MissingOption: --prices\n(.*\n)+ {2}got {7}none\n {2}remedy/],
  [['--prices', 'prices', '--out', 'x.json'], /^error MissingOption: --as-of\n/],
  [['--prices', 'prices', '--as-of', AS_OF], /^error MissingOption: --out\n/],
  [
    ['--prices', 'prices', '--as-of', '14.2.2023', '--out', 'x.json'],
    /^error WrongFormat: --as-of\n(.*\n)+ {2}got {7}"14\.2\.2023"/,
  ],
  [['--prices', 'prices', '--as-of', '2023-02-30', '--out', 'x.json'], /^error WrongFormat: --as-of\n/],
  [
    ['--prices', 'prices', '--as-of', '2021-12-31', '--out', 'x.json'],
    /^error NoPricesThen: --as-of 2021-12-31\n {2}expected {2}a day at whose end there are prices, from 2022-01-01 to 2023-03-06\n {2}got {7}2021-12-31\n/,
  ],
  [
    ['--prices', 'prices', '--as-of', '2023-03-07', '--out', 'x.json'],
    /^error NoPricesThen: .*\n.*from 2022-01-01 to 2023-03-06\n/,
  ],
  [
    ['--prices', 'prices', '--as-of', '2022-03-01', '--out', 'x.json'],
    /^error TooFewPrices: --prices prices\n {2}expected {2}a coin with 90 days of prices up to 2022-03-01\n {2}got {7}59 days of BTC\n/,
  ],
  [
    ['--prices', 'prices', '--as-of', AS_OF, '--out', 'no/such/x.json'],
    /^error FolderNotFound: --out no\/such\/x\.json\n/,
  ],
  [['--prices', 'prices', '--as-of', AS_OF, '--out', 'prices'], /^error IsFolder: --out prices\n/],
  [['--prices', 'nowhere', '--as-of', AS_OF, '--out', 'x.json'], /^error FileNotFound: nowhere\n/],
  [['--prices', 'prices', '--as-of', AS_OF, '--out', 'x.json', '--mpor', '2d'], /Allowed choices are 1d, 8h, 1h/],
]
test.each(refused)('calibrate %j is refused', (args, says) => {
  const { code, error, out } = plimsoll('calibrate', ...args)
  expect([code, out]).toEqual([2, ''])
  expect(error).toMatch(says)
})

test('the last day of the prices may be asked for', () => {
  const { code } = plimsoll('calibrate', '--prices', 'prices', '--as-of', LAST, '--out', 'last.json')
  expect(code).toBe(0)
  expect(encodeJson(JSON.parse(read('last.json')))).toBe(read('last.json'))
})
