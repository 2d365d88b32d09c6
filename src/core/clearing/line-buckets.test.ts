import { describe, expect, test } from 'vitest'
import { value } from '../quantity/value.ts'
import { accountId } from '../instrument/identifier.ts'
import type { BucketMode } from '../ledger/account.ts'
import {
  bucketOf,
  type Desk,
  emptyDesk,
  fill,
  leg,
  member,
  outcome,
  priceReport,
} from '../../../simulator/workload/desk.ts'
import { liquidationDesk, marked } from '../../../simulator/workload/liquidation-desk.ts'
import { BTC, BTC_PERP, ETH, units, usd, USDT } from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'

const alice = accountId('alice')
const bob = accountId('bob')

// Bitcoin is at 50,000; a contract is charged 3%, initially 5%; a debt of USDT weighs 2%, initially 5%.
const grant = (limit: string, bucket = 1, account = alice): Command => ({
  type: 'setBucketLine',
  account,
  bucket,
  limit: usd(limit),
})
const setMode = (mode: BucketMode, bucket = 1): Command => ({ type: 'setBucketMode', account: alice, bucket, mode })
const buy = (quantity: string, price = '50000', bucket = 1) =>
  fill(BTC_PERP, { quantity, price, buyer: leg(alice, { bucket }), seller: leg(bob) })
const sell = (quantity: string, price = '50000', bucket = 1) =>
  fill(BTC_PERP, { quantity, price, buyer: leg(bob), seller: leg(alice, { bucket }) })
const cash = (type: 'withdraw' | 'deposit', amount: string, bucket: number): Command => ({
  type,
  account: alice,
  bucket,
  asset: USDT,
  quantity: units(amount),
})

/** alice has `pool` USDT in the pool and an empty line bucket 1 with a line; bob is on the other side. */
function lineDesk({ pool, line }: { pool: string; line: string }): Desk {
  const desk = liquidationDesk({})
  member(desk, 'alice', [USDT, pool])
  member(desk, 'bob', [USDT, '100000'])
  bucketOf(desk, alice, 1, 'line')
  desk.accept(grant(line))
  return desk
}

const lineOfBucket = (desk: Desk, bucket = 1) => desk.state.accounts.get(alice)?.buckets.get(bucket)?.line

describe('setting a line', () => {
  const table: [name: string, command: Command, want: string][] = [
    ['of nobody', grant('1', 1, accountId('nobody')), 'UnknownAccount'],
    ['of a bucket that is not there', grant('1', 9), 'UnknownBucket'],
    ['of the pool', grant('1', 0), 'NotALineBucket'],
    ['below zero', { ...grant('0'), limit: value(-1n) } as Command, 'NegativeLine'],
    ['of nothing', grant('0'), 'ok'],
    ['as it was', grant('10'), 'ok'],
    ['an atom', grant('0.000000000000000001'), 'ok'],
    // A line is worth what the pool can spare: it may be higher than the pool.
    ['larger than the pool', grant('1000000'), 'ok'],
  ]
  test.each(table)('%s', (_name, command, want) => {
    expect(outcome(lineDesk({ pool: '100', line: '10' }).send(command))).toBe(want)
  })

  test('is for line buckets alone', () => {
    const desk = lineDesk({ pool: '100', line: '10' })
    bucketOf(desk, alice, 2, 'isolated')
    expect(desk.send(grant('1', 2))).toEqual({
      ok: false,
      rejection: { reason: 'NotALineBucket', bucket: 2, mode: 'isolated' },
    })
  })

  test('without an epoch it may be raised, not lowered', () => {
    const desk = emptyDesk()
    member(desk, 'alice')
    bucketOf(desk, alice, 1, 'line')
    expect(['5', '5', '4'].map((limit) => outcome(desk.send(grant(limit))))).toEqual(['ok', 'ok', 'NoEpoch'])
  })

  test('a line ends with its mode and not before', () => {
    const desk = lineDesk({ pool: '100', line: '10' })
    desk.accept(setMode('line'))
    expect(lineOfBucket(desk)).toBe(10n ** 19n)
    desk.accept(setMode('cross'))
    expect(lineOfBucket(desk)).toBeUndefined()
    desk.accept(setMode('line'))
    expect(lineOfBucket(desk)).toBeUndefined()
  })
})

describe('new risk in a line bucket', () => {
  // Long 1 at 50,000 needs 2,500 at first; the bucket has nothing of its own.
  test.each([
    ['line and pool just enough', '2500', '2500', 'ok'],
    ['the line an atom short', '2500', '2499.999999999999999999', 'LineExceeded'],
    ['the pool an atom short', '2499.999999999999999999', '2500', 'LinesNotCovered'],
    ['a larger line does not replace the pool', '2499.999999999999999999', '9000', 'LinesNotCovered'],
    ['a larger pool does not replace the line', '9000', '2499.999999999999999999', 'LineExceeded'],
    ['no line at all', '9000', '0', 'InitialMarginBreached'],
  ])('%s', (_name, pool, line, want) => {
    expect(outcome(lineDesk({ pool, line }).send(buy('1')))).toBe(want)
  })

  test('a refusal says what there is, what is required and what the line adds', () => {
    expect(lineDesk({ pool: '9000', line: '2000' }).send(buy('1'))).toEqual({
      ok: false,
      rejection: {
        reason: 'LineExceeded',
        account: alice,
        bucket: 1,
        value: usd('0'),
        initialMargin: usd('2500'),
        line: usd('2000'),
      },
    })
    expect(lineDesk({ pool: '2000', line: '2600' }).send(buy('1'))).toEqual({
      ok: false,
      rejection: {
        reason: 'LinesNotCovered',
        account: alice,
        value: usd('2000'),
        initialMargin: usd('0'),
        drawn: usd('2500'),
      },
    })
  })

  // What each needs at first adds up: two longs of 1 want 5,000 of the pool.
  test.each([
    ['5000', 'ok'],
    ['4999.999999999999999999', 'LinesNotCovered'],
  ])('two lines of one pool with %s', (pool, want) => {
    const desk = lineDesk({ pool, line: '2500' })
    bucketOf(desk, alice, 2, 'line')
    desk.accept(grant('2500', 2))
    desk.accept(buy('1'))
    expect(outcome(desk.send(buy('1', '50000', 2)))).toBe(want)
  })

  // Long 1 on a pool of 2,500; at 49,900 the bucket lacks 2,495 + 100 = 2,595 of its initial margin: the pool is 95 short.
  test('below initial margin only what lowers the requirement and the gap of the bucket itself', () => {
    const desk = lineDesk({ pool: '2500', line: '3000' })
    desk.accept(buy('1'))
    marked(desk, '49900')
    expect(outcome(desk.send(buy('0.001', '49900')))).toBe('LinesNotCovered')
    expect(outcome(desk.send(sell('0.001', '49900')))).toBe('ok')
    // A sale of 1% a hundred dollars below the mark: the requirement falls by 24.925, the gap by 23.925.
    expect(outcome(desk.send(sell('0.01', '49800')))).toBe('ok')
    // 3% of a tenth below the mark: 0.1 less of it falls 249 short, more than the 249.5 it relieves would be needed to cover.
    expect(outcome(desk.send(sell('0.001', '46000')))).toBe('LinesNotCovered')
  })

  test('a bad price in the pool stops it, as it would stop the pool; an isolated bucket does not care', () => {
    const desk = lineDesk({ pool: '9000', line: '9000' })
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: ETH, quantity: units('1') })
    bucketOf(desk, alice, 2, 'isolated', [USDT, '5000'])
    desk.pass(60_001)
    desk.accept(
      priceReport(desk.now(), {
        assets: [
          [USDT, '1'],
          [BTC, '50000'],
        ],
        marks: [[BTC_PERP, '50000']],
      }),
    )
    expect(desk.send(buy('0.01'))).toMatchObject({
      rejection: { reason: 'PriceUnusable', key: { kind: 'index', asset: ETH } },
    })
    expect(outcome(desk.send(buy('0.01', '50000', 2)))).toBe('ok')
  })
})

describe('what leaves', () => {
  // The bucket draws 2,500 of a pool of 3,000.
  test.each([
    ['500', 'ok'],
    ['500.000000000000000001', 'LinesNotCovered'],
  ])('%s out of the pool', (amount, want) => {
    const desk = lineDesk({ pool: '3000', line: '2500' })
    desk.accept(buy('1'))
    expect(outcome(desk.send(cash('withdraw', amount, 0)))).toBe(want)
  })

  // A debt of 100 USDT weighs 5% at first: the bucket lacks 105.
  test.each([
    ['105', '105', 'ok'],
    ['104.999999999999999999', '105', 'LineExceeded'],
    ['105', '104.999999999999999999', 'LinesNotCovered'],
  ])('100 borrowed by a bucket with a line of %s from a pool of %s', (line, pool, want) => {
    const desk = lineDesk({ pool, line })
    expect(outcome(desk.send(cash('withdraw', '100', 1)))).toBe(want)
  })

  test('a transfer out of the bucket is judged as a withdrawal; one into it leaves the pool covered', () => {
    const desk = lineDesk({ pool: '2600', line: '2500' })
    desk.accept(buy('1'))
    const move = (from: number, to: number, amount: string): Command => ({
      type: 'transfer',
      account: alice,
      from,
      to,
      asset: USDT,
      quantity: units(amount),
    })
    expect(outcome(desk.send(move(1, 0, '1')))).toBe('LineExceeded')
    // What the bucket gets it no longer draws: the pool keeps 100 to spare whatever is moved, until the bucket is in debt.
    expect(outcome(desk.send(move(0, 1, '2600')))).toBe('ok')
    expect(outcome(desk.send(move(1, 0, '2600')))).toBe('ok')
    expect(outcome(desk.send(move(1, 0, '0.000000000000000001')))).toBe('LineExceeded')
  })

  test('an unsettled profit is not withdrawable through a line', () => {
    // Long 1 from 50,000, the mark at 53,000: all of NLV 3,000 is unsettled, 2,650 are required and 5 for a debt of 100.
    const desk = lineDesk({ pool: '9000', line: '2500' })
    desk.accept(buy('1'))
    marked(desk, '53000')
    expect(outcome(desk.send(cash('withdraw', '100', 1)))).toBe('UnsettledProfitNotWithdrawable')
    desk.accept(grant('2755'))
    expect(outcome(desk.send(cash('withdraw', '100', 1)))).toBe('ok')
  })

  test('nor is one of the pool, through the line it grants', () => {
    // The pool's own 100 and a profit of 3,000 that nobody has paid; its long needs 2,650.
    const desk = lineDesk({ pool: '2500', line: '1000' })
    desk.accept(buy('1', '50000', 0))
    marked(desk, '53000')
    expect(desk.send(cash('withdraw', '100', 1))).toMatchObject({
      rejection: { reason: 'UnsettledProfitNotWithdrawable', bucket: 0, value: usd('5500'), unsettled: usd('3000') },
    })
  })
})

describe('a lowered line', () => {
  // Long 1 without money of its own needs 2,500 of its line.
  test.each([
    ['2500', 'ok'],
    ['2499.999999999999999999', 'LineExceeded'],
    ['0', 'InitialMarginBreached'],
    ['9000', 'ok'],
  ])('from 3,000 to %s', (limit, want) => {
    const desk = lineDesk({ pool: '5000', line: '3000' })
    desk.accept(buy('1'))
    expect(outcome(desk.send(grant(limit)))).toBe(want)
  })

  test('is refused while the pool does not cover its lines; so is another mode for the bucket', () => {
    const desk = lineDesk({ pool: '2500', line: '3000' })
    bucketOf(desk, alice, 2, 'line')
    desk.accept(grant('10', 2))
    desk.accept(buy('1'))
    marked(desk, '49900')
    expect(outcome(desk.send(grant('5', 2)))).toBe('LinesNotCovered')
    expect(outcome(desk.send(grant('20', 2)))).toBe('ok')
    expect(outcome(desk.send(setMode('isolated')))).toBe('InitialMarginBreached')
  })
})
