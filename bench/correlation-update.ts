import {
  addStep,
  type CorrelationSums,
  noCorrelationSums,
  sampleCorrelation,
} from '../src/estimate/calibration/correlation-sums.ts'
import { decayOf } from '../src/estimate/calibration/ewma-volatility.ts'
import { fitFactorModel } from '../src/estimate/calibration/factor-fit.ts'
import { shrunkCorrelation } from '../src/estimate/calibration/shrunk-correlation.ts'
import { type Random, randomFrom } from '../src/replay/population/random.ts'
import { median, timed } from './timing.ts'

const ASSETS = 300
const STEPS = 500
const ROUNDS = 7
const DECAY = decayOf(365)
const PRIOR = 120
const TIERS = Array.from({ length: ASSETS }, (_, i) => (i < 2 ? 'major' : i < 20 ? 'large' : 'other'))

/** What one more day costs at 300 assets, beside working all sums out again from 500 days; the target is 50 ms a day. */
export function measureCorrelationUpdate(): readonly string[] {
  const random = randomFrom(7)
  const days = Array.from({ length: STEPS }, () => dayFrom(random))
  const before = sumsOf(days.slice(0, -1))
  const after = sumsOf(days)
  requireSame(after, rebuilt(days))
  const correlation = shrunkCorrelation(after, TIERS, PRIOR)
  const weights = Float64Array.from(TIERS, (tier) => (tier === 'major' ? 20 : tier === 'large' ? 5 : 1))
  const { loadings } = fitFactorModel(shrunkCorrelation(before, TIERS, PRIOR), weights)
  const last = days.at(-1) ?? new Float64Array(ASSETS)
  const running = sumsOf(days.slice(0, -1))
  const ways: readonly Way[] = [
    { name: 'one day more', run: () => addStep(running, last, DECAY) },
    { name: 'all sums again, pair by pair', run: () => rebuilt(days) },
    { name: 'shrunk correlations of the sums (each week)', run: () => shrunkCorrelation(after, TIERS, PRIOR) },
    { name: 'factor model from that of the week before', run: () => fitFactorModel(correlation, weights, loadings) },
    { name: 'factor model from nothing', run: () => fitFactorModel(correlation, weights) },
  ]
  return [
    `Correlations of ${ASSETS} assets, ${STEPS} days; one core, medians of ${ROUNDS}`,
    '| work | ms | time / one day more |',
    '| --- | ---: | ---: |',
    ...tableOf(ways),
  ]
}

interface Way {
  readonly name: string
  readonly run: () => unknown
}

/** In turn, so that a busy moment of the machine hits all; the first round warms up. */
function tableOf(ways: readonly Way[]): readonly string[] {
  const times = ways.map((): number[] => [])
  for (let round = 0; round <= ROUNDS; round += 1)
    ways.forEach(({ run }, i) => {
      const seconds = timed(run)
      if (round > 0) times[i]?.push(1_000 * seconds)
    })
  const each = times.map(median)
  return ways.map(({ name }, i) => {
    const milliseconds = each[i] ?? Number.NaN
    return `| ${name} | ${milliseconds.toFixed(2)} | ${(milliseconds / (each[0] ?? Number.NaN)).toFixed(1)} |`
  })
}

/** Sums of products, squares and weights of every pair, each by itself over all days. */
function rebuilt(days: readonly Float64Array[]): CorrelationSums {
  const sums = noCorrelationSums(ASSETS)
  const weights = days.map((_, day) => DECAY ** (days.length - 1 - day))
  for (let i = 0; i < ASSETS; i += 1)
    for (let j = 0; j < ASSETS; j += 1) {
      let [product, square, seen] = [0, 0, 0]
      days.forEach((returns, day) => {
        const [one, other] = [returns[i] ?? Number.NaN, returns[j] ?? Number.NaN]
        if (Number.isNaN(one) || Number.isNaN(other)) return
        const weight = weights[day] ?? 0
        product += weight * one * other
        square += weight * one * one
        seen += weight
      })
      const at = i * ASSETS + j
      sums.products[at] = product
      sums.squares[at] = square
      sums.weights[at] = seen
    }
  return sums
}

function sumsOf(days: readonly Float64Array[]): CorrelationSums {
  const sums = noCorrelationSums(ASSETS)
  for (const day of days) addStep(sums, day, DECAY)
  return sums
}

/** A market and noise; of a tenth of the assets nothing is known that day. */
function dayFrom(random: Random): Float64Array {
  const unit = () => random.below(2_000_001) / 1e6 - 1
  const market = unit()
  return Float64Array.from({ length: ASSETS }, () =>
    random.below(10) === 0 ? Number.NaN : 0.7 * market + 0.7 * unit(),
  )
}

function requireSame(a: CorrelationSums, b: CorrelationSums): void {
  for (let i = 0; i < ASSETS; i += 1)
    for (let j = 0; j < ASSETS; j += 1)
      if (Math.abs(sampleCorrelation(a, i, j) - sampleCorrelation(b, i, j)) > 1e-9)
        throw new Error(`the ways differ at ${i}, ${j}`)
}
