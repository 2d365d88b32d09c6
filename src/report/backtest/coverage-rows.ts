import type { BacktestRegime, BacktestReport, CoverageRow } from '../../wire/backtest-report.ts'

/** The target the model is held to; the others are printed beside it. */
export const HEADLINE_TARGET = 0.995

/** Rows of the report's own horizon at one target and regime, in the order of the report. */
export function rowsAt(
  { rows, mpor }: BacktestReport,
  { target, regime }: { readonly target: number; readonly regime: BacktestRegime },
): readonly CoverageRow[] {
  return rows.filter((row) => row.mpor === mpor && row.regime === regime && Math.abs(row.target - target) < 1e-9)
}

/** One row a type: at 99.5%, over all windows. */
export function headlineRows(report: BacktestReport): readonly CoverageRow[] {
  return rowsAt(report, { target: HEADLINE_TARGET, regime: 'all' })
}

/** Whether a type passes only because the tests of all types are taken together. */
export function passesByHolm({ exceedances, allowed, holmPasses }: CoverageRow): boolean {
  return holmPasses && exceedances > allowed
}

export function sumOf<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((sum, item) => sum + figure(item), 0)
}
