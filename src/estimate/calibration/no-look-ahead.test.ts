import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { type Calibration, calibrator } from './calibrator.ts'
import { daysFrom, fatTailed, MONDAY, uniform } from './drawn-factors.test-data.ts'
import { factorReturns } from './factor-returns.ts'
import type { PanelSeries, PricePanel, SeriesKind } from './price-panel.ts'
import { DAY_MS } from './rules.ts'

const STEPS = 340
const GAP = Number.NaN

/** A market and what follows it, with coins that come late, go and come back, a claim, a dollar and a perpetual. */
function drawnPanel(): PricePanel {
  const draw = uniform(randomFrom(8))
  const market = walkOf(() => 0.03 * fatTailed(draw))
  const coin = (own: number) => along(market, () => own * fatTailed(draw))
  const a = coin(0.03)
  const series = [
    one('A', 'spot', without(a, 100, 112)),
    one(
      'A',
      'perpetual',
      along(a, () => 0),
    ),
    one('B', 'spot', without(coin(0.05), 0, 60)),
    one('BTC', 'spot', market),
    one('C', 'spot', without(coin(0.06), 200, 204)),
    one('ETH', 'spot', coin(0.02)),
    one(
      'USDC',
      'spot',
      walkOf(() => 1e-4 * fatTailed(draw)),
    ),
    one('stETH', 'spot', without(coin(0.02), 0, 90)),
  ]
  return { stepMs: DAY_MS, times: daysFrom(MONDAY, STEPS), series }
}

function walkOf(next: () => number): Float64Array {
  let logPrice = 0
  return Float64Array.from({ length: STEPS }, () => Math.exp((logPrice += next())))
}

function along(market: Float64Array, next: () => number): Float64Array {
  const own = walkOf(next)
  return market.map((price, t) => price * (own[t] ?? 1))
}

function without(prices: Float64Array, from: number, to: number): Float64Array {
  return prices.map((price, t) => (t >= from && t < to ? GAP : price))
}

function one(asset: string, kind: SeriesKind, close: Float64Array): PanelSeries {
  const volumeUsd = Float64Array.from(close, (_, t) => (asset === 'B' ? 1e6 * t : 1e7))
  return { asset, kind, close, high: close, low: close, volumeUsd, sources: ['drawn.csv'] }
}

const panel = drawnPanel()

/** A copy of all that is known after so many steps. */
function knownAfter(drawn: PricePanel, steps: number): Calibration {
  const { next, known } = calibrator(factorReturns(drawn).factors, drawn.times, drawn.stepMs)
  for (let step = 0; step < steps; step += 1) next()
  return structuredClone(known())
}

interface Change {
  readonly series: number
  readonly after: number
  readonly times: number
}

function changed(drawn: PricePanel, from: number, changes: readonly Change[]): PricePanel {
  const series = drawn.series.map((row, at) => {
    const own = changes.filter((change) => change.series === at)
    if (own.length === 0) return row
    const [close, volumeUsd] = [Float64Array.from(row.close), Float64Array.from(row.volumeUsd)]
    for (const { after, times } of own) {
      const step = Math.min(STEPS - 1, from + after)
      close[step] = (close[step] ?? GAP) * times
      volumeUsd[step] = (volumeUsd[step] ?? GAP) * times * 1_000
    }
    return { ...row, close, volumeUsd }
  })
  return { ...drawn, series }
}

const changes = fc.array(
  fc.record({
    series: fc.integer({ min: 0, max: panel.series.length - 1 }),
    after: fc.integer({ min: 0, max: 30 }),
    times: fc.constantFrom(0.6, 0.9, 1.2, 1.6, GAP),
  }),
  { minLength: 1, maxLength: 12 },
)

test('INV-CAL-1: no price or volume of a later step changes anything that is known after a step', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: STEPS - 1 }), changes, (steps, drawn) => {
      expect(knownAfter(changed(panel, steps, drawn), steps)).toEqual(knownAfter(panel, steps))
    }),
    { numRuns: 25 },
  )
})

test('INV-CAL-1: what was known before a change is known, and what comes after it is not the same', () => {
  // The test above would hold for a calibration that reads nothing.
  const crash = changed(panel, 300, [{ series: 3, after: 0, times: 0.6 }])
  expect(knownAfter(crash, 300)).toEqual(knownAfter(panel, 300))
  expect(knownAfter(crash, 301)).not.toEqual(knownAfter(panel, 301))
})

test('INV-CAL-1: at the end of a week nothing depends on whether the panel goes on', () => {
  // 47 weeks from a Monday are 329 steps.
  const cut = <List extends Float64Array>(list: List) => list.subarray(0, 329)
  const series = panel.series.map((row) => ({ ...row, close: cut(row.close), volumeUsd: cut(row.volumeUsd) }))
  const ended = { ...panel, times: panel.times.slice(0, 329), series }
  expect(knownAfter(ended, 329)).toEqual(knownAfter(panel, 329))
})
