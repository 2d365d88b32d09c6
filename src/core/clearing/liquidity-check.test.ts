import { describe, expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { quantity } from '../quantity/quantity.ts'
import { accountId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import {
  bucketOf,
  type Desk,
  fill,
  held,
  leg,
  member,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import { atoms, BTC, BTC_PERP, BTC_USDT, units, USDT, WORLD_ASSETS } from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'

const alice = accountId('alice')
const bob = accountId('bob')

/** Nothing may be borrowed or withdrawn beyond a share of 80% (of USDT) or 50% (of BTC). USDT have 6 decimals, BTC 8. */
const CAPS: Readonly<Record<string, bigint>> = { USDT: 800_000n, BTC: 500_000n }

/** alice has 2 BTC, bob 30,000 USDT and 1 BTC: 3 BTC are lent and 30,000 USDT. */
function cappedDesk(caps: Readonly<Record<string, bigint>> = CAPS): Desk {
  const assets = WORLD_ASSETS.map((asset) => {
    const cap = caps[asset.id]
    return cap === undefined ? asset : { ...asset, borrowCurve: { ...asset.borrowCurve, capPpm: ppm(cap) } }
  })
  const desk = tradingDesk({ assets })
  member(desk, 'alice', [BTC, '2'])
  member(desk, 'bob', [USDT, '30000'], [BTC, '1'])
  return desk
}

function moveCash(type: 'deposit' | 'withdraw', account: typeof alice, amount: string, asset = USDT): Command {
  return { type, account, bucket: 0, asset, quantity: units(amount) }
}
const withdraw = (account: typeof alice, amount: string) => moveCash('withdraw', account, amount)
const deposit = (account: typeof alice, amount: string, asset = USDT) => moveCash('deposit', account, amount, asset)

/** What a refusal for liquidity says is available; 'ok' or another reason else. */
function available(desk: Desk, command: Command): bigint | string {
  const decision = desk.send(command)
  if (decision.ok) return 'ok'
  return decision.rejection.reason === 'InsufficientLiquidity'
    ? decision.rejection.available
    : decision.rejection.reason
}

describe('a withdrawal', () => {
  test('borrows as far as the cap and not a native unit further', () => {
    // 80% of 30,000.
    const desk = cappedDesk()
    expect(desk.send(withdraw(alice, '24000.000001'))).toEqual({
      ok: false,
      rejection: {
        reason: 'InsufficientLiquidity',
        asset: USDT,
        requested: atoms('24000.000001'),
        available: atoms('24000'),
      },
    })
    expect(outcome(desk.send(withdraw(alice, '24000')))).toBe('ok')
    expect(available(desk, withdraw(alice, '0.000001'))).toBe(0n)
  })

  test('takes back what was lent as far as the debts let it', () => {
    // 10,000 borrowed need 12,500 lent at 80%: 17,500 of 30,000 may go.
    const desk = cappedDesk()
    desk.accept(withdraw(alice, '10000'))
    expect(available(desk, withdraw(bob, '17500.000001'))).toBe(atoms('17500'))
    expect(outcome(desk.send(withdraw(bob, '17500')))).toBe('ok')
  })

  test('may take all of its own and then borrow what others lend', () => {
    // carol lends 7,000.000007 too. Without bob's 30,000 these are left: 80% are 5,600.0000056, in native units 5,600.000005.
    const desk = cappedDesk()
    member(desk, 'carol', [USDT, '7000.000007'])
    desk.accept(deposit(bob, '1', BTC))
    expect(available(desk, withdraw(bob, '36000'))).toBe(atoms('35600.000005'))
    expect(available(desk, withdraw(bob, '35600.000006'))).toBe(atoms('35600.000005'))
    expect(outcome(desk.send(withdraw(bob, '35600.000005')))).toBe('ok')
  })

  test('says what passes both the cap and custody', () => {
    // bob sells a bitcoin to the outside world: 80,000 lent, 64,000 of them could be borrowed, 30,000 are in custody.
    const desk = cappedDesk()
    desk.accept(fill(BTC_USDT, { quantity: '1', price: '50000', buyer: leg(MARKET_ACCOUNT), seller: leg(bob) }))
    expect(available(desk, withdraw(alice, '30000.000001'))).toBe(atoms('30000'))
    desk.accept(deposit(MARKET_ACCOUNT, '30000'))
    // Now 60,000 are in custody; more than that is asked for, and the cap counts.
    desk.accept(deposit(MARKET_ACCOUNT, '5000'))
    expect(available(desk, withdraw(alice, '66000'))).toBe(atoms('64000'))
  })

  test('a cap of nothing lends nothing and keeps nobody from what is theirs', () => {
    const desk = cappedDesk({ USDT: 0n })
    expect(available(desk, withdraw(alice, '0.000001'))).toBe(0n)
    expect(available(desk, withdraw(bob, '30000.000001'))).toBe(atoms('30000'))
    expect(outcome(desk.send(withdraw(bob, '30000')))).toBe('ok')
  })
})

describe('over the cap', () => {
  const at = (desk: Desk, index: string, mark: string) =>
    desk.accept(priceReport(desk.now(), { assets: [[BTC, index]], marks: [[BTC_PERP, mark]] }))

  /** bob loses 35,000 on a contract to alice, who withdraws as far as the cap: 5,000 owed of 6,250 lent. */
  function deskAtCap(): Desk {
    const desk = cappedDesk()
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
    at(desk, '85000', '85000')
    desk.accept({ type: 'settle', market: BTC_PERP })
    expect(available(desk, withdraw(alice, '28750.000001'))).toBe(atoms('28750'))
    desk.accept(withdraw(alice, '28750'))
    return desk
  }

  /** He loses 1,000 more: 6,000 owed of 7,250 lent, 82.8%. */
  function deskOverCap(): Desk {
    const desk = deskAtCap()
    at(desk, '86000', '86000')
    desk.accept({ type: 'settle', market: BTC_PERP })
    expect([held(desk.state, alice, USDT), held(desk.state, bob, USDT)]).toEqual([atoms('7250'), -atoms('6000')])
    return desk
  }

  test('settling a loss may lead there, and nothing more is lent', () => {
    const desk = deskOverCap()
    expect(available(desk, withdraw(alice, '0.000001'))).toBe(0n)
    expect(available(desk, withdraw(bob, '0.000001'))).toBe(0n)
  })

  test('a repayment is accepted, by deposit and by a spot fill with its fees', () => {
    const desk = deskOverCap()
    expect(outcome(desk.send(deposit(bob, '0.000001')))).toBe('ok')
    // bob sells 0.001 BTC to alice, who pays 86 and her fee out of what she lent; his debt falls by 86 less his fee.
    const parties = { buyer: leg(alice, { fee: '1' }), seller: leg(bob, { fee: '1' }) }
    expect(outcome(desk.send(fill(BTC_USDT, { quantity: '0.001', price: '86000', ...parties })))).toBe('ok')
    expect(held(desk.state, bob, USDT)).toBe(-atoms('5914.999999'))
    expect(held(desk.state, alice, USDT)).toBe(atoms('7163'))
  })

  test('the same sale by who owes nothing is a draw on what is lent: its fees leave', () => {
    const desk = deskOverCap()
    member(desk, 'carol', [BTC, '1'])
    const carol = accountId('carol')
    const parties = { buyer: leg(alice, { fee: '1' }), seller: leg(carol, { fee: '1' }) }
    expect(outcome(desk.send(fill(BTC_USDT, { quantity: '0.001', price: '86000', ...parties })))).toBe(
      'InsufficientLiquidity',
    )
  })

  test('a contract that only shrinks is traded, though its fee is borrowed; a larger one is not', () => {
    const desk = deskAtCap()
    const trade = (buyer: typeof alice, seller: typeof alice) =>
      fill(BTC_PERP, {
        quantity: '0.1',
        price: '85000',
        buyer: leg(buyer, { fee: '1' }),
        seller: leg(seller, { fee: '2' }),
      })
    expect(available(desk, trade(alice, bob))).toBe(0n)
    expect(outcome(desk.send(trade(bob, alice)))).toBe('ok')
  })

  test('a liquidation is carried out', () => {
    const desk = deskOverCap()
    // bob: 40,000 - 6,000 - (119,000 - 86,000) = 1,000.
    at(desk, '40000', '119000')
    expect(outcome(desk.send({ type: 'liquidate', account: bob, bucket: 0 }))).toBe('ok')
  })
})

test('a transfer between netting sets of one owner lends as far as the cap, to the atom', () => {
  // 3,000 are lent by bob: x / (3,000 + x) = 0.8 at x = 12,000.
  const desk = cappedDesk()
  desk.accept(withdraw(bob, '27000'))
  bucketOf(desk, alice, 1, 'isolated')
  const move = (amount: bigint, from = 0): Command => ({
    type: 'transfer',
    account: alice,
    from,
    to: 1 - from,
    asset: USDT,
    quantity: quantity(amount),
  })
  expect(available(desk, move(atoms('12000') + 1n))).toBe(atoms('12000'))
  expect(outcome(desk.send(move(atoms('12000'))))).toBe('ok')
  expect(available(desk, move(1n))).toBe(0n)
  expect(outcome(desk.send(move(atoms('12000'), 1)))).toBe('ok')
})

describe('a fill', () => {
  const buy = (size: string, fee = '0') =>
    fill(BTC_USDT, { quantity: size, price: '50000', buyer: leg(alice, { fee }), seller: leg(MARKET_ACCOUNT) })
  const sell = (size: string) =>
    fill(BTC_USDT, { quantity: size, price: '50000', buyer: leg(MARKET_ACCOUNT), seller: leg(bob) })

  test('of a spot pair borrows its quote asset as far as the cap', () => {
    // 24,000 less a fee of 1 buys 0.47998 BTC at 50,000: 23,999.
    const desk = cappedDesk()
    expect(desk.send(buy('0.5', '1'))).toEqual({
      ok: false,
      rejection: {
        reason: 'InsufficientLiquidity',
        asset: USDT,
        requested: atoms('25000'),
        available: atoms('23999'),
      },
    })
    expect(outcome(desk.send(buy('0.47999', '1')))).toBe('InsufficientLiquidity')
    expect(outcome(desk.send(buy('0.47998', '1')))).toBe('ok')
  })

  test('of a spot pair borrows its base asset as far as the cap', () => {
    // bob's own 1 BTC leaves 2 lent: 50% of these are 1 more.
    const desk = cappedDesk()
    desk.accept(deposit(bob, '100000'))
    expect(available(desk, sell('2.00001'))).toBe(atoms('2'))
    expect(outcome(desk.send(sell('2')))).toBe('ok')
  })

  test('between members takes nothing of what is lent', () => {
    const desk = cappedDesk()
    desk.accept(withdraw(alice, '24000'))
    const between = fill(BTC_USDT, { quantity: '0.1', price: '50000', buyer: leg(bob), seller: leg(alice) })
    expect(outcome(desk.send(between))).toBe('ok')
  })

  test('of a contract borrows its fee as far as the cap', () => {
    const desk = cappedDesk()
    desk.accept(withdraw(alice, '23995'))
    const trade = (fee: string) =>
      fill(BTC_PERP, {
        quantity: '0.1',
        price: '50000',
        buyer: leg(alice, { fee }),
        seller: leg(MARKET_ACCOUNT, { fee: '-1' }),
      })
    expect(available(desk, trade('5.000000000000000001'))).toBe(atoms('5'))
    expect(outcome(desk.send(trade('5')))).toBe('ok')
    expect(requireAssetBook(desk.state, USDT).lending.borrowedAtLeast).toBe(atoms('24000'))
    expect(available(desk, trade('2'))).toBe(0n)
  })
})

test('with nobody lending nothing can be borrowed, whatever the cap', () => {
  const desk = tradingDesk()
  member(desk, 'alice', [BTC, '2'])
  const buy = fill(BTC_USDT, { quantity: '0.1', price: '50000', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) })
  expect(available(desk, buy)).toBe(0n)
})
