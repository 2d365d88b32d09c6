import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Depth, liquidityUp, liquidityWithinWorthUp, usefulSizeDown } from './liquidity.ts'
import { ppm } from './ppm.ts'
import { quantity, QUANTITY_BOUND } from './quantity.ts'
import { wideValue } from './value.ts'

const ONE = 10n ** 18n
const WIDE = 10n ** 54n

/** 0.1% half spread, Y = 1, sigma 4%, a million units a day. */
const DEPTH: Depth = {
  halfSpread: ppm(1_000n),
  impactFactor: ppm(1_000_000n),
  dailyVolatility: ppm(40_000n),
  dailyVolume: quantity(1_000_000n * ONE),
}

const costs: [name: string, usd: bigint, size: bigint, want: bigint][] = [
  // sqrt(10,000 / 1,000,000) = 0.1: 20,000 * (0.001 + 0.04 * 0.1) = 100
  ['a hundredth of a day', 20_000n, 10_000n * ONE, 100n * ONE],
  ['the same sold', -20_000n, 10_000n * ONE, 100n * ONE],
  // sqrt(0.04) = 0.2: 20,000 * (0.001 + 0.008) = 180
  ['four times the size for the same worth', 20_000n, 40_000n * ONE, 180n * ONE],
  ['no size pays the half spread alone', 20_000n, 0n, 20n * ONE],
  ['no worth pays nothing', 0n, 10_000n * ONE, 0n],
  // sqrt(0.02) = 0.141421356237309504880168...: 40 + 1600 * that = 266.274169979695207808 270195...
  ['a root that is not whole rounds up', 40_000n, 20_000n * ONE, 266_274_169_979_695_207_809n],
]
test.each(costs)('%s', (_name, usd, size, want) => {
  expect(liquidityUp(wideValue(usd * WIDE), quantity(size), DEPTH)).toBe(want)
})

test('the least worth there is costs an atom', () => {
  expect(liquidityUp(wideValue(1n), quantity(1n), DEPTH)).toBe(1n)
})

test('where closing costs more than the worth, the worth is the most that is taken', () => {
  // 0.001 + 0.04 * sqrt(S / 1,000,000) is 1 at S = 24.975^2 = 623.750625 million.
  const [usd, at] = [wideValue(WIDE), 623_750_625n * ONE]
  const sizes = [at - 10n ** 12n, at, at + 10n ** 12n].map(quantity)
  expect(sizes.map((size) => liquidityWithinWorthUp(usd, size, DEPTH) < ONE)).toEqual([true, false, false])
  expect(sizes.map((size) => liquidityWithinWorthUp(usd, size, DEPTH) > ONE)).toEqual([false, false, false])
  expect(sizes.map((size) => liquidityUp(usd, size, DEPTH) > ONE)).toEqual([false, false, true])
  expect(liquidityWithinWorthUp(wideValue(WIDE + 1n), quantity(QUANTITY_BOUND - 1n), DEPTH)).toBe(ONE + 1n)
})

test('a market nobody trades in has no cost, and closing costs at most a hundred times what is closed', () => {
  expect(() => liquidityUp(wideValue(WIDE), quantity(1n), { ...DEPTH, dailyVolume: quantity(0n) })).toThrow(RangeError)
  const most = wideValue(10n ** 12n * WIDE)
  expect(liquidityUp(most, quantity(QUANTITY_BOUND - 1n), { ...DEPTH, dailyVolume: quantity(1n) })).toBe(
    10n ** 14n * ONE,
  )
  expect(liquidityWithinWorthUp(most, quantity(QUANTITY_BOUND - 1n), DEPTH)).toBe(10n ** 12n * ONE)
})

const usefulSizes: [name: string, requiredPpm: bigint, depth: Partial<Depth>, want: bigint][] = [
  // (1 - 0.3 - 0.001) / (1.5 * 0.04) = 11.65, and 11.65^2 = 135.7225
  ['a requirement of 30%', 300_000n, {}, 135_722_500n * ONE],
  ['half the daily volume, half the size', 300_000n, { dailyVolume: quantity(500_000n * ONE) }, 67_861_250n * ONE],
  // 1 ppm / 0.06 = 1 / 60,000; 1e24 / 3.6e9 = 277,777,777,777,777.7
  ['the least bracket rounds down', 998_999n, {}, 277_777_777_777_777n],
  ['a bracket of zero', 999_000n, {}, 0n],
  ['a requirement of the whole', 1_000_000n, {}, 0n],
  ['no impact and a bracket above zero', 998_999n, { impactFactor: ppm(0n) }, QUANTITY_BOUND - 1n],
  ['no impact and a bracket of zero', 999_000n, { impactFactor: ppm(0n) }, 0n],
  ['hardly any impact', 0n, { impactFactor: ppm(1n), dailyVolatility: ppm(1n) }, QUANTITY_BOUND - 1n],
]
test.each(usefulSizes)('useful size: %s', (_name, required, depth, want) => {
  expect(usefulSizeDown(ppm(required), { ...DEPTH, ...depth })).toBe(want)
})

const depths = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 30_000n }),
    fc.bigInt({ min: 0n, max: 3_000_000n }),
    fc.bigInt({ min: 0n, max: 300_000n }),
    fc.bigInt({ min: ONE, max: 10n ** 26n }),
  )
  .map(([halfSpread, impactFactor, dailyVolatility, dailyVolume]) => ({
    halfSpread: ppm(halfSpread),
    impactFactor: ppm(impactFactor),
    dailyVolatility: ppm(dailyVolatility),
    dailyVolume: quantity(dailyVolume),
  }))
const worths = fc.oneof(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: -(10n ** 64n), max: 10n ** 64n }))
/** Beyond it only the worth counts. */
const isAtMost = (cost: bigint, worth: bigint) => cost * 10n ** 36n >= 100n * (worth < 0n ? -worth : worth)
const sizes = fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 24n }))

test('INV-ADD-2: liquidity is the least value that reaches spread and impact, by multiplication', () => {
  fc.assert(
    fc.property(worths, sizes, depths, (worth, size, depth) => {
      const cost = liquidityUp(wideValue(worth), quantity(size), depth)
      fc.pre(!isAtMost(cost, worth))
      const { halfSpread, impactFactor, dailyVolatility, dailyVolume } = depth
      const spread = (worth < 0n ? -worth : worth) * halfSpread * 1_000_000n
      const squaredImpact = (worth * impactFactor * dailyVolatility) ** 2n * size
      const reaches = (atoms: bigint) => {
        const left = atoms * 10n ** 48n - spread
        return left >= 0n && left * left * dailyVolume >= squaredImpact
      }
      expect(reaches(cost)).toBe(true)
      expect(cost > 0n && reaches(cost - 1n)).toBe(false)
    }),
  )
})

test('INV-ADD-3: impact grows with the root of the size: t t times the size, t times the impact, to t units', () => {
  fc.assert(
    fc.property(worths, sizes, depths, fc.bigInt({ min: 1n, max: 30n }), (worth, size, depth, t) => {
      const impactAt = (of: bigint) =>
        liquidityUp(wideValue(worth), quantity(of), { ...depth, halfSpread: ppm(0n) }) as bigint
      const [once, more] = [impactAt(size), impactAt(t * t * size)]
      fc.pre(!isAtMost(more, worth))
      expect(more <= t * once && more > t * (once - 1n) - 1n).toBe(true)
      const costAt = (of: bigint) => liquidityUp(wideValue(worth), quantity(of), depth) as bigint
      expect(costAt(size) <= costAt(t * size) && costAt(t * size) <= t * costAt(size)).toBe(true)
    }),
  )
})
