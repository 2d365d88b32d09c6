import { createHash } from 'node:crypto'
import { backtestReport, type OptionFindings } from '../answers/backtest/backtest-report.ts'
import { type BacktestStudy, backtestStudy } from '../answers/backtest/backtest-study.ts'
import type { BacktestArguments } from '../cli/backtest-options.ts'
import { UsageError } from '../cli/program.ts'
import { LISTED_AFTER_DAYS } from '../estimate/calibration/left-out.ts'
import { DAY_MS } from '../estimate/calibration/rules.ts'
import { type LoadedPrices, loadPrices } from '../history/load-prices.ts'
import { readOptionChains } from '../history/read-option-chains.ts'
import { optionBacktest } from '../answers/backtest/option-backtest.ts'
import { randomFrom } from '../replay/population/random.ts'
import { quotedWord } from '../report/quoted-word.ts'
import type { BacktestReport } from '../wire/backtest-report.ts'
import { ENGINE_VERSION } from './project.ts'
import { standardMargin } from './standard-margin.ts'

export const STEP_MS = { '1d': DAY_MS, '8h': DAY_MS / 3, '1h': DAY_MS / 24 } as const

/** Told how far a stage has come. */
type OnProgress = (stage: string, done: number, total: number) => void

export interface BacktestResult {
  readonly report: BacktestReport
  readonly study: BacktestStudy
}

/** Reads the prices, walks through them and writes the report. Throws UsageError where prices and dates do not meet. */
export async function backtestJob(typed: BacktestArguments, onProgress: OnProgress): Promise<BacktestResult> {
  const [from, to] = [Date.parse(typed.from), Date.parse(typed.to)]
  if (from >= to) throw disordered(typed)
  const loaded = await loadPrices({
    paths: typed.prices,
    stepMs: STEP_MS[typed.mpor],
    to: to + DAY_MS,
    onProgress: ({ name, fileIndex, fileCount }) => onProgress(`reading ${name}`, fileIndex, fileCount),
  })
  requireWindows(typed, loaded, { from, to })
  const random = randomFrom(typed.seed)
  const study = backtestStudy({
    panel: loaded.panel,
    from,
    to,
    draw: () => (random.below(DRAWS) + 0.5) / DRAWS,
    onDay: (time) => onProgress('walking forward', time - from, to - from),
  })
  const options = await optionFindings(typed, onProgress)
  const report = backtestReport(study, {
    engine: ENGINE_VERSION,
    mpor: typed.mpor,
    prices: loaded.sources.map(({ path, series, from: first, to: last }) => ({ path, series, from: first, to: last })),
    inputsHash: `sha256:${hashOfAll(loaded.inputsHash, options?.inputsHash)}`,
    repeat: repeated(typed),
    standard: ({ history }) => standardMargin(history.book),
    options,
    notes: [...loaded.notes, ...(options?.notes ?? [])],
  })
  return { report, study }
}

const DRAWS = 2 ** 32

interface MeasuredOptions extends OptionFindings {
  readonly inputsHash: string
  readonly notes: readonly string[]
}

/** Options have windows of a day, whatever the horizon of the rest, and an epoch of their own day. */
async function optionFindings(
  { options, prices, mpor }: BacktestArguments,
  onProgress: OnProgress,
): Promise<MeasuredOptions | undefined> {
  if (options.length === 0 || mpor !== '1d') return undefined
  const { chains, inputsHash, notes } = await readOptionChains(options, ({ name, fileIndex, fileCount }) =>
    onProgress(`reading ${name}`, fileIndex, fileCount),
  )
  const { panel } = await loadPrices({ paths: prices, stepMs: DAY_MS })
  const found = optionBacktest({ chains, panel, onProgress: (done, total) => onProgress('options', done, total) })
  return { ...found, inputsHash, notes }
}

/** One hash stays itself; two are hashed together. */
function hashOfAll(prices: string, options: string | undefined): string {
  return options === undefined ? prices : createHash('sha256').update(`${prices}\n${options}\n`).digest('hex')
}

/** What to type to get the same report again. */
function repeated({ prices, from, to, mpor, options, seed }: BacktestArguments): string {
  const words = [
    'plimsoll',
    'backtest',
    '--prices',
    ...prices,
    '--from',
    from,
    '--to',
    to,
    '--mpor',
    mpor,
    ...(options.length === 0 ? [] : ['--options', ...options]),
    '--seed',
    `${seed}`,
  ]
  return words.map(quotedWord).join(' ')
}

function disordered({ from, to }: BacktestArguments): UsageError {
  return new UsageError('DatesDisordered', {
    at: `--from ${from} --to ${to}`,
    expected: 'a first day before the last',
    got: `${from} to ${to}`,
    remedy: 'swap the two dates',
  })
}

function requireWindows(
  { from, to }: BacktestArguments,
  { panel }: LoadedPrices,
  at: { readonly from: number; readonly to: number },
): void {
  const [first = 0, last = 0] = [panel.times[0], panel.times.at(-1)]
  const windows = panel.times.filter((time) => time >= at.from && time < Math.min(at.to, last)).length
  if (windows > 0 && last >= first + LISTED_AFTER_DAYS * DAY_MS) return
  throw new UsageError('NoWindows', {
    at: `--from ${from} --to ${to}`,
    expected: `windows within the prices, and ${LISTED_AFTER_DAYS} days of prices before any is charged`,
    got: `prices from ${new Date(first).toISOString().slice(0, 10)} to ${new Date(last).toISOString().slice(0, 10)}`,
    remedy: 'choose dates within the prices, or give older prices as well',
  })
}
