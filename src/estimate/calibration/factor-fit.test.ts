import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { fitFactorModel, startingLoadings } from './factor-fit.ts'

const SIZE = 14
const EQUAL = new Float64Array(SIZE).fill(1)

/** Uniform in (-1, 1). */
function drawsFrom(seed: number): () => number {
  const random = randomFrom(seed)
  return () => (2 * random.below(2 ** 32) + 1) / 2 ** 32 - 1
}

/** Loadings on a market that all follow and on so many moves that tell them apart; no row's squares reach 0.9. */
function drawnLoadings(moves: number, seed: number): readonly (readonly number[])[] {
  const draw = drawsFrom(seed)
  return Array.from({ length: SIZE }, () => [
    0.65,
    ...Array.from({ length: moves }, () => (0.65 / Math.sqrt(moves)) * draw()),
  ])
}

/** D + L L', with ones on the diagonal. */
function correlationOf(rows: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from({ length: SIZE * SIZE }, (_, at) => {
    const [i, j] = [Math.floor(at / SIZE), at % SIZE]
    return i === j ? 1 : (rows[i] ?? []).reduce((sum, one, k) => sum + one * (rows[j]?.[k] ?? 0), 0)
  })
}

function fitted(loadings: Float64Array, i: number, j: number): number {
  return [0, 1, 2, 3].reduce((sum, k) => sum + (loadings[4 * i + k] ?? 0) * (loadings[4 * j + k] ?? 0), 0)
}

/** Largest difference of a pair, of those that are asked for. */
function largestError(
  loadings: Float64Array,
  correlation: Float64Array,
  isAsked = (_i: number, _j: number) => true,
): number {
  let largest = 0
  for (let i = 0; i < SIZE; i += 1)
    for (let j = 0; j < i; j += 1)
      if (isAsked(i, j))
        largest = Math.max(largest, Math.abs(fitted(loadings, i, j) - (correlation[i * SIZE + j] ?? 0)))
  return largest
}

function drawnStart(seed: number): Float64Array {
  const draw = drawsFrom(seed)
  return Float64Array.from({ length: 4 * SIZE }, () => 0.45 * draw())
}

const four = correlationOf(drawnLoadings(3, 5))
const eight = correlationOf(drawnLoadings(7, 6))

test('a matrix that is a factor model of four moves is found again, every pair to a thousandth', () => {
  expect(largestError(fitFactorModel(four, EQUAL).loadings, four)).toBeLessThan(1e-3)
})

test('the fit is the same whatever it starts from', () => {
  for (const correlation of [four, eight]) {
    const { loadings } = fitFactorModel(correlation, EQUAL)
    for (const seed of [1, 2, 3]) {
      const other = fitFactorModel(correlation, EQUAL, drawnStart(seed)).loadings
      for (let i = 0; i < SIZE; i += 1)
        for (let j = 0; j < i; j += 1) expect(Math.abs(fitted(loadings, i, j) - fitted(other, i, j))).toBeLessThan(1e-3)
    }
  }
})

test('started from its own result it is done in a sweep or two, and changes nothing', () => {
  const first = fitFactorModel(eight, EQUAL)
  const again = fitFactorModel(eight, EQUAL, first.loadings)
  expect(first.sweeps).toBeGreaterThan(10)
  expect(again.sweeps).toBeLessThanOrEqual(2)
  again.loadings.forEach((one, at) => expect(Math.abs(one - (first.loadings[at] ?? 0))).toBeLessThan(1e-3))
})

test('started from last week’s result it needs fewer sweeps than from nothing', () => {
  const before = fitFactorModel(four, EQUAL).loadings
  // Every pair a hundredth closer to one.
  const moved = four.map((one) => one + 0.01 * (1 - one))
  expect(fitFactorModel(moved, EQUAL, before).sweeps).toBeLessThan(fitFactorModel(moved, EQUAL).sweeps)
})

test('heavy pairs are fitted better than light ones, and better than with equal weights', () => {
  const heavy = (i: number, j: number) => i < 5 && j < 5
  const weights = EQUAL.map((_, i) => (i < 5 ? 20 : 1))
  const [equally, weighed] = [EQUAL, weights].map((one) => fitFactorModel(eight, one).loadings)
  if (equally === undefined || weighed === undefined) throw new Error('two fits')
  const light = (i: number, j: number) => i >= 5 && j >= 5
  expect(largestError(weighed, eight, heavy)).toBeLessThan(largestError(equally, eight, heavy) / 3)
  expect(largestError(weighed, eight, light)).toBeGreaterThan(largestError(equally, eight, light))
})

test('no small change of any one row fits better: the sum of weighted squares is at a minimum', () => {
  const weights = EQUAL.map((_, i) => 1 + (i % 3))
  const { loadings } = fitFactorModel(eight, weights)
  const misfit = (rows: Float64Array) => {
    let sum = 0
    for (let i = 0; i < SIZE; i += 1)
      for (let j = 0; j < i; j += 1)
        sum += (weights[i] ?? 0) * (weights[j] ?? 0) * ((eight[i * SIZE + j] ?? 0) - fitted(rows, i, j)) ** 2
    return sum
  }
  const least = misfit(loadings)
  loadings.forEach((_, at) => {
    for (const step of [-1e-3, 1e-3]) {
      const moved = Float64Array.from(loadings)
      moved[at] = (moved[at] ?? 0) + step
      expect(misfit(moved)).toBeGreaterThan(least)
    }
  })
})

test('what always moves together keeps 2% of its own: squares of a row are at most 0.98', () => {
  const { loadings } = fitFactorModel(new Float64Array(SIZE * SIZE).fill(1), EQUAL)
  for (let i = 0; i < SIZE; i += 1) expect(fitted(loadings, i, i)).toBeCloseTo(0.98, 6)
})

test('what has nothing to do with anything has no loadings', () => {
  const apart = correlationOf(Array.from({ length: SIZE }, () => []))
  expect(largestError(fitFactorModel(apart, EQUAL).loadings, apart)).toBeLessThan(1e-3)
})

test('axes are those of the weighted loadings, the strongest first, each pointing where most of its weight does', () => {
  const weights = EQUAL.map((_, i) => 1 + (i % 4))
  const { loadings } = fitFactorModel(eight, weights)
  const across = (k: number, other: number) =>
    weights.reduce((sum, weight, i) => sum + weight * (loadings[4 * i + k] ?? 0) * (loadings[4 * i + other] ?? 0), 0)
  for (const k of [0, 1, 2, 3]) {
    const along = weights.reduce((sum, weight, i) => sum + weight * (loadings[4 * i + k] ?? 0), 0)
    expect(along).toBeGreaterThan(0)
    for (let other = 0; other < k; other += 1) {
      expect(Math.abs(across(k, other))).toBeLessThan(1e-12)
      expect(across(other, other)).toBeGreaterThan(across(k, k))
    }
  }
})

test('a fit leaves what it was started from as it was', () => {
  const start = startingLoadings(SIZE)
  fitFactorModel(four, EQUAL, start)
  expect(start).toEqual(startingLoadings(SIZE))
})
