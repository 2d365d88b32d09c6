import { describe, expect, test } from 'vitest'
import { accountId, orderId } from '../instrument/identifier.ts'
import { type Desk, fill, leg, member, outcome, tradingDesk } from '../../../simulator/workload/desk.ts'
import { at, atoms, BTC_PERP, ETH_PERP, units, USDT } from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'

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
const buy = (size: string, price: string) =>
  fill(BTC_PERP, { quantity: size, price, buyer: leg(alice), seller: leg(bob) })

describe('resting orders', () => {
  const place = (command: Partial<Extract<Command, { type: 'placeOrder' }>>): Command => ({
    type: 'placeOrder',
    account: alice,
    bucket: 0,
    order: orderId('o1'),
    market: BTC_PERP,
    side: 'buy',
    quantity: units('0.5'),
    limit: at('50000'),
    ...command,
  })
  const against = (size: string, price: string, order = 'o1') =>
    fill(BTC_PERP, { quantity: size, price, buyer: leg(alice, { order }), seller: leg(bob) })
  const asSeller = (size: string, price: string) =>
    fill(BTC_PERP, { quantity: size, price, buyer: leg(bob), seller: leg(alice, { order: 'o1' }) })
  const table: [name: string, order: Command, command: Command, want: string][] = [
    ['all of it at its limit', place({}), against('0.5', '50000'), 'ok'],
    ['all of it a tick better', place({}), against('0.5', '49999.9'), 'ok'],
    ['a tick worse', place({}), against('0.5', '50000.1'), 'limit'],
    ['a lot more than is left', place({}), against('0.501', '50000'), 'quantity'],
    ['an order for another market', place({ market: ETH_PERP, limit: at('2500') }), against('0.5', '50000'), 'market'],
    ['an order of the other side', place({ side: 'sell' }), against('0.5', '50000'), 'side'],
    ['an order of another name', place({}), against('0.5', '50000', 'o2'), 'UnknownOrder'],
    ['a sale at its limit', place({ side: 'sell' }), asSeller('0.5', '50000'), 'ok'],
    ['a sale a tick better', place({ side: 'sell' }), asSeller('0.5', '50000.1'), 'ok'],
    ['a sale a tick worse', place({ side: 'sell' }), asSeller('0.5', '49999.9'), 'limit'],
  ]
  test.each(table)('%s', (_name, order, command, want) => {
    const desk = deskForTwo()
    desk.accept(order)
    const decision = desk.send(command)
    const field = !decision.ok && decision.rejection.reason === 'OrderMismatch' ? decision.rejection.field : undefined
    expect(field ?? outcome(decision)).toBe(want)
  })

  test('are used up fill by fill, and gone at nothing', () => {
    const desk = deskForTwo()
    desk.accept(place({}))
    const left = () => desk.state.accounts.get(alice)?.buckets.get(0)?.orders.get(orderId('o1'))?.remaining
    desk.accept(against('0.2', '50000'))
    expect(left()).toBe(atoms('0.3'))
    expect(outcome(desk.send(against('0.301', '50000')))).toBe('OrderMismatch')
    desk.accept(against('0.3', '50000'))
    expect(left()).toBeUndefined()
    expect(outcome(desk.send(against('0.001', '50000')))).toBe('UnknownOrder')
  })

  test('release their margin as they fill', () => {
    // 10,000 carry 4 bitcoins, filled or resting.
    const desk = deskForTwo()
    desk.accept(place({ quantity: units('4') }))
    expect(outcome(desk.send(buy('0.001', '50000')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(against('4', '50000')))).toBe('ok')
  })
})
