import { binomialUpperTail } from '../exceedance/binomial.ts'
import { adjacentRuns, christoffersen } from '../exceedance/christoffersen.ts'
import { kupiec } from '../exceedance/kupiec.ts'
import type { Draw } from './make-books.ts'
import type { BookHistory } from './walk-forward.ts'
import { outcomesOf } from './window-outcomes.ts'

/** Statistics of one book over all its windows, against 99.5%. */
export interface BookSummary {
  readonly history: BookHistory
  readonly n: number
  readonly exceedances: readonly Exceedance[]
  /** Runs of windows next to each other that all exceeded; places of the walk. */
  readonly runs: readonly (readonly number[])[]
  readonly binomialP: number
  readonly kupiecP: number
  /** Undefined with fewer than two exceedances. */
  readonly christoffersenP: number | undefined
  readonly meanMargin: number
  readonly efficiency: BookEfficiency
  readonly cycle: BookCycle
}

export interface Exceedance {
  readonly window: number
  readonly margin: number
  readonly loss: number
}

/** Margin over another one, mean over the days on which every leg earns its offset; NaN without such days. */
export interface BookEfficiency {
  readonly vsIsolated: number
  readonly vsSameUnderlying: number
}

/** How the margin of the constant book moved over the days on which every leg earned its offset. */
export interface BookCycle {
  readonly days: number
  /** Mean margin, share of the gross worth; NaN without such days. */
  readonly mean: number
  readonly peakToTrough: number
  readonly rise: Rise
  readonly correlatedRise: Rise
}

/** Largest rise over so many days, as a share; 0 where it never rose. */
export interface Rise {
  readonly oneDay: number
  readonly fiveDay: number
}

export const TARGET_RATE = 0.005
const DRAWS = 2_000

export function bookSummary(history: BookHistory, draw: Draw): BookSummary {
  const { counted, exceeded } = outcomesOf(history)
  const n = counted.length
  const windows = exceeded.map((place) => counted[place] ?? 0)
  const margins = counted.map((window) => history.margin[window] ?? 0)
  const independence = n === 0 ? undefined : christoffersen({ n, indices: exceeded }, { draws: DRAWS, draw })
  return {
    history,
    n,
    exceedances: windows.map((window) => ({
      window,
      margin: history.margin[window] ?? 0,
      loss: history.loss[window] ?? 0,
    })),
    runs: adjacentRuns(exceeded).map((run) => run.map((place) => counted[place] ?? 0)),
    binomialP: n === 0 ? 1 : binomialUpperTail(n, windows.length, TARGET_RATE),
    kupiecP: kupiec(n, windows.length, TARGET_RATE).p,
    christoffersenP: independence?.p,
    meanMargin: meanOf(margins),
    efficiency: efficiencyOf(history),
    cycle: cycleOf(history),
  }
}

export function meanOf(figures: readonly number[]): number {
  return figures.length === 0 ? Number.NaN : figures.reduce((sum, one) => sum + one, 0) / figures.length
}

function efficiencyOf({ daily }: BookHistory): BookEfficiency {
  const days = settledDays(daily)
  const over = (other: Float64Array) =>
    meanOf(days.map((day) => (daily.required[day] ?? Number.NaN) / (other[day] ?? Number.NaN)))
  return { vsIsolated: over(daily.isolated), vsSameUnderlying: over(daily.sameUnderlying) }
}

function cycleOf({ daily }: BookHistory): BookCycle {
  const days = settledDays(daily)
  const levels = days.map((day) => daily.required[day] ?? 0)
  const [peak, trough] = [Math.max(...levels), Math.min(...levels)]
  return {
    days: days.length,
    mean: meanOf(levels),
    peakToTrough: days.length === 0 ? Number.NaN : peak / trough,
    rise: largestRise(daily.required, daily.settled),
    correlatedRise: largestRise(daily.correlated, daily.settled),
  }
}

function settledDays({ settled }: BookHistory['daily']): readonly number[] {
  const days: number[] = []
  settled.forEach((one, day) => {
    if (one === 1) days.push(day)
  })
  return days
}

function largestRise(levels: Float64Array, settled: Float64Array): Rise {
  const over = (span: number) => {
    let most = 0
    for (let day = span; day < levels.length; day += 1) {
      const [now, before] = [levels[day] ?? 0, levels[day - span] ?? 0]
      if (settled[day] === 1 && settled[day - span] === 1 && before > 0) most = Math.max(most, now / before - 1)
    }
    return most
  }
  return { oneDay: over(1), fiveDay: over(5) }
}
