import { add, isNegative, isPositive, isZero } from '../quantity/arithmetic.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { AssetId, MarketId } from '../instrument/identifier.ts'
import type { MarketView } from '../market/listing.ts'
import { type Account, type Bucket, balanceOf, lineOf, POOL } from '../ledger/account.ts'
import type { AssetBook } from '../ledger/books.ts'
import type { Order } from '../ledger/order.ts'
import type { Position } from '../ledger/position.ts'
import type { ReadonlyTable } from '../ledger/table.ts'

/** What risk sees of a netting set: its assets and contracts, each merged over the buckets that net. */
export interface Portfolio {
  readonly holdings: readonly Holding[]
  readonly positions: readonly OpenPosition[]
}

/** Balance of one asset with its interest; negative is a borrow. Never zero. */
export interface Holding {
  readonly asset: AssetId
  readonly quantity: Quantity
}

/** Contracts of one market. The quantity may be zero while profit or loss is still to be settled. */
export interface OpenPosition extends Position {
  readonly market: MarketId
}

/** A netting set is named by its account and first bucket: the pool with all its cross buckets, or one isolated or line bucket. */
export interface NumberedBucket {
  readonly number: number
  readonly bucket: Bucket
}

/** Buckets margined together with this one, in ascending number. Empty when there is no such bucket. */
export function nettingSet(account: Account, number: number): readonly NumberedBucket[] {
  const wanted = account.buckets.get(number)
  if (wanted === undefined) return []
  if (wanted.mode !== 'cross') return [{ number, bucket: wanted }]
  return [...account.buckets]
    .filter(([, bucket]) => bucket.mode === 'cross')
    .map(([crossed, bucket]) => ({ number: crossed, bucket }))
    .sort((a, b) => a.number - b.number)
}

/** First bucket of every netting set of an account, ascending: the pool, then each isolated or line bucket. */
export function nettingSetNumbers(account: Account): readonly number[] {
  if (account.buckets.size === 1) return ONLY_POOL
  const alone = [...account.buckets].filter(([, bucket]) => bucket.mode !== 'cross').map(([number]) => number)
  return [POOL, ...alone.sort((a, b) => a - b)]
}

/** Numbers of the buckets the pool guarantees something of, in the order in which they are served: ascending. */
export function lineNumbers(account: Account): readonly number[] {
  if (account.buckets.size === 1) return NONE
  const lines = [...account.buckets].filter(([, bucket]) => isPositive(lineOf(bucket))).map(([number]) => number)
  return lines.sort((a, b) => a - b)
}

/** Number under which the netting set of a bucket is known. */
export function nettingSetOf(bucket: Bucket, number: number): number {
  return bucket.mode === 'cross' ? POOL : number
}

/** The buckets' assets and contracts merged, in the order they first appear. */
export function portfolioOf(buckets: readonly NumberedBucket[], books: ReadonlyTable<AssetId, AssetBook>): Portfolio {
  const only = buckets.length === 1 ? buckets[0] : undefined
  if (only !== undefined) return portfolioOfBucket(only.bucket, books)
  const holdings = new Map<AssetId, Quantity>()
  const positions = new Map<MarketId, OpenPosition>()
  for (const { bucket } of buckets) {
    const part = portfolioOfBucket(bucket, books)
    for (const { asset, quantity } of part.holdings) {
      const held = holdings.get(asset)
      holdings.set(asset, held === undefined ? quantity : add(held, quantity))
    }
    for (const position of part.positions)
      positions.set(position.market, merged(positions.get(position.market), position))
  }
  return {
    holdings: [...holdings]
      .filter(([, quantity]) => !isZero(quantity))
      .map(([asset, quantity]) => ({ asset, quantity })),
    positions: [...positions.values()],
  }
}

/**
 * Whether anything is owed: a negative balance or a contract, but for options held long, which were paid for and never cost
 * anything more. Who owes nothing is never liquidated.
 */
export function hasLiability(portfolio: Portfolio, view: MarketView): boolean {
  return (
    portfolio.holdings.some(({ quantity }) => isNegative(quantity)) ||
    portfolio.positions.some(
      ({ market, quantity }) => view.markets.get(market)?.terms.kind !== 'option' || isNegative(quantity),
    )
  )
}

/** Resting orders of the netting set. */
export function ordersOf(buckets: readonly NumberedBucket[]): readonly Order[] {
  return buckets.flatMap(({ bucket }) => [...bucket.orders.values()])
}

const ONLY_POOL: readonly number[] = [POOL]
const NONE: readonly number[] = []

function portfolioOfBucket(bucket: Bucket, books: ReadonlyTable<AssetId, AssetBook>): Portfolio {
  const holdings: Holding[] = []
  for (const asset of bucket.balances.keys()) {
    const quantity = balanceOf(bucket, asset, books.get(asset)?.lending)
    if (!isZero(quantity)) holdings.push({ asset, quantity })
  }
  const positions: OpenPosition[] = []
  for (const [market, position] of bucket.positions) positions.push({ market, ...position })
  return { holdings, positions }
}

function merged(a: OpenPosition | undefined, b: OpenPosition): OpenPosition {
  if (a === undefined) return b
  return {
    market: b.market,
    quantity: add(a.quantity, b.quantity),
    cost: add(a.cost, b.cost),
    fundingBasis: add(a.fundingBasis, b.fundingBasis),
  }
}
