import { describe, expect, test } from 'vitest'
import { accountId, orderId } from '../instrument/identifier.ts'
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
} from '../../../simulator/workload/desk.ts'
import { liquidate, liquidationDesk, longDesk, marked } from '../../../simulator/workload/liquidation-desk.ts'
import {
  at,
  atoms,
  BTC,
  BTC_PERP,
  ETH,
  ETH_PERP,
  standardEpoch,
  units,
  USDT,
} from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'
import type { Event } from './event.ts'

const alice = accountId('alice')
const bob = accountId('bob')

const ledgerOf = (desk: Desk, asset = USDT) => requireAssetBook(desk.state, asset).ledger
const typesOf = (events: readonly Event[]) => events.map(({ type }) => type)

describe('who may be liquidated', () => {
  // Long 1 at 48,000: NLV is money - 2,000, MM 3% of 48,000 = 1,440.
  test.each([
    ['NLV exactly at MM', '3440', 'NotLiquidatable'],
    ['an atom below', '3439.999999999999999999', 'ok'],
    ['an atom above', '3440.000000000000000001', 'NotLiquidatable'],
  ])('%s', (_name, money, want) => {
    expect(outcome(longDesk({ money, size: '1', mark: '48000' }).send(liquidate()))).toBe(want)
  })

  test('a refusal says what there is and what is required', () => {
    expect(longDesk({ money: '3440', size: '1', mark: '48000' }).send(liquidate())).toEqual({
      ok: false,
      rejection: {
        reason: 'NotLiquidatable',
        account: alice,
        bucket: 0,
        value: atoms('1440'),
        maintenanceMargin: atoms('1440'),
      },
    })
  })

  test('INV-LIQUIDATION-5: who owes nothing is not, whatever prices do', () => {
    const desk = liquidationDesk({})
    member(desk, 'alice', [BTC, '1'])
    marked(desk, '0.1')
    expect(outcome(desk.send(liquidate()))).toBe('NotLiquidatable')
  })

  test('checks epoch, account, bucket, figures in this order', () => {
    const desk = emptyDesk()
    const nobody = accountId('nobody')
    expect(outcome(desk.send(liquidate(9, nobody)))).toBe('NoEpoch')
    desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('first') })
    expect(outcome(desk.send(liquidate(9, nobody)))).toBe('UnknownAccount')
    member(desk, 'alice')
    expect(outcome(desk.send(liquidate(9)))).toBe('UnknownBucket')
    expect(outcome(desk.send(liquidate()))).toBe('NotLiquidatable')
  })
})

describe('partial: the least share of contracts that restores the buffer', () => {
  test('without costs', () => {
    // 30,000 USDT, long 10, the mark at 48,400: NLV 14,000, MM 3% of 484,000 = 14,520.
    // Wanted: 14,000 >= 1.1 * 1,452 * (10 - q), so 10 - q <= 8.76534: 8.765 remain, 1,235 lots go.
    // The least share of which 1,235 lots are the ceiling is just above 1,234 of 10,000: 123,401 ppm.
    const desk = longDesk({ money: '30000', size: '10', mark: '48400' })
    expect(desk.accept(liquidate())).toEqual([
      {
        type: 'LiquidationStarted',
        account: alice,
        bucket: 0,
        netLiquidationValue: atoms('14000'),
        maintenanceMargin: atoms('14520'),
        extent: 'partial',
        fractionPpm: 123_401n,
      },
      {
        type: 'ContractsClosed',
        account: alice,
        bucket: 0,
        market: BTC_PERP,
        bought: -atoms('1.235'),
        price: atoms('48400'),
        // 1.235 * 48,400.
        notional: atoms('59774'),
      },
      {
        type: 'LiquidationEnded',
        account: alice,
        bucket: 0,
        netLiquidationValue: atoms('14000'),
        // 8.765 * 1,452.
        maintenanceMargin: atoms('12726.78'),
      },
    ])
    expect(contracts(desk.state, alice, BTC_PERP).quantity).toBe(atoms('8.765'))
    expect(contracts(desk.state, MARKET_ACCOUNT, BTC_PERP).quantity).toBe(atoms('1.235'))
    expect(held(desk.state, alice, USDT)).toBe(atoms('30000'))
    expect(outcome(desk.send(liquidate()))).toBe('NotLiquidatable')
  })

  test('with a half-spread of 0.1% and a penalty of 1%', () => {
    // Each contract closed costs 48.4 and a penalty of 484: NLV 14,000 - 532.4 q >= 1.1 * 1,452 (10 - q)
    // = 15,972 - 1,597.2 q, so 1,064.8 q >= 1,972 and q >= 1.85199: 1,852 lots, from 185,101 ppm on.
    const desk = longDesk({ money: '30000', size: '10', mark: '48400', spreadPpm: 1_000n, penaltyPpm: 10_000n })
    const events = desk.accept(liquidate())
    expect(events).toMatchObject([
      { type: 'LiquidationStarted', extent: 'partial', fractionPpm: 185_101n },
      // 48,400 * 0.999; 1.852 * 48,400.
      { type: 'ContractsClosed', bought: -atoms('1.852'), price: atoms('48351.6'), notional: atoms('89636.8') },
      { type: 'PenaltyPaid', asset: USDT, quantity: atoms('896.368'), value: atoms('896.368') },
      // 14,000 - 1.852 * 532.4 and 8.148 * 1,452.
      {
        type: 'LiquidationEnded',
        netLiquidationValue: atoms('13013.9952'),
        maintenanceMargin: atoms('11830.896'),
      },
    ])
    expect(held(desk.state, alice, USDT)).toBe(atoms('29103.632'))
    expect(ledgerOf(desk)).toMatchObject({ insuranceFund: atoms('896.368'), deficit: 0n, fees: 0n })
    // What alice lost to the spread, the outside world gained: 1.852 * 48.4 = 89.6368.
    expect(contracts(desk.state, MARKET_ACCOUNT, BTC_PERP)).toMatchObject({
      quantity: atoms('1.852'),
      cost: atoms('1.852') * atoms('48351.6'),
    })
  })

  test('a debt is repaid out of collateral, the least share too', () => {
    // 1 BTC, 42,000 USDT owed, bitcoin at 45,000: NLV 3,000, MM 5% of 45,000 + 2% of 42,000 = 3,090.
    // Repaying x leaves MM 3,090 - 0.07 x; 3,000 >= 1.1 of it from x = 5,181.818... on: 123,377 ppm of 42,000 = 5,181.834.
    const desk = liquidationDesk({})
    member(desk, 'alice', [BTC, '1'])
    member(desk, 'bob', [USDT, '100000'])
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('42000') })
    marked(desk, '45000')
    expect(desk.accept(liquidate())).toMatchObject([
      { type: 'LiquidationStarted', netLiquidationValue: atoms('3000'), fractionPpm: 123_377n },
      {
        type: 'DebtRepaid',
        // 5,181.834 / 45,000 = 0.11515186666..., rounded up.
        given: { bucket: 0, asset: BTC, quantity: 115_151_866_666_666_667n },
        got: { bucket: 0, asset: USDT, quantity: atoms('5181.834') },
        value: atoms('5181.834'),
      },
      { type: 'LiquidationEnded' },
    ])
    expect(held(desk.state, alice, USDT)).toBe(-atoms('36818.166'))
    expect(held(desk.state, MARKET_ACCOUNT, USDT)).toBe(-atoms('5181.834'))
    expect(held(desk.state, MARKET_ACCOUNT, BTC)).toBe(115_151_866_666_666_667n)
  })
})

describe('orders', () => {
  const place = (id: string, side: 'buy' | 'sell', size: string, market = BTC_PERP, limit = '48400'): Command => ({
    type: 'placeOrder',
    account: alice,
    bucket: 0,
    order: orderId(id),
    market,
    side,
    quantity: units(size),
    limit: at(limit),
  })
  test('those that could add risk are cancelled first, by name; one that only closes rests on', () => {
    const desk = liquidationDesk({})
    member(desk, 'alice', [USDT, '100000'])
    member(desk, 'bob', [USDT, '100000'])
    desk.accept(fill(BTC_PERP, { quantity: '10', price: '50000', buyer: leg(alice), seller: leg(bob) }))
    desk.accept(place('z', 'buy', '0.1'))
    desk.accept(place('m', 'sell', '0.4'))
    desk.accept(place('c', 'buy', '0.1', ETH_PERP, '2500'))
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('70000') })
    marked(desk, '48400')
    const events = desk.accept(liquidate())
    expect(typesOf(events)).toEqual([
      'LiquidationStarted',
      'OrderCancelled',
      'OrderCancelled',
      'ContractsClosed',
      'LiquidationEnded',
    ])
    expect([events[1], events[2]]).toMatchObject([{ order: { id: 'c' } }, { order: { id: 'z' } }])
    expect([...(desk.state.accounts.get(alice)?.buckets.get(0)?.orders.keys() ?? [])]).toEqual(['m'])
  })
  test('when everything is closed no order is left, not even one that could only close', () => {
    const desk = liquidationDesk({})
    member(desk, 'alice', [USDT, '100000'])
    member(desk, 'bob', [USDT, '100000'])
    desk.accept(fill(BTC_PERP, { quantity: '10', price: '50000', buyer: leg(alice), seller: leg(bob) }))
    desk.accept(place('m', 'sell', '0.4'))
    // Long 10 from 50,000 at 39,000: 110,000 are lost of 100,000.
    marked(desk, '39000')
    const events = desk.accept(liquidate())
    expect(events[0]).toMatchObject({ type: 'LiquidationStarted', extent: 'full' })
    expect(events[1]).toMatchObject({ type: 'OrderCancelled', order: { id: 'm' } })
    expect(desk.state.accounts.get(alice)?.buckets.get(0)?.orders.size).toBe(0)
  })
})

describe('INV-ISOLATION-1', () => {
  test('an isolated bucket loses what is in it; the pool, the others and the owner of the other side lose nothing', () => {
    const desk = liquidationDesk({ spreadPpm: 1_000n, penaltyPpm: 10_000n })
    member(desk, 'alice', [USDT, '50000'], [ETH, '1'])
    member(desk, 'bob', [USDT, '100000'])
    bucketOf(desk, alice, 1, 'isolated', [USDT, '3000'])
    bucketOf(desk, alice, 2, 'isolated', [USDT, '777'])
    const buy = (bucket: number, size: string) =>
      fill(BTC_PERP, { quantity: size, price: '50000', buyer: leg(alice, { bucket }), seller: leg(bob) })
    desk.accept(buy(1, '1'))
    desk.accept(buy(0, '1'))
    marked(desk, '46000')
    const [pool, other] = [0, 2].map((bucket) => desk.state.accounts.get(alice)?.buckets.get(bucket))
    const counterparty = desk.state.accounts.get(bob)
    expect(outcome(desk.send(liquidate(0)))).toBe('NotLiquidatable')
    expect(outcome(desk.send(liquidate(2)))).toBe('NotLiquidatable')
    // 3,000 - 4,000 - 46 of spread: a deficit of 1,046, while the pool has 46,000 to spare.
    const events = desk.accept(liquidate(1))
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'DeficitRecorded', bucket: 1, quantity: atoms('1046') }),
    )
    expect(desk.state.accounts.get(alice)?.buckets.get(0)).toBe(pool)
    expect(desk.state.accounts.get(alice)?.buckets.get(2)).toBe(other)
    expect(desk.state.accounts.get(bob)).toBe(counterparty)
    expect(held(desk.state, alice, USDT, 1)).toBe(0n)
  })
})
