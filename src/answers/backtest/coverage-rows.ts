import type { BookRow, CoverageRow, Efficiency, Mpor, NamedExceedance } from '../../wire/backtest-report.ts'
import type { BookSummary, Exceedance } from '../../estimate/backtest/book-summary.ts'
import type { CoverageFigures } from '../../estimate/backtest/coverage-table.ts'
import { SIGNIFICANCE } from '../../estimate/backtest/coverage-table.ts'
import { holm } from '../../estimate/exceedance/holm.ts'
import type { BacktestStudy } from './backtest-study.ts'
import { windowDate } from './study-dates.ts'

/** Requirement of model `standard` for a book, share of its gross worth; undefined for what it does not know. */
export type StandardMargin = (summary: BookSummary) => number | undefined

export function coverageRows(study: BacktestStudy, mpor: Mpor, standard: StandardMargin): readonly CoverageRow[] {
  const byType = Map.groupBy(study.summaries, ({ history }) => history.book.type)
  return study.coverage.map((figures) =>
    coverageRow(figures, mpor, efficiencyOf(byType.get(figures.type) ?? [], standard)),
  )
}

function coverageRow(figures: CoverageFigures, mpor: Mpor, efficiency: Efficiency): CoverageRow {
  const { type, rate, christoffersenMedian, light, meanExcess, worstExcess, ...same } = figures
  return {
    portfolio: type,
    target: Math.round((1 - rate) * 1e6) / 1e6,
    mpor,
    ...same,
    christoffersenP: christoffersenMedian ?? null,
    trafficLight: light,
    meanExceedanceRatio: meanExcess ?? null,
    worstExceedanceRatio: worstExcess ?? null,
    efficiency,
  }
}

/** Medians over books. */
function efficiencyOf(summaries: readonly BookSummary[], standard: StandardMargin): Efficiency {
  return {
    vsIsolated: median(summaries.map(({ efficiency }) => efficiency.vsIsolated)),
    vsSameUnderlying: median(summaries.map(({ efficiency }) => efficiency.vsSameUnderlying)),
    vsStandard: median(summaries.map((one) => overStandard(one, standard))),
  }
}

function overStandard(summary: BookSummary, standard: StandardMargin): number {
  const other = standard(summary)
  return other === undefined || other === 0 ? Number.NaN : summary.meanMargin / other
}

/** Of the figures that are there. */
export function median(figures: readonly number[]): number | null {
  const known = figures.filter((one) => Number.isFinite(one)).toSorted((a, b) => a - b)
  return known[known.length >>> 1] ?? null
}

/** The least figure that at least this share of the figures is not above. */
export function quantile(figures: readonly number[], share: number): number | null {
  const known = figures.filter((one) => Number.isFinite(one)).toSorted((a, b) => a - b)
  return known[Math.max(0, Math.ceil(share * known.length - 1e-9) - 1)] ?? null
}

export function bookRows(study: BacktestStudy, standard: StandardMargin): readonly BookRow[] {
  const live = study.summaries.filter(({ n }) => n > 0)
  const rejected = holm(
    live.map(({ binomialP }) => binomialP),
    SIGNIFICANCE,
  )
  return live.map((summary, i): BookRow => {
    const { history, n, exceedances, efficiency, cycle } = summary
    const ratios = exceedances.map(excessOf)
    const worst = exceedances[ratios.indexOf(Math.max(...ratios))]
    const days = [...history.binding.values()].reduce((sum, one) => sum + one, 0)
    return {
      book: history.book.id,
      portfolio: history.book.type,
      legs: history.book.legs.length,
      n,
      exceedances: exceedances.length,
      binomialP: summary.binomialP,
      holmPasses: rejected[i] !== true,
      kupiecP: summary.kupiecP,
      christoffersenP: summary.christoffersenP ?? null,
      meanMargin: summary.meanMargin,
      meanExceedanceRatio: ratios.length === 0 ? null : ratios.reduce((sum, one) => sum + one, 0) / ratios.length,
      worstExceedanceRatio: worst === undefined ? null : excessOf(worst),
      worstDate: worst === undefined ? null : dateOf(study, worst),
      efficiency: {
        vsIsolated: known(efficiency.vsIsolated),
        vsSameUnderlying: known(efficiency.vsSameUnderlying),
        vsStandard: known(overStandard(summary, standard)),
      },
      peakToTrough: known(cycle.peakToTrough),
      largestRise: cycle.rise,
      binding: Object.fromEntries([...history.binding].map(([term, count]) => [term, count / days])),
    }
  })
}

function known(figure: number): number | null {
  return Number.isFinite(figure) ? figure : null
}

export function excessOf({ loss, margin }: Exceedance): number {
  return loss / margin - 1
}

/** Every exceedance, the largest first, with the leg that lost most. */
export function namedExceedances(study: BacktestStudy): readonly NamedExceedance[] {
  const all = study.summaries.flatMap(({ history, exceedances }) =>
    exceedances.map((one): NamedExceedance => {
      const { id, type } = history.book
      return {
        book: id,
        portfolio: type,
        date: dateOf(study, one),
        margin: one.margin,
        loss: one.loss,
        excessRatio: excessOf(one),
        jump: jumpIn(study, history.book.legs, one),
      }
    }),
  )
  return all.toSorted((a, b) => b.excessRatio - a.excessRatio || (a.book < b.book ? -1 : 1))
}

function jumpIn(
  { panel, times }: BacktestStudy,
  legs: BookSummary['history']['book']['legs'],
  { window }: Exceedance,
): NamedExceedance['jump'] {
  const at = panel.times.indexOf(times[window] ?? 0)
  let worst = { asset: '', return: 0, lost: -Infinity }
  for (const { line, worth } of legs) {
    const close = panel.series[line.series]?.close
    const gained = (close?.[at + 1] ?? Number.NaN) / (close?.[at] ?? Number.NaN) - 1
    if (-worth * gained > worst.lost) worst = { asset: line.id, return: gained, lost: -worth * gained }
  }
  return { asset: worst.asset, return: worst.return }
}

export function dateOf({ times, panel }: BacktestStudy, { window }: Pick<Exceedance, 'window'>): string {
  return windowDate(times[window] ?? 0, panel.stepMs)
}
