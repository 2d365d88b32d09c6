import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { randomFrom } from '../replay/population/random.ts'
import type { BacktestReport } from '../wire/backtest-report.ts'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-backtest-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const DAY = 86_400_000
const START = Date.parse('2023-01-01')
const COINS = ['BTC', 'ETH', 'SOL', 'ADA', 'XRP', 'LTC', 'DOT', 'BCH']

function plimsoll(...args: readonly string[]) {
  const done = spawnSync(join(PROJECT_ROOT, 'bin', 'plimsoll'), args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return { code: done.status, out: done.stdout, error: done.stderr }
}

/** Prices of made-up coins that share half of every move; 500 days, about 3% each. */
function madeUpPrices(days: number, after: (day: number) => number = () => 1): string {
  const random = randomFrom(11)
  const step = () => (random.below(2_001) - 1_000) / 1_000
  const prices = COINS.map((_, i) => 100 * (i + 1))
  const rows = Array.from({ length: days }, (_, day) => {
    const common = step()
    const moved = prices.map((price, i) => {
      prices[i] = price * (1 + 0.025 * (common + step()))
      return ((prices[i] ?? 0) * after(day)).toFixed(6)
    })
    return [new Date(START + day * DAY).toISOString().slice(0, 10), ...moved].join(',')
  })
  return `date,${COINS.map((coin) => `${coin}USDT`).join(',')}\n${rows.join('\n')}\n`
}

writeFileSync(join(folder, 'prices.csv'), madeUpPrices(500))
const DATES = ['--from', '2023-10-01', '--to', '2024-05-01']

/** Of the margins and losses of a dump, by book and day. */
function dumped(name: string): ReadonlyMap<string, readonly [margin: number, loss: number]> {
  const [, ...lines] = readFileSync(join(folder, name), 'utf8').trim().split('\n')
  return new Map(
    lines.map((line) => {
      const cells = /^(\S+?),"([^"]+)",([^,]+),([^,]+),([^,]+),([^,]+),/.exec(line) ?? []
      return [`${cells[1]} ${cells[2]}`, [Number(cells[5]), Number(cells[6])]] as const
    }),
  )
}

describe('backtest', () => {
  const ran = plimsoll('backtest', '--prices', 'prices.csv', ...DATES, '--json', '--dump', 'a.csv', '--html', 'a.html')
  const report = JSON.parse(ran.out) as BacktestReport

  test('--json has every part of the format, and its rows add up over the regimes', () => {
    expect(ran.error).toBe('')
    expect(report).toMatchObject({ command: 'backtest', model: 'plimsoll-1', mpor: '1d', windows: 213 })
    for (const part of ['rows', 'books', 'bars', 'procyclicality', 'offsets', 'defaulted', 'power'])
      expect(report).toHaveProperty(part)
    const rowsOf = (portfolio: string) =>
      report.rows.filter((row) => row.portfolio === portfolio && row.target === 0.995)
    for (const { portfolio } of report.rows) {
      const counts = new Map(rowsOf(portfolio).map(({ regime, n, exceedances }) => [regime, [n, exceedances]]))
      const [calm, stressed, all] = ['calm', 'stressed', 'all'].map((regime) => counts.get(regime as 'all') ?? [0, 0])
      expect([0, 1].map((i) => (calm?.[i] ?? 0) + (stressed?.[i] ?? 0))).toEqual(all)
    }
    // Eight coins, each long and short, 213 days.
    expect(rowsOf('outright long')[0]).toMatchObject({ books: 8, n: 8 * 213 })
  })

  test('the exit code says whether a bar is missed', () => {
    expect(ran.code).toBe(report.bars.some(({ passed }) => passed === false) ? 1 : 0)
    expect(report.bars.filter(({ passed, note }) => passed !== true && (note ?? '') === '')).toEqual([])
  })

  test('the dump has every window of every book, so that exceedances can be counted again', () => {
    const windows = dumped('a.csv')
    for (const { book, n, exceedances } of report.books.filter(({ legs }) => legs === 1)) {
      const own = [...windows].filter(([key]) => key.slice(11) === book).map(([, figures]) => figures)
      expect([own.length, own.filter(([margin, loss]) => loss > margin).length]).toEqual([n, exceedances])
    }
    // The loss of a coin held is its fall: from the day's price to the next one's.
    const lines = readFileSync(join(folder, 'prices.csv'), 'utf8').trim().split('\n')
    const priceOn = (day: string) => Number(lines.find((line) => line.startsWith(day))?.split(',')[1])
    // A window that begins at midnight of the 15th begins with the close of the 14th.
    const loss = windows.get('2024-01-15 long BTC')?.[1] ?? Number.NaN
    expect(loss).toBeCloseTo(1 - priceOn('2024-01-15') / priceOn('2024-01-14'), 8)
  })

  test('the page is written', () => {
    expect(readFileSync(join(folder, 'a.html'), 'utf8')).toContain('Bars the model is held to')
  })

  test('INV-CAL-3: what happens later changes no margin charged before', () => {
    // From 2024-03-01 on every price is multiplied by an arbitrary factor.
    const from = (Date.parse('2024-03-01') - START) / DAY
    writeFileSync(
      join(folder, 'other.csv'),
      madeUpPrices(500, (day) => (day < from ? 1 : 1 + 0.3 * Math.sin(day))),
    )
    plimsoll('backtest', '--prices', 'other.csv', ...DATES, '--json', '--dump', 'b.csv')
    const [one, other] = [dumped('a.csv'), dumped('b.csv')]
    const early = [...one].filter(([key]) => key.slice(0, 10) <= '2024-03-01')
    expect(early.length).toBeGreaterThan(1_000)
    expect(early.filter(([key, [margin]]) => other.get(key)?.[0] !== margin)).toEqual([])
    // And it does change what comes after.
    expect([...one].some(([key, [margin]]) => key.slice(0, 10) > '2024-04-01' && other.get(key)?.[0] !== margin)).toBe(
      true,
    )
  })

  test('the same prices and seed give the same report', () => {
    const again = plimsoll('backtest', '--prices', 'prices.csv', ...DATES, '--json')
    expect(again.out).toBe(ran.out)
  })

  test('the terminal names every bar in 79 columns', () => {
    const { out } = plimsoll('backtest', '--prices', 'prices.csv', ...DATES, '--no-color', '--ascii')
    expect(out).toContain('Bars the model is held to')
    expect(out.split('\n').filter((line) => line.length > 79)).toEqual([])
  })
})

describe('what is refused', () => {
  const table: [name: string, args: readonly string[], says: readonly string[]][] = [
    ['a path that is not there', ['--prices', 'none.csv', ...DATES], ['none.csv', 'no such file']],
    [
      'dates the wrong way round',
      ['--prices', 'prices.csv', '--from', '2024-05-01', '--to', '2023-10-01'],
      ['DatesDisordered', 'swap'],
    ],
    [
      'dates beyond the prices',
      ['--prices', 'prices.csv', '--from', '2030-01-01', '--to', '2031-01-01'],
      ['NoWindows', '2023-01'],
    ],
    [
      'a date that is none',
      ['--prices', 'prices.csv', '--from', '2023-13-45', '--to', '2024-01-01'],
      ['--from', '2021-01-01'],
    ],
    ['a horizon nobody calibrates', ['--prices', 'prices.csv', ...DATES, '--mpor', '2d'], ['1d', '8h', '1h']],
    [
      'no folder for the page',
      ['--prices', 'prices.csv', ...DATES, '--html', 'no/where/a.html'],
      ['FolderNotFound', 'mkdir -p no/where'],
    ],
    [
      'no folder for the windows, by the name of its own option',
      ['--prices', 'prices.csv', ...DATES, '--dump', 'no/where/a.csv'],
      ['FolderNotFound', '--dump no/where/a.csv', 'mkdir -p no/where'],
    ],
  ]
  test.each(table)('%s', (_name, args, says) => {
    const { code, out, error } = plimsoll('backtest', ...args)
    expect([code, out]).toEqual([2, ''])
    for (const text of says) expect(error).toContain(text)
  })
})

test('--help says what it does and how it ends', () => {
  const { code, out } = plimsoll('backtest', '--help')
  expect(code).toBe(0)
  for (const text of ['--prices <path...>', '--mpor <mpor>', '--dump <file>', 'Exit code 1'])
    expect(out).toContain(text)
})

const data = process.env['PLIMSOLL_DATA'] ?? join(PROJECT_ROOT, '..', 'shared', 'data')
const wide = join(data, 'prices_daily', 'binance_spot_daily_close_2021_2025_wide.csv.gz')
const reason = 'needs PLIMSOLL_DATA, or ../shared/data beside the project'

test.skipIf(!existsSync(wide))(`a quarter of real prices: every type that they allow is measured (${reason})`, () => {
  const { code, out, error } = plimsoll(
    'backtest',
    '--prices',
    wide,
    '--from',
    '2022-04-01',
    '--to',
    '2022-07-01',
    '--json',
  )
  expect(error).toBe('')
  expect([0, 1]).toContain(code)
  const report = JSON.parse(out) as BacktestReport
  expect(report.windows).toBe(91)
  expect(new Set(report.rows.map(({ portfolio }) => portfolio))).toEqual(
    new Set([
      'outright long',
      'outright short',
      'equal-weight basket',
      'ETH-BTC spread',
      'alts against BTC',
      'stablecoin carry',
      'collateral against a short',
      'random long-short',
    ]),
  )
  // LUNA fell by 53% on 2022-05-09, and was charged in full once that was known.
  const luna = report.defaulted.filter(({ asset }) => asset === 'LUNA')
  expect(luna[0]).toMatchObject({ date: '2022-05-09', collapsed: false })
  expect(luna[1]).toMatchObject({ margin: 1, collapsed: true })
})
