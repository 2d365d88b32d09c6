import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fundingIndex } from '../quantity/funding-index.ts'
import { NO_PPM, ppm } from '../quantity/ppm.ts'
import { price } from '../quantity/price.ts'
import { NO_QUANTITY, quantity } from '../quantity/quantity.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, value } from '../quantity/value.ts'
import { type AssetId, assetId, type MarketId, marketId } from '../instrument/identifier.ts'
import { NO_POSITION, tradePosition } from '../ledger/position.ts'
import type { ListedAsset, ListedMarket, MarketView } from '../market/listing.ts'
import { claimsOf, netLiquidationValue, unsettledProfits, worthOfClaims } from './claims.ts'
import type { OpenPosition, Portfolio } from './portfolio.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

const ONE = 10n ** 18n
const WIDE = 10n ** 36n
const [USDC, USDT, ETH] = [assetId('USDC'), assetId('USDT'), assetId('ETH')]
const [BTC_PERP, ETH_PERP, TETHER_PERP] = ['BTC-PERP', 'ETH-PERP', 'BTC-USDT-PERP'].map(marketId) as [
  MarketId,
  MarketId,
  MarketId,
]
const COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(ONE) }

function quote(atoms: bigint) {
  return { price: price(atoms), halfWidth: NO_VALUE, guarded: false, observedAt: timestamp(0) }
}

function asset(id: AssetId, atoms: bigint | undefined): readonly [AssetId, ListedAsset] {
  const terms = {
    id,
    nativeDecimals: 18,
    borrowable: true,
    borrowCurve: flatCurve(0n),
    priceRules: { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM },
    closeOutCost: COST,
  }
  return [id, { terms, index: atoms === undefined ? undefined : quote(atoms) }]
}

function perpetual(id: MarketId, settlement: AssetId, mark: bigint | undefined): readonly [MarketId, ListedMarket] {
  const terms = {
    kind: 'perpetual',
    id,
    underlying: ETH,
    settlement,
    maximumOpenInterest: quantity(ONE),
    tick: price(1n),
    lot: quantity(1n),
    minimumQuantity: quantity(1n),
    priceBandPpm: ppm(50_000n),
    closeOutCost: COST,
  } as const
  const index = fundingIndex(ONE)
  const quoted = mark === undefined ? undefined : quote(mark)
  return [id, { terms, status: 'open', mark: quoted, fundingIndex: index, openInterest: NO_QUANTITY }]
}

// USDC at 1, USDT de-pegged to 0.9, ETH at 3000; perpetuals at marks of 110, 3000 and 110; the funding index stands at 1.
const VIEW: MarketView = {
  assets: new Map([
    asset(USDC, ONE),
    asset(USDT, (ONE * 9n) / 10n),
    asset(ETH, 3000n * ONE),
    asset(assetId('NEW'), undefined),
  ]),
  markets: new Map([
    perpetual(BTC_PERP, USDC, 110n * ONE),
    perpetual(ETH_PERP, USDC, 3000n * ONE),
    perpetual(TETHER_PERP, USDT, 110n * ONE),
    perpetual(marketId('NEW-PERP'), USDC, undefined),
    perpetual(marketId('UNPRICED-PERP'), assetId('NEW'), ONE),
  ]),
}

function held(asset: AssetId, units: bigint) {
  return { asset, quantity: quantity(units * ONE) }
}

function open(market: MarketId, contracts: bigint, at: bigint): OpenPosition {
  const level = { price: price(at * ONE), fundingIndex: fundingIndex(0n) }
  return { market, ...tradePosition(NO_POSITION, quantity(contracts * ONE), level) }
}

function portfolio(holdings: Portfolio['holdings'], ...positions: readonly OpenPosition[]): Portfolio {
  return { holdings, positions }
}

describe('claims', () => {
  test('net what is unsettled with the balance of the asset it settles in', () => {
    // Long 2 BTC-PERP from 100: 2 * 10 less 2 of funding = 18. Short 1 ETH-PERP from 2950: -50 plus 1 = -49.
    const claims = claimsOf(portfolio([held(USDC, 100n)], open(BTC_PERP, 2n, 100n), open(ETH_PERP, -1n, 2950n)), VIEW)
    expect(claims.map(({ asset, flow, price }) => ({ asset, flow, price }))).toEqual([
      { asset: USDC, flow: (100n + 18n - 49n) * WIDE, price: ONE },
    ])
  })

  test('put balances first and give what is unsettled in another asset a claim of its own', () => {
    const claims = claimsOf(portfolio([held(ETH, 1n)], open(TETHER_PERP, 2n, 100n), open(BTC_PERP, -2n, 100n)), VIEW)
    expect(claims.map(({ asset, flow, price }) => ({ asset, flow, price }))).toEqual([
      { asset: ETH, flow: WIDE, price: 3000n * ONE },
      { asset: USDT, flow: 18n * WIDE, price: (ONE * 9n) / 10n },
      { asset: USDC, flow: -18n * WIDE, price: ONE },
    ])
  })

  const nothings: [name: string, of: Portfolio][] = [
    ['a balance without a price', portfolio([held(assetId('NEW'), 5n)])],
    ['a debt without a price', portfolio([held(assetId('NEW'), -5n)])],
    ['a balance of an asset that is not listed', portfolio([held(assetId('GONE'), 5n)])],
    ['a contract without a mark', portfolio([], open(marketId('NEW-PERP'), 2n, 100n))],
    ['a contract that settles in an asset without a price', portfolio([], open(marketId('UNPRICED-PERP'), 2n, 100n))],
    ['a contract that is not listed', portfolio([], open(marketId('GONE-PERP'), 2n, 100n))],
  ]
  test.each(nothings)('count as nothing: %s', (_name, of) => {
    expect(claimsOf(of, VIEW)).toEqual([])
    expect([netLiquidationValue(of, VIEW), unsettledProfits(of, VIEW)]).toEqual([0n, 0n])
  })
})

describe('net liquidation value', () => {
  const table: [name: string, of: Portfolio, nlv: bigint][] = [
    ['nothing is worth nothing', portfolio([]), 0n],
    ['a balance is worth its price, without a haircut', portfolio([held(ETH, 2n)]), 6000n * ONE],
    ['a debt is worth less than nothing', portfolio([held(ETH, 1n), held(USDC, -2000n)]), 1000n * ONE],
    // 100 + 18 of profit and funding
    ['unsettled profit and funding count', portfolio([held(USDC, 100n)], open(BTC_PERP, 2n, 100n)), 118n * ONE],
    // 18 USDT at 0.9
    ['profit is worth the price of what it settles in', portfolio([], open(TETHER_PERP, 2n, 100n)), (162n * ONE) / 10n],
    // -(2 * 10 - 2) USDT at 0.9
    ['and so is a loss', portfolio([], open(TETHER_PERP, -2n, 100n)), (-162n * ONE) / 10n],
    // One atom at 0.9 is 0.9 atoms of USD.
    ['a fraction of an atom rounds down', portfolio([{ asset: USDT, quantity: quantity(1n) }]), 0n],
    ['also below zero', portfolio([{ asset: USDT, quantity: quantity(-1n) }]), -1n],
    [
      'fractions are added before they are rounded, once',
      portfolio([
        { asset: USDT, quantity: quantity(1n) },
        { asset: assetId('USDT'), quantity: quantity(1n) },
      ]),
      1n,
    ],
  ]
  test.each(table)('%s', (_name, of, nlv) => {
    expect(netLiquidationValue(of, VIEW)).toBe(nlv)
  })

  test('is the sum of its claims at their prices', () => {
    const claims = claimsOf(portfolio([held(ETH, 1n), held(USDT, -10n)]), VIEW)
    expect(worthOfClaims(claims)).toBe((3000n - 9n) * WIDE * ONE)
  })
})

describe('unsettled profit, which is not withdrawable,', () => {
  test('leaves losses out: a loss elsewhere does not make a profit withdrawable', () => {
    // +18 USDC and -49 USDC
    const both = portfolio([], open(BTC_PERP, 2n, 100n), open(ETH_PERP, -1n, 2950n))
    expect(unsettledProfits(both, VIEW)).toBe(18n * ONE)
  })

  test('is zero without profit', () => {
    expect(unsettledProfits(portfolio([held(USDC, 100n)], open(BTC_PERP, -2n, 100n)), VIEW)).toBe(0n)
  })

  test('rounds up', () => {
    // One contract atom gains 10 atoms of USDT, less 1 of funding: 9 at 0.9 are 8.1.
    const level = { price: price(100n * ONE), fundingIndex: fundingIndex(0n) }
    const position = { market: TETHER_PERP, ...tradePosition(NO_POSITION, quantity(1n), level) }
    expect(unsettledProfits(portfolio([], position), VIEW)).toBe(9n)
  })
})

describe('a claim that can be redeemed', () => {
  const staked = assetId('STAKED')

  function viewWith(market: bigint, rate: bigint, reference: bigint): MarketView {
    const [, plain] = asset(staked, market)
    const backing = { reference: ETH, redeemable: true }
    const exchangeRate = { rate: price(rate), observedAt: timestamp(0) }
    return {
      assets: new Map([
        [staked, { ...plain, terms: { ...plain.terms, backing }, exchangeRate }],
        asset(ETH, reference),
      ]),
      markets: new Map([perpetual(BTC_PERP, staked, 110n * ONE)]),
    }
  }

  test('is priced by the sign of balance and unsettled profit together', () => {
    // Redeems for 2; the market pays 3. A debt of 10, and 2 contracts from 100 at 110 less 1 of funding each: 18.
    const view = viewWith(3n * ONE, ONE, 2n * ONE)
    const owned = portfolio([held(staked, -10n)], open(BTC_PERP, 2n, 100n))
    expect(netLiquidationValue(owned, view)).toBe(8n * 2n * ONE)
    const owed = portfolio([held(staked, -20n)], open(BTC_PERP, 2n, 100n))
    expect(netLiquidationValue(owed, view)).toBe(-2n * 3n * ONE)
  })

  test('takes with unsettled profit what its loss would cost', () => {
    // The market pays 1.5, it redeems for 2: who had the 18 as a buffer over a debt would owe them at 2.
    const view = viewWith((3n * ONE) / 2n, ONE, 2n * ONE)
    expect(unsettledProfits(portfolio([], open(BTC_PERP, 2n, 100n)), view)).toBe(36n * ONE)
  })

  test('INV-REDEMPTION-1: counts no more than at either of its prices, owned or owed', () => {
    const level = fc.bigInt({ min: 1n, max: 10n ** 24n })
    const units = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
    fc.assert(
      fc.property(level, level, level, units, (market, rate, reference, amount) => {
        const of = portfolio([{ asset: staked, quantity: quantity(amount) }])
        const counted = worthOfClaims(claimsOf(of, viewWith(market, rate, reference)))
        // Exact: worth in 1e-54 USD at the market, and at the product of rate and reference unrounded (1e-72).
        expect(counted).toBeLessThanOrEqual(amount * ONE * market)
        if (rate * reference >= ONE) expect(counted * ONE).toBeLessThanOrEqual(amount * ONE * rate * reference)
      }),
    )
  })
})
