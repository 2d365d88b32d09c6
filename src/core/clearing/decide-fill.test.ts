import { describe, expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import { accountId, marketId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import {
  bucketOf,
  contracts,
  type Desk,
  emptyDesk,
  fill,
  held,
  leg,
  member,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import {
  at,
  atoms,
  BTC,
  BTC_PERP,
  ETH_PERP,
  perpetualTerms,
  standardEpoch,
  units,
  USDT,
  WORLD_ASSETS,
  WORLD_MARKETS,
} from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'
import { listing } from '../../../simulator/workload/listing.ts'

const alice = accountId('alice')
const bob = accountId('bob')

/** alice and bob have 10,000 USDT each; bitcoin is at 50,000 everywhere. */
function deskForTwo(): Desk {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '10000'])
  member(desk, 'bob', [USDT, '10000'])
  return desk
}

/** alice buys from bob. */
const buy = (size: string, price: string, fees: { buyer?: string; seller?: string } = {}) =>
  fill(BTC_PERP, {
    quantity: size,
    price,
    buyer: leg(alice, { fee: fees.buyer ?? '0' }),
    seller: leg(bob, { fee: fees.seller ?? '0' }),
  })

/** alice sells to bob. */
const sell = (size: string, price: string) =>
  fill(BTC_PERP, { quantity: size, price, buyer: leg(bob), seller: leg(alice) })

describe('what a fill does', () => {
  test('both sides stand against the clearinghouse, and everything sums to zero', () => {
    const desk = deskForTwo()
    desk.accept(buy('0.3', '50000.1'))
    // 0.3 * 50,000.1 = 15,000.03.
    const cost = 1500003n * 10n ** 34n
    expect(contracts(desk.state, alice, BTC_PERP)).toEqual({ quantity: atoms('0.3'), cost, fundingBasis: 0n })
    expect(contracts(desk.state, bob, BTC_PERP)).toEqual({ quantity: -atoms('0.3'), cost: -cost, fundingBasis: 0n })
    expect(desk.state.markets.get(BTC_PERP)?.openInterest).toBe(atoms('0.3'))
    expect(held(desk.state, alice, USDT)).toBe(atoms('10000'))
  })

  test('fees and rebates are paid in the settlement asset and meet in the fees column', () => {
    const desk = deskForTwo()
    desk.accept(buy('0.1', '50000', { buyer: '-0.5', seller: '2.5' }))
    expect(held(desk.state, alice, USDT)).toBe(atoms('10000.5'))
    expect(held(desk.state, bob, USDT)).toBe(atoms('9997.5'))
    expect(requireAssetBook(desk.state, USDT).ledger).toMatchObject({ fees: atoms('2'), buckets: atoms('19998') })
  })

  test('open interest is the sum of longs: it follows who opens, hands over and closes', () => {
    const desk = deskForTwo()
    const carol = member(desk, 'carol', [USDT, '10000'])
    const interest = () => desk.state.markets.get(BTC_PERP)?.openInterest
    desk.accept(buy('0.3', '50000'))
    expect(interest()).toBe(atoms('0.3'))
    // alice hands 0.1 to carol: longs stay 0.3.
    desk.accept(fill(BTC_PERP, { quantity: '0.1', price: '50000', buyer: leg(carol), seller: leg(alice) }))
    expect(interest()).toBe(atoms('0.3'))
    // alice turns from 0.2 long to 0.1 short against bob, who goes from -0.3 to 0: longs are carol's 0.1.
    desk.accept(sell('0.3', '50000'))
    expect(interest()).toBe(atoms('0.1'))
    desk.accept(fill(BTC_PERP, { quantity: '0.1', price: '50000', buyer: leg(alice), seller: leg(carol) }))
    expect(interest()).toBe(0n)
    expect(desk.state.accounts.get(alice)?.buckets.get(0)?.positions.size).toBe(0)
  })
})

describe('terms of the market', () => {
  const ethereum = (size: string) =>
    fill(ETH_PERP, { quantity: size, price: '2500', buyer: leg(alice), seller: leg(bob) })
  const table: [name: string, command: Command, want: string][] = [
    ['the least size', ethereum('0.05'), 'ok'],
    ['a lot below it', ethereum('0.04'), 'BelowMinimumQuantity'],
    ['a lot above it', ethereum('0.06'), 'ok'],
    ['an atom above it', { ...ethereum('0.05'), quantity: quantity(atoms('0.05') + 1n) }, 'NotAMultipleOfLot'],
    ['an atom below it', { ...ethereum('0.05'), quantity: quantity(atoms('0.05') - 1n) }, 'NotAMultipleOfLot'],
    ['no size', ethereum('0'), 'QuantityNotPositive'],
    ['a negative size', ethereum('-0.05'), 'QuantityNotPositive'],
    // The band is 10% of the mark of 50,000, ends included; the tick is 0.1.
    ['the highest price in the band', buy('0.001', '55000'), 'ok'],
    ['a tick above it', buy('0.001', '55000.1'), 'OutsidePriceBand'],
    ['the lowest price in the band', buy('0.001', '45000'), 'ok'],
    ['a tick below it', buy('0.001', '44999.9'), 'OutsidePriceBand'],
    ['a price between two ticks', buy('0.001', '50000.05'), 'NotAMultipleOfTick'],
    ['a market nobody listed', { ...buy('0.001', '50000'), market: marketId('NOWHERE') }, 'UnknownMarket'],
    ['fees that sum to nothing', buy('0.001', '50000', { buyer: '-1', seller: '1' }), 'ok'],
    [
      'fees an atom below nothing',
      buy('0.001', '50000', { buyer: '-1', seller: '0.999999999999999999' }),
      'NegativeTotalFee',
    ],
    ['a fee of a trillion dollars', buy('0.001', '50000', { buyer: '1000000000000' }), 'ExposureOutOfBounds'],
    [
      'a rebate of as much',
      buy('0.001', '50000', { buyer: '1000000000000', seller: '-1000000000000' }),
      'ExposureOutOfBounds',
    ],
    ['a fee nobody has', buy('0.001', '50000', { buyer: '999999999999' }), 'InitialMarginBreached'],
  ]
  test.each(table)('%s', (_name, command, want) => {
    expect(outcome(deskForTwo().send(command))).toBe(want)
  })

  test('a band compares with the mark, not with the index', () => {
    const desk = deskForTwo()
    desk.accept(priceReport(desk.now(), { assets: [[BTC, '80000']] }))
    expect(desk.send(buy('0.001', '55000.1'))).toEqual({
      ok: false,
      rejection: { reason: 'OutsidePriceBand', price: at('55000.1'), mark: at('50000') },
    })
  })

  // Regression: sizes like these left the bounds of a value or a quantity while they were tried, and stopped the engine.
  const enormous: [name: string, size: string, price: string, want: string][] = [
    ['19,999,999.999 at 50,000: a lot below a trillion dollars', '19999999.999', '50000', 'InitialMarginBreached'],
    ['20,000,000 at 50,000: a trillion dollars', '20000000', '50000', 'ExposureOutOfBounds'],
    ['20,000,000 at 45,000: below it at its price, not at the mark', '20000000', '45000', 'ExposureOutOfBounds'],
    ['19,000,000 at 55,000: below it at the mark, not at its price', '19000000', '55000', 'ExposureOutOfBounds'],
    ['a cost of 1e18 units', '20000000000000', '50000', 'QuantityOutOfBounds'],
    ['the largest size there is', '999999999999999999.999', '50000', 'QuantityOutOfBounds'],
  ]
  test.each(enormous)('%s', (_name, size, price, want) => {
    expect(outcome(deskForTwo().send(buy(size, price)))).toBe(want)
  })
})

describe('initial margin', () => {
  // 10,000 USDT carry 200,000 at 5%: 4 bitcoins at 50,000.
  const table: [name: string, command: Command, want: string][] = [
    ['leaves NLV exactly at initial margin', buy('4', '50000'), 'ok'],
    ['a lot more', buy('4.001', '50000'), 'InitialMarginBreached'],
    ['an atom of fee more', buy('4', '50000', { buyer: '0.000000000000000001' }), 'InitialMarginBreached'],
    ['the seller cannot pay either', buy('4', '50000', { seller: '0.000000000000000001' }), 'InitialMarginBreached'],
    // A tick above the mark loses 0.4 at once to the buyer, and the seller gains it.
    ['a tick above the mark', buy('4', '50000.1'), 'InitialMarginBreached'],
    ['a tick below the mark: the seller loses it', buy('4', '49999.9'), 'InitialMarginBreached'],
  ]
  test.each(table)('%s', (_name, command, want) => {
    expect(outcome(deskForTwo().send(command))).toBe(want)
  })

  test('is asked of the whole netting set, and of an isolated bucket alone', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '9000'])
    member(desk, 'bob', [USDT, '100000'])
    bucketOf(desk, alice, 1, 'cross', [USDT, '1000'])
    bucketOf(desk, alice, 2, 'isolated', [USDT, '50'])
    const inBucket = (bucket: number, size: string) =>
      fill(BTC_PERP, { quantity: size, price: '50000', buyer: leg(alice, { bucket }), seller: leg(bob) })
    // Bucket 2: 50 carry 1,000 = 0.02 bitcoins.
    expect(desk.send(inBucket(2, '0.021'))).toMatchObject({
      ok: false,
      rejection: {
        reason: 'InitialMarginBreached',
        account: alice,
        bucket: 2,
        value: atoms('50'),
        initialMargin: atoms('52.5'),
      },
    })
    expect(outcome(desk.send(inBucket(2, '0.02')))).toBe('ok')
    // Pool and bucket 1 together: 10,000 carry 4 bitcoins, the isolated ones not counted.
    expect(outcome(desk.send(inBucket(1, '4.001')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(inBucket(1, '4')))).toBe('ok')
  })

  /** alice is long 4 from 50,000 and the mark is 49,000: NLV 10,000 - 4,000 = 6,000, IM 9,800, a gap of 3,800. */
  function deskBelow(): Desk {
    const desk = deskForTwo()
    member(desk, 'carol', [USDT, '100000'])
    desk.accept(buy('4', '50000'))
    desk.accept(priceReport(desk.now(), { assets: [[BTC, '49000']], marks: [[BTC_PERP, '49000']] }))
    return desk
  }
  const carol = accountId('carol')
  const trade = (side: 'buy' | 'sell', size: string, price: string) =>
    side === 'buy'
      ? fill(BTC_PERP, { quantity: size, price, buyer: leg(alice), seller: leg(carol) })
      : fill(BTC_PERP, { quantity: size, price, buyer: leg(carol), seller: leg(alice) })
  // Selling 1 at p leaves NLV 6,000 - (49,000 - p) and IM 3 * 49,000 * 5% = 7,350: a gap of 50,350 - p.
  // It is below 3,800 for p > 46,550. Buying more raises IM, whatever it gains.
  const improving: [name: string, command: Command, want: string][] = [
    ['selling at the mark makes the gap smaller', trade('sell', '1', '49000'), 'ok'],
    ['selling a tick above where the gap stays the same', trade('sell', '1', '46550.1'), 'ok'],
    ['selling where the gap stays the same', trade('sell', '1', '46550'), 'InitialMarginBreached'],
    ['selling below', trade('sell', '1', '46549.9'), 'InitialMarginBreached'],
    ['buying with a gain that outweighs its margin', trade('buy', '0.001', '44100'), 'InitialMarginBreached'],
    ['selling all and as much again: the margin is as before', trade('sell', '8', '49000'), 'InitialMarginBreached'],
    ['the same at a price that makes the gap smaller', trade('sell', '8', '49000.1'), 'ok'],
  ]
  test.each(improving)('below initial margin: %s', (_name, command, want) => {
    expect(outcome(deskBelow().send(command))).toBe(want)
  })

  test('a higher tier is charged on what lies in it', () => {
    // 5% on 1,000,000 and 10% on the rest: 21 bitcoins at 50,000 are 1,050,000, so 50,000 + 5,000.
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '55000'])
    member(desk, 'bob', [USDT, '1000000'])
    expect(outcome(desk.send(buy('21.001', '50000')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(buy('21', '50000')))).toBe('ok')
  })
})

describe('status and open interest', () => {
  test('paused: nothing; reduce only: positions may shrink to nothing, but not turn', () => {
    const desk = deskForTwo()
    desk.accept(buy('1', '50000'))
    const set = (status: 'open' | 'reduceOnly' | 'paused') =>
      desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status })
    set('paused')
    expect(desk.send(sell('0.1', '50000'))).toEqual({
      ok: false,
      rejection: { reason: 'MarketNotOpen', market: BTC_PERP, status: 'paused' },
    })
    set('reduceOnly')
    expect(outcome(desk.send(buy('0.001', '50000')))).toBe('MarketNotOpen')
    expect(outcome(desk.send(sell('1.001', '50000')))).toBe('MarketNotOpen')
    expect(outcome(desk.send(sell('0.9', '50000')))).toBe('ok')
    expect(outcome(desk.send(sell('0.1', '50000')))).toBe('ok')
    expect(outcome(desk.send(buy('0.001', '50000')))).toBe('MarketNotOpen')
  })

  test('reduce only asks both sides, and lets the market account be', () => {
    const desk = deskForTwo()
    const carol = member(desk, 'carol', [USDT, '10000'])
    desk.accept(buy('1', '50000'))
    desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'reduceOnly' })
    const from = (buyer: typeof alice) =>
      fill(BTC_PERP, { quantity: '0.1', price: '50000', buyer: leg(buyer), seller: leg(alice) })
    expect(outcome(desk.send(from(carol)))).toBe('MarketNotOpen')
    expect(outcome(desk.send(from(MARKET_ACCOUNT)))).toBe('ok')
  })

  test('open interest stays at its cap: full, a lot less, a lot more, and what does not add to it', () => {
    const markets = [perpetualTerms({ id: BTC_PERP, maximumOpenInterest: units('2') })]
    const desk = tradingDesk({
      markets,
      prices: {
        assets: [
          [USDT, '1'],
          [BTC, '50000'],
        ],
        marks: [[BTC_PERP, '50000']],
      },
    })
    member(desk, 'alice', [USDT, '100000'])
    member(desk, 'bob', [USDT, '100000'])
    const carol = member(desk, 'carol', [USDT, '100000'])
    expect(desk.send(buy('2.001', '50000'))).toEqual({
      ok: false,
      rejection: { reason: 'OpenInterestCapReached', openInterest: atoms('2.001'), maximum: atoms('2') },
    })
    desk.accept(buy('1.999', '50000'))
    expect(outcome(desk.send(buy('0.002', '50000')))).toBe('OpenInterestCapReached')
    expect(outcome(desk.send(buy('0.001', '50000')))).toBe('ok')
    const handedOver = fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(carol), seller: leg(alice) })
    expect(outcome(desk.send(handedOver))).toBe('ok')
    expect(outcome(desk.send(buy('0.001', '50000')))).toBe('OpenInterestCapReached')
  })
})

describe('parties', () => {
  test('one bucket cannot trade with itself; two of one owner can', () => {
    const desk = deskForTwo()
    bucketOf(desk, alice, 1, 'cross')
    const own = (bucket: number) =>
      fill(BTC_PERP, { quantity: '0.1', price: '50000', buyer: leg(alice), seller: leg(alice, { bucket }) })
    expect(desk.send(own(0))).toEqual({ ok: false, rejection: { reason: 'SelfTrade', account: alice, bucket: 0 } })
    expect(outcome(desk.send(own(1)))).toBe('ok')
    expect(contracts(desk.state, alice, BTC_PERP, 1).quantity).toBe(-atoms('0.1'))
  })

  test('the market account takes any side without margin', () => {
    const desk = deskForTwo()
    const command = fill(BTC_PERP, { quantity: '4', price: '50000', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) })
    expect(outcome(desk.send(command))).toBe('ok')
    expect(contracts(desk.state, MARKET_ACCOUNT, BTC_PERP).quantity).toBe(-atoms('4'))
    expect(held(desk.state, MARKET_ACCOUNT, USDT)).toBe(0n)
  })
})

test('checks market, parties, size, price, bounds, fees, orders, epoch and margin in this order', () => {
  const desk = emptyDesk()
  for (const asset of WORLD_ASSETS) desk.accept(listing(asset))
  for (const market of WORLD_MARKETS) desk.accept({ type: 'listMarket', market })
  member(desk, 'alice', [USDT, '10000'])
  member(desk, 'bob', [USDT, '10000'])
  desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'paused' })
  const nobody = leg(accountId('nobody'), { fee: '-1' })
  const badLeg = leg(alice, { bucket: 9, fee: '-1', order: 'o1' })
  let command = fill(BTC_PERP, { quantity: '-1', price: '60000.05', buyer: nobody, seller: nobody })
  command = { ...command, market: marketId('NOWHERE') }
  const reasons: string[] = []
  const step = (mend: Partial<typeof command>) => {
    reasons.push(outcome(desk.send(command)))
    command = { ...command, ...mend }
  }
  step({ market: BTC_PERP })
  step({})
  desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'open' })
  step({ buyer: badLeg, seller: badLeg })
  step({ buyer: leg(alice, { fee: '-1', order: 'o1' }), seller: leg(alice, { fee: '-1' }) })
  step({ seller: leg(bob, { fee: '-1' }) })
  step({ quantity: units('0.0001') })
  step({ quantity: units('999999999999999999') })
  step({ price: at('60000') })
  desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '50000']] }))
  step({})
  desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
  step({ price: at('50000') })
  step({ quantity: units('5') })
  step({ buyer: leg(alice, { order: 'o1' }), seller: leg(bob) })
  step({ buyer: leg(alice) })
  step({})
  desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('first') })
  step({ quantity: units('4') })
  step({})
  expect(reasons).toEqual([
    'UnknownMarket',
    'MarketNotOpen',
    'UnknownAccount',
    'UnknownBucket',
    'SelfTrade',
    'QuantityNotPositive',
    'NotAMultipleOfLot',
    'NotAMultipleOfTick',
    'PriceUnusable',
    'OutsidePriceBand',
    'QuantityOutOfBounds',
    'NegativeTotalFee',
    'UnknownOrder',
    'NoEpoch',
    'InitialMarginBreached',
    'ok',
  ])
})
