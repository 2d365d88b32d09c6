import { expect, test } from 'vitest'
import { daysFrom, factorOf, MONDAY } from './drawn-factors.test-data.ts'
import type { PanelSeries, PricePanel } from './price-panel.ts'
import { DAY_MS } from './rules.ts'
import { crashSteps, lastCloses, spotAssets, walkedPanel } from './walked-panel.ts'

const NONE = Number.NaN

function series(asset: string, kind: PanelSeries['kind'], close: readonly number[]): PanelSeries {
  const unknown = Float64Array.from(close, () => NONE)
  return { asset, kind, close: Float64Array.from(close), high: unknown, low: unknown, volumeUsd: unknown, sources: [] }
}

test('the last close of a coin is its own, else that of its perpetual', () => {
  const panel: PricePanel = {
    stepMs: DAY_MS,
    times: daysFrom(MONDAY, 3),
    series: [
      series('A', 'spot', [1, 2, NONE]),
      series('A', 'perpetual', [1, 2, 3]),
      series('B', 'perpetual', [4, 5, 6]),
      series('C', 'spot', [NONE, NONE, NONE]),
    ],
  }
  expect([...lastCloses(panel)]).toEqual([
    ['A', 2],
    ['B', 6],
  ])
  expect([...spotAssets(panel)]).toEqual(['A', 'C'])
})

test('a named day is the step in which the median coin fell most; a day beyond the panel is left away', () => {
  // Three steps a day: those that end at 08:00, 16:00 and 24:00 of Monday are places 1 to 3.
  const stepMs = DAY_MS / 3
  const times = Array.from({ length: 6 }, (_, i) => MONDAY + i * stepMs)
  const factors = ['A', 'B', 'C'].map((id) => factorOf(id, [0, -0.1, -0.3, -0.2, -0.5, 0]))
  const panel = { stepMs, times, series: [] }
  const days = ['2020-01-05', '2020-01-06', '2020-01-07', '2020-01-08']
  expect(crashSteps({ panel, factors }, days)).toEqual([
    { id: 'crash of 2020-01-06', at: 2 },
    { id: 'crash of 2020-01-07', at: 4 },
  ])
})

test('the factor model does not depend on the weeks before: a lone first week does not end it', () => {
  // Sunday: the week ends after the first step, before two returns could have come together.
  const days = 40
  const close = (scale: number) => Array.from({ length: days }, (_, day) => scale * Math.exp(0.05 * Math.sin(day)))
  const panel: PricePanel = {
    stepMs: DAY_MS,
    times: daysFrom(MONDAY - DAY_MS, days),
    series: [series('A', 'spot', close(1)), series('B', 'spot', close(5))],
  }
  const seen: number[] = []
  const { known } = walkedPanel(panel, (done) => seen.push(done))
  expect(seen).toHaveLength(days)
  // Shrunk: of 39 days together 39 / (39 + 120) is their own, and the mean of the group is the same.
  expect(known.correlation[1]).toBeCloseTo(1, 6)
  const [a = 0, b = 0] = [known.loadings[0], known.loadings[4]]
  expect(a * b).toBeGreaterThan(0.9)
})
