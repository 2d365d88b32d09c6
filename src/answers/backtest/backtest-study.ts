import { DAY_MS } from '../../estimate/calibration/rules.ts'
import type { Calibration } from '../../estimate/calibration/calibrator.ts'
import { factorReturns } from '../../estimate/calibration/factor-returns.ts'
import type { PricePanel } from '../../estimate/calibration/price-panel.ts'
import { BESIDE, type Line } from '../../estimate/backtest/book.ts'
import { type BookSummary, bookSummary } from '../../estimate/backtest/book-summary.ts'
import { CALIBRATED_SHARES, product } from '../../estimate/backtest/charge-tables.ts'
import { type CoreCoverage, coreTally } from '../../estimate/backtest/core-coverage.ts'
import { type CoverageFigures, coverageTable } from '../../estimate/backtest/coverage-table.ts'
import { linesOf } from '../../estimate/backtest/lines.ts'
import { booksBeside, type Draw, makeBooks, WENT_TO_ZERO } from '../../estimate/backtest/make-books.ts'
import { stressedWindows } from '../../estimate/backtest/market-regimes.ts'
import { walkForward } from '../../estimate/backtest/walk-forward.ts'

export interface BacktestRequest {
  readonly panel: PricePanel
  /** First and last time at which a window may begin, ms UTC. */
  readonly from: number
  readonly to: number
  /** Uniform in (0, 1); books and simulated p-values are drawn from it. */
  readonly draw: Draw
  readonly onDay: (time: number) => void
}

/** All that a walk has measured; the report is written from it. */
export interface BacktestStudy {
  readonly panel: PricePanel
  /** Times at which windows begin, and midnights of the walk. */
  readonly times: readonly number[]
  readonly days: readonly number[]
  readonly stressed: readonly boolean[]
  /** Of the table's types, and what is measured beside it. */
  readonly summaries: readonly BookSummary[]
  readonly beside: readonly BookSummary[]
  readonly coverage: readonly CoverageFigures[]
  readonly core: readonly CoreCoverage[]
  readonly correlations: CorrelationsSeen
  /** What the calibration knows at the end of the walk. */
  readonly known: Calibration
  readonly assets: number
  readonly notes: readonly string[]
}

/** Correlations as charged, once a week. */
export interface CorrelationsSeen {
  readonly times: readonly number[]
  /** By pair of price factors, `A/B`. */
  readonly pairs: ReadonlyMap<string, readonly number[]>
  /** Mean over all pairs of prices that earn an offset. */
  readonly mean: readonly number[]
  /** Correlation of the factor model less the shrunk one, at the end. */
  readonly fitErrors: ReadonlyMap<string, number>
}

/** Coins that are paired: those that traded most, where volumes are known, else the first by name. */
const PAIRED = 12

/** Walks forward through the panel with every type of book. Pure but for `draw` and `onDay`. */
export function backtestStudy({ panel, from, to, draw, onDay }: BacktestRequest): BacktestStudy {
  const { factors, notes } = factorReturns(panel)
  const lines = linesOf(panel, factors)
  const priced = pricedShares(panel, from, to)
  const books = makeBooks(lines, priced, draw)
  const paired = pairedLines(panel, lines, priced)
  const all = [...books, ...booksBeside(lines, paired)]
  const core = coreTally(factors)
  const seen = correlationNotes(
    factors.map(({ kind }) => kind === 'price'),
    paired,
  )
  let known: Calibration | undefined
  const walk = walkForward({
    panel,
    factors,
    books: all,
    shares: CALIBRATED_SHARES,
    from,
    to,
    onStep: core.note,
    onDay: (time, now) => {
      known = now
      if (Math.floor(time / DAY_MS) % 7 === 3) seen.note(time, now)
      onDay(time)
    },
  })
  if (known === undefined) throw new RangeError('a walk has a day')
  const stressed = stressedWindows(panel, factors, walk.times)
  const summaries = walk.histories.map((history) => bookSummary(history, draw))
  const isBeside = ({ history }: BookSummary) => BESIDE.some((type) => type === history.book.type)
  const inTable = summaries.filter((one) => !isBeside(one))
  return {
    panel,
    times: walk.times,
    days: walk.days,
    stressed,
    summaries: inTable,
    beside: summaries.filter(isBeside),
    coverage: coverageTable(inTable, stressed),
    core: core.table(),
    correlations: seen.all(known),
    known,
    assets: new Set(panel.series.map(({ asset }) => asset)).size,
    notes,
  }
}

/** Share of the walk's windows in which a line has a price at both ends. */
function pricedShares({ times, series }: PricePanel, from: number, to: number): (line: Line) => number {
  return ({ series: place }) => {
    const close = series[place]?.close ?? new Float64Array(0)
    let [priced, windows] = [0, 0]
    for (let at = 0; at + 1 < times.length; at += 1) {
      const time = times[at] ?? 0
      if (time < from || time >= to) continue
      windows += 1
      if ((close[at] ?? Number.NaN) > 0 && (close[at + 1] ?? Number.NaN) > 0) priced += 1
    }
    return windows === 0 ? 0 : priced / windows
  }
}

function pairedLines(panel: PricePanel, lines: readonly Line[], priced: (line: Line) => number): readonly Line[] {
  const coins = lines.filter(
    ({ id, underlying, peg }) => id === underlying && peg === undefined && !WENT_TO_ZERO.has(id),
  )
  const volume = ({ series }: Line) =>
    (panel.series[series]?.volumeUsd ?? new Float64Array(0)).reduce(
      (sum, one) => (Number.isNaN(one) ? sum : sum + one),
      0,
    )
  return coins
    .filter((line) => priced(line) >= 0.95)
    .map((line) => ({ line, traded: volume(line) }))
    .sort((a, b) => b.traded - a.traded)
    .slice(0, PAIRED)
    .map(({ line }) => line)
}

function correlationNotes(isPrice: readonly boolean[], paired: readonly Line[]) {
  const times: number[] = []
  const mean: number[] = []
  const pairs = new Map<string, number[]>()
  const pairsOf = (of: (a: number, b: number) => number, into: (name: string, figure: number) => void) =>
    paired.forEach((one, i) =>
      paired.slice(i + 1).forEach((other) => into(`${one.id}/${other.id}`, of(one.price ?? 0, other.price ?? 0))),
    )
  return {
    note: (time: number, { factors, loadings }: Calibration) => {
      times.push(time)
      pairsOf(
        (a, b) => product(loadings, a, b),
        (name, figure) => {
          const column = pairs.get(name) ?? []
          column.push(figure)
          pairs.set(name, column)
        },
      )
      const credited = factors.flatMap(({ earnsOffset }, i) => (earnsOffset && isPrice[i] === true ? [i] : []))
      mean.push(meanCorrelation(loadings, credited))
    },
    all: ({ loadings, correlation, factors }: Calibration): CorrelationsSeen => {
      const fitErrors = new Map<string, number>()
      pairsOf(
        (a, b) => product(loadings, a, b) - (correlation[a * factors.length + b] ?? 0),
        (name, figure) => fitErrors.set(name, figure),
      )
      return { times, mean, pairs, fitErrors }
    },
  }
}

function meanCorrelation(loadings: Float64Array, credited: readonly number[]): number {
  let [sum, count] = [0, 0]
  credited.forEach((a, i) => {
    for (let j = 0; j < i; j += 1) {
      sum += product(loadings, a, credited[j] ?? 0)
      count += 1
    }
  })
  return count === 0 ? 0 : sum / count
}
