import type { NamedExceedance, OptionRow } from '../../wire/backtest-report.ts'
import type { PricePanel } from '../../estimate/calibration/price-panel.ts'
import { DAY_MS } from '../../estimate/calibration/rules.ts'
import { continuedSigma } from '../../estimate/backtest/continued-sigma.ts'
import { OPTION_BOOKS } from '../../estimate/backtest/option-books.ts'
import type { OptionChains, OptionSnapshot } from '../../estimate/backtest/option-chains.ts'
import { type PastEpoch, pastEpoch } from '../../estimate/backtest/past-epoch.ts'
import { snapshotWindows } from '../../estimate/backtest/snapshot-windows.ts'
import { isBeyondGrid, type OptionHistory, type OptionOutcome, optionOutcomes } from './option-outcomes.ts'
import {
  exceeds,
  namedExceedance,
  optionAssumptions,
  optionNote,
  optionRow,
  type UnderlyingScope,
} from './option-words.ts'

export interface OptionBacktestRequest {
  readonly chains: OptionChains
  /** Daily prices; those up to the end of `asOf` make the epoch. */
  readonly panel: PricePanel
  /** A day such as 2025-08-31; without it `OPTION_EPOCH`. */
  readonly asOf?: string | undefined
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

export interface OptionBacktest {
  /** One a book and underlying, of windows that do not overlap. */
  readonly rows: readonly OptionRow[]
  /** Of those windows, the largest first. */
  readonly exceedances: readonly NamedExceedance[]
  /** Of the exceedances: where the index stayed within the scenario grid. */
  readonly withinGrid: number
  /** All windows, those that overlap too. */
  readonly outcomes: readonly OptionOutcome[]
  /** What was measured and what was left out. */
  readonly note: string
  readonly assumptions: readonly string[]
}

/** The last day of the epoch that recorded chains are charged by: the months after it are kept for proof. */
export const OPTION_EPOCH = '2025-08-31'

/**
 * Short straddles and covered calls over recorded chains: the maintenance margin that the exact model charges when a window of a day
 * begins, against what the same contracts were worth at its end. Pure but for `onProgress`. Throws RangeError unless the panel is daily.
 */
export function optionBacktest(request: OptionBacktestRequest): OptionBacktest {
  const { chains, panel, asOf = OPTION_EPOCH, onProgress } = request
  const epoch = pastEpoch(panel, Date.parse(asOf) + DAY_MS)
  const found = [...chains].map(([underlying, snapshots]) => historyOf({ underlying, snapshots, epoch }))
  const histories = found.filter((one) => 'windows' in one)
  const total = histories.reduce((sum, { windows }) => sum + windows.all.length, 0)
  let done = 0
  const outcomes = histories.flatMap((history) => optionOutcomes(history, () => onProgress?.(++done, total)))
  const rows = histories.flatMap(({ underlying }) =>
    OPTION_BOOKS.flatMap((book) =>
      optionRow(outcomes.filter((one) => one.underlying === underlying && one.book === book)),
    ),
  )
  const exceeding = outcomes.filter((one) => one.isApart && exceeds(one))
  const scopes = found.map((one): UnderlyingScope => ({
    underlying: one.underlying,
    measured: 'windows' in one ? one : undefined,
    why: 'why' in one ? one.why : undefined,
  }))
  return {
    rows,
    exceedances: exceeding.map(namedExceedance).toSorted((a, b) => b.excessRatio - a.excessRatio),
    withinGrid: exceeding.filter((one) => !isBeyondGrid(one)).length,
    outcomes,
    note: optionNote(scopes, outcomes),
    assumptions: epoch === undefined ? [] : optionAssumptions(epoch),
  }
}

interface Found {
  readonly underlying: string
  readonly snapshots: readonly OptionSnapshot[]
  readonly epoch: PastEpoch | undefined
}

/** Why an underlying is not measured. */
interface LeftOut {
  readonly underlying: string
  readonly why: string
}

function historyOf({ underlying, snapshots, epoch }: Found): OptionHistory | LeftOut {
  if (epoch === undefined) return { underlying, why: 'the prices begin later than its epoch' }
  const { description, walked } = epoch
  const series = walked.factors.find(({ kind, asset }) => kind === 'price' && asset === underlying)
  const option = description.contracts[underlying]?.option
  if (series === undefined || option === undefined) return { underlying, why: 'the epoch has no options on it' }
  const windows = snapshotWindows(snapshots.map(({ time }) => time))
  const priceAt = (place: number) => snapshots[place]?.indexPrice ?? Number.NaN
  const later = windows.apart.map(({ start, end }) => Math.log(priceAt(end) / priceAt(start)))
  const sigmaRatios = continuedSigma({ series, times: walked.panel.times, later })
  return { underlying, snapshots, windows, epoch: description, option, sigmaRatios }
}
