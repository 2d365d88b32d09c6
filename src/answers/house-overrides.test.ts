import { expect, test } from 'vitest'
import { HOUSE_TRADER, houseReport, PROVISIONAL } from './house-model.test-data.ts'
import { checkBreakdowns } from './check-breakdown.ts'
import { overriddenSection } from './section-overrides.ts'
import { judgedOf } from './trader.test-data.ts'

interface Section {
  readonly assets: Readonly<Record<string, { readonly isCollateral: boolean; readonly depth: object }>>
  readonly markets?: Readonly<Record<string, object>>
}

const section: unknown = JSON.parse(PROVISIONAL).sections['plimsoll-1']

function overridden(document: object): Section {
  return overriddenSection('plimsoll-1', section, judgedOf({ ...document, model: 'standard' }, EPOCH).file) as Section
}

const EPOCH = { epoch: { name: 'epoch.json', text: PROVISIONAL } }

test('an asset that the file says is no collateral is none, and one it says nothing of stays', () => {
  const { assets } = overridden({ ...HOUSE_TRADER, assets: { ETH: { kind: 'volatile', collateral: false } } })
  expect([assets['ETH']?.isCollateral, assets['USDC']?.isCollateral]).toEqual([false, true])
})

// 7,000,000 USD at 2,000 are 3,500 ether; at 3 USD 2,333,333.3... of something, rounded down in the last digit.
test.each([
  ['2000', '3500'],
  ['3', '2333333.333333333333333333'],
])('at %s USD a volume of 7,000,000 USD is %s units a day', (price, units) => {
  const depth = { advUsd: '7000000', halfSpread: '0.0000001', levels: [{ within: '0.01', usd: '5' }] }
  const prices = { ...HOUSE_TRADER.prices, ETH: price, 'ETH-PERP': price }
  const { assets } = overridden({ ...HOUSE_TRADER, prices, assets: { ETH: { kind: 'volatile', depth } } })
  // A tenth of a millionth is rounded up to one; Y and sigma are the epoch's.
  expect(assets['ETH']?.depth).toEqual({
    halfSpreadPpm: 1,
    impactFactorPpm: 1_000_000,
    dailyVolatilityPpm: 39_000,
    dailyVolumeUnits: units,
  })
})

test("a market's depth starts from that of its kind of contract, at its own mark", () => {
  const market = { kind: 'perpetual', underlying: 'ETH', depth: { advUsd: '2001000' } }
  const { markets } = overridden({ ...HOUSE_TRADER, markets: { 'ETH-PERP': market } })
  expect(markets).toEqual({
    'ETH-PERP': {
      halfSpreadPpm: 200,
      impactFactorPpm: 1_000_000,
      dailyVolatilityPpm: 39_000,
      dailyVolumeUnits: '1000',
    },
  })
})

test('a market that the epoch has no kind of contract for gets no depth', () => {
  const market = { kind: 'perpetual', underlying: 'USDC', depth: { advUsd: '2001000' } }
  const prices = { ...HOUSE_TRADER.prices, 'USDC-PERP': '1' }
  expect(overridden({ ...HOUSE_TRADER, prices, markets: { 'USDC-PERP': market } }).markets).toBeUndefined()
})

test('a thin market of the file makes closing dearer, a thin asset too', () => {
  const closing = (document: object) =>
    houseReport(document).nettingSets[0]?.breakdown.terms?.find(({ id }) => id === 'liquidity')?.value ?? ''
  const usual = Number(closing(HOUSE_TRADER))
  const thin = { kind: 'perpetual', underlying: 'ETH', depth: { advUsd: '1000' } }
  expect(Number(closing({ ...HOUSE_TRADER, markets: { 'ETH-PERP': thin } }))).toBeGreaterThan(usual)
  expect(
    Number(closing({ ...HOUSE_TRADER, assets: { ETH: { kind: 'volatile', depth: { advUsd: '1000' } } } })),
  ).toBeGreaterThan(usual)
})

test('what the epoch lacks is named with what is charged, and what earns no offset yet', () => {
  const prices = { ...HOUSE_TRADER.prices, PEPE: '0.00001', FTT: '2', 'PEPE-PERP': '0.00001' }
  const balances = { ...HOUSE_TRADER.balances, PEPE: '100', FTT: '3' }
  const positions = [...HOUSE_TRADER.positions, { market: 'PEPE-PERP', quantity: '5' }]
  const { warnings } = houseReport({ ...HOUSE_TRADER, prices, balances, positions })
  expect(warnings.map(({ code, path, message }) => `${code} ${path} ${message}`)).toEqual([
    'NotInEpoch $.assets.PEPE PEPE has no risk weight in the epoch: charged with all it is worth, and no hedge for anything',
    'NotInEpoch $.markets["PEPE-PERP"] PEPE-PERP has no risk weight in the epoch: charged with its whole notional, a short option also with what it is written on, and no hedge for anything',
    'OffsetNotYetEarned $.assets.FTT FTT earns no offset yet: charged in full beside everything else',
  ])
})

test("an epoch's own words on its figures are among the assumptions", () => {
  const { assumptions } = houseReport(HOUSE_TRADER)
  const source: string = (section as { readonly source: string }).source
  expect(assumptions.filter(({ code }) => code === 'EpochSource')).toEqual([
    { code: 'EpochSource', path: '$.model', message: source },
  ])
})

test('breakdowns of the house model follow from their terms, with orders, lines and what earns no offset', () => {
  const prices = { ...HOUSE_TRADER.prices, FTT: '2' }
  const buckets = [{ id: 1, mode: 'line', line: '500', balances: { ETH: '1', USDC: '-1900', FTT: '10' } }]
  const orders = [{ market: 'BTC-PERP', quantity: '0.1', limitPrice: '70000' }]
  const report = houseReport({ ...HOUSE_TRADER, prices, buckets, orders })
  expect(checkBreakdowns(report).faults).toEqual([])
})

test('what an owner has on the same side in another bucket makes closing dearer at opening, the other side does not', () => {
  const liquidity = (quantity: string) => {
    const positions = [{ market: 'ETH-PERP', quantity }]
    const bucket = { id: 1, mode: 'isolated', balances: { USDC: '500000' }, positions }
    const report = houseReport({ ...HOUSE_TRADER, buckets: [bucket] })
    const terms = report.nettingSets.find(({ mode }) => mode === 'cross')?.initialBreakdown.terms
    return terms?.find(({ id }) => id === 'liquidity')?.terms?.find(({ id }) => id === 'liquidity/ETH-PERP')?.value
  }
  // The pool is short of twelve.
  expect(Number(liquidity('-1000'))).toBeGreaterThan(Number(liquidity('1000')))
  expect(liquidity('1000')).toBe(liquidity('1'))
})
