import { add, isPositive, isZero } from '../quantity/arithmetic.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { NO_QUANTITY } from '../quantity/quantity.ts'
import { type Rate, UNIT_INDEX } from '../quantity/rate.ts'
import { NO_VALUE, type Value } from '../quantity/value.ts'
import { type AccountId, type AssetId, accountId, type MarketId, type OrderId } from '../instrument/identifier.ts'
import { indexFor, type Lending, withInterest } from './lending.ts'
import type { Order } from './order.ts'
import { isEmptyPosition, NO_POSITION, type Position } from './position.ts'

/** Balance as it stood when it was last touched, and the interest index of that moment. */
export interface Balance {
  readonly principal: Quantity
  readonly index: Rate
}

/**
 * `cross`: margined together with the pool. `isolated`: on its own, it can lose what was put in and no more. `line`: on its own,
 * with a limited guarantee of the pool (METHODOLOGY 7).
 */
export type BucketMode = 'cross' | 'isolated' | 'line'

export interface Bucket {
  readonly mode: BucketMode
  /** What the pool guarantees, USD, > 0. Absent: nothing. Only a `line` bucket has one. */
  readonly line?: Value
  readonly balances: ReadonlyMap<AssetId, Balance>
  readonly positions: ReadonlyMap<MarketId, Position>
  readonly orders: ReadonlyMap<OrderId, Order>
}

/** An owner's buckets by number. Bucket 0 is the pool and always there. An immutable record: a change replaces it. */
export interface Account {
  readonly id: AccountId
  readonly buckets: ReadonlyMap<number, Bucket>
}

export const POOL = 0
export const LAST_BUCKET = 255

/** The house account that stands for the outside world: outside margin and lending (METHODOLOGY 1a). */
export const MARKET_ACCOUNT = accountId('market')

const EMPTY = new Map<never, never>()

export function emptyBucket(mode: BucketMode): Bucket {
  return { mode, balances: EMPTY, positions: EMPTY, orders: EMPTY }
}

export function openAccount(id: AccountId): Account {
  return { id, buckets: new Map([[POOL, emptyBucket('cross')]]) }
}

/** Balance of an asset with its interest; zero when there is none. The market account's carries none. */
export function balanceOf(bucket: Bucket, asset: AssetId, lending: Lending | undefined): Quantity {
  const balance = bucket.balances.get(asset)
  if (balance === undefined) return NO_QUANTITY
  return lending === undefined ? balance.principal : withInterest(balance.principal, balance.index, lending)
}

/** Bucket after a signed amount is added to its balance, interest included. Without lending the balance carries none. */
export function creditBucket(bucket: Bucket, asset: AssetId, amount: Quantity, lending: Lending | undefined): Bucket {
  const principal = add(balanceOf(bucket, asset, lending), amount)
  const index = lending === undefined ? UNIT_INDEX : indexFor(principal, lending)
  return {
    ...bucket,
    balances: withEntry(bucket.balances, asset, isZero(principal) ? undefined : { principal, index }),
  }
}

/** What the pool guarantees of a bucket: nothing unless it is a `line` bucket with a line. */
export function lineOf(bucket: Bucket): Value {
  return bucket.line ?? NO_VALUE
}

/** Bucket with another line; one of nothing is dropped. */
export function withLine({ line: _before, ...bucket }: Bucket, line: Value): Bucket {
  return isPositive(line) ? { ...bucket, line } : bucket
}

/** Bucket in another mode: a line ends with the mode it was granted in. */
export function withMode(bucket: Bucket, mode: BucketMode): Bucket {
  return bucket.mode === mode ? bucket : { ...withLine(bucket, NO_VALUE), mode }
}

/** Position in a market; empty when there is none. */
export function positionOf(bucket: Bucket, market: MarketId): Position {
  return bucket.positions.get(market) ?? NO_POSITION
}

/** Bucket with a position replaced; an empty one is dropped. */
export function withPosition(bucket: Bucket, market: MarketId, position: Position): Bucket {
  return { ...bucket, positions: withEntry(bucket.positions, market, isEmptyPosition(position) ? undefined : position) }
}

/** Bucket with an order placed or replaced; `undefined` removes it. */
export function withOrder(bucket: Bucket, id: OrderId, order: Order | undefined): Bucket {
  return { ...bucket, orders: withEntry(bucket.orders, id, order) }
}

/** Account with a bucket added or replaced. */
export function withBucket(account: Account, number: number, bucket: Bucket): Account {
  return { ...account, buckets: withEntry(account.buckets, number, bucket) }
}

function withEntry<Key, Row>(rows: ReadonlyMap<Key, Row>, key: Key, row: Row | undefined): ReadonlyMap<Key, Row> {
  const copy = new Map(rows)
  if (row === undefined) copy.delete(key)
  else copy.set(key, row)
  return copy
}
