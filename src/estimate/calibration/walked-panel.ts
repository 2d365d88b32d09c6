import { type Calibration, calibrator } from './calibrator.ts'
import { type FactorSeries, factorReturns } from './factor-returns.ts'
import { marketReturn } from './market-return.ts'
import type { PricePanel } from './price-panel.ts'
import { DAY_MS } from './rules.ts'

/** A panel, and what is known after its last step. */
export interface WalkedPanel {
  readonly panel: PricePanel
  readonly factors: readonly FactorSeries[]
  readonly known: Calibration
  /** What was left out before the walk, a sentence each. */
  readonly notes: readonly string[]
}

/** Walks through all of a panel. `onStep` is told how many steps are done. */
export function walkedPanel(panel: PricePanel, onStep: (done: number) => void): WalkedPanel {
  const { factors, notes } = factorReturns(panel)
  const { next, known } = calibrator(factors, panel.times, panel.stepMs)
  panel.times.forEach((_, at) => {
    next()
    onStep(at + 1)
  })
  return { panel, factors, known: known(), notes }
}

/** Last known close of each asset, USD: of a coin's perpetual where it has no price of its own. */
export function lastCloses({ series }: PricePanel): ReadonlyMap<string, number> {
  const closes = new Map<string, number>()
  for (const { asset, close } of series) {
    const last = close.findLast((price) => !Number.isNaN(price))
    if (last !== undefined && !closes.has(asset)) closes.set(asset, last)
  }
  return closes
}

/** Assets that have a price of their own, and not of a perpetual alone. */
export function spotAssets({ series }: PricePanel): ReadonlySet<string> {
  return new Set(series.filter(({ kind }) => kind === 'spot').map(({ asset }) => asset))
}

/** Of each day (UTC, such as 2020-03-12) that the panel has, the step in which the median coin fell most; the first of several. */
export function crashSteps(
  { panel: { times, stepMs }, factors }: Pick<WalkedPanel, 'panel' | 'factors'>,
  days: readonly string[],
): readonly { readonly id: string; readonly at: number }[] {
  return days.flatMap((day) => {
    const start = Date.parse(day)
    const first = times.indexOf(start + stepMs)
    if (first < 1) return []
    const steps = Array.from({ length: DAY_MS / stepMs }, (_, i) => first + i).filter((at) => at < times.length)
    const [worst] = steps.toSorted((a, b) => marketReturn(factors, a) - marketReturn(factors, b) || a - b)
    return worst === undefined ? [] : [{ id: `crash of ${day}`, at: worst }]
  })
}
