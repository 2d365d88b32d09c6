import { expect, test } from 'vitest'
import { price } from '../quantity/price.ts'
import { rate } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { surfaceArbitrage } from './surface-arbitrage.ts'
import { prepareSurface } from './surface-volatility.ts'
import type { Smile, VolatilitySlice } from './vol-surface.ts'

const ONE = 10n ** 18n
const YEAR = 31_536_000_000
const NOW = timestamp(1_780_000_000_000)

function slice(years: number, smile: Smile, forward = 100n): VolatilitySlice {
  return { expiry: timestamp(NOW + years * YEAR), forward: price(forward * ONE), smile }
}

function strikes(...pillars: readonly (readonly [strike: bigint, percent: bigint])[]): Smile {
  const rows = pillars.map(([at, percent]) => ({ strike: price(at * ONE), volatility: rate((percent * ONE) / 100n) }))
  return { kind: 'strikes', pillars: rows }
}

function flat(percent: bigint): Smile {
  return { kind: 'flat', volatility: rate((percent * ONE) / 100n) }
}

function svi(a: bigint, b: bigint, rho: bigint): Smile {
  const part = (percent: bigint) => rate((percent * ONE) / 100n)
  return { kind: 'svi', a: part(a), b: part(b), rho: part(rho), m: part(0n), sigma: part(10n), tau: undefined }
}

function findings(...slices: readonly VolatilitySlice[]) {
  return surfaceArbitrage(prepareSurface({ slices }, NOW))
}

/** In whole units, percent and years. */
function brief(...slices: readonly VolatilitySlice[]): readonly string[] {
  return findings(...slices).map((finding) => {
    const points = finding.kind === 'noVolatility' ? [finding] : finding.points
    const named = points.map(({ expiry, strike }) => `${Number(strike / 10n ** 16n) / 100}@${(expiry - NOW) / YEAR}`)
    return `${finding.kind} ${named.join(' ')}`
  })
}

test('finds nothing in a flat surface of rising total variance', () => {
  const level = strikes([50n, 60n], [100n, 60n], [200n, 60n])
  expect(brief(slice(1, level), slice(2, level, 110n), slice(3, flat(60n)))).toEqual([])
})

test('finds nothing where total variance is the same, atom by atom', () => {
  // 60% over a year is 0.36, 30% over four years too.
  expect(brief(slice(1, flat(60n)), slice(4, flat(30n)))).toEqual([])
})

test('names the two points between which total variance falls, each by the strike of the same moneyness', () => {
  // 0.36 at one year, 0.25 * 1.25 = 0.3125 after a year and a quarter; forwards 100 and 200.
  expect(brief(slice(1, flat(60n)), slice(1.25, flat(50n), 200n))).toEqual(['calendar 100@1 200@1.25'])
  const [found] = findings(slice(1, flat(60n)), slice(1.25, flat(50n), 200n))
  expect(found?.kind === 'calendar' ? found.points.map((point) => point.volatility) : []).toEqual([
    6n * 10n ** 17n,
    5n * 10n ** 17n,
  ])
})

test('looks at the pillars of both expiries, and only neighbours are compared', () => {
  const first = strikes([50n, 60n], [100n, 50n])
  // At 50 it falls from 0.36 to 0.25 * 1.25 = 0.3125, at 100 it rises from 0.25 to that.
  expect(brief(slice(1, first), slice(1.25, flat(50n)))).toEqual(['calendar 50@1 50@1.25'])
})

test('names the pillars of a butterfly with a negative price', () => {
  // In the middle 30% instead of 20% on either side, over a year: calls 13.59, 11.92 and 4.29, and the line has 8.94.
  expect(brief(slice(1, strikes([90n, 20n], [100n, 30n], [110n, 20n])))).toEqual(['butterfly 90@1 100@1 110@1'])
})

test('names two pillars between which a call rises', () => {
  // A call at 100 with 10% costs 3.99, at 110 with 80% about 28.
  expect(brief(slice(1, strikes([100n, 10n], [110n, 80n])))).toEqual(['callRises 100@1 110@1'])
})

test('finds nothing in an SVI slice that is known to be free of it', () => {
  // b (1 + |rho|) = 0.13 <= 2 and w > 0; Gatheral and Jacquier's g is 1.5 at k = 0, 0.32 at -1.5, 0.41 at 1.5.
  expect(brief(slice(1, svi(4n, 10n, -30n)))).toEqual([])
})

test('finds butterflies in an SVI slice whose wings are steeper than 2', () => {
  // Lee 2004: the slope b (1 + |rho|) must be at most 2; here it is 2.7 on the left.
  const kinds = new Set(findings(slice(1, svi(4n, 180n, -50n))).map((finding) => finding.kind))
  expect(kinds).toEqual(new Set(['butterfly']))
})

test('says where SVI has no volatility', () => {
  // w = -0.02 + 0.1 sqrt(k^2 + 0.01) is negative for |k| < 0.1732: k = 0, +-0.05, +-0.1, +-0.15.
  const where = findings(slice(1, svi(-2n, 10n, 0n))).filter((finding) => finding.kind === 'noVolatility')
  expect(where).toHaveLength(7)
})

test('finds by delta what it finds by strike', () => {
  const smile: Smile = {
    kind: 'deltas',
    pillars: [-25n, 50n, 25n].map((percent, i) => ({
      delta: rate((percent * ONE) / 100n),
      volatility: rate(((i === 1 ? 40n : 20n) * ONE) / 100n),
    })),
  }
  expect(findings(slice(1, smile)).map((finding) => finding.kind)).toContain('butterfly')
})
