import { binomialUpperTail, mostAllowed } from '../exceedance/binomial.ts'
import { holm } from '../exceedance/holm.ts'
import { kupiec } from '../exceedance/kupiec.ts'
import { type TrafficLight, trafficLight } from '../exceedance/traffic-light.ts'
import { type BookSummary, meanOf, TARGET_RATE } from './book-summary.ts'
import type { BookType } from './book.ts'
import { outcomesOf } from './window-outcomes.ts'

export type Regime = 'all' | 'calm' | 'stressed'

/** Coverage of all books of one type in one regime, the windows of all books together. */
export interface CoverageFigures {
  readonly type: BookType
  readonly regime: Regime
  /** Exceedances a window that the target allows, such as 0.005. */
  readonly rate: number
  readonly books: number
  readonly n: number
  readonly exceedances: number
  readonly allowed: number
  readonly binomialP: number
  readonly holmPasses: boolean
  /** Share of books that pass by themselves, Holm over all books of the regime. */
  readonly booksPassing: number
  readonly kupiecP: number
  /** Over books with two exceedances or more; undefined without such. */
  readonly christoffersenMedian: number | undefined
  readonly christoffersenPassing: number
  readonly light: TrafficLight
  readonly meanMargin: number
  /** (loss - margin) / margin where it exceeds; undefined where nothing does. */
  readonly meanExcess: number | undefined
  readonly worstExcess: number | undefined
}

export const RATES = [0.01, TARGET_RATE, 0.001] as const
export const SIGNIFICANCE = 0.05

/** One row for each type, regime and target. */
export function coverageTable(
  summaries: readonly BookSummary[],
  stressed: readonly boolean[],
): readonly CoverageFigures[] {
  const regimes: Readonly<Record<Regime, (window: number) => boolean>> = {
    all: () => true,
    calm: (window) => stressed[window] !== true,
    stressed: (window) => stressed[window] === true,
  }
  return (Object.keys(regimes) as Regime[]).flatMap((regime) => {
    const counts = summaries.map((summary) => countsOf(summary, regimes[regime]))
    return RATES.flatMap((rate) => rowsOf(counts, regime, rate))
  })
}

interface Counts {
  readonly summary: BookSummary
  readonly n: number
  readonly excesses: readonly number[]
  readonly meanMargin: number
}

function countsOf(summary: BookSummary, isIn: (window: number) => boolean): Counts {
  const { history } = summary
  const { counted, exceeded } = outcomesOf(history, isIn)
  const excesses = exceeded.map((place) => {
    const window = counted[place] ?? 0
    return (history.loss[window] ?? 0) / (history.margin[window] ?? 1) - 1
  })
  return {
    summary,
    n: counted.length,
    excesses,
    meanMargin: meanOf(counted.map((window) => history.margin[window] ?? 0)),
  }
}

function rowsOf(counts: readonly Counts[], regime: Regime, rate: number): readonly CoverageFigures[] {
  const live = counts.filter(({ n }) => n > 0)
  const rejected = holm(
    live.map(({ n, excesses }) => binomialUpperTail(n, excesses.length, rate)),
    SIGNIFICANCE,
  )
  const passes = new Map(live.map((one, i) => [one, rejected[i] !== true]))
  const types = [...Map.groupBy(live, ({ summary }) => summary.history.book.type)]
  const rows = types.map(([type, own]) => pooled(own, { type, regime, rate }, (one) => passes.get(one) === true))
  const failing = holm(
    rows.map(({ binomialP }) => binomialP),
    SIGNIFICANCE,
  )
  return rows.map((row, i) => ({ ...row, holmPasses: failing[i] !== true }))
}

function pooled(
  own: readonly Counts[],
  of: Pick<CoverageFigures, 'type' | 'regime' | 'rate'>,
  passes: (one: Counts) => boolean,
): Omit<CoverageFigures, 'holmPasses'> {
  const n = own.reduce((sum, one) => sum + one.n, 0)
  const excesses = own.flatMap((one) => one.excesses)
  const clustered = own.flatMap(({ summary }) => summary.christoffersenP ?? [])
  return {
    ...of,
    books: own.length,
    n,
    exceedances: excesses.length,
    allowed: mostAllowed(n, of.rate, SIGNIFICANCE),
    binomialP: binomialUpperTail(n, excesses.length, of.rate),
    booksPassing: own.filter(passes).length / own.length,
    kupiecP: kupiec(n, excesses.length, of.rate).p,
    christoffersenMedian: clustered.toSorted((a, b) => a - b)[clustered.length >>> 1],
    christoffersenPassing: 1 - clustered.filter((p) => p <= SIGNIFICANCE).length / own.length,
    light: trafficLight(n, excesses.length, of.rate),
    meanMargin: own.reduce((sum, one) => sum + one.n * one.meanMargin, 0) / n,
    meanExcess: excesses.length === 0 ? undefined : meanOf(excesses),
    worstExcess: excesses.length === 0 ? undefined : Math.max(...excesses),
  }
}
