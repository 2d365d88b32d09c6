import { expect, test } from 'vitest'
import { wideValue } from '../../../quantity/value.ts'
import { assetId } from '../../../instrument/identifier.ts'
import type { DatedFuture, Perpetual } from '../../../instrument/market.ts'
import { factorsOfAsset, factorsOfContract, riskLine } from './risk-line.ts'
import { ASSET, DEPTH, FACTOR, SECTION } from './section.test-data.ts'
import { epochWith, MARKETS, wide } from './small-world.test-data.ts'
import { underlyingLegs } from './underlying-legs.ts'
import { requiredAlone } from './useful-size.ts'

const CLAIM = { betaPpm: 1_000_000, maintenanceSlipPpm: 30_000, initialSlipPpm: 120_000 }
/** The coin and a claim on it at twice its moves; no scenario, window or correlation: only what the test sets. */
function epochFor(more: object = {}) {
  const still = { ...FACTOR, riskWeightPpm: 0, loadingsPpm: [0, 0, 0, 0] }
  return epochWith({
    factors: { ...Object.fromEntries(Object.keys(SECTION.factors).map((name) => [name, still])), 'TWO/peg': still },
    assets: {
      ...SECTION.assets,
      TWO: { ...ASSET, claim: { ...CLAIM, reference: 'BTC', betaPpm: 2_000_000, maintenanceSlipPpm: 0 } },
    },
    scenarios: [{ id: 'none', dampPpm: 1_000_000, initialOnly: false, movesPpm: {} }],
    windows: { count: 1, columns: {} },
    ...more,
  })
}

const fall = (ppm: number) => ({
  scenarios: [{ id: 'fall', dampPpm: 1_000_000, initialOnly: false, movesPpm: { BTC: ppm } }],
})

const table: [name: string, asset: string, more: object, want: bigint][] = [
  // One unit for the exposure is rounded up to a ppm only if nothing else is asked; here the basis floor's 1% is.
  ['at least the basis share of what may hedge it', 'BTC', {}, 10_000n],
  ['a claim at twice the moves: twice that', 'TWO', {}, 20_000n],
  ['a stablecoin: its slip, it hedges no underlying', 'USDC', {}, 30_000n],
  ['the worst scenario', 'BTC', fall(-300_000), 300_000n],
  ['a claim loses twice as much', 'TWO', fall(-300_000), 600_000n],
  ['never more than the whole', 'TWO', fall(-1_000_000), 1_000_000n],
  ['what is not in the epoch', 'JUNK', {}, 1_000_000n],
]
test.each(table)('w: %s', (_name, asset, more, want) => {
  expect(requiredAlone(assetId(asset), epochFor(more))).toBe(want)
})

test('w of a scenario that is no whole ppm of a million is rounded up', () => {
  // A third damped: 0.333333 * 0.100001 = 0.033333633333.
  const scenarios = [{ id: 'fall', dampPpm: 333_333, initialOnly: false, movesPpm: { BTC: -100_001 } }]
  expect(requiredAlone(assetId('BTC'), epochFor({ scenarios }))).toBe(33_334n)
})

test('q* follows from w; none for what is no collateral or not in the epoch', () => {
  const depth = { ...DEPTH, halfSpreadPpm: 1_000, dailyVolatilityPpm: 40_000, dailyVolumeUnits: '1000' }
  const assets = { ...SECTION.assets, BTC: { ...ASSET, depth }, USDC: { ...ASSET, isCollateral: false, claim: CLAIM } }
  const epoch = epochWith({ ...fall(-300_000), assets, windows: { count: 1, columns: {} } })
  // 1000 * ((1 - 0.3 - 0.001) / (1.5 * 0.04))^2 = 1000 * 11.65^2
  expect(epoch.usefulSizeOf(assetId('BTC'))).toBe(135_722_500n * 10n ** 15n)
  expect([epoch.usefulSizeOf(assetId('USDC')), epoch.usefulSizeOf(assetId('JUNK'))]).toEqual([0n, 0n])
})

test('legs of an underlying are apart by what they are held in', () => {
  const epoch = epochFor()
  const asset = (id: string, worth: number) => {
    const risk = epoch.parameters.assets.get(assetId(id))
    if (risk === undefined) throw new Error(id)
    return riskLine(assetId(id), wideValue(wide(worth)), factorsOfAsset(assetId(id), risk), epoch.parameters)
  }
  const contract = (terms: Perpetual | DatedFuture, worth: number) => {
    return riskLine(terms.id, wideValue(wide(worth)), factorsOfContract(terms), epoch.parameters)
  }
  const lines = [
    asset('BTC', 5),
    asset('TWO', -3),
    asset('USDC', 9),
    contract(MARKETS.perp, -2),
    contract(MARKETS.future, 7),
  ]
  const usd = (whole: number) => BigInt(whole) * 10n ** 18n
  expect(underlyingLegs({ lines, options: [] })).toEqual([
    { spot: usd(5), claims: [usd(-6)], perpetual: usd(-2), expiries: [usd(7)] },
  ])
  const twice = [contract(MARKETS.future, 7), contract(MARKETS.future, -7)]
  expect(underlyingLegs({ lines: twice, options: [] })).toEqual([
    { spot: 0n, claims: [], perpetual: 0n, expiries: [0n] },
  ])
})
