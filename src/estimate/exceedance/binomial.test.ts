import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binomialUpperTail, mostAllowed } from './binomial.ts'
import { exactUpperTail, wideUpperTail, type Fraction } from './whole-number-binomial.test-data.ts'

const RATES: readonly Fraction[] = [
  { of: 1n, in: 10_000n },
  { of: 1n, in: 1_000n },
  { of: 1n, in: 200n },
  { of: 3n, in: 1_000n },
  { of: 1n, in: 100n },
  { of: 1n, in: 10n },
  { of: 7n, in: 10n },
]

function share({ of: a, in: b }: Fraction): number {
  return Number(a) / Number(b)
}

function expectRelative(got: number, want: number, error: number): void {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(error * want)
}

test('both references agree with arithmetic by hand', () => {
  // Three throws of a coin: 3 + 1 of 8 have two heads or more. Four of 1/3: 2 in 9 ways of 16 and so on, (24 + 8 + 1)/81.
  for (const tail of [exactUpperTail, wideUpperTail]) {
    expect(tail(3, 2, { of: 1n, in: 2n })).toBeCloseTo(4 / 8, 15)
    expect(tail(4, 2, { of: 1n, in: 3n })).toBeCloseTo(33 / 81, 15)
  }
})

test('arithmetic by hand', () => {
  expect(binomialUpperTail(3, 2, 0.5)).toBeCloseTo(4 / 8, 14)
  expect(binomialUpperTail(4, 2, 1 / 3)).toBeCloseTo(33 / 81, 14)
  expectRelative(binomialUpperTail(100, 1, 0.01), 1 - 0.99 ** 100, 1e-13)
  expectRelative(binomialUpperTail(10, 10, 0.01), 1e-20, 1e-13)
})

test.each([-1, 0])('%i or more are certain', (x) => expect(binomialUpperTail(250, x, 0.01)).toBe(1))

test('more than there are windows is impossible', () => {
  expect(binomialUpperTail(250, 251, 0.01)).toBe(0)
  expect(binomialUpperTail(250, 250, 0.5)).toBe(0.5 ** 250)
  expect(binomialUpperTail(0, 1, 0.5)).toBe(0)
})

test('every tail of few windows is that of exact arithmetic, to a relative 1e-12', () => {
  for (const rate of RATES)
    for (const n of [1, 2, 7, 15, 16, 17, 60])
      for (let x = 0; x <= n; x += 1)
        expectRelative(binomialUpperTail(n, x, share(rate)), exactUpperTail(n, x, rate), 1e-12)
})

test('the tails of 250 and 2,000 windows are those of exact arithmetic, to a relative 1e-12', () => {
  for (const rate of RATES)
    for (const [n, x] of [
      [250, 1],
      [250, 5],
      [250, 40],
      [2_000, 2],
      [2_000, 20],
      [2_000, 100],
    ] as const)
      expectRelative(binomialUpperTail(n, x, share(rate)), exactUpperTail(n, x, rate), 1e-12)
})

test('up to ten million windows, at up to fifteen deviations from the mean either way, to a relative 1e-10', () => {
  for (const rate of RATES)
    for (const n of [43_800, 1_000_000, 10_000_000]) {
      const [mean, sigma] = [n * share(rate), Math.sqrt(n * share(rate) * (1 - share(rate)))]
      for (const deviations of [-15, -3, -0.5, 0, 0.5, 3, 8, 15]) {
        const x = Math.max(0, Math.round(mean + deviations * sigma))
        expectRelative(binomialUpperTail(n, x, share(rate)), wideUpperTail(n, x, rate), 1e-10)
      }
    }
})

test('what is far below 1e-300 is 0 and its complement 1', () => {
  expect(binomialUpperTail(10_000_000, 5_000_000, 0.1)).toBe(0)
  expect(binomialUpperTail(10_000_000, 10, 0.1)).toBe(1)
})

test('the tail falls with x and rises with n and p', () => {
  const counts = fc.record({ n: fc.integer({ min: 1, max: 100_000 }), rate: fc.integer({ min: 1, max: 1_000 }) })
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), ({ n, rate }, position) => {
      const p = rate / 10_000
      const x = Math.min(n, Math.round(2 * n * p * position))
      const tail = binomialUpperTail(n, x, p)
      const slack = 1e-12
      expect(binomialUpperTail(n, x + 1, p)).toBeLessThanOrEqual(tail + slack)
      expect(binomialUpperTail(n + 1, x, p)).toBeGreaterThanOrEqual(tail - slack)
      expect(binomialUpperTail(n, x, p * 1.1)).toBeGreaterThanOrEqual(tail - slack)
    }),
  )
})

test.each([
  [250, 1, 0],
  [250, 1, 1],
  [250, 1, NaN],
  [250, 1.5, 0.01],
  [2.5, 1, 0.01],
  [-1, 0, 0.01],
])('%f windows, %f exceedances at %f are refused', (n, x, p) =>
  expect(() => binomialUpperTail(n, x, p)).toThrow(RangeError),
)

test('the most that pass are the last whose exact tail is above the significance', () => {
  for (const rate of RATES)
    for (const n of [1, 20, 250, 1_000])
      for (const [significance, most] of [0.05, 0.01].map((s) => [s, mostAllowed(n, share(rate), s)] as const)) {
        expect(exactUpperTail(n, most, rate)).toBeGreaterThan(significance)
        expect(exactUpperTail(n, most + 1, rate)).toBeLessThanOrEqual(significance)
      }
})

test('the most that pass, by hand: with few windows one is too many, with a likely event all may', () => {
  // 1 - 0.999^51 = 0.0497 and 1 - 0.999^52 = 0.0507.
  expect([mostAllowed(51, 0.001, 0.05), mostAllowed(52, 0.001, 0.05)]).toEqual([0, 1])
  // 0.9^10 = 0.349; a tail that equals the significance is rejected: 0.5^2 = 0.25.
  expect([mostAllowed(10, 0.9, 0.05), mostAllowed(2, 0.5, 0.25), mostAllowed(2, 0.5, 0.249)]).toEqual([10, 1, 2])
})

test.each([0, 1, NaN])('a significance of %f is refused', (significance) =>
  expect(() => mostAllowed(250, 0.01, significance)).toThrow(RangeError),
)
