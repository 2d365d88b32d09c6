import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { simulateWindows } from './simulate-windows.ts'
import { TWO_COINS } from './two-coins.test-data.ts'

const DRAWS = 2 ** 32
const COUNT = 20_000
const factors = new Map(Object.entries(TWO_COINS.factors))

function simulated(seed: number): Record<string, readonly number[]> {
  const random = randomFrom(seed)
  return simulateWindows(factors, COUNT, () => (random.below(DRAWS) + 0.5) / DRAWS)
}

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, one) => sum + one, 0) / figures.length
}

test('the same seed gives the same windows, another seed others', () => {
  expect(simulated(1)).toEqual(simulated(1))
  expect(simulated(2)['A']).not.toEqual(simulated(1)['A'])
})

test('mean 0, and the correlations of the loadings: 0.58, -0.32, and none with a peg', () => {
  const { A = [], B = [], 'A/vol': volatility = [], 'C/peg': peg = [] } = simulated(7)
  expect([A, B, volatility, peg].map(({ length }) => length)).toEqual([COUNT, COUNT, COUNT, COUNT])
  // Kendall's tau of an elliptical distribution is 2/pi asin(rho), whatever its tails. Pairs of neighbours are independent draws of it.
  const tau = (a: readonly number[], b: readonly number[]) => {
    const signs = a.flatMap((one, i) =>
      i % 2 === 0 ? [Math.sign((one - (a[i + 1] ?? 0)) * ((b[i] ?? 0) - (b[i + 1] ?? 0)))] : [],
    )
    return mean(signs)
  }
  // 10,000 pairs: a standard error of at most 0.01, four of them allowed.
  expect(Math.abs(tau(A, B) - (2 / Math.PI) * Math.asin(0.58))).toBeLessThan(0.04)
  expect(Math.abs(tau(A, volatility) - (2 / Math.PI) * Math.asin(-0.32))).toBeLessThan(0.04)
  expect(Math.abs(tau(A, peg))).toBeLessThan(0.04)
  expect(Math.abs(mean(A.map(Math.sign)))).toBeLessThan(0.03)
})

test('tails of a Student t with four degrees of freedom and a variance of one', () => {
  const sizes = (simulated(7)['A'] ?? []).map(Math.abs).sort((a, b) => a - b)
  // Quantiles of |t(4)|, from any table: 0.741 (50%), 2.776 (95%), 4.604 (99%), each over root 2, its standard deviation.
  const quantile = (share: number) => sizes[Math.floor(share * COUNT)] ?? 0
  expect(Math.abs(quantile(0.5) / (0.741 / 2 ** 0.5) - 1)).toBeLessThan(0.05)
  expect(Math.abs(quantile(0.95) / (2.776 / 2 ** 0.5) - 1)).toBeLessThan(0.05)
  expect(Math.abs(quantile(0.99) / (4.604 / 2 ** 0.5) - 1)).toBeLessThan(0.1)
})

test('crashes come together: both are beyond three sigmas far more often than if their sizes were independent', () => {
  const { A = [], 'C/peg': peg = [] } = simulated(7)
  // Uncorrelated, but of one chi-square. P(|t(4)| > 3 root 2 = 4.24) is 1.3%, so 3 or 4 of 20,000 if they were independent.
  const together = A.filter((one, i) => Math.abs(one) > 3 && Math.abs(peg[i] ?? 0) > 3)
  expect(together.length).toBeGreaterThan(20)
})
