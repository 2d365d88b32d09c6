import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { type Calibration, calibrator, type FactorState } from './calibrator.ts'
import { daysFrom, factorOf, fatTailed, MONDAY, normal, uniform } from './drawn-factors.test-data.ts'
import type { FactorSeries } from './factor-returns.ts'
import { DAY_MS, RULES } from './rules.ts'

const GAP = Number.NaN

/** Calls `look` with what is known after each step. */
function walk(series: readonly FactorSeries[], look: (known: Calibration, step: number) => void): void {
  const steps = series[0]?.returns.length ?? 0
  const { next, known } = calibrator(series, daysFrom(MONDAY, steps), DAY_MS)
  for (let step = 0; step < steps; step += 1) {
    next()
    look(known(), step)
  }
}

function after(series: readonly FactorSeries[], steps: number): Calibration {
  let last: Calibration | undefined
  walk(
    series.map((one) => ({ ...one, returns: one.returns.subarray(0, steps) })),
    (known) => (last = known),
  )
  if (last === undefined) throw new Error('at least one step')
  return last
}

function states(series: readonly FactorSeries[], id: string): readonly FactorState[] {
  const list: FactorState[] = []
  walk(series, ({ factors }) => list.push(...factors.filter((one) => one.id === id)))
  return list
}

/** Drawn from a seed: each coin has 4% a day and nothing to do with the others. */
function coins(names: readonly string[], steps: number, seed = 1): readonly FactorSeries[] {
  const draw = uniform(randomFrom(seed))
  return names.map((id) =>
    factorOf(
      id,
      Array.from({ length: steps }, () => 0.04 * normal(draw)),
    ),
  )
}

function withReturns(
  series: readonly FactorSeries[],
  id: string,
  at: ReadonlyMap<number, number>,
): readonly FactorSeries[] {
  return series.map((one) =>
    one.id === id ? { ...one, returns: one.returns.map((gained, t) => at.get(t) ?? gained) } : one,
  )
}

function gap(from: number, to: number): ReadonlyMap<number, number> {
  return new Map(Array.from({ length: to - from }, (_, i) => [from + i, GAP] as const))
}

test('a coin starts from what its tier is taken for, and its first return moves it', () => {
  const [first] = states([factorOf('A', [0.1])], 'A')
  // 7.5% of `other`: variance d * 0.075^2 + (1 - d) * 0.1^2 with d = 2^(-1/32).
  const decay = 2 ** (-1 / 32)
  const sigma = Math.sqrt(decay * 0.075 ** 2 + (1 - decay) * 0.1 ** 2)
  expect(first?.currentSigma).toBeCloseTo(sigma, 14)
  expect(first).toMatchObject({ id: 'A', tier: 'other', steps: 1, collapsed: false, earnsOffset: false })
  // 1 / 121 of the floor is its own: stressed is its one sigma, the long run its one return.
  const floor = 0.75 * sigma + 0.25 * ((1 * sigma + 120 * 0.075) / 121)
  const longRun = (1 * 0.1 + 120 * 0.075) / 121
  expect(first?.chargedSigma).toBeCloseTo(Math.max(sigma, floor, longRun), 14)
  expect(first?.logMove).toBeCloseTo(4.4 * (first?.chargedSigma ?? 0), 14)
})

test('what a tier is taken for at first is no past of a factor: a calm one is charged as a calm one', () => {
  // Volatility of 3%, taken for 7.5%. The sigmas of the first months were once part of its past: the 95% quantile of that
  // was not its own for years, and a factor was charged a fifth more than its sigma at first, its tail a fifth less ever after.
  const draw = uniform(randomFrom(5))
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
  const series = names.map((id) =>
    factorOf(
      id,
      Array.from({ length: 700 }, () => 0.03 * normal(draw)),
    ),
  )
  let [sum, count] = [0, 0]
  walk(series, ({ factors }, step) => {
    if (step < 400) return
    for (const { chargedSigma } of factors) {
      sum += chargedSigma / 0.03
      count += 1
    }
  })
  // At its floor a little above one: see the simulated truth.
  expect(sum / count).toBeGreaterThan(1)
  expect(sum / count).toBeLessThan(1.08)
})

test('before its first price a factor is nothing', () => {
  const { factors } = after([factorOf('A', [GAP, GAP])], 2)
  expect(factors[0]).toMatchObject({ steps: 0, currentSigma: 0, chargedSigma: 0, logMove: 0, earnsOffset: false })
})

test('steps of an hour start from a day’s sigma over the root of 24, and age by the day', () => {
  const times = Array.from({ length: 2 }, (_, i) => MONDAY + (i * DAY_MS) / 24)
  const { next, known } = calibrator([factorOf('A', [0, 0])], times, DAY_MS / 24)
  next()
  const decay = 2 ** (-1 / (32 * 24))
  expect(known().factors[0]?.currentSigma).toBeCloseTo((0.075 / Math.sqrt(24)) * Math.sqrt(decay), 14)
})

test('an offset is earned with the 250th return', () => {
  const list = states(coins(['A', 'B'], 260), 'A')
  expect(list.findIndex(({ earnsOffset }) => earnsOffset)).toBe(249)
  expect(list[249]?.steps).toBe(250)
})

test('a gap of six days is a gap, one of eight makes another asset of it', () => {
  const steps = 320
  // A price is missing for so many days: one return more.
  const six = states(withReturns(coins(['A', 'B'], steps), 'A', gap(300, 307)), 'A')
  expect(six[307]).toMatchObject({ steps: 301, earnsOffset: true })
  const eight = states(withReturns(coins(['A', 'B'], steps), 'A', gap(300, 309)), 'A')
  expect(eight[299]).toMatchObject({ steps: 300, earnsOffset: true })
  expect(eight[308]).toMatchObject({ steps: 0, logMove: 0, earnsOffset: false })
  expect(eight[309]).toMatchObject({ steps: 1, earnsOffset: false })
})

test('short gaps do not add up to a long absence', () => {
  const gaps = withReturns(withReturns(coins(['A', 'B'], 320), 'A', gap(290, 296)), 'A', gap(300, 306))
  expect(states(gaps, 'A')[319]?.steps).toBe(308)
})

test('the tail of a tier is that of returns in charged sigmas of their own time', () => {
  // Six days without a move: today's sigma falls, what is charged stays above it; then 4.6 charged sigmas.
  const calm = factorOf('A', [0, 0, 0, 0, 0, 0])
  const before = after([calm], 6).factors[0]
  if (before === undefined) throw new Error('one factor')
  expect(before.chargedSigma).toBeGreaterThan(1.01 * before.currentSigma)
  const { quantiles, factors } = after([factorOf('A', [...calm.returns, 4.6 * before.chargedSigma])], 7)
  // `other` is taken for 4.4 at first; of seven figures the largest is the quantile.
  const want = (7 * 4.6 + 1_000 * 4.4) / 1_007
  expect(quantiles.get('other')).toBeCloseTo(want, 12)
  expect((factors[0]?.logMove ?? 0) / (factors[0]?.chargedSigma ?? 1)).toBeCloseTo(want, 12)
})

test('who comes back after a long absence has no correlation, no windows and no volatility of its own', () => {
  const base = coins(['A', 'B', 'C', 'D'], 335)
  // A moved as B did, and was wild.
  const twin = new Map(Array.from({ length: 300 }, (_, t) => [t, 3 * (base[1]?.returns[t] ?? 0)] as const))
  const series = withReturns(withReturns(base, 'A', twin), 'A', gap(300, 309))
  // The 302nd step from a Monday ends a week, and so does the 336th.
  const [before, back] = [after(series, 301), after(series, 329)]
  expect(before.correlation[1]).toBeGreaterThan(0.5)
  expect(Math.abs(back.correlation[1] ?? 0)).toBeLessThan(0.25)
  const { own, size } = back.windows
  expect(Array.from({ length: 309 }, (_, row) => own[row * size]).every(Number.isNaN)).toBe(true)
  expect(Number.isNaN(own[309 * size])).toBe(false)
  // Three times 4% before; now the tier's and twenty days of 4%, less than 5.5% with the sampling error of a median of three.
  expect(before.factors[0]?.currentSigma).toBeGreaterThan(0.09)
  expect(back.factors[0]?.currentSigma).toBeLessThan(0.055)
})

const FELL = Math.log(0.55)

test('a fall of 45% alone is a collapse: no offset, a risk weight of one, for 250 days of prices', () => {
  const list = states(withReturns(coins(['A', 'B', 'C', 'D'], 560), 'A', new Map([[300, FELL]])), 'A')
  expect(list[299]).toMatchObject({ collapsed: false, earnsOffset: true })
  expect(list[300]).toMatchObject({ collapsed: true, earnsOffset: false, logMove: Infinity })
  expect(list[549]).toMatchObject({ collapsed: true, logMove: Infinity })
  expect(list[550]).toMatchObject({ collapsed: false, earnsOffset: true })
  expect(list[550]?.logMove).toBeLessThan(1)
})

const falls: [name: string, own: number, others: number, collapsed: boolean][] = [
  ['of 40%, others still', -0.4, 0, true],
  ['of 39.9%, others still', -0.399, 0, false],
  ['of all of them by 45%', -0.45, -0.45, false],
  ['of 45%, the others by 22%', -0.45, -0.22, true],
  ['of 45%, the others by 23%', -0.45, -0.23, false],
  ['of 45%, the others rise', -0.45, 0.1, true],
]
test.each(falls)('a fall %s', (_name, own, others, collapsed) => {
  // The last atom of exp(log(0.6)) must not decide.
  const factor = (id: string, fall: number) => factorOf(id, [0, Math.log1p(fall) - 1e-12])
  const { factors } = after([factor('A', own), factor('B', others), factor('C', others)], 2)
  expect(factors[0]?.collapsed).toBe(collapsed)
  expect(factors[1]?.collapsed).toBe(false)
})

test('a basis or a peg that falls by half is no collapse', () => {
  const factors = ['A', 'A/basis/perpetual', 'USDC/peg'].map((id, i) => factorOf(id, [0, i === 0 ? 0 : -0.7]))
  expect(after(factors, 2).factors.map(({ collapsed }) => collapsed)).toEqual([false, false, false])
})

test('a basis that rises when the market falls goes up with it, and a price down', () => {
  const steps = 120
  const fall = new Map([30, 60, 90].map((t) => [t, -0.3] as const))
  const prices = ['A', 'B', 'C'].reduce((list, id) => withReturns(list, id, fall), coins(['A', 'B', 'C'], steps))
  // C rises whenever the others fall: no reason to count on it.
  const rose = withReturns(prices, 'C', new Map([...fall.keys()].map((t) => [t, 0.1] as const)))
  const basis = (id: string, move: number) =>
    factorOf(
      id,
      Array.from({ length: steps }, (_, t) => (fall.has(t) ? move : -1e-4 * move)),
    )
  const { factors } = after([...rose, basis('A/basis/perpetual', 0.01), basis('B/basis/perpetual', -0.01)], steps)
  expect(factors.map(({ inMarketFall }) => inMarketFall)).toEqual(['down', 'down', 'down', 'up', 'down'])
})

test('windows are returns in charged sigmas of the evening before, at most twice the quantile', () => {
  const series = withReturns(
    coins(['A', 'B'], 40),
    'A',
    new Map([
      [38, 0.02],
      [39, -3],
    ]),
  )
  const list = states(series, 'A')
  const { windows } = after(series, 40)
  const [before, last] = [list[37], list[38]]
  expect(windows.count).toBe(40)
  expect(windows.own[38 * 2]).toBeCloseTo(0.02 / (before?.chargedSigma ?? 0), 12)
  expect(windows.own[39 * 2]).toBeCloseTo(-2 * ((last?.logMove ?? 0) / (last?.chargedSigma ?? 1)), 12)
})

test('who has no return in a step has that of the most correlated coin of its tier', () => {
  const base = coins(['A', 'B', 'C', 'D'], 299)
  const d = base[3]?.returns ?? []
  const series = withReturns(
    withReturns(
      base,
      'A',
      new Map(Array.from(d, (one, t) => [t, t < 60 ? GAP : one * 0.8 + 0.2 * (base[0]?.returns[t] ?? 0)] as const)),
    ),
    'B',
    gap(0, 20),
  )
  // Bitcoin moves just as A does, but is of another tier.
  const { windows } = after([...series, factorOf('BTC', base[3]?.returns ?? [])], 299)
  for (const row of [0, 30, 59]) expect(windows.filled[row * 5]).toBe(windows.own[row * 5 + 3])
  expect(windows.filled[60 * 5]).toBe(windows.own[60 * 5])
})

test('quantiles, correlations and loadings move with the last step of a week only', () => {
  const seen: { readonly quantile: number | undefined; readonly loading: number | undefined }[] = []
  walk(coins(['A', 'B', 'C'], 70, 3), ({ quantiles, loadings }) =>
    seen.push({ quantile: quantiles.get('other'), loading: loadings[0] }),
  )
  const moved = seen.flatMap((one, step) => (step > 0 && one.loading !== seen[step - 1]?.loading ? [step] : []))
  expect(moved).toEqual([6, 13, 20, 27, 34, 41, 48, 55, 62, 69])
  for (const [step, { quantile }] of seen.entries())
    if (step % 7 !== 6 && step > 0) expect(quantile).toBe(seen[step - 1]?.quantile)
})

test('INV-CAL-9: what is charged rises no faster than it may in a day and in five, sigma by 18.9% in a day; in a week a quantile moves by a tenth, also when the tier changes', () => {
  for (const seed of [1, 2, 3]) {
    const draw = uniform(randomFrom(seed))
    const steps = 420
    // Volatility jumps to ten times what it was and back, short of a collapse; from day 200 on it is traded as a large coin.
    const jumps = Array.from({ length: steps }, (_, t) => Math.max(-0.5, (t % 100 > 60 ? 0.2 : 0.02) * fatTailed(draw)))
    const volumeUsd = Float64Array.from({ length: steps }, (_, t) => (t < 200 ? 1e6 : 9e9))
    const series = [{ ...factorOf('A', jumps), volumeUsd }, ...coins(['B', 'C', 'D'], steps, seed)]
    const list = states(series, 'A')
    const most = Math.sqrt(2 ** (-1 / 32) + (1 - 2 ** (-1 / 32)) * 4.5 ** 2)
    const quantile = (one: FactorState | undefined) => (one?.logMove ?? 0) / (one?.chargedSigma ?? 1)
    expect(new Set(list.map(({ tier }) => tier))).toEqual(new Set(['other', 'large']))
    list.forEach((one, t) => {
      expect(one.collapsed).toBe(false)
      if (t === 0) return
      expect(one.currentSigma / (list[t - 1]?.currentSigma ?? 0)).toBeLessThanOrEqual(most + 1e-12)
      expect(one.chargedSigma / (list[t - 1]?.chargedSigma ?? 0)).toBeLessThanOrEqual(1 + RULES.riseInDay + 1e-12)
      const before = list.slice(Math.max(0, t - 5), t).map(({ chargedSigma }) => chargedSigma)
      expect(one.chargedSigma / Math.min(...before)).toBeLessThanOrEqual(1 + RULES.riseInDays + 1e-12)
      const week = list[t - RULES.weekDays]
      if (week === undefined) return
      const moved = quantile(one) / quantile(week)
      expect(moved > 0.9 - 1e-12 && moved < 1.1 + 1e-12).toBe(true)
    })
  }
})
