import { describe, expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import { accountId, marketId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import { fill, held, leg, member, outcome, priceReport, tradingDesk } from '../../../simulator/workload/desk.ts'
import {
  at,
  atoms,
  BTC,
  BTC_USDT,
  ETH,
  GOLD,
  GOLD_USDT,
  spotTerms,
  THIN,
  units,
  USDT,
} from '../../../simulator/workload/world.ts'

const alice = accountId('alice')
const bob = accountId('bob')

describe('what a spot fill does', () => {
  test('base goes one way, quote the other, fees to the fees column', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    member(desk, 'bob', [BTC, '1'])
    desk.accept(
      fill(BTC_USDT, {
        quantity: '0.1',
        price: '50000',
        buyer: leg(alice, { fee: '3' }),
        seller: leg(bob, { fee: '-1' }),
      }),
    )
    expect([held(desk.state, alice, BTC), held(desk.state, alice, USDT)]).toEqual([atoms('0.1'), atoms('4997')])
    expect([held(desk.state, bob, BTC), held(desk.state, bob, USDT)]).toEqual([atoms('0.9'), atoms('5001')])
    expect(requireAssetBook(desk.state, USDT).ledger).toMatchObject({ fees: atoms('2'), buckets: atoms('9998') })
    expect(requireAssetBook(desk.state, BTC).ledger).toMatchObject({ fees: 0n, buckets: atoms('1') })
  })

  test('what a fill costs is rounded up to whole atoms, for the buyer to pay', () => {
    // 3 atoms at 0.5 are 1.5 atoms: 2.
    const pair = marketId('THIN-USDT')
    const atom = quantity(1n)
    const desk = tradingDesk({
      markets: [spotTerms({ id: pair, base: THIN, lot: atom, minimumQuantity: atom })],
      prices: {
        assets: [
          [USDT, '1'],
          [THIN, '0.5'],
        ],
      },
    })
    member(desk, 'alice', [USDT, '1'])
    member(desk, 'bob', [THIN, '1'])
    const command = fill(pair, { quantity: '0.000000000000000003', price: '0.5', buyer: leg(alice), seller: leg(bob) })
    expect(desk.accept(command)).toMatchObject([{ type: 'SpotFilled', cost: 2n }])
    expect(held(desk.state, alice, USDT)).toBe(atoms('1') - 2n)
    expect(held(desk.state, bob, USDT)).toBe(2n)
  })

  test('a refused fill leaves everything as it was', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    member(desk, 'bob', [BTC, '1'])
    const before = new Map(desk.state.accounts.entries())
    const books = new Map(desk.state.assetBooks.entries())
    const command = fill(BTC_USDT, { quantity: '30', price: '50000', buyer: leg(alice), seller: leg(bob) })
    expect(outcome(desk.send(command))).toBe('InitialMarginBreached')
    expect(new Map(desk.state.accounts.entries())).toEqual(before)
    expect(new Map(desk.state.assetBooks.entries())).toEqual(books)
  })
})

describe('on borrowed money', () => {
  // Somebody lends all that is borrowed. 1 BTC at 50,000; buying x more with borrowed USDT leaves NLV at 50,000 and asks for
  // 10% of (50,000 + 50,000 x) and 5% of 50,000 x: 5,000 + 7,500 x, which is 50,000 at x = 6.
  test.each([
    ['as much as initial margin allows', '6', 'ok'],
    ['a lot more', '6.00001', 'InitialMarginBreached'],
  ])('%s', (_name, size, want) => {
    const desk = tradingDesk()
    member(desk, 'alice', [BTC, '1'])
    member(desk, 'lender', [USDT, '1000000'])
    const command = fill(BTC_USDT, { quantity: size, price: '50000', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) })
    expect(outcome(desk.send(command))).toBe(want)
  })

  test.each([
    ['all it has', '10', 'ok'],
    ['a lot more', '10.01', 'NotBorrowable'],
  ])('what may not be borrowed is sold only as far as it is there: %s', (_name, size, want) => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'], [GOLD, '10'])
    const command = fill(GOLD_USDT, { quantity: size, price: '100', buyer: leg(MARKET_ACCOUNT), seller: leg(alice) })
    const decision = desk.send(command)
    expect(outcome(decision)).toBe(want)
    if (!decision.ok) expect(decision.rejection).toEqual({ reason: want, asset: GOLD, balance: -atoms('0.01') })
  })

  test('the other side is not asked what it may not do', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    const command = fill(GOLD_USDT, { quantity: '10', price: '100', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) })
    expect(outcome(desk.send(command))).toBe('ok')
    expect(held(desk.state, MARKET_ACCOUNT, GOLD)).toBe(-atoms('10'))
  })
})

describe('price band', () => {
  const buyAt = (price: string) =>
    fill(BTC_USDT, { quantity: '0.0001', price, buyer: leg(alice), seller: leg(MARKET_ACCOUNT) })
  // 5% around the ratio of two prices. At USDT = 0.98 the ratio is 51,020.408..., 105% of it 53,571.4285..., 95% 48,469.3877...
  test.each([
    ['1', '52500', 'ok'],
    ['1', '52500.1', 'OutsidePriceBand'],
    ['1', '47500', 'ok'],
    ['1', '47499.9', 'OutsidePriceBand'],
    ['0.98', '53571.4', 'ok'],
    ['0.98', '53571.5', 'OutsidePriceBand'],
    ['0.98', '48469.4', 'ok'],
    ['0.98', '48469.3', 'OutsidePriceBand'],
  ])('with USDT at %s, a price of %s: %s', (usdt, price, want) => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    desk.accept(priceReport(desk.now(), { assets: [[USDT, usdt]] }))
    expect(outcome(desk.send(buyAt(price)))).toBe(want)
  })

  test('needs both prices', () => {
    const desk = tradingDesk({ prices: { assets: [[USDT, '1']] } })
    member(desk, 'alice', [USDT, '10000'])
    expect(desk.send(buyAt('50000'))).toEqual({
      ok: false,
      rejection: { reason: 'PriceUnusable', key: { kind: 'index', asset: BTC }, condition: 'none' },
    })
  })
})

// Regression: these stopped the engine.
test.each([
  ['a cost of 1e18 units', '20000000000000', '50000', 'QuantityOutOfBounds'],
  ['a trillion dollars of the base', '20000000', '47500', 'ExposureOutOfBounds'],
  ['a trillion dollars of the quote', '19500000', '52500', 'ExposureOutOfBounds'],
  ['just below', '19000000', '50000', 'InitialMarginBreached'],
])('enormous sizes are refused: %s', (_name, size, price, want) => {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '10000'])
  member(desk, 'bob', [BTC, '1'])
  expect(outcome(desk.send(fill(BTC_USDT, { quantity: size, price, buyer: leg(alice), seller: leg(bob) })))).toBe(want)
})

describe('reduce only: a debt may be paid off out of what is there', () => {
  /** alice has `usdt` USDT and 40 ETH (100,000 USD) and owes a bitcoin. */
  function deskWithDebt(usdt: string) {
    const desk = tradingDesk()
    member(desk, 'alice', [ETH, '40'], [USDT, usdt])
    member(desk, 'bob', [BTC, '2'])
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: BTC, quantity: units('1') })
    desk.accept({ type: 'setMarketStatus', market: BTC_USDT, status: 'reduceOnly' })
    return desk
  }
  const buyBack = (size: string) =>
    fill(BTC_USDT, { quantity: size, price: '50000', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) })
  test.each([
    ['all of the debt', '50000', '1', 'ok'],
    ['half of it', '50000', '0.5', 'ok'],
    ['a lot more than the debt', '60000', '1.00001', 'MarketNotOpen'],
    ['a native unit of the price is missing', '49999.999999', '1', 'MarketNotOpen'],
  ])('%s', (_name, usdt, size, want) => {
    expect(outcome(deskWithDebt(usdt).send(buyBack(size)))).toBe(want)
  })

  test('a debt of quote is paid off by selling base', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [BTC, '1'])
    member(desk, 'bob', [USDT, '50000'])
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('10000') })
    desk.accept({ type: 'setMarketStatus', market: BTC_USDT, status: 'reduceOnly' })
    const sell = (size: string) =>
      fill(BTC_USDT, { quantity: size, price: '50000', buyer: leg(MARKET_ACCOUNT), seller: leg(alice) })
    expect(outcome(desk.send(sell('0.20001')))).toBe('MarketNotOpen')
    expect(outcome(desk.send(sell('0.2')))).toBe('ok')
    expect(held(desk.state, alice, USDT)).toBe(0n)
    expect(outcome(desk.send(sell('0.0001')))).toBe('MarketNotOpen')
  })

  test('who owes nothing may not trade at all', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [BTC, '1'])
    member(desk, 'bob', [USDT, '50000'])
    desk.accept({ type: 'setMarketStatus', market: BTC_USDT, status: 'reduceOnly' })
    const command = fill(BTC_USDT, { quantity: '0.1', price: '50000', buyer: leg(bob), seller: leg(alice) })
    expect(outcome(desk.send(command))).toBe('MarketNotOpen')
  })
})

test('all of an asset with a stale price is not sold more easily than a part of it', () => {
  // Regression: only what is held afterwards was looked at.
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '100'], [BTC, '1'])
  desk.pass(60_001)
  desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
  const sell = (size: string) =>
    fill(BTC_USDT, { quantity: size, price: '50000', buyer: leg(MARKET_ACCOUNT), seller: leg(alice) })
  for (const size of ['0.5', '1'])
    expect(desk.send(sell(size))).toEqual({
      ok: false,
      rejection: { reason: 'PriceUnusable', key: { kind: 'index', asset: BTC }, condition: 'stale' },
    })
})

test('a spot fill may pay off a debt at a stale price, and nothing else', () => {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '100000'])
  member(desk, 'bob', [BTC, '2'])
  desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: BTC, quantity: units('0.5') })
  desk.pass(60_001)
  desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
  const buy = (size: string) =>
    fill(BTC_USDT, { quantity: size, price: '50000', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) })
  expect(desk.send(buy('0.50001'))).toEqual({
    ok: false,
    rejection: { reason: 'PriceUnusable', key: { kind: 'index', asset: BTC }, condition: 'stale' },
  })
  expect(outcome(desk.send(buy('0.5')))).toBe('ok')
  expect(at('50000')).toBe(desk.state.assets.get(BTC)?.index?.price)
})
