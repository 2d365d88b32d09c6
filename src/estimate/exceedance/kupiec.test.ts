import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kupiec } from './kupiec.ts'

const WINDOWS = [250, 500, 1_000, 2_000, 8_760, 43_800]

// Recomputed bands of the chi-square test: fewest and most exceedances with p > 0.05.
const BANDS: [rate: number, bands: readonly string[]][] = [
  [0.01, ['1-6', '2-9', '5-16', '12-29', '70-106', '398-479']],
  [0.005, ['0-4', '1-6', '2-9', '5-16', '32-57', '191-248']],
  [0.003, ['0-3', '0-4', '1-6', '2-11', '17-36', '110-154']],
  [0.001, ['0-1', '0-2', '0-3', '1-5', '4-15', '32-57']],
]

test.each(BANDS)('the recomputed bands of the chi-square test at a rate of %f', (rate, bands) => {
  const accepted = WINDOWS.map((n) => {
    const counts = Array.from({ length: Math.min(n, 600) }, (_, x) => x).filter((x) => kupiec(n, x, rate).p > 0.05)
    // One band without a gap.
    expect(counts).toHaveLength((counts.at(-1) ?? 0) - (counts[0] ?? 0) + 1)
    return `${counts[0]}-${counts.at(-1)}`
  })
  expect(accepted).toEqual(bands)
})

test('the likelihood ratio, by its formula', () => {
  // 10 of 250 against 1%: 240/250 = 0.96 and 10/250 = 0.04.
  const ratio = -2 * (240 * Math.log(0.99 / 0.96) + 10 * Math.log(0.01 / 0.04))
  expect(kupiec(250, 10, 0.01).ratio).toBeCloseTo(ratio, 10)
  // 12.9555: beyond the 0.1% quantile 10.828, within the 0.01% quantile 15.137.
  expect(ratio).toBeCloseTo(12.9555, 4)
  expect(kupiec(250, 10, 0.01).p).toBeLessThan(0.001)
  expect(kupiec(250, 10, 0.01).p).toBeGreaterThan(0.0001)
})

test('none, all, and no windows', () => {
  expect(kupiec(100, 0, 0.01).ratio).toBeCloseTo(-2 * 100 * Math.log(0.99), 12)
  expect(kupiec(100, 100, 0.01).ratio).toBeCloseTo(-2 * 100 * Math.log(0.01), 9)
  expect(kupiec(0, 0, 0.01)).toEqual({ ratio: 0, p: 1 })
})

test('exactly as many as expected is no evidence at all', () => {
  expect(kupiec(2_000, 10, 0.005).ratio).toBeCloseTo(0, 12)
  expect(kupiec(2_000, 10, 0.005).p).toBeCloseTo(1, 6)
})

test('the formula as it is written, for any counts', () => {
  const rates = fc.integer({ min: 1, max: 999 }).map((ppt) => ppt / 1_000)
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5_000 }), fc.nat(), rates, (n, any, rate) => {
      const x = 1 + (any % (n - 1))
      const ratio =
        -2 * ((n - x) * Math.log(1 - rate) + x * Math.log(rate)) +
        2 * ((n - x) * Math.log(1 - x / n) + x * Math.log(x / n))
      expect(Math.abs(kupiec(n, x, rate).ratio - ratio)).toBeLessThan(1e-8)
    }),
  )
})

test.each([
  [250, 251, 0.01],
  [250, -1, 0.01],
  [250, 0.5, 0.01],
  [250, 1, 0],
  [250, 1, 1],
])('%i windows, %f exceedances at %f are refused', (n, x, rate) => expect(() => kupiec(n, x, rate)).toThrow(RangeError))
