import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { type Calibration, calibrator } from './calibrator.ts'
import { correlated, daysFrom, factorOf, MONDAY, normal, uniform } from './drawn-factors.test-data.ts'
import { DAY_MS } from './rules.ts'

/** Twenty coins of 5% a day and a correlation of 0.6, normal, for six years; what is learnt is looked at in the last three. */
const [COINS, STEPS, SIGMA, CORRELATION] = [20, 2_100, 0.05, 0.6]
const LOOKED_AT = 1_000

interface Learnt {
  readonly current: number
  readonly charged: number
  readonly move: number
}

function simulated() {
  const draw = uniform(randomFrom(11))
  const columns = correlated({ size: COINS, steps: STEPS, correlation: CORRELATION }, () => normal(draw))
  const series = columns.map((column, i) =>
    factorOf(
      `C${i}`,
      column.map((one) => SIGMA * one),
    ),
  )
  const { next, known } = calibrator(series, daysFrom(MONDAY, STEPS), DAY_MS)
  const learnt: Learnt[] = []
  let exceedances = 0
  let last: Calibration | undefined
  for (let step = 0; step < STEPS; step += 1) {
    const before = step < STEPS - LOOKED_AT ? [] : known().factors.map(({ logMove }) => logMove)
    before.forEach((logMove, i) => {
      if (Math.abs(series[i]?.returns[step] ?? 0) > logMove) exceedances += 1
    })
    next()
    last = known()
    if (step < STEPS - LOOKED_AT) continue
    for (const { currentSigma, chargedSigma, logMove } of last.factors)
      learnt.push({ current: currentSigma / SIGMA, charged: chargedSigma / SIGMA, move: logMove / SIGMA })
  }
  if (last === undefined) throw new Error('some steps')
  return { learnt, exceedances, last }
}

const { learnt, exceedances, last } = simulated()

function mean(of: readonly number[]): number {
  return of.reduce((sum, one) => sum + one, 0) / of.length
}

test('sigma is the true one: half of it by an average of 92 squares, at its floor a little more', () => {
  // An EWMA of half-life 32 is worth (1 + d) / (1 - d) = 92 squares: a deviation of sqrt(2 / 92) / 2 = 7.4% of sigma.
  // A thousand days hold some ten of them; twenty coins, whose squares have a correlation of 0.36, some 2.5: 7.4% / 5 = 1.5%.
  expect(Math.abs(mean(learnt.map(({ current }) => current)) - 1)).toBeLessThan(0.06)
  const spread = Math.sqrt(mean(learnt.map(({ current }) => (current - 1) ** 2)))
  expect(spread).toBeGreaterThan(0.05)
  expect(spread).toBeLessThan(0.1)
  // The long run and a quarter of the 95% quantile (1.64 deviations of 7.4%) are above a half of what the average wanders below.
  const charged = mean(learnt.map((one) => one.charged))
  expect(charged).toBeGreaterThan(1.02)
  expect(charged).toBeLessThan(1.1)
})

test('the log move is the 99.5% quantile of a normal return, both sides: 2.807 sigma', () => {
  // Sampling error: 42,000 returns, worth some 15,000 as they come together: sqrt(0.005 / 15000) / (2 phi(2.807)) = 0.037, 1.3%.
  // What sigma wanders lengthens the tail of return / sigma: by z^2 / 2 times its relative variance of 0.5%, some 2%.
  const move = mean(learnt.map((one) => one.move))
  expect(move / 2.807).toBeGreaterThan(0.97)
  expect(move / 2.807).toBeLessThan(1.08)
})

test('one in two hundred returns is beyond the log move of the evening before', () => {
  // 20,000 returns: 100, with a deviation of 10, of 16 as they come together.
  expect(exceedances).toBeGreaterThan(50)
  expect(exceedances).toBeLessThan(150)
})

test('correlations are the true ones, and the factor model keeps them', () => {
  // A half-life of 365 is worth 1,053 steps: (1 - 0.36) / sqrt(1053) = 0.02 for a pair, of which 527 / (527 + 120) is its own.
  for (let i = 0; i < COINS; i += 1)
    for (let j = 0; j < i; j += 1) {
      expect(Math.abs((last.correlation[i * COINS + j] ?? 0) - CORRELATION)).toBeLessThan(0.08)
      const common = [0, 1, 2, 3].reduce(
        (sum, k) => sum + (last.loadings[4 * i + k] ?? 0) * (last.loadings[4 * j + k] ?? 0),
        0,
      )
      expect(Math.abs(common - CORRELATION)).toBeLessThan(0.08)
    }
})
