import { describe, expect, test } from 'vitest'
import { fundingIndex, NO_FUNDING } from '../quantity/funding-index.ts'
import { ppm } from '../quantity/ppm.ts'
import { price } from '../quantity/price.ts'
import { NO_QUANTITY, quantity } from '../quantity/quantity.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, value } from '../quantity/value.ts'
import type { Asset } from '../instrument/asset.ts'
import { assetId, marketId } from '../instrument/identifier.ts'
import { type Perpetual, quoteAsset, type SpotPair } from '../instrument/market.ts'
import {
  indexPrice,
  type ListedAsset,
  type ListedMarket,
  markCondition,
  priceRules,
  valuedContract,
} from './listing.ts'
import type { Quote } from './quote.ts'
import { indexCondition } from './redemption.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

const ONE = 10n ** 18n
const NOW = timestamp(1_700_000_000_000)
const [USDC, BTC] = [assetId('USDC'), assetId('BTC')]
const COST = { halfSpreadPpm: ppm(0n), impactPpm: ppm(0n), impactNotional: value(ONE) }
const TRADING = {
  tick: price(1n),
  lot: quantity(1n),
  minimumQuantity: quantity(1n),
  priceBandPpm: ppm(50_000n),
  closeOutCost: COST,
}
const PERP: Perpetual = {
  ...TRADING,
  kind: 'perpetual',
  id: marketId('BTC-PERP'),
  underlying: BTC,
  settlement: USDC,
  maximumOpenInterest: quantity(ONE),
}
const SPOT: SpotPair = { ...TRADING, kind: 'spot', id: marketId('BTC-USDC'), base: BTC, quote: USDC }

function asset(id: string, freshForMs: number, index: Quote | undefined): ListedAsset {
  const terms: Asset = {
    id: assetId(id),
    nativeDecimals: 6,
    borrowable: true,
    borrowCurve: flatCurve(50_000n),
    priceRules: { freshForMs, lowConfidencePpm: ppm(5_000n), dailyVolatilityPpm: ppm(40_000n) },
    closeOutCost: COST,
  }
  return { terms, index }
}

function quote(at: bigint, ageMs = 0): Quote {
  return { price: price(at), halfWidth: NO_VALUE, guarded: false, observedAt: timestamp(NOW - ageMs) }
}

function market(terms: Perpetual | SpotPair, mark: Quote | undefined): ListedMarket {
  return { terms, status: 'open', mark, fundingIndex: fundingIndex(7n), openInterest: NO_QUANTITY }
}

function view(assets: readonly ListedAsset[], markets: readonly ListedMarket[]) {
  return {
    assets: new Map(assets.map((listed) => [listed.terms.id, listed])),
    markets: new Map(markets.map((listed) => [listed.terms.id, listed])),
  }
}

const ALL = view(
  [asset('USDC', 60_000, quote(ONE / 2n)), asset('BTC', 1_000, quote(9n * ONE))],
  [market(PERP, quote(10n * ONE, 1_001)), market(SPOT, undefined)],
)

test('a contract is valued at its mark, its funding index and the price of what it settles in', () => {
  const valued = valuedContract(ALL, PERP.id)
  expect(valued).toEqual({
    terms: PERP,
    mark: 10n * ONE,
    fundingIndex: 7n,
    settlementPrice: ONE / 2n,
    underlyingPrice: undefined,
  })
})

test('an option also at the price of its underlying', () => {
  const terms = { ...PERP, kind: 'option', strike: price(ONE), right: 'call', expiry: timestamp(9_000) } as const
  const listed: ListedMarket = { ...market(PERP, quote(10n * ONE, 1_001)), terms }
  const seen = view([asset('USDC', 60_000, quote(ONE / 2n)), asset('BTC', 1_000, quote(9n * ONE))], [listed])
  expect(valuedContract(seen, PERP.id)).toMatchObject({ terms, underlyingPrice: 9n * ONE })
})

describe('counts as nothing:', () => {
  const listed = market(PERP, quote(ONE))
  const cases: [name: string, seen: ReturnType<typeof view>][] = [
    ['a contract that is not listed', view([asset('USDC', 1, quote(ONE))], [])],
    ['a contract without a mark', view([asset('USDC', 1, quote(ONE))], [market(PERP, undefined)])],
    ['a contract whose settlement asset never had a price', view([asset('USDC', 1, undefined)], [listed])],
    ['a contract whose settlement asset is not listed', view([], [listed])],
  ]
  test.each(cases)('%s', (_name, seen) => {
    expect(valuedContract(seen, PERP.id)).toBeUndefined()
  })
  test('a spot pair, which nobody holds', () => {
    expect(valuedContract(ALL, SPOT.id)).toBeUndefined()
  })
})

test('an asset has a price once one was reported', () => {
  expect(indexPrice(ALL, BTC)).toBe(9n * ONE)
  expect(indexPrice(view([asset('BTC', 1, undefined)], []), BTC)).toBeUndefined()
  expect(indexPrice(ALL, assetId('ETH'))).toBeUndefined()
})

test('a mark is judged by the rules of its underlying, not of its settlement asset', () => {
  // 1001 ms old: stale by the rules of BTC (1 s), fresh by those of USDC (60 s).
  expect(markCondition(ALL, PERP, NOW)).toBe('stale')
  expect(markCondition(ALL, { ...PERP, underlying: USDC }, NOW)).toBe('fresh')
  expect(markCondition(ALL, { ...PERP, underlying: assetId('ETH') }, NOW)).toBe('none')
})

test('conditions and rules of what is not listed are none', () => {
  expect(indexCondition(ALL, BTC, NOW)).toBe('fresh')
  expect(indexCondition(ALL, assetId('ETH'), NOW)).toBe('none')
  expect(priceRules(ALL, BTC)?.freshForMs).toBe(1_000)
  expect(priceRules(ALL, assetId('ETH'))).toBeUndefined()
})

test('a contract is quoted in what it settles in, a spot pair in its quote asset', () => {
  expect([quoteAsset(PERP), quoteAsset(SPOT)]).toEqual([USDC, USDC])
  expect(quoteAsset({ ...PERP, settlement: BTC })).toBe(BTC)
  expect(NO_FUNDING).toBe(0n)
})
