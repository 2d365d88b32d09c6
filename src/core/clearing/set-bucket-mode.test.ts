import { expect, test } from 'vitest'
import { accountId, orderId } from '../instrument/identifier.ts'
import type { BucketMode } from '../ledger/account.ts'
import {
  bucketOf,
  contracts,
  type Desk,
  emptyDesk,
  fill,
  leg,
  member,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import { at, BTC_PERP, units, USDT, WORLD_ASSETS } from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'
import { listing } from '../../../simulator/workload/listing.ts'

const alice = accountId('alice')
const bob = accountId('bob')

const setMode = (bucket: number, mode: BucketMode, account = alice): Command => ({
  type: 'setBucketMode',
  account,
  bucket,
  mode,
})

const table: [name: string, command: Command, want: string][] = [
  ['the first bucket beside the pool', setMode(1, 'isolated'), 'ok'],
  ['the last bucket there is', setMode(255, 'cross'), 'ok'],
  ['one beyond', setMode(256, 'cross'), 'BucketOutOfRange'],
  ['one below the pool', setMode(-1, 'cross'), 'BucketOutOfRange'],
  ['half a bucket', setMode(1.5, 'cross'), 'BucketOutOfRange'],
  ['no number', setMode(NaN, 'cross'), 'BucketOutOfRange'],
  ['the pool as it is', setMode(0, 'cross'), 'ok'],
  ['the pool isolated', setMode(0, 'isolated'), 'PoolStaysCross'],
  ['a bucket of nobody', setMode(1, 'cross', accountId('nobody')), 'UnknownAccount'],
  ['an impossible bucket of nobody', setMode(256, 'cross', accountId('nobody')), 'UnknownAccount'],
]
test.each(table)('%s', (_name, command, want) => {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '10'])
  expect(outcome(desk.send(command))).toBe(want)
})

test('an empty bucket changes its mode without an epoch; one that holds something does not', () => {
  const desk = emptyDesk()
  for (const asset of WORLD_ASSETS) desk.accept(listing(asset))
  member(desk, 'alice', [USDT, '10'])
  bucketOf(desk, alice, 1, 'isolated')
  expect(outcome(desk.send(setMode(1, 'cross')))).toBe('ok')
  desk.accept({ type: 'deposit', account: alice, bucket: 1, asset: USDT, quantity: units('1') })
  expect(outcome(desk.send(setMode(1, 'cross')))).toBe('ok')
  expect(outcome(desk.send(setMode(1, 'isolated')))).toBe('NoEpoch')
})

/** alice: `pool` USDT in the pool, `bucket` USDT in bucket 1, long `size` bitcoins from 50,000 there. */
function deskWithLong(mode: BucketMode, { pool, bucket, size }: { pool: string; bucket: string; size: string }): Desk {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, pool])
  member(desk, 'bob', [USDT, '20000'])
  bucketOf(desk, alice, 1, mode, [USDT, bucket])
  desk.accept(fill(BTC_PERP, { quantity: size, price: '50000', buyer: leg(alice, { bucket: 1 }), seller: leg(bob) }))
  return desk
}

// Long 0.1 at 50,000: initial margin 5% of 5,000 is 250. Once isolated the bucket has to cover it alone.
test.each([
  ['exactly its initial margin', '250', 'ok'],
  ['a native unit less', '249.999999', 'InitialMarginBreached'],
])('isolating a bucket that holds %s', (_name, bucket, want) => {
  const desk = deskWithLong('cross', { pool: '1000', bucket, size: '0.1' })
  const decision = desk.send(setMode(1, 'isolated'))
  expect(outcome(decision)).toBe(want)
  if (!decision.ok) expect(decision.rejection).toMatchObject({ account: alice, bucket: 1 })
  expect(desk.state.accounts.get(alice)?.buckets.get(1)?.mode).toBe(want === 'ok' ? 'isolated' : 'cross')
  expect(contracts(desk.state, alice, BTC_PERP, 1).quantity).toBe(10n ** 17n)
})

test('isolating a bucket may not leave the pool below its initial margin', () => {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '200'])
  member(desk, 'bob', [USDT, '20000'])
  bucketOf(desk, alice, 1, 'cross', [USDT, '1000'])
  desk.accept(fill(BTC_PERP, { quantity: '0.1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
  const decision = desk.send(setMode(1, 'isolated'))
  expect(decision).toMatchObject({ ok: false, rejection: { reason: 'InitialMarginBreached', bucket: 0 } })
})

// Isolated with 250 for a margin of 250, then the mark falls to 49,000: NLV 150, IM 245. Joined to the pool, together
// pool + 150 >= 245 from a pool of 95 on.
test.each([
  ['has what is missing', '95', 'ok'],
  ['has a native unit less', '94.999999', 'InitialMarginBreached'],
])('joining a weak bucket to a pool that %s', (_name, pool, want) => {
  const desk = deskWithLong('isolated', { pool, bucket: '250', size: '0.1' })
  desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '49000']] }))
  expect(outcome(desk.send(setMode(1, 'cross')))).toBe(want)
})

test('an unsettled profit does not support what it leaves behind', () => {
  // Long 0.1 in bucket 1 without a cent of its own, the mark at 53,000: NLV 300 is all unsettled, IM 265.
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '1000'])
  member(desk, 'bob', [USDT, '20000'])
  bucketOf(desk, alice, 1, 'cross')
  desk.accept(fill(BTC_PERP, { quantity: '0.1', price: '50000', buyer: leg(alice, { bucket: 1 }), seller: leg(bob) }))
  desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '53000']] }))
  expect(outcome(desk.send(setMode(1, 'isolated')))).toBe('UnsettledProfitNotWithdrawable')
})

test('a bad price of something in the bucket or in the pool stops it', () => {
  const desk = deskWithLong('cross', { pool: '1000', bucket: '250', size: '0.1' })
  desk.pass(60_001)
  desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
  expect(desk.send(setMode(1, 'isolated'))).toEqual({
    ok: false,
    rejection: { reason: 'PriceUnusable', key: { kind: 'mark', market: BTC_PERP }, condition: 'stale' },
  })
  desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '50000']] }))
  expect(outcome(desk.send(setMode(1, 'isolated')))).toBe('ok')
})

test('a bucket with nothing but an order is not empty', () => {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '1000'])
  bucketOf(desk, alice, 1, 'cross')
  desk.accept({
    type: 'placeOrder',
    account: alice,
    bucket: 1,
    order: orderId('o1'),
    market: BTC_PERP,
    side: 'buy',
    quantity: units('0.01'),
    limit: at('50000'),
  })
  expect(outcome(desk.send(setMode(1, 'isolated')))).toBe('InitialMarginBreached')
})
