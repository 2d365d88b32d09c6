import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { factorReturns } from '../calibration/factor-returns.ts'
import { fatTailed, normal, uniform } from '../calibration/drawn-factors.test-data.ts'
import { DAY_MS } from '../calibration/rules.ts'
import { binomialUpperTail } from '../exceedance/binomial.ts'
import type { Book, Line } from './book.ts'
import { coreTally } from './core-coverage.ts'
import { closes, panelOf, pricesOf, SHARES, START } from './drawn-panel.test-data.ts'
import { linesOf } from './lines.ts'
import { walkForward } from './walk-forward.ts'

/** Twelve coins of 3% a day, half of each from one market, for five years; what is charged is looked at after two. */
const [COINS, STEPS, FROM, SIGMA] = [12, 1_800, 700, 0.03]

/** Standard, independent from step to step. */
type Shock = (draw: () => number) => number

function simulated(shock: Shock) {
  const draw = uniform(randomFrom(17))
  const market = Array.from({ length: STEPS }, () => shock(draw))
  const share = Math.sqrt(0.5)
  const panel = panelOf(
    Array.from({ length: COINS }, (_, i) =>
      closes(
        `C${`${i}`.padStart(2, '0')}`,
        'spot',
        pricesOf(STEPS, (t) => SIGMA * share * ((market[t] ?? 0) + shock(draw))),
      ),
    ),
  )
  const { factors } = factorReturns(panel)
  const core = coreTally(factors)
  const { histories } = walkForward({
    panel,
    factors,
    books: booksOf(linesOf(panel, factors)),
    shares: SHARES,
    from: START + FROM * DAY_MS,
    to: Infinity,
    onStep: core.note,
    onDay: () => {},
  })
  return { histories, core: core.table() }
}

function booksOf(lines: readonly Line[]): readonly Book[] {
  const pairs = lines.slice(1).map((line, i) => ({ line, other: lines[i] ?? line }))
  return [
    ...lines.map((line): Book => ({ id: line.id, type: 'outright long', legs: [{ line, worth: 1 }] })),
    ...lines.map((line): Book => ({ id: line.id, type: 'outright short', legs: [{ line, worth: -1 }] })),
    ...pairs.map(({ line, other }): Book => {
      const legs = [
        { line, worth: 1 },
        { line: other, worth: -1 },
      ]
      return { id: `${line.id} ${other.id}`, type: 'random long-short', legs }
    }),
  ]
}

/** Windows of all books of a type, those that lost more than so much of their margin, and how likely so many are at 0.5%. */
function coverage({ histories }: ReturnType<typeof simulated>, type: Book['type'], charged = 1) {
  let [n, exceedances] = [0, 0]
  for (const { margin, loss } of histories.filter((one) => one.book.type === type))
    margin.forEach((one, window) => {
      n += 1
      if ((loss[window] ?? Number.NaN) > charged * one) exceedances += 1
    })
  return { n, rate: exceedances / n, p: binomialUpperTail(n, exceedances, 0.005) }
}

const normals = simulated(normal)
const fat = simulated(fatTailed)

const worlds = [
  ['normal', normals],
  ['Student t with four degrees', fat],
] as const
const types = ['outright long', 'outright short', 'random long-short'] as const
const both = worlds.flatMap(([name, world]) => types.map((type) => [name, type, world] as const))

test.each(both)('%s returns of one volatility: %s passes at 99.5%%', (_name, type, world) => {
  const { n, p } = coverage(world, type)
  // Every window from the first on was charged: 1,099 a book.
  expect(n).toBe((type === 'random long-short' ? COINS - 1 : COINS) * (STEPS - FROM - 1))
  expect(p).toBeGreaterThan(0.05)
})

test.each(both)('%s returns twice as large as everything says: %s fails', (_name, type, world) => {
  // A loss twice as large exceeds a margin where the loss exceeds half of it.
  expect(coverage(world, type, 0.5).p).toBeLessThan(1e-6)
})

test('an outright is charged a quantile of both sides: a long exceeds a quarter of a percent of the time', () => {
  // The exceedances of normal returns are beyond 2.807 deviations on one side, 0.25%, and sigma is at its floor or above: 0.15% and more
  // are left of it. 13,188 windows, half of whose variance is shared: 33 with a deviation of some 8.
  const { rate } = coverage(normals, 'outright long')
  expect(rate).toBeGreaterThan(0.001)
  expect(rate).toBeLessThan(0.0045)
})

test('the engine alone, without floors, covers two sides as often as it says in nine assets of ten', () => {
  for (const [, { core }] of worlds) {
    const [other, ...tiers] = core
    expect(tiers).toEqual([])
    expect(other).toMatchObject({ tier: 'other', assets: COINS })
    expect(other?.passing).toBeGreaterThanOrEqual(0.9)
    // 13,200 windows at 0.5% are 66, with a deviation of 8, half as much again as they come together.
    expect(Math.abs((other?.exceedances ?? 0) / (other?.n ?? 1) - 0.005)).toBeLessThan(0.0025)
  }
})
