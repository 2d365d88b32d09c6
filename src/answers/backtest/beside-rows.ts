import type {
  AdjacentDates,
  DefaultedRow,
  IntradayRow,
  OffsetRow,
  PowerRow,
  Procyclicality,
} from '../../wire/backtest-report.ts'
import { RULES } from '../../estimate/calibration/rules.ts'
import { binomialUpperTail } from '../../estimate/exceedance/binomial.ts'
import { testPower } from '../../estimate/exceedance/power.ts'
import { type BookSummary, TARGET_RATE } from '../../estimate/backtest/book-summary.ts'
import { SIGNIFICANCE } from '../../estimate/backtest/coverage-table.ts'
import type { BacktestStudy } from './backtest-study.ts'
import { dateOf, median, quantile } from './coverage-rows.ts'
import { windowDate } from './study-dates.ts'

/** Days of settled margins that a peak and a trough are looked for in. */
const CYCLE_DAYS = 250
export const MOST_RISE = { oneDay: 0.25, fiveDay: 0.5 } as const
export const MOST_PEAK = 3

export function cycles({ summaries }: BacktestStudy): Procyclicality {
  const long = summaries.filter(({ cycle }) => cycle.days >= CYCLE_DAYS)
  const byType = [...Map.groupBy(long, ({ history }) => history.book.type)].map(([portfolio, own]) => {
    const peaks = own.map(({ cycle }) => cycle.peakToTrough)
    const most = (figure: (one: BookSummary) => number) => Math.max(...own.map(figure))
    return {
      portfolio,
      medianPeakToTrough: median(peaks) ?? 0,
      worstPeakToTrough: Math.max(...peaks),
      correlatedRise: {
        oneDay: most(({ cycle }) => cycle.correlatedRise.oneDay),
        fiveDay: most(({ cycle }) => cycle.correlatedRise.fiveDay),
      },
      marginRise: {
        oneDay: most(({ cycle }) => cycle.rise.oneDay),
        fiveDay: most(({ cycle }) => cycle.rise.fiveDay),
      },
    }
  })
  const share = (is: (one: BookSummary) => boolean) => (long.length === 0 ? 0 : long.filter(is).length / long.length)
  return {
    byType,
    withinThree: share(({ cycle }) => cycle.peakToTrough <= MOST_PEAK),
    riseWithin: share(({ cycle: { rise } }) => rise.oneDay <= MOST_RISE.oneDay && rise.fiveDay <= MOST_RISE.fiveDay),
  }
}

export function offsetRows({ beside, correlations }: BacktestStudy): readonly OffsetRow[] {
  return beside
    .filter(({ history, n }) => history.book.type === 'credited pair' && n > 0)
    .map(({ history, n, exceedances, kupiecP, efficiency }): OffsetRow => {
      const pair = history.book.id
      const seen = correlations.pairs.get(pair) ?? []
      return {
        pair,
        n,
        exceedances: exceedances.length,
        kupiecP,
        binomialP: binomialUpperTail(n, exceedances.length, TARGET_RATE),
        credit: Number.isFinite(efficiency.vsIsolated) ? 1 - efficiency.vsIsolated : 0,
        correlation: {
          least: Math.min(...seen),
          mean: seen.reduce((sum, one) => sum + one, 0) / seen.length,
          most: Math.max(...seen),
        },
        fitError: correlations.fitErrors.get(pair) ?? 0,
      }
    })
}

/** The window of the collapse of each coin that went to zero, and the windows after it. */
export function defaultedRows(study: BacktestStudy): readonly DefaultedRow[] {
  return study.beside
    .filter(({ history }) => history.book.type === 'went to zero')
    .flatMap(({ history }) => {
      const { margin, loss } = history
      const first = loss.findIndex((one) => one >= -RULES.collapse)
      if (first < 0) return []
      return [0, 1, 2, 3, 4].flatMap((after): readonly DefaultedRow[] => {
        const window = first + after
        const lost = loss[window] ?? Number.NaN
        if (Number.isNaN(lost)) return []
        const date = windowDate(study.times[window] ?? 0, study.panel.stepMs)
        return [{ asset: history.book.id, date, return: -lost, margin: margin[window] ?? 0, collapsed: after > 0 }]
      })
    })
}

export function intradayRows(study: BacktestStudy): readonly IntradayRow[] {
  return [...Map.groupBy(study.summaries, ({ history }) => history.book.type)].flatMap(([portfolio, own]) => {
    let [n, exceedances, worst] = [0, 0, 0]
    let at: { readonly window: number; readonly book: string } | undefined
    for (const { history } of own)
      history.worstLoss.forEach((lost, window) => {
        const charged = history.margin[window] ?? Number.NaN
        if (Number.isNaN(lost) || Number.isNaN(charged)) return
        n += 1
        if (lost <= charged) return
        exceedances += 1
        if (lost / charged - 1 <= worst) return
        worst = lost / charged - 1
        at = { window, book: history.book.id }
      })
    if (n === 0) return []
    const row: IntradayRow = {
      portfolio,
      n,
      exceedances,
      worstExceedanceRatio: at === undefined ? null : worst,
      worstDate: at === undefined ? null : dateOf(study, at),
      worstBook: at === undefined ? null : at.book,
    }
    return [row]
  })
}

/** Runs of exceedances, the longest first. */
export function clusters(study: BacktestStudy): readonly AdjacentDates[] {
  const all = study.summaries.flatMap(({ history, runs }) =>
    runs.map((run): AdjacentDates => {
      const dates = run.map((window) => dateOf(study, { window }))
      return { book: history.book.id, portfolio: history.book.type, dates }
    }),
  )
  return all.toSorted((a, b) => b.dates.length - a.dates.length)
}

/** For one book of the median length and for all windows of the median type. */
export function powerRows({ summaries, coverage }: BacktestStudy): readonly PowerRow[] {
  const ofBook =
    quantile(
      summaries.map(({ n }) => n),
      0.5,
    ) ?? 0
  const ofType =
    quantile(
      coverage.filter(({ regime, rate }) => regime === 'all' && rate === TARGET_RATE).map(({ n }) => n),
      0.5,
    ) ?? 0
  return [ofBook, ofType].flatMap((n) =>
    n === 0
      ? []
      : [0.0075, 0.01, 0.02].map((trueRate): PowerRow => {
          const { allowed, power } = testPower({ n, targetRate: TARGET_RATE, trueRate, significance: SIGNIFICANCE })
          return { n, target: 1 - TARGET_RATE, trueRate, power, allowed }
        }),
  )
}
