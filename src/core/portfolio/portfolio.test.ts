import { describe, expect, test } from 'vitest'
import { fundingIndex, NO_FUNDING } from '../quantity/funding-index.ts'
import { price } from '../quantity/price.ts'
import { NO_QUANTITY, quantity } from '../quantity/quantity.ts'
import { rate } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { value } from '../quantity/value.ts'
import { accountId, type AssetId, assetId, marketId, orderId } from '../instrument/identifier.ts'
import {
  type Account,
  type Bucket,
  type BucketMode,
  creditBucket,
  emptyBucket,
  openAccount,
  POOL,
  positionOf,
  withBucket,
  withLine,
  withOrder,
  withPosition,
} from '../ledger/account.ts'
import { EMPTY_LEDGER } from '../ledger/asset-ledger.ts'
import type { AssetBook } from '../ledger/books.ts'
import { openLending } from '../ledger/lending.ts'
import type { Market } from '../instrument/market.ts'
import type { ListedMarket, MarketView } from '../market/listing.ts'
import { moveOptions, NO_POSITION, tradePosition } from '../ledger/position.ts'
import {
  hasLiability,
  lineNumbers,
  nettingSet,
  nettingSetNumbers,
  nettingSetOf,
  type NumberedBucket,
  ordersOf,
  portfolioOf,
} from './portfolio.ts'
import { optionTerms, perpetualTerms } from '../../../simulator/workload/world.ts'

const ONE = 10n ** 18n
const WIDE = 10n ** 36n
const [USDC, ETH] = [assetId('USDC'), assetId('ETH')]
const [BTC_PERP, ETH_PERP] = [marketId('BTC-PERP'), marketId('ETH-PERP')]
/** USDC lenders have grown by 10%; ETH carries nothing yet. */
const BOOKS: ReadonlyMap<AssetId, AssetBook> = new Map([
  [USDC, { ledger: EMPTY_LEDGER, lending: { ...openLending(timestamp(0)), supplyIndex: rate((ONE * 11n) / 10n) } }],
  [ETH, { ledger: EMPTY_LEDGER, lending: openLending(timestamp(0)) }],
])

function holding(bucket: Bucket, asset: AssetId, units: bigint): Bucket {
  return creditBucket(bucket, asset, quantity(units * ONE), openLending(timestamp(0)))
}

function trading(bucket: Bucket, market: typeof BTC_PERP, contracts: bigint, at: bigint): Bucket {
  const level = { price: price(at * ONE), fundingIndex: fundingIndex(ONE) }
  return withPosition(bucket, market, tradePosition(positionOf(bucket, market), quantity(contracts * ONE), level))
}

function account(...modes: readonly (readonly [number, BucketMode])[]): Account {
  return modes.reduce(
    (owner, [number, mode]) => withBucket(owner, number, emptyBucket(mode)),
    openAccount(accountId('a')),
  )
}

function numbered(...buckets: readonly Bucket[]): readonly NumberedBucket[] {
  return buckets.map((bucket, number) => ({ number, bucket }))
}

describe('netting sets', () => {
  const MIXED = account([9, 'cross'], [3, 'isolated'], [200, 'cross'], [1, 'isolated'], [7, 'line'])
  const sets: [name: string, bucket: number, members: readonly number[], first: number][] = [
    ['the pool nets with all cross buckets, in ascending number', POOL, [0, 9, 200], 0],
    ['a cross bucket belongs to the same set', 200, [0, 9, 200], 0],
    ['an isolated bucket stands alone', 3, [3], 3],
    ['so does a line bucket', 7, [7], 7],
  ]
  test.each(sets)('%s', (_name, bucket, members, first) => {
    expect(nettingSet(MIXED, bucket).map(({ number }) => number)).toEqual(members)
    expect(nettingSetOf(MIXED.buckets.get(bucket) ?? emptyBucket('cross'), bucket)).toBe(first)
  })

  test('a bucket that does not exist has no set', () => {
    expect(nettingSet(MIXED, 2)).toEqual([])
  })

  test('each set is numbered once: the pool, then each isolated or line bucket', () => {
    expect(nettingSetNumbers(MIXED)).toEqual([0, 1, 3, 7])
    expect(nettingSetNumbers(account())).toEqual([0])
    expect(nettingSetNumbers(account([5, 'cross']))).toEqual([0])
  })

  test('lines are those of line buckets that have one, in ascending number whatever order they were opened in', () => {
    const lined = (owner: Account, number: number, line: bigint) =>
      withBucket(owner, number, withLine(emptyBucket('line'), value(line)))
    const owner = [9, 200, 30].reduce((before, number) => lined(before, number, 1n), MIXED)
    expect(lineNumbers(owner)).toEqual([9, 30, 200])
    expect(lineNumbers(lined(owner, 30, 0n))).toEqual([9, 200])
    expect(lineNumbers(MIXED)).toEqual([])
    expect(lineNumbers(account())).toEqual([])
  })
})

describe('a portfolio', () => {
  test('of one bucket holds its balances with interest and its positions', () => {
    const bucket = trading(holding(emptyBucket('cross'), USDC, 100n), BTC_PERP, 2n, 50n)
    expect(portfolioOf(numbered(bucket), BOOKS)).toEqual({
      holdings: [{ asset: USDC, quantity: 110n * ONE }],
      positions: [{ market: BTC_PERP, quantity: 2n * ONE, cost: 100n * WIDE, fundingBasis: 2n * WIDE }],
    })
  })

  test('merges the same asset and market over the buckets that net, in the order they first appear', () => {
    const pool = trading(holding(emptyBucket('cross'), USDC, 100n), BTC_PERP, 2n, 50n)
    const second = trading(trading(emptyBucket('cross'), ETH_PERP, 1n, 3n), BTC_PERP, -5n, 60n)
    const third = holding(holding(emptyBucket('cross'), ETH, 7n), USDC, -40n)
    expect(portfolioOf(numbered(pool, second, third), BOOKS)).toEqual({
      holdings: [
        // A debt of 40 grows with the borrow index, which has not moved.
        { asset: USDC, quantity: 70n * ONE },
        { asset: ETH, quantity: 7n * ONE },
      ],
      positions: [
        // 2 - 5 contracts; 2*50 - 5*60 paid; funding index 1 at both trades.
        { market: BTC_PERP, quantity: -3n * ONE, cost: -200n * WIDE, fundingBasis: -3n * WIDE },
        { market: ETH_PERP, quantity: ONE, cost: 3n * WIDE, fundingBasis: WIDE },
      ],
    })
  })

  test('leaves out what adds up to nothing', () => {
    const [pool, second] = [holding(emptyBucket('cross'), ETH, 7n), holding(emptyBucket('cross'), ETH, -7n)]
    expect(portfolioOf(numbered(pool, second), BOOKS).holdings).toEqual([])
    expect(portfolioOf([], BOOKS)).toEqual({ holdings: [], positions: [] })
  })

  test('counts no interest on an asset that has no book', () => {
    const bucket = holding(emptyBucket('cross'), assetId('GONE'), 3n)
    expect(portfolioOf(numbered(bucket), BOOKS).holdings).toEqual([{ asset: 'GONE', quantity: 3n * ONE }])
  })
})

describe('a liability', () => {
  const CALL = marketId('BTC-CALL')
  const listed = (terms: Market): ListedMarket => ({
    terms,
    status: 'open',
    mark: undefined,
    fundingIndex: NO_FUNDING,
    openInterest: NO_QUANTITY,
  })
  const MARKETS: MarketView = {
    assets: new Map(),
    markets: new Map([
      [BTC_PERP, listed(perpetualTerms({ id: BTC_PERP }))],
      [CALL, listed(optionTerms({ id: CALL }))],
    ]),
  }
  const options = (size: bigint) =>
    withPosition(emptyBucket('cross'), CALL, moveOptions(NO_POSITION, quantity(size * ONE)))
  const lent = holding(emptyBucket('cross'), USDC, 100n)
  const closed = trading(trading(lent, BTC_PERP, 2n, 50n), BTC_PERP, -2n, 60n)
  const table: [name: string, bucket: Bucket, owes: boolean][] = [
    ['nobody who holds nothing owes', emptyBucket('cross'), false],
    ['who only holds owes nothing', lent, false],
    ['a debt is owed whatever else is held', holding(lent, ETH, -1n), true],
    ['a long position is owed', trading(lent, BTC_PERP, 1n, 50n), true],
    ['a short position is owed', trading(lent, BTC_PERP, -1n, 50n), true],
    ['a closed position is owed until it is settled', closed, true],
    ['an option held long was paid for', options(1n), false],
    ['a short option is owed', options(-1n), true],
  ]
  test.each(table)('%s', (_name, bucket, owes) => {
    expect(hasLiability(portfolioOf(numbered(bucket), BOOKS), MARKETS)).toBe(owes)
  })

  test('a debt in one bucket covered by another of the same set is none', () => {
    const [pool, second] = [holding(emptyBucket('cross'), ETH, 7n), holding(emptyBucket('cross'), ETH, -6n)]
    expect(hasLiability(portfolioOf(numbered(pool, second), BOOKS), MARKETS)).toBe(false)
  })
})

test('orders of a set are the orders of all its buckets', () => {
  const order = (id: string) =>
    ({ id: orderId(id), market: BTC_PERP, side: 'buy', remaining: quantity(ONE), limit: price(ONE) }) as const
  const first = withOrder(withOrder(emptyBucket('cross'), orderId('1'), order('1')), orderId('2'), order('2'))
  const second = withOrder(emptyBucket('cross'), orderId('3'), order('3'))
  expect(ordersOf(numbered(first, second)).map(({ id }) => id)).toEqual(['1', '2', '3'])
})
