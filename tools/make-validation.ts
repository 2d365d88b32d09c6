// Writes docs/validation from the price files in a folder: one page a horizon, and the headline table.
// Usage: node tools/make-validation.ts FOLDER [--only 1d|8h|1h]...
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { backtestHeadline } from '../src/report/backtest/backtest-markdown.ts'
import type { BacktestReport, Mpor } from '../src/wire/backtest-report.ts'
import { validationText } from './validation-text.ts'

interface Run {
  readonly mpor: Mpor
  readonly page: string
  /** Below the folder. Files with ranges and volumes go before those that have closes alone. */
  readonly prices: readonly string[]
  readonly from: string
  readonly to: string
  readonly options: readonly string[]
}

const RUNS: readonly Run[] = [
  {
    mpor: '1d',
    page: 'daily.html',
    prices: [
      'prices_daily/coinbase_usd_daily_2020_2025.csv.gz',
      'prices_hourly/binance_spot_1h',
      'prices_hourly/binance_spot_4h_2019_2022',
      'prices_daily',
      'prices_hourly',
      'oracle/usd_prices_aave_compound',
    ],
    from: '2021-01-01',
    to: '2025-09-01',
    options: ['options_deribit'],
  },
  {
    mpor: '8h',
    page: 'eight-hours.html',
    prices: [
      'prices_hourly/binance_spot_1h',
      'prices_hourly/binance_perp_1h_2020_2024',
      'prices_hourly/binance_perp_30m_2022_2025',
    ],
    from: '2021-07-15',
    to: '2023-12-30',
    options: [],
  },
  {
    mpor: '1h',
    page: 'hourly.html',
    prices: [
      'prices_hourly/binance_spot_1h',
      'prices_hourly/binance_perp_1h_2020_2024',
      'prices_hourly/binance_perp_30m_2022_2025',
    ],
    from: '2021-07-15',
    to: '2023-12-30',
    options: [],
  },
]

const { values, positionals } = parseArgs({
  options: { only: { type: 'string', multiple: true } },
  allowPositionals: true,
})
const folder = resolve(positionals[0] ?? '.')
const root = join(import.meta.dirname, '..')
const target = join(root, 'docs', 'validation')
if (!existsSync(join(folder, 'prices_daily')))
  throw new Error(
    `${folder}: expected a folder with prices_daily and prices_hourly below it; docs/validation/README.md lists the files`,
  )
mkdirSync(target, { recursive: true })

for (const run of RUNS) {
  if (values.only !== undefined && !values.only.includes(run.mpor)) continue
  const report = backtest(run)
  const missed = report.bars.filter(({ passed }) => passed === false).length
  console.log(`${run.page}: ${report.windows} windows, ${report.books.length} books, ${missed} bars missed`)
  writeFileSync(join(target, `${run.mpor}.md`), validationText(report, run.page, backtestHeadline(report)))
}

/** In the folder itself, so that the command in the report names the files and not where they lie here. */
function backtest({ mpor, page, prices, from, to, options }: Run): BacktestReport {
  const given = options.filter((path) => existsSync(join(folder, path)))
  const words = [
    join(root, 'src', 'main', 'cli.ts'),
    'backtest',
    '--prices',
    ...prices,
    '--from',
    from,
    '--to',
    to,
    '--mpor',
    mpor,
    ...(given.length === 0 ? [] : ['--options', ...given]),
    '--html',
    join(target, page),
    '--json',
  ]
  const ran = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 30,
  })
  if (ran.status !== 0 && ran.status !== 1) throw new Error(`backtest of ${mpor} ended with ${ran.status}`)
  return JSON.parse(ran.stdout) as BacktestReport
}
