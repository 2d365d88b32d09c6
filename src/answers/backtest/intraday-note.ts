import type { IntradayRow } from '../../wire/backtest-report.ts'
import type { BacktestStudy } from './backtest-study.ts'

/** What the worst points within windows mean: how much of them margin covers, how fast one must close, what is left to a fund. */
export function intradayNote(study: BacktestStudy, intraday: readonly IntradayRow[]): string {
  const n = intraday.reduce((sum, row) => sum + row.n, 0)
  if (n === 0) return 'These prices are closes alone: the worst point within a window is not known.'
  const exceedances = intraday.reduce((sum, row) => sum + row.exceedances, 0)
  const worst = intraday.toSorted((a, b) => (b.worstExceedanceRatio ?? 0) - (a.worstExceedanceRatio ?? 0))[0]
  const shares = beyond(study)
  const found = [
    `Against the low of what is held and the high of what is short, each leg at its own worst point, ${exceedances} of ${n} windows exceed (${percent(exceedances / n)}): more than at the close, because a margin for one MPOR is not one for its worst moment, and because legs are put at their worst at once though they were not.`,
    worst?.worstBook === null || worst === undefined
      ? ''
      : `The largest is ${worst.worstBook} on ${worst.worstDate}, ${percent(worst.worstExceedanceRatio ?? 0)} beyond its margin.`,
    `Where they exceed, half stay within ${percent(shares.half)} of the margin beyond it and nine in ten within ${percent(shares.nine)}: margin and the initial side's 25% on top cover the first; closing within the window, before its worst point, must cover the second; the rest is what an insurance fund is for.`,
  ]
  return found.filter((text) => text !== '').join(' ')
}

function beyond({ summaries }: BacktestStudy): { readonly half: number; readonly nine: number } {
  const excesses: number[] = []
  for (const { history } of summaries)
    history.worstLoss.forEach((lost, window) => {
      const charged = history.margin[window] ?? Number.NaN
      if (lost > charged) excesses.push(lost / charged - 1)
    })
  excesses.sort((a, b) => a - b)
  const at = (share: number) => excesses[Math.min(excesses.length - 1, Math.floor(share * excesses.length))] ?? 0
  return { half: at(0.5), nine: at(0.9) }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 2 : 0)}%`
}
