import { describe, expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import { accountId, assetId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import {
  bucketOf,
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
  assetTerms,
  atoms,
  BTC,
  BTC_PERP,
  GOLD,
  standardEpoch,
  units,
  USDT,
  WORLD_ASSETS,
} from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'
import { listing } from '../../../simulator/workload/listing.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const NOTHING = assetId('NOTHING')

/** 1e-6 USDT: the least that can be deposited or withdrawn of it. */
const NATIVE = 10n ** 12n

const ledgerOf = (desk: Desk, asset = USDT) => requireAssetBook(desk.state, asset).ledger

/** Sends a command, then again with one thing mended after the other: the reasons in order of precedence. */
function reasonsWhileMending(desk: Desk, command: Command, ...mends: readonly object[]): readonly string[] {
  let current = command
  const reasons = [outcome(desk.send(current))]
  for (const mend of mends) {
    current = { ...current, ...mend } as Command
    reasons.push(outcome(desk.send(current)))
  }
  return reasons
}

describe('deposit', () => {
  const deposit = (atomCount: bigint, asset = USDT): Command => ({
    type: 'deposit',
    account: alice,
    bucket: 0,
    asset,
    quantity: quantity(atomCount),
  })
  const table: [name: string, quantity: bigint, want: string][] = [
    ['one native unit', NATIVE, 'ok'],
    ['an atom more than a native unit', NATIVE + 1n, 'NotNativeUnits'],
    ['an atom less', NATIVE - 1n, 'NotNativeUnits'],
    ['nothing', 0n, 'QuantityNotPositive'],
    ['less than nothing', -NATIVE, 'QuantityNotPositive'],
    // All that is kept of an asset stays below 1e12 USD; USDT is at 1.
    ['a native unit below a trillion dollars', 10n ** 30n - NATIVE, 'ok'],
    ['a trillion dollars', 10n ** 30n, 'ExposureOutOfBounds'],
    ['the largest quantity there is', 10n ** 36n - NATIVE, 'ExposureOutOfBounds'],
  ]
  test.each(table)('%s', (_name, amount, want) => {
    const desk = tradingDesk()
    member(desk, 'alice')
    expect(outcome(desk.send(deposit(amount)))).toBe(want)
    expect(held(desk.state, alice, USDT)).toBe(want === 'ok' ? amount : 0n)
    expect(ledgerOf(desk).custody).toBe(want === 'ok' ? amount : 0n)
  })

  test('counts what is there already towards the bounds, also without a price', () => {
    const desk = emptyDesk()
    desk.accept(listing(assetTerms({ id: NOTHING })))
    member(desk, 'alice')
    const half = 5n * 10n ** 35n
    desk.accept(deposit(half, NOTHING))
    expect(desk.send(deposit(half, NOTHING))).toEqual({
      ok: false,
      rejection: { reason: 'QuantityOutOfBounds', id: NOTHING, quantity: 10n ** 36n },
    })
    expect(outcome(desk.send(deposit(half - 1n, NOTHING)))).toBe('ok')
  })

  test('needs no epoch and no price', () => {
    const desk = emptyDesk()
    for (const asset of WORLD_ASSETS) desk.accept(listing(asset))
    member(desk, 'alice')
    expect(outcome(desk.send(deposit(NATIVE)))).toBe('ok')
  })

  test('checks asset, sign, native units, account and bucket in this order', () => {
    const desk = tradingDesk()
    member(desk, 'alice')
    const worst = { ...deposit(-1n, NOTHING), account: bob, bucket: 9 } as Command
    const mends = [
      { asset: USDT },
      { quantity: units('0.0000001') },
      { quantity: units('1') },
      { account: alice },
      { bucket: 0 },
    ]
    expect(reasonsWhileMending(desk, worst, ...mends)).toEqual([
      'UnknownAsset',
      'QuantityNotPositive',
      'NotNativeUnits',
      'UnknownAccount',
      'UnknownBucket',
      'ok',
    ])
  })
})

/** alice has a bitcoin; bob keeps 50,000 USDT and 10 GOLD in custody that can be lent. */
function lendingDesk(): Desk {
  const desk = tradingDesk()
  member(desk, 'alice', [BTC, '1'])
  member(desk, 'bob', [USDT, '50000'], [GOLD, '10'])
  return desk
}

describe('withdraw', () => {
  const withdraw = (amount: string, asset = USDT): Command => ({
    type: 'withdraw',
    account: alice,
    bucket: 0,
    asset,
    quantity: units(amount),
  })

  // 1 BTC at 50,000 with an initial haircut of 10%, a debt of x with an initial weight of 5%:
  // 50,000 - x >= 5,000 + 0.05 x while x <= 45,000 / 1.05 = 42,857.142857...
  const borrows: [name: string, amount: string, asset: typeof USDT, want: string][] = [
    ['the last native unit that initial margin allows', '42857.142857', USDT, 'ok'],
    ['a native unit more', '42857.142858', USDT, 'InitialMarginBreached'],
    ['all that is in custody', '50000', USDT, 'InitialMarginBreached'],
    ['a native unit more than is in custody', '50000.000001', USDT, 'InsufficientLiquidity'],
    ['what nobody has put into custody', '1', assetId('ETH'), 'InsufficientLiquidity'],
    ['what may not be borrowed', '0.01', GOLD, 'NotBorrowable'],
    ['all of what it has', '1', BTC, 'ok'],
    ['nothing', '0', USDT, 'QuantityNotPositive'],
    ['less than nothing', '-1', USDT, 'QuantityNotPositive'],
    ['a part of a native unit', '0.0000001', USDT, 'NotNativeUnits'],
  ]
  test.each(borrows)('%s', (_name, amount, asset, want) => {
    const desk = lendingDesk()
    expect(outcome(desk.send(withdraw(amount, asset)))).toBe(want)
  })

  test('all of what may not be borrowed, and an atom of debt never', () => {
    const desk = lendingDesk()
    const gold = (amount: string): Command => ({ ...withdraw(amount, GOLD), account: bob }) as Command
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: GOLD, quantity: units('1') })
    expect(desk.send(gold('10.01'))).toEqual({
      ok: false,
      rejection: { reason: 'NotBorrowable', asset: GOLD, balance: -atoms('0.01') },
    })
    expect(outcome(desk.send(gold('10')))).toBe('ok')
  })

  test('takes from the bucket and from custody, nothing else', () => {
    const desk = lendingDesk()
    desk.accept(withdraw('1000'))
    expect(held(desk.state, alice, USDT)).toBe(-atoms('1000'))
    expect(ledgerOf(desk)).toEqual({
      custody: atoms('49000'),
      buckets: atoms('49000'),
      fees: 0n,
      insuranceFund: 0n,
      interestReserve: 0n,
      deficit: 0n,
    })
  })

  test('a refusal for liquidity says what is available', () => {
    expect(lendingDesk().send(withdraw('50001'))).toEqual({
      ok: false,
      rejection: {
        reason: 'InsufficientLiquidity',
        asset: USDT,
        requested: atoms('50001'),
        available: atoms('50000'),
      },
    })
  })

  // Long 1 from 50,000, the mark at 51,000: 1,000 of profit are not settled. Of 10,000 USDT may go what leaves
  // NLV - 1,000 = 10,000 - x >= IM = 5% of 51,000 = 2,550, so x <= 7,450; IM itself is breached beyond x = 8,450.
  const profits: [name: string, amount: string, want: string][] = [
    ['all but what covers initial margin without the profit', '7450', 'ok'],
    ['a native unit more', '7450.000001', 'UnsettledProfitNotWithdrawable'],
    ['what leaves NLV exactly at initial margin', '8450', 'UnsettledProfitNotWithdrawable'],
    ['a native unit more than that', '8450.000001', 'InitialMarginBreached'],
  ]
  test.each(profits)('beside an unsettled profit: %s', (_name, amount, want) => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    member(desk, 'bob', [USDT, '10000'])
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '51000']] }))
    expect(outcome(desk.send(withdraw(amount)))).toBe(want)
  })

  test('an unsettled loss is no profit: it is in NLV already', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    member(desk, 'bob', [USDT, '10000'])
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '49000']] }))
    // NLV 9,000, IM 2,450: 6,550 may go.
    expect(outcome(desk.send(withdraw('6550.000001')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(withdraw('6550')))).toBe('ok')
  })

  test('the market account is outside margin, not outside custody', () => {
    const desk = lendingDesk()
    const outside = (amount: string): Command => ({ ...withdraw(amount, GOLD), account: MARKET_ACCOUNT }) as Command
    expect(outcome(desk.send(outside('10.01')))).toBe('InsufficientLiquidity')
    expect(outcome(desk.send(outside('10')))).toBe('ok')
    expect(held(desk.state, MARKET_ACCOUNT, GOLD)).toBe(-atoms('10'))
  })

  test('checks amount, account, custody, epoch, borrowing, prices and margin in this order', () => {
    const desk = emptyDesk()
    for (const asset of WORLD_ASSETS) desk.accept(listing(asset))
    member(desk, 'alice', [BTC, '1'])
    member(desk, 'bob', [GOLD, '10'], [USDT, '50000'])
    const worst = { ...withdraw('-1', NOTHING), account: accountId('nobody'), bucket: 9 } as Command
    const mends = [
      { asset: GOLD },
      { quantity: units('11.001') },
      { quantity: units('11') },
      { account: alice },
      { bucket: 0 },
      { quantity: units('10') },
    ]
    expect(reasonsWhileMending(desk, worst, ...mends)).toEqual([
      'UnknownAsset',
      'QuantityNotPositive',
      'NotNativeUnits',
      'UnknownAccount',
      'UnknownBucket',
      'InsufficientLiquidity',
      'NoEpoch',
    ])
    desk.accept({ type: 'adoptEpoch', epoch: standardEpoch('first') })
    expect(outcome(desk.send(withdraw('10', GOLD)))).toBe('NotBorrowable')
    expect(outcome(desk.send(withdraw('50000')))).toBe('PriceUnusable')
    desk.accept(
      priceReport(desk.now(), {
        assets: [
          [USDT, '1'],
          [BTC, '50000'],
        ],
      }),
    )
    expect(outcome(desk.send(withdraw('50000')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(withdraw('40000')))).toBe('ok')
  })
})

describe('transfer', () => {
  const transfer = (atomCount: bigint, given: { from?: number; to?: number; asset?: typeof USDT } = {}): Command => ({
    type: 'transfer',
    account: alice,
    from: given.from ?? 0,
    to: given.to ?? 1,
    asset: given.asset ?? USDT,
    quantity: quantity(atomCount),
  })

  // Between netting sets a loan is possible, to the atom: x <= 45,000 / 1.05, in atoms 45,000e18 * 20 / 21 rounded down.
  const most = (45_000n * 10n ** 18n * 20n) / 21n
  const outward: [name: string, quantity: bigint, asset: typeof USDT, want: string][] = [
    ['the last atom that initial margin allows', most, USDT, 'ok'],
    ['an atom more', most + 1n, USDT, 'InitialMarginBreached'],
    ['an atom of what may not be borrowed', 1n, GOLD, 'NotBorrowable'],
    ['an atom', 1n, USDT, 'ok'],
    ['nothing', 0n, USDT, 'QuantityNotPositive'],
    ['all there is', atoms('1'), BTC, 'ok'],
    ['an atom less than a trillion dollars', 10n ** 30n - 1n, USDT, 'InitialMarginBreached'],
    ['a trillion dollars', 10n ** 30n, USDT, 'ExposureOutOfBounds'],
  ]
  test.each(outward)('into an isolated bucket: %s', (_name, amount, asset, want) => {
    const desk = lendingDesk()
    bucketOf(desk, alice, 1, 'isolated')
    const before = held(desk.state, alice, asset)
    expect(outcome(desk.send(transfer(amount, { asset })))).toBe(want)
    const moved = want === 'ok' ? amount : 0n
    expect(held(desk.state, alice, asset)).toBe(before - moved)
    expect(held(desk.state, alice, asset, 1)).toBe(moved)
  })

  // Regression: a move inside a netting set was not bounded at all. A member could owe itself 1e18 units of an asset, which
  // stopped its price reports (ExposureOutOfBounds), and take out on loan what may not be borrowed.
  const inward: [name: string, quantity: bigint, asset: typeof USDT, want: string][] = [
    ['all there is', atoms('100'), USDT, 'ok'],
    ['an atom more', atoms('100') + 1n, USDT, 'InsufficientFunds'],
    ['an atom of what is not there', 1n, GOLD, 'InsufficientFunds'],
    ['the largest quantity there is', 10n ** 36n - 1n, GOLD, 'InsufficientFunds'],
  ]
  test.each(inward)('inside a netting set: %s', (_name, amount, asset, want) => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '100'], [BTC, '1'])
    bucketOf(desk, alice, 1, 'cross')
    expect(outcome(desk.send(transfer(amount, { asset })))).toBe(want)
    expect(held(desk.state, alice, asset, 1)).toBe(want === 'ok' ? amount : 0n)
  })

  test('inside a netting set a debt cannot be moved on', () => {
    const desk = lendingDesk()
    bucketOf(desk, alice, 1, 'cross')
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('10') })
    expect(desk.send(transfer(1n))).toEqual({
      ok: false,
      rejection: { reason: 'InsufficientFunds', asset: USDT, requested: 1n, available: 0n },
    })
  })

  test('inside a netting set neither margin, nor prices, nor an epoch are asked for', () => {
    const desk = emptyDesk()
    for (const asset of WORLD_ASSETS) desk.accept(listing(asset))
    member(desk, 'alice', [USDT, '100'])
    bucketOf(desk, alice, 1, 'cross')
    bucketOf(desk, alice, 2, 'isolated')
    expect(outcome(desk.send(transfer(1n)))).toBe('ok')
    expect(outcome(desk.send(transfer(1n, { to: 2 })))).toBe('NoEpoch')
  })

  test('between two isolated buckets each is a netting set of its own', () => {
    const desk = lendingDesk()
    bucketOf(desk, alice, 1, 'isolated', [USDT, '10'])
    bucketOf(desk, alice, 2, 'isolated')
    expect(outcome(desk.send(transfer(atoms('10') + 1n, { from: 1, to: 2 })))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(transfer(atoms('10'), { from: 1, to: 2 })))).toBe('ok')
  })

  test('checks buckets, amount, accounts in this order', () => {
    const desk = lendingDesk()
    bucketOf(desk, alice, 1, 'isolated')
    const worst = { ...transfer(-1n, { from: 8, to: 8, asset: NOTHING }), account: accountId('nobody') } as Command
    const mends = [{ to: 9 }, { asset: USDT }, { quantity: quantity(1n) }, { account: alice }, { from: 0 }, { to: 1 }]
    expect(reasonsWhileMending(desk, worst, ...mends)).toEqual([
      'SameBucket',
      'UnknownAsset',
      'QuantityNotPositive',
      'UnknownAccount',
      'UnknownBucket',
      'UnknownBucket',
      'ok',
    ])
  })
})
