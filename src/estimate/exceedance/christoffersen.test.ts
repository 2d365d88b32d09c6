import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomFrom } from '../../replay/population/random.ts'
import { adjacentRuns, christoffersen, exceedancesOf, independenceRatio } from './christoffersen.ts'

function drawsFrom(seed: number): () => number {
  const random = randomFrom(seed)
  return () => (random.below(2 ** 32) + 0.5) / 2 ** 32
}

/** LR_ind by walking the sequence, as the paper writes it. */
function byTheBook(sequence: readonly boolean[]): number {
  const [n00 = 0, n01 = 0, n10 = 0, n11 = 0] = [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ].map(([from, to]) => sequence.filter((one, i) => i > 0 && sequence[i - 1] === from && one === to).length)
  const log = (power: number, over: number, under: number) => (power === 0 ? 0 : power * Math.log(over / under))
  const all = n00 + n01 + n10 + n11
  const independent = log(n00 + n10, n00 + n10, all) + log(n01 + n11, n01 + n11, all)
  const dependent =
    log(n00, n00, n00 + n01) + log(n01, n01, n00 + n01) + log(n10, n10, n10 + n11) + log(n11, n11, n10 + n11)
  return -2 * (independent - dependent)
}

/** All sequences of n windows of which `count` exceed. */
function sequencesOf(n: number, count: number): readonly (readonly boolean[])[] {
  if (n === 0) return count === 0 ? [[]] : []
  return [
    ...sequencesOf(n - 1, count).map((rest) => [false, ...rest]),
    ...sequencesOf(n - 1, count - 1).map((rest) => [true, ...rest]),
  ]
}

test('the ratio by hand: one pair, in transitions 5, 2, 2 and 1', () => {
  // 00110000100: eleven windows, ten transitions.
  const exceedances = { n: 11, indices: [2, 3, 8] }
  const independent = 3 * Math.log(3 / 10) + 7 * Math.log(7 / 10)
  const dependent = 5 * Math.log(5 / 7) + 2 * Math.log(2 / 7) + 2 * Math.log(2 / 3) + Math.log(1 / 3)
  expect(independenceRatio(exceedances)).toBeCloseTo(-2 * (independent - dependent), 12)
})

test('the ratio is that of the book for any sequence', () => {
  const sequences = fc.array(fc.boolean(), { maxLength: 40 })
  fc.assert(
    fc.property(sequences, (sequence) => {
      expect(independenceRatio(exceedancesOf(sequence))).toBeCloseTo(byTheBook(sequence), 9)
    }),
    { numRuns: 500 },
  )
})

test('sequences are of truths or of noughts and ones', () => {
  const want = { n: 5, indices: [1, 2, 4] }
  expect(exceedancesOf([false, true, true, false, true])).toEqual(want)
  expect(exceedancesOf([0, 1, 1, 0, 1])).toEqual(want)
  expect(exceedancesOf(Uint8Array.of(0, 1, 1, 0, 1))).toEqual(want)
  expect(exceedancesOf([])).toEqual({ n: 0, indices: [] })
})

test('fewer than two exceedances have no p-value', () => {
  for (const indices of [[], [0], [7]]) {
    const got = christoffersen({ n: 100, indices }, { draws: 99, draw: drawsFrom(1) })
    expect(got.p).toBeUndefined()
    expect(got.ratio).toBeCloseTo(byTheBook(Array.from({ length: 100 }, (_, i) => indices.includes(i))), 10)
  }
})

test.each([
  [9, 2],
  [9, 3],
  [10, 5],
  [8, 7],
  [8, 8],
])('of %i windows and %i exceedances p is the share of all their sequences with as large a ratio', (n, count) => {
  const sequences = sequencesOf(n, count)
  const ratios = sequences.map(byTheBook)
  const draws = 4_000
  // Each possible ratio once.
  const seen = new Set<string>()
  for (const [i, sequence] of sequences.entries()) {
    const ratio = ratios[i] ?? 0
    if (seen.has(ratio.toFixed(9))) continue
    seen.add(ratio.toFixed(9))
    const exact = ratios.filter((other) => other >= ratio - 1e-9).length / ratios.length
    const { p } = christoffersen(exceedancesOf(sequence), { draws, draw: drawsFrom(i) })
    // Four and a half standard errors, and the one that is added.
    expect(Math.abs((p ?? 0) - exact)).toBeLessThan(4.5 * Math.sqrt((exact * (1 - exact)) / draws) + 1 / draws)
  }
})

test('one pair among eight of 1,600: the chance that eight independent ones have a pair', () => {
  // None are neighbours in C(1593, 8) of C(1600, 8) sequences: the product of (1593 - i)/(1600 - i).
  let apart = 1
  for (let i = 0; i < 8; i += 1) apart *= (1_593 - i) / (1_600 - i)
  const draws = 100_000
  const pair = { n: 1_600, indices: [10, 200, 201, 500, 700, 900, 1_100, 1_400] }
  const { p = 1 } = christoffersen(pair, { draws, draw: drawsFrom(3) })
  expect(Math.abs(p - (1 - apart))).toBeLessThan((4 * Math.sqrt(apart * (1 - apart))) / Math.sqrt(draws))
  expect(p).toBeLessThan(0.05)
})

test('ratios that differ by a hundredth are not taken for equal', () => {
  // Two apart and within have a larger ratio than two of which one is at an end. Those are 2 (n-2) + 1 pairs less two of neighbours,
  // 795 of 79,800.
  const draws = 20_000
  const { p = 1 } = christoffersen({ n: 400, indices: [100, 300] }, { draws, draw: drawsFrom(4) })
  const [within, atEnd] = [
    [100, 300],
    [0, 300],
  ].map((indices) => independenceRatio({ n: 400, indices }))
  expect((within ?? 0) - (atEnd ?? 0)).toBeGreaterThan(0)
  expect((within ?? 0) - (atEnd ?? 0)).toBeLessThan(0.02)
  expect(Math.abs(1 - p - 795 / 79_800)).toBeLessThan(4 * Math.sqrt(0.01 / draws))
})

test('clusters are rejected, scattered exceedances are not', () => {
  const cluster = { n: 4_000, indices: [100, 101, 102, 900, 901, 2_000, 3_000, 3_001] }
  const scattered = { n: 4_000, indices: [100, 400, 700, 1_500, 1_900, 2_000, 3_000, 3_600] }
  // No simulated sequence has as many pairs: only the observed one counts.
  expect(christoffersen(cluster, { draws: 999, draw: drawsFrom(1) }).p).toBe(1 / 1_000)
  expect(christoffersen(scattered, { draws: 999, draw: drawsFrom(1) }).p).toBeGreaterThan(0.9)
})

test('independent exceedances are rejected at 5% about as rarely as that', () => {
  const draw = drawsFrom(11)
  const trials = 1_000
  let rejected = 0
  for (let trial = 0; trial < trials; trial += 1) {
    const exceedances = exceedancesOf(Array.from({ length: 500 }, () => draw() < 0.04))
    if ((christoffersen(exceedances, { draws: 199, draw }).p ?? 1) <= 0.05) rejected += 1
  }
  // 5% and four standard errors of 0.7%; twenty of 500 give it some power, so that it does reject.
  expect(rejected / trials).toBeLessThan(0.078)
  expect(rejected).toBeGreaterThan(5)
})

test('exceedances that follow one another are rejected: after one, 30% instead of 1%', () => {
  const draw = drawsFrom(12)
  let rejected = 0
  for (let trial = 0; trial < 100; trial += 1) {
    let exceeds = false
    const sequence = Array.from({ length: 4_000 }, () => (exceeds = draw() < (exceeds ? 0.3 : 0.01)))
    if ((christoffersen(exceedancesOf(sequence), { draws: 199, draw }).p ?? 1) <= 0.05) rejected += 1
  }
  expect(rejected).toBeGreaterThan(97)
})

test('asks for one number per exceedance and sequence, and the same numbers give the same p', () => {
  const exceedances = { n: 40_000, indices: [5, 6, 9_000, 20_000] }
  let asked = 0
  const draw = drawsFrom(2)
  const counted = () => {
    asked += 1
    return draw()
  }
  const first = christoffersen(exceedances, { draws: 500, draw: counted })
  expect(asked).toBe(4 * 500)
  expect(christoffersen(exceedances, { draws: 500, draw: drawsFrom(2) })).toEqual(first)
})

test('an extreme draw stays within the windows', () => {
  for (const one of [Number.MIN_VALUE, 1 - 2 ** -53])
    expect(christoffersen({ n: 3, indices: [0, 1, 2] }, { draws: 9, draw: () => one })).toEqual({ ratio: 0, p: 1 })
})

test('runs are of two or more, in order', () => {
  expect(adjacentRuns([0, 1, 5, 7, 8, 9, 20])).toEqual([
    [0, 1],
    [7, 8, 9],
  ])
  expect([adjacentRuns([]), adjacentRuns([3]), adjacentRuns([3, 5])]).toEqual([[], [], []])
})

test.each([
  [10, [3, 3]],
  [10, [4, 3]],
  [10, [-1, 3]],
  [10, [3, 10]],
  [10, [1.5, 3]],
])('of %i windows the indices %j are refused', (n, indices) =>
  expect(() => christoffersen({ n, indices }, { draws: 9, draw: drawsFrom(1) })).toThrow(RangeError),
)

test.each([0, 1.5, NaN])('%f draws are refused', (draws) =>
  expect(() => christoffersen({ n: 10, indices: [1, 2] }, { draws, draw: drawsFrom(1) })).toThrow(RangeError),
)
