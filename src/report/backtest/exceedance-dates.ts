import type { NamedExceedance } from '../../wire/backtest-report.ts'

/** How many fell on one date. */
export interface DateCount {
  readonly date: string
  readonly count: number
  readonly types: readonly string[]
}

/** Dates with most exceedances first, then in order of time. */
export function exceedancesByDate(exceedances: readonly NamedExceedance[]): readonly DateCount[] {
  const byDate = Map.groupBy(exceedances, ({ date }) => date)
  return [...byDate]
    .map(([date, own]) => ({ date, count: own.length, types: [...new Set(own.map(({ portfolio }) => portfolio))] }))
    .toSorted((a, b) => b.count - a.count || (a.date < b.date ? -1 : 1))
}
