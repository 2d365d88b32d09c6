import { describe, expect, test } from 'vitest'
import { accountId, marketId, orderId } from '../instrument/identifier.ts'
import type { OrderSide } from '../ledger/order.ts'
import { emptyBucket, withOrder, withPosition } from '../ledger/account.ts'
import { NO_CASH_FLOW } from '../quantity/cash-flow.ts'
import {
  bucketOf,
  type Desk,
  emptyDesk,
  fill,
  leg,
  member,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import {
  at,
  BTC,
  BTC_PERP,
  BTC_USDT,
  ETH_PERP,
  standardEpoch,
  units,
  USDT,
  WORLD_ASSETS,
  WORLD_MARKETS,
} from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'
import { isRiskAdding } from './decide-order.ts'
import { listing } from '../../../simulator/workload/listing.ts'

const alice = accountId('alice')
const bob = accountId('bob')

type Place = Extract<Command, { type: 'placeOrder' }>
type Given = Partial<Omit<Place, 'type' | 'quantity' | 'limit'>> & { readonly id?: string }

/** An order of alice in BTC-PERP. */
function order(side: OrderSide, size: string, limit: string, { id = 'o1', ...given }: Given = {}): Place {
  return {
    type: 'placeOrder',
    account: alice,
    bucket: 0,
    order: orderId(id),
    market: BTC_PERP,
    side,
    quantity: units(size),
    limit: at(limit),
    ...given,
  }
}

/** alice has 10,000 USDT, and is long `size` bitcoins from 50,000 if that is given. */
function deskWith(size?: string): Desk {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '10000'])
  member(desk, 'bob', [USDT, '100000'])
  if (size !== undefined)
    desk.accept(fill(BTC_PERP, { quantity: size, price: '50000', buyer: leg(alice), seller: leg(bob) }))
  return desk
}

describe('margin of resting orders', () => {
  // 10,000 carry 4 bitcoins at 50,000 and 5%, filled or not; of two sides the worse counts.
  const table: [name: string, held: string | undefined, orders: readonly Place[], want: string][] = [
    ['as much as initial margin allows', undefined, [order('buy', '4', '50000')], 'ok'],
    ['a lot more', undefined, [order('buy', '4.001', '50000')], 'InitialMarginBreached'],
    // 4 bought 0.1 above the mark lose 0.4 USDT the moment they fill.
    ['a tick above the mark', undefined, [order('buy', '4', '50000.1')], 'InitialMarginBreached'],
    ['a tick below the mark gives no credit', undefined, [order('buy', '4.001', '49999.9')], 'InitialMarginBreached'],
    ['both sides in full', undefined, [order('buy', '4', '50000'), order('sell', '4', '50000', { id: 'o2' })], 'ok'],
    [
      'one side more than in full',
      undefined,
      [order('sell', '4', '50000'), order('sell', '0.001', '50000', { id: 'o2' })],
      'InitialMarginBreached',
    ],
    ['long 2, sold to short 4', '2', [order('sell', '6', '50000')], 'ok'],
    ['a lot more', '2', [order('sell', '6.001', '50000')], 'InitialMarginBreached'],
    ['long 2, bought to long 4', '2', [order('buy', '2', '50000')], 'ok'],
    ['a lot more', '2', [order('buy', '2.001', '50000')], 'InitialMarginBreached'],
  ]
  test.each(table)('%s (holding %s)', (_name, held, orders, want) => {
    const desk = deskWith(held)
    const outcomes = orders.map((command) => outcome(desk.send(command)))
    expect(outcomes).toEqual([...orders.slice(1).map(() => 'ok'), want])
  })

  test('a resting order keeps a withdrawal from taking its margin', () => {
    const desk = deskWith()
    desk.accept(order('buy', '3', '50000'))
    const withdraw = (amount: string): Command => ({
      type: 'withdraw',
      account: alice,
      bucket: 0,
      asset: USDT,
      quantity: units(amount),
    })
    expect(outcome(desk.send(withdraw('2500.000001')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(withdraw('2500')))).toBe('ok')
    desk.accept({ type: 'cancelOrder', account: alice, bucket: 0, order: orderId('o1') })
    expect(outcome(desk.send(withdraw('7500')))).toBe('ok')
  })

  test('who is below initial margin may still rest an order that only closes, and no other', () => {
    // Long 4, the mark at 49,000: NLV 6,000, IM 9,800. Selling at the mark adds nothing to IM; selling below it, or more
    // than is held, or buying, does.
    const desk = deskWith('4')
    desk.accept(priceReport(desk.now(), { assets: [[BTC, '49000']], marks: [[BTC_PERP, '49000']] }))
    expect(outcome(desk.send(order('buy', '1', '49000')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(order('sell', '9', '49000')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(order('sell', '1', '49000')))).toBe('ok')
  })

  test('in an isolated bucket only its own money counts', () => {
    const desk = deskWith()
    bucketOf(desk, alice, 1, 'isolated', [USDT, '50'])
    expect(outcome(desk.send(order('buy', '0.021', '50000', { bucket: 1 })))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(order('buy', '0.02', '50000', { bucket: 1 })))).toBe('ok')
  })
})

describe('reduce only', () => {
  const reducing = (): Desk => {
    const desk = deskWith('2')
    desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'reduceOnly' })
    return desk
  }
  test.each([
    ['an order that closes everything', order('sell', '2', '50000'), 'ok'],
    ['a lot more', order('sell', '2.001', '50000'), 'MarketNotOpen'],
    ['an order the other way', order('buy', '0.001', '50000'), 'MarketNotOpen'],
    ['an order of somebody who holds nothing', order('sell', '0.001', '50000', { account: bob }), 'MarketNotOpen'],
  ])('%s', (_name, command, want) => {
    // bob is short 2: a sale adds to it.
    expect(outcome(reducing().send(command))).toBe(want)
  })

  test('counts what rests already on the same side, of the same market', () => {
    const desk = reducing()
    desk.accept(order('sell', '1.5', '50000'))
    expect(outcome(desk.send(order('sell', '0.501', '50000', { id: 'o2' })))).toBe('MarketNotOpen')
    expect(outcome(desk.send(order('sell', '0.5', '50000', { id: 'o2' })))).toBe('ok')
  })

  test('paused: not even that', () => {
    const desk = deskWith('2')
    desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'paused' })
    expect(outcome(desk.send(order('sell', '1', '50000')))).toBe('MarketNotOpen')
  })

  test('a spot order always adds risk', () => {
    const desk = deskWith()
    desk.accept({ type: 'setMarketStatus', market: BTC_USDT, status: 'reduceOnly' })
    expect(outcome(desk.send(order('sell', '0.001', '50000', { market: BTC_USDT })))).toBe('MarketNotOpen')
  })
})

describe('isRiskAdding', () => {
  const resting = (id: string, side: OrderSide, size: string, market = BTC_PERP) => ({
    id: orderId(id),
    market,
    side,
    remaining: units(size),
    limit: at('50000'),
  })
  const bucketHolding = (size: string, ...orders: readonly [id: string, side: OrderSide, size: string][]) => {
    const position = { quantity: units(size), cost: NO_CASH_FLOW, fundingBasis: NO_CASH_FLOW }
    let bucket = withPosition(emptyBucket('cross'), BTC_PERP, position)
    for (const [id, side, left] of orders) bucket = withOrder(bucket, orderId(id), resting(id, side, left))
    return bucket
  }
  const long = bucketHolding('2', ['a', 'sell', '1'], ['b', 'buy', '9'])
  const short = bucketHolding('-2', ['a', 'buy', '1'])
  const table: [
    name: string,
    bucket: ReturnType<typeof bucketHolding>,
    order: ReturnType<typeof resting>,
    want: boolean,
  ][] = [
    ['a sale of what is left to sell', long, resting('c', 'sell', '1'), false],
    ['an atom more', long, resting('c', 'sell', '1.000000000000000001'), true],
    ['the resting sale itself is not counted twice', long, resting('a', 'sell', '2'), false],
    ['a purchase of an atom', long, resting('c', 'buy', '0.000000000000000001'), true],
    ['a purchase that covers a short', short, resting('c', 'buy', '1'), false],
    ['an atom more of it', short, resting('c', 'buy', '1.000000000000000001'), true],
    ['a sale on top of a short', short, resting('c', 'sell', '1'), true],
    ['another market, where nothing is held', long, resting('c', 'sell', '1', ETH_PERP), true],
  ]
  test.each(table)('%s', (_name, bucket, candidate, want) => {
    expect(isRiskAdding(bucket, candidate)).toBe(want)
  })
})

describe('prices', () => {
  test('a stale mark stops an order that adds risk, although nothing of the market is held yet', () => {
    const desk = deskWith()
    desk.pass(60_001)
    desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
    expect(desk.send(order('buy', '0.001', '50000'))).toEqual({
      ok: false,
      rejection: { reason: 'PriceUnusable', key: { kind: 'mark', market: BTC_PERP }, condition: 'stale' },
    })
  })
  test('it does not stop one that only closes', () => {
    const desk = deskWith('2')
    desk.pass(60_001)
    desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
    expect(outcome(desk.send(order('sell', '2', '50000')))).toBe('ok')
    expect(outcome(desk.send(order('sell', '0.001', '50000', { id: 'o2' })))).toBe('PriceUnusable')
  })
})

// Regression: orders like these left the bounds of a value while they were tried, and any member could send one.
test.each([
  ['a trillion dollars', order('buy', '20000000', '50000'), 'ExposureOutOfBounds'],
  ['a lot below it', order('buy', '19999999.999', '50000'), 'InitialMarginBreached'],
  ['the largest size there is', order('sell', '999999999999999999.999', '50000'), 'QuantityOutOfBounds'],
  [
    'the same of a spot pair',
    order('sell', '999999999999999999.999', '50000', { market: BTC_USDT }),
    'QuantityOutOfBounds',
  ],
])('enormous orders are refused: %s', (_name, command, want) => {
  expect(outcome(deskWith().send(command))).toBe(want)
})

describe('cancelling', () => {
  const cancel = (given: Partial<Extract<Command, { type: 'cancelOrder' }>> = {}): Command => ({
    type: 'cancelOrder',
    account: alice,
    bucket: 0,
    order: orderId('o1'),
    ...given,
  })
  test('is always allowed: market paused, prices stale', () => {
    const desk = deskWith()
    desk.accept(order('buy', '1', '50000'))
    desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'paused' })
    desk.pass(86_400_000)
    expect(desk.accept(cancel())).toMatchObject([{ type: 'OrderCancelled', account: alice, bucket: 0 }])
    expect(desk.state.accounts.get(alice)?.buckets.get(0)?.orders.size).toBe(0)
    expect(outcome(desk.send(cancel()))).toBe('UnknownOrder')
  })
  test('checks account, bucket, order in this order', () => {
    const desk = deskWith()
    const nobody = accountId('nobody')
    expect(outcome(desk.send(cancel({ account: nobody, bucket: 9 })))).toBe('UnknownAccount')
    expect(outcome(desk.send(cancel({ bucket: 9 })))).toBe('UnknownBucket')
    expect(outcome(desk.send(cancel()))).toBe('UnknownOrder')
  })
})

test('checks market, account, size, price, bounds, name, status, epoch, prices and margin in this order', () => {
  const desk = emptyDesk()
  for (const asset of WORLD_ASSETS) desk.accept(listing(asset))
  for (const market of WORLD_MARKETS) desk.accept({ type: 'listMarket', market })
  member(desk, 'alice', [USDT, '10000'])
  desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'paused' })
  let command = order('buy', '-1', '60000.05', { account: accountId('nobody'), bucket: 9 })
  command = { ...command, market: marketId('NOWHERE') }
  const reasons: string[] = []
  const step = (mend: Partial<Place> = {}) => {
    reasons.push(outcome(desk.send(command)))
    command = { ...command, ...mend }
  }
  step({ market: BTC_PERP })
  step()
  desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'reduceOnly' })
  step({ account: alice })
  step({ bucket: 0 })
  step({ quantity: units('0.0001') })
  step({ quantity: units('999999999999999999') })
  step({ limit: at('60000') })
  desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '50000']] }))
  step()
  desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
  step({ limit: at('50000') })
  step({ quantity: units('5') })
  step()
  desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'open' })
  step()
  desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('first') })
  desk.pass(60_001)
  step()
  desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']], marks: [[BTC_PERP, '50000']] }))
  step({ quantity: units('4') })
  step()
  step()
  expect(reasons).toEqual([
    'UnknownMarket',
    'MarketNotOpen',
    'UnknownAccount',
    'UnknownBucket',
    'QuantityNotPositive',
    'NotAMultipleOfLot',
    'NotAMultipleOfTick',
    'PriceUnusable',
    'OutsidePriceBand',
    'QuantityOutOfBounds',
    'MarketNotOpen',
    'NoEpoch',
    'PriceUnusable',
    'InitialMarginBreached',
    'ok',
    'OrderExists',
  ])
})
