import fc from 'fast-check'
import { expect, test } from 'vitest'
import { REFERENCE_ONE, referenceCall, referenceLogarithm } from '../../../simulator/pricing/reference.ts'
import { price } from '../quantity/price.ts'
import { rate } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { strikeDown } from './delta-moneyness.ts'
import { logged } from './logarithm.ts'
import { preparedVolatilityAt, prepareSurface, volatilityAt } from './surface-volatility.ts'
import type { Smile, SviSmile, VolatilitySlice } from './vol-surface.ts'

const ONE = 10n ** 18n
const YEAR = 31_536_000_000
const NOW = timestamp(1_780_000_000_000)

function slice(years: number, smile: Smile, forward = 100n * ONE): VolatilitySlice {
  return { expiry: timestamp(NOW + years * YEAR), forward: price(forward), smile }
}

function flat(percent: bigint): Smile {
  return { kind: 'flat', volatility: rate((percent * ONE) / 100n) }
}

function strikes(...pillars: readonly (readonly [strike: bigint, volatility: bigint])[]): Smile {
  return {
    kind: 'strikes',
    pillars: pillars.map(([at, volatility]) => ({ strike: price(at), volatility: rate(volatility) })),
  }
}

function svi(terms: Record<'a' | 'b' | 'rho' | 'm' | 'sigma', bigint>, tau?: bigint): SviSmile {
  const { a, b, rho, m, sigma } = terms
  const years = tau === undefined ? undefined : rate(tau)
  return { kind: 'svi', a: rate(a), b: rate(b), rho: rate(rho), m: rate(m), sigma: rate(sigma), tau: years }
}

function read(slices: readonly VolatilitySlice[], years: number, strike: bigint) {
  return volatilityAt({ slices }, { expiry: timestamp(NOW + years * YEAR), strike: price(strike), time: NOW })
}

/** Nearest atom of the root of numerator / denominator: (2 v - 1)^2 < 4 x < (2 v + 1)^2, x in 1e-36. */
function isRootOf(volatility: bigint | undefined, numerator: bigint, denominator: bigint): boolean {
  if (volatility === undefined) return false
  const x = 4n * numerator * ONE * ONE
  return (2n * volatility - 1n) ** 2n * denominator < x && x < (2n * volatility + 1n) ** 2n * denominator
}

const SMILE = strikes([80n * ONE, (3n * ONE) / 10n], [125n * ONE, (4n * ONE) / 10n])

test('a pillar gives its own volatility, exactly', () => {
  expect(read([slice(1, SMILE)], 1, 80n * ONE)).toEqual({ volatility: (3n * ONE) / 10n, forward: 100n * ONE })
  expect(read([slice(1, SMILE)], 1, 125n * ONE)?.volatility).toBe((4n * ONE) / 10n)
})

test('halfway in the logarithm of the strike the variance is halfway', () => {
  // 80 * 125 = 100^2, so ln 100 is halfway: (0.09 + 0.16) / 2 = 0.125, a root of 0.353553390593273762.
  const volatility = read([slice(1, SMILE)], 1, 100n * ONE)?.volatility
  expect(volatility).toBe(353_553_390_593_273_762n)
  expect(isRootOf(volatility, 125n, 1_000n)).toBe(true)
})

test('outside the pillars volatility stays', () => {
  expect(read([slice(1, SMILE)], 1, ONE)?.volatility).toBe((3n * ONE) / 10n)
  expect(read([slice(1, SMILE)], 1, 900n * ONE)?.volatility).toBe((4n * ONE) / 10n)
})

test('between two expiries total variance and forward are linear in time', () => {
  // w = 0.04 at one year, 2 * 0.09 = 0.18 at two: 0.11 at one and a half, 0.11 / 1.5 = 11/150 a year.
  const found = read([slice(1, flat(20n)), slice(2, flat(30n), 110n * ONE)], 1.5, 90n * ONE)
  expect(found?.forward).toBe(105n * ONE)
  expect(isRootOf(found?.volatility, 11n, 150n)).toBe(true)
})

test('between two expiries both are read at the same log-moneyness, not at the same strike', () => {
  // Forwards 100, 300, and 200 halfway: a strike of 160 is at 0.8 of each, where the first smile says 30% and the second 40%.
  const later = strikes([240n * ONE, (4n * ONE) / 10n], [300n * ONE, ONE])
  const found = read([slice(1, SMILE), slice(3, later, 300n * ONE)], 2, 160n * ONE)
  // (0.09 + 3 * 0.16) / 2 = 0.285 over two years.
  expect(isRootOf(found?.volatility, 285n, 2_000n)).toBe(true)
})

test('before the first and after the last expiry volatility and forward stay', () => {
  const slices = [slice(1, flat(20n)), slice(2, flat(30n), 110n * ONE)]
  expect(read(slices, 0.5, 90n * ONE)).toEqual({ volatility: ONE / 5n, forward: 100n * ONE })
  expect(read(slices, 5, 90n * ONE)).toEqual({ volatility: (3n * ONE) / 10n, forward: 110n * ONE })
})

test('an expired slice no longer counts, and nothing follows for an expired option or without a slice', () => {
  const slices = [slice(1, flat(20n)), slice(2, flat(30n))]
  const at = { expiry: timestamp(NOW + 1.5 * YEAR), strike: price(ONE), time: timestamp(NOW + YEAR) }
  expect(volatilityAt({ slices }, at)?.volatility).toBe((3n * ONE) / 10n)
  expect(read(slices, 0, ONE)).toBeUndefined()
  expect(read([], 1, ONE)).toBeUndefined()
  expect(read([slice(1, strikes())], 1, ONE)).toBeUndefined()
})

// At k = 0, m = 0.3, sigma = 0.4 the root is 0.5: w = 0.04 + 0.1 (-0.5 * -0.3 + 0.5) = 0.105.
const SVI = { a: ONE / 25n, b: ONE / 10n, rho: -ONE / 2n, m: (3n * ONE) / 10n, sigma: (4n * ONE) / 10n }
test('SVI is a total variance over tau, or over the time to expiry', () => {
  expect(isRootOf(read([slice(2, svi(SVI))], 2, 100n * ONE)?.volatility, 105n, 2_000n)).toBe(true)
  expect(isRootOf(read([slice(2, svi(SVI, ONE / 2n))], 2, 100n * ONE)?.volatility, 105n, 500n)).toBe(true)
})

test('nothing follows where SVI is negative', () => {
  expect(read([slice(1, svi({ ...SVI, a: -ONE }))], 1, 100n * ONE)).toBeUndefined()
  expect(read([slice(1, svi({ ...SVI, a: -ONE })), slice(2, flat(20n))], 1.5, 100n * ONE)).toBeUndefined()
})

test('INV-PRICING-16: SVI is within an atom of the formula worked out with 120 decimals', () => {
  const terms = fc.record({
    a: fc.bigInt({ min: ONE / 100n, max: ONE }),
    b: fc.bigInt({ min: 0n, max: ONE }),
    rho: fc.bigInt({ min: 1n - ONE, max: ONE - 1n }),
    m: fc.bigInt({ min: -ONE, max: ONE }),
    sigma: fc.bigInt({ min: ONE / 1_000n, max: ONE }),
  })
  fc.assert(
    fc.property(terms, fc.bigInt({ min: ONE, max: 10_000n * ONE }), (smile, strike) => {
      const found = read([slice(1, svi(smile))], 1, strike)?.volatility
      const x = referenceLogarithm((strike * REFERENCE_ONE) / (100n * ONE)) - (smile.m * REFERENCE_ONE) / ONE
      // w - a - b rho x = b root: squared on both sides no root is needed; 1e-36 in 1e-120.
      const rest = (volatility: bigint) =>
        (volatility * volatility - smile.a * ONE) * REFERENCE_ONE - smile.b * smile.rho * x
      const square = smile.b ** 2n * (ONE ** 2n * x * x + smile.sigma ** 2n * REFERENCE_ONE ** 2n)
      const signed = (n: bigint) => (n < 0n ? -n * n : n * n)
      expect(found).toBeDefined()
      expect(signed(rest((found ?? 0n) - 1n)) <= square && square <= signed(rest((found ?? 0n) + 1n))).toBe(true)
    }),
    { numRuns: 200 },
  )
})

const deltas = fc
  .bigInt({ min: -(99n * ONE) / 100n, max: (99n * ONE) / 100n })
  .filter((delta) => delta > ONE / 100n || -delta > ONE / 100n)
const volatilities = fc.bigInt({ min: ONE / 20n, max: 2n * ONE })

test('INV-PRICING-17: an option at the strike of a delta pillar has its delta and its volatility', () => {
  fc.assert(
    fc.property(deltas, volatilities, (delta, volatility) => {
      const smile: Smile = { kind: 'deltas', pillars: [{ delta: rate(delta), volatility: rate(volatility) }] }
      const surface = prepareSurface({ slices: [slice(1, smile)] }, NOW)
      const [only] = surface.slices
      const point = only?.curve.kind === 'points' ? only.curve.points[0] : undefined
      const strike = strikeDown(point?.moneyness ?? 0n, logged(price(100n * ONE)))
      const call = referenceCall({ forward: 100n * ONE, strike, volatility, timeMs: BigInt(YEAR) }).delta
      const error = call - ((delta < 0n ? delta + ONE : delta) * REFERENCE_ONE) / ONE
      // The strike is rounded to an atom: 0.4 / (s K) atoms, with s >= 0.05 and K >= 1: below 8e-18.
      expect((error < 0n ? -error : error) * ONE < 10n * REFERENCE_ONE).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('INV-PRICING-17: a smile by strike and the same smile by delta agree to a few atoms', () => {
  fc.assert(
    fc.property(
      fc.array(volatilities, { minLength: 3, maxLength: 3 }),
      fc.bigInt({ min: 30n, max: 300n }),
      (three, percent) => {
        const shares = [(-ONE * 25n) / 100n, ONE / 2n, (ONE * 25n) / 100n]
        const pillars = shares.map((delta, i) => ({ delta: rate(delta), volatility: rate(three[i] ?? 0n) }))
        const byDelta = prepareSurface({ slices: [slice(1, { kind: 'deltas', pillars })] }, NOW)
        const curve = byDelta.slices[0]?.curve
        const forward = logged(price(100n * ONE))
        const points = curve?.kind === 'points' ? curve.points : []
        const spread = points.map(({ moneyness, variance }) => [strikeDown(moneyness, forward), variance] as const)
        // Pillars that (nearly) share a strike say two things about it.
        fc.pre(spread.every(([at], i) => i === 0 || at - (spread[i - 1]?.[0] ?? at) > ONE / 10n))
        const rows = spread.map(([at, variance]) => [at, three.find((one) => one * one === variance) ?? 0n] as const)
        const byStrike = prepareSurface({ slices: [slice(1, strikes(...rows))] }, NOW)
        const at = { expiry: timestamp(NOW + YEAR), strike: price(percent * ONE) }
        const [first, second] = [byDelta, byStrike].map(
          (surface) => preparedVolatilityAt(surface, at)?.volatility ?? 0n,
        )
        const gap = (first ?? 0n) - (second ?? 0n)
        // Strikes rounded by an atom of 10 to 1,000 units, on slopes of at most 4 per 0.0001 of k and a root of at least 5%.
        expect((gap < 0n ? -gap : gap) <= 10n ** 6n).toBe(true)
      },
    ),
  )
})

test('INV-PRICING-18: volatility lies between those of the neighbouring pillars, and twice the same question has one answer', () => {
  const smiles = fc
    .uniqueArray(fc.tuple(fc.bigInt({ min: ONE, max: 300n * ONE }), volatilities), {
      selector: ([at]) => at,
      minLength: 1,
      maxLength: 8,
    })
    .map((rows) => rows.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  fc.assert(
    fc.property(smiles, fc.bigInt({ min: 1n, max: 400n * ONE }), (rows, strike) => {
      const found = read([slice(1, strikes(...rows))], 1, strike)?.volatility ?? -1n
      const index = rows.findIndex(([at]) => at >= strike)
      const neighbours = (index < 0 ? rows.slice(-1) : rows.slice(index > 0 ? index - 1 : 0, index + 1)).map(
        ([, one]) => one,
      )
      expect(neighbours.some((one) => one <= found) && neighbours.some((one) => one >= found)).toBe(true)
      expect(read([slice(1, strikes(...rows))], 1, strike)?.volatility).toBe(found)
    }),
  )
})

test('refuses a delta that is none', () => {
  for (const delta of [0n, ONE, -ONE, 2n * ONE]) {
    const smile: Smile = { kind: 'deltas', pillars: [{ delta: rate(delta), volatility: rate(ONE) }] }
    expect(() => read([slice(1, smile)], 1, ONE)).toThrow(RangeError)
  }
})
