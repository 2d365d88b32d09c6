import { expect, test } from 'vitest'
import { problemsOf, reportOf, TRADER } from './trader.test-data.ts'

/*
 * A regression: 316,291,925,844,028 units owed of a claim whose market price is 1e-18 were taken for next to nothing, while they cost
 * 3.969223 each to redeem: 1.3e15 USD, beyond the bounds of a value, which stopped the engine.
 */
test('what is owed of a claim is bounded at what it costs to redeem', () => {
  const claim = { kind: 'stable', reference: 'ETH', exchangeRate: '1', redemptionDelayMs: 0 }
  const document = {
    ...TRADER,
    positions: [],
    balances: { USDT: '-316291925844028' },
    assets: { USDT: claim },
    prices: { ...TRADER.prices, USDT: '0.000000000000000001' },
  }
  expect(problemsOf(document)).toEqual(['BadDecimal $'])
})

// 1e12 USD is the bound: 499,999,999 of 2000 are below it at the mark, and far beyond it at a smoothed price of 9e9.
test.each(['smoothed', 'bid', 'ask'])('what is held is bounded at its price %s', (field) => {
  const quoted = { mark: '2000', [field]: field === 'bid' ? '2000' : '9000000000' }
  const document = {
    ...TRADER,
    positions: [],
    balances: { ETH: '499999999' },
    prices: { ...TRADER.prices, ETH: quoted },
  }
  expect(problemsOf(document)).toEqual(field === 'bid' ? [] : ['BadDecimal $'])
})

test('an option is bounded at what it is written on', () => {
  const document = {
    ...TRADER,
    positions: [{ market: 'ETH-27MAR26-2400-C', quantity: '-600000000' }],
    prices: { ...TRADER.prices, 'ETH-27MAR26-2400-C': '0.0001' },
  }
  expect(problemsOf(document)).toEqual(['BadDecimal $'])
})

test('hundreds of netting sets of an owner are looked at once each, not once for each item of every other', () => {
  const markets = Array.from(
    { length: 60 },
    (_, i) => `ETH-${(i % 28) + 1}${i < 28 ? 'MAR' : i < 56 ? 'APR' : 'MAY'}27`,
  )
  const positions = markets.map((market) => ({ market, quantity: '1' }))
  const buckets = Array.from({ length: 255 }, (_, i) => ({
    id: i + 1,
    mode: 'isolated',
    balances: { USDC: '5' },
    positions,
    orders: positions,
  }))
  expect(reportOf({ ...TRADER, buckets }).nettingSets).toHaveLength(256)
}, 60_000)
