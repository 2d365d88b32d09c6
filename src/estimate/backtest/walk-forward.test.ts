import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { type Calibration, calibrator } from '../calibration/calibrator.ts'
import { fatTailed, uniform } from '../calibration/drawn-factors.test-data.ts'
import { factorReturns } from '../calibration/factor-returns.ts'
import type { PanelSeries, PricePanel } from '../calibration/price-panel.ts'
import { DAY_MS } from '../calibration/rules.ts'
import type { Book, Leg } from './book.ts'
import { chargeTables } from './charge-tables.ts'
import { closes, panelOf, pricesOf, SHARES, START } from './drawn-panel.test-data.ts'
import { linesOf } from './lines.ts'
import { sizeFreeMargin } from './size-free-margin.ts'
import { walkForward } from './walk-forward.ts'

const GAP = Number.NaN

/** Two coins that move together, one with a perpetual; volatility comes and goes. */
function drawnSeries(steps: number, seed = 4): readonly PanelSeries[] {
  const draw = uniform(randomFrom(seed))
  const scale = (t: number) => (t % 40 < 20 ? 0.01 : 0.03)
  const a = pricesOf(steps, (t) => scale(t) * fatTailed(draw))
  const b = pricesOf(steps, (t) => scale(t) * fatTailed(draw)).map((one, t) => (one * (a[t] ?? 1)) / 100)
  const perpetual = a.map((one) => one * (1 + 0.001 * fatTailed(draw)))
  return [closes('A', 'spot', a), closes('A', 'perpetual', perpetual), closes('B', 'spot', b)]
}

const LEGS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'long A': { A: 1 },
  spread: { A: 2, B: -1 },
  carry: { A: 1, 'A perpetual': -1 },
  'short A': { A: -1 },
}

function booksOf(panel: PricePanel): readonly Book[] {
  const lines = linesOf(panel, factorReturns(panel).factors)
  return Object.entries(LEGS).map(([id, worths]) => {
    const legs = lines.flatMap((line): readonly Leg[] =>
      line.id in worths ? [{ line, worth: worths[line.id] ?? 0 }] : [],
    )
    return { id, type: 'outright long', legs }
  })
}

function walked(panel: PricePanel, { from = 0, to = Infinity } = {}) {
  const { factors } = factorReturns(panel)
  const ignore = () => {}
  return walkForward({ panel, factors, books: booksOf(panel), shares: SHARES, from, to, onStep: ignore, onDay: ignore })
}

/** By place: what a book asks under the epoch of what is known then, a share of its gross worth. */
function asked(panel: PricePanel, of: Book, isWanted: (place: number) => boolean): ReadonlyMap<number, number> {
  const { factors } = factorReturns(panel)
  const { next, known } = calibrator(factors, panel.times, panel.stepMs)
  const gross = of.legs.reduce((sum, { worth }) => sum + Math.abs(worth), 0)
  const figures = new Map<number, number>()
  for (let place = 0; place < panel.times.length; place += 1) {
    next()
    if (isWanted(place)) figures.set(place, requiredOf(of.legs, known(), factors.length - 1) / gross)
  }
  return figures
}

/** The last factor is the basis, the others are prices. */
function requiredOf(legs: readonly Leg[], known: Calibration, prices: number): number {
  const isUnderlying = known.factors.map((_, i) => i < prices)
  return sizeFreeMargin(legs, chargeTables(known, SHARES, isUnderlying)).required
}

test('in a step of a day the epoch of the day before is charged: the new one has just begun to ramp', () => {
  const panel = panelOf(drawnSeries(120))
  const { histories, times } = walked(panel)
  expect(times).toEqual(panel.times.slice(0, -1))
  for (const { book, margin } of histories) {
    const figures = asked(panel, book, (place) => place >= 90)
    for (let place = 91; place < 119; place += 1) expect(margin[place]).toBeCloseTo(figures.get(place - 1) ?? GAP, 12)
  }
})

test('within a day the new epoch ramps in if it is higher, and if it is lower counts from the next midnight', () => {
  const panel = panelOf(drawnSeries(4 * 112), DAY_MS / 4)
  const { histories } = walked(panel)
  let [higher, lower] = [0, 0]
  for (const { book, margin } of histories) {
    // Ninety days of returns are 360, charged from the next midnight.
    expect(margin.findIndex((one) => !Number.isNaN(one))).toBe(364)
    const figures = asked(panel, book, (place) => place % 4 === 0 && place >= 4 * 91)
    for (let midnight = 4 * 92; midnight < 4 * 112 - 1; midnight += 4) {
      const [old, now] = [figures.get(midnight - 4) ?? GAP, figures.get(midnight) ?? GAP]
      if (now > old) higher += 1
      else lower += 1
      for (const quarter of [0, 1, 2, 3]) {
        if (midnight + quarter === 4 * 112 - 1) continue
        expect(margin[midnight + quarter]).toBeCloseTo(old + (quarter / 4) * Math.max(0, now - old), 12)
      }
    }
  }
  // Both happened in these twenty days.
  expect(higher).toBeGreaterThan(5)
  expect(lower).toBeGreaterThan(5)
})

test('a book is charged from the day after each of its factors has ninety returns', () => {
  const late = drawnSeries(130).map((one) => (one.asset === 'B' ? { ...one, close: one.close.fill(GAP, 0, 20) } : one))
  const [longA, spread, carry] = walked(panelOf(late)).histories
  const first = (margin: Float64Array | undefined) => margin?.findIndex((one) => !Number.isNaN(one))
  // The first return is that of the second price: ninety with the 91st. B has its first price at place 20.
  expect([first(longA?.margin), first(carry?.margin), first(spread?.margin)]).toEqual([91, 91, 111])
})

test('losses are what the legs lost from close to close, of their gross worth', () => {
  const series = drawnSeries(100)
  const price = (asset: string, kind: string, from: number, to: number) => (one: PanelSeries) =>
    one.asset === asset && one.kind === kind
      ? { ...one, close: Float64Array.from(one.close).fill(from, 94, 95).fill(to, 95, 96) }
      : one
  const panel = panelOf(
    series
      .map(price('A', 'spot', 100, 90))
      .map(price('B', 'spot', 10, 12))
      .map(price('A', 'perpetual', 100, 91)),
  )
  const [longA, spread, carry] = walked(panel).histories
  expect(longA?.loss[94]).toBeCloseTo(0.1, 14)
  // Twice 10% and once 20%, of three.
  expect(spread?.loss[94]).toBeCloseTo(0.4 / 3, 14)
  // 10% lost, 9% won, of two.
  expect(carry?.loss[94]).toBeCloseTo(0.005, 14)
  expect(longA?.worstLoss[94]).toBeNaN()
})

test('the worst point within a window is the low of what is held and the high of what is owed, each by itself', () => {
  const ranged = drawnSeries(100).map((one) => ({
    ...one,
    high: one.close.map((price) => price * 1.25),
    low: one.close.map((price) => price * 0.8),
  }))
  const panel = panelOf(ranged)
  const [longA, spread] = walked(panel).histories
  const [a, , b] = panel.series
  const held = 1 - (0.8 * (a?.close[96] ?? GAP)) / (a?.close[95] ?? GAP)
  const owed = (1.25 * (b?.close[96] ?? GAP)) / (b?.close[95] ?? GAP) - 1
  expect(longA?.worstLoss[95]).toBeCloseTo(held, 14)
  expect(spread?.worstLoss[95]).toBeCloseTo((2 * held + owed) / 3, 14)
})

test('a window at whose start or end a leg has no price counts for no book that holds it', () => {
  const gapped = drawnSeries(110).map((one) =>
    one.asset === 'B' ? { ...one, close: one.close.fill(GAP, 100, 101) } : one,
  )
  const [longA, spread] = walked(panelOf(gapped)).histories
  const missing = (list: Float64Array | undefined) => [98, 99, 100, 101].map((place) => Number.isNaN(list?.[place]))
  expect(missing(spread?.margin)).toEqual([false, true, true, false])
  expect(missing(spread?.loss)).toEqual([false, true, true, false])
  expect(missing(longA?.margin)).toEqual([false, false, false, false])
})

test('a walk that begins later charges the same from then on, its first window by the epoch of the day before', () => {
  for (const stepMs of [DAY_MS, DAY_MS / 4]) {
    const [daily, days] = [DAY_MS / stepMs, 105]
    const panel = panelOf(drawnSeries(days * daily), stepMs)
    const [whole, late] = [walked(panel), walked(panel, { from: START + 97 * DAY_MS, to: START + 102 * DAY_MS })]
    expect(late.times).toEqual(panel.times.slice(97 * daily, 102 * daily))
    late.histories.forEach(({ margin, loss, daily: figures }, i) => {
      expect(margin).toEqual(whole.histories[i]?.margin.slice(97 * daily, 102 * daily))
      expect(loss).toEqual(whole.histories[i]?.loss.slice(97 * daily, 102 * daily))
      expect(figures.required).toEqual(whole.histories[i]?.daily.required.slice(97, 102))
    })
    expect(late.histories[0]?.margin.some(Number.isNaN)).toBe(false)
  }
})

test('a collapse counts at once, in full, from the window after it; the window of the fall itself is charged as before', () => {
  for (const stepMs of [DAY_MS, DAY_MS / 4]) {
    const daily = DAY_MS / stepMs
    const midnight = 100 * daily
    // A and its perpetual lose 45% in the step that ends at midnight, B nothing.
    const after = ({ asset, close }: PanelSeries, t: number) =>
      asset === 'B' ? (close[t === midnight ? t - 1 : t] ?? GAP) : (close[t] ?? GAP) * (t < midnight ? 1 : 0.55)
    const fell = drawnSeries(105 * daily).map((one) => ({ ...one, close: one.close.map((_, t) => after(one, t)) }))
    const { histories } = walked(panelOf(fell, stepMs))
    const [longA, spread] = histories
    expect(longA?.loss[midnight - 1]).toBeGreaterThan(0.4)
    expect(longA?.margin[midnight - 1]).toBeLessThan(0.4)
    expect(longA?.margin[midnight]).toBe(1)
    // Two of A in full, beside the short B alone, of three.
    expect(spread?.margin[midnight]).toBeGreaterThan(2 / 3)
    expect(spread?.margin[midnight]).toBeLessThan(1)
  }
})

test('days: each under its own epoch, beside the sum of its legs alone and of its underlyings alone', () => {
  const panel = panelOf(drawnSeries(104))
  const { histories, days } = walked(panel)
  expect(days).toHaveLength(103)
  const [longA, spread, carry] = histories
  for (const history of histories) {
    const { book, daily, binding } = history
    const figures = asked(panel, book, (place) => place >= 90)
    const alone = book.legs.map((leg) => asked(panel, { ...book, legs: [leg] }, (place) => place === 100))
    const gross = book.legs.reduce((sum, { worth }) => sum + Math.abs(worth), 0)
    const isolated = alone.reduce(
      (sum, one, i) => sum + ((one.get(100) ?? GAP) * Math.abs(book.legs[i]?.worth ?? 0)) / gross,
      0,
    )
    expect(daily.required[100]).toBeCloseTo(figures.get(100) ?? GAP, 12)
    expect(daily.isolated[100]).toBeCloseTo(isolated, 12)
    expect(Number.isNaN(daily.required[89])).toBe(true)
    // From the 91st day on one term decides each of the 103.
    expect([...binding.values()].reduce((sum, one) => sum + one, 0)).toBe(103 - 90)
  }
  expect(longA?.daily.sameUnderlying[100]).toBeCloseTo(longA?.daily.isolated[100] ?? GAP, 12)
  expect(spread?.daily.sameUnderlying[100]).toBeCloseTo(spread?.daily.isolated[100] ?? GAP, 12)
  expect(carry?.daily.sameUnderlying[100]).toBeCloseTo(carry?.daily.required[100] ?? GAP, 12)
  expect(carry?.daily.isolated[100]).toBeGreaterThan(carry?.daily.required[100] ?? GAP)
})

test('a day is settled once every leg has earned its offset, with 250 returns', () => {
  const { histories } = walked(panelOf(drawnSeries(255)))
  const [, spread] = histories
  expect([248, 249, 250, 251].map((place) => spread?.daily.settled[place])).toEqual([0, 0, 1, 1])
})

test('every day and every step tell what is known then, and nothing later', () => {
  const panel = panelOf(drawnSeries(4 * 6), DAY_MS / 4)
  const { factors } = factorReturns(panel)
  const [steps, days]: [number[], number[]] = [[], []]
  walkForward({
    panel,
    factors,
    books: [],
    shares: SHARES,
    from: START + 2 * DAY_MS,
    to: START + 4 * DAY_MS,
    onStep: ({ factors: [a] }, next) => {
      // The first return is at place 1: what is known before place n has n - 1 of them.
      expect(a?.steps).toBe(next - 1)
      steps.push(next)
    },
    onDay: (time) => days.push((time - START) / DAY_MS),
  })
  expect(days).toEqual([2, 3])
  expect(steps).toEqual([9, 10, 11, 12, 13, 14, 15, 16])
})

const later = panelOf(drawnSeries(125, 9))
const laterMargins = walked(later).histories.map(({ margin }) => margin)

test('INV-CAL-3: no price after the start of a window changes a margin that is charged at its start or before', () => {
  const change = fc.record({
    series: fc.integer({ min: 0, max: 2 }),
    place: fc.integer({ min: 92, max: 124 }),
    times: fc.constantFrom(0.5, 0.8, 1.3, 3),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const first = Math.min(...changes.map(({ place }) => place))
      const series = later.series.map((one, i) => {
        const close = Float64Array.from(one.close)
        for (const { place, times } of changes.filter((some) => some.series === i))
          close[place] = (close[place] ?? GAP) * times
        return { ...one, close }
      })
      const { histories } = walked({ ...later, series })
      histories.forEach(({ margin }, i) => expect(margin.slice(0, first)).toEqual(laterMargins[i]?.slice(0, first)))
    }),
    { numRuns: 25 },
  )
})
