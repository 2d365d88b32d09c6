import { absolute, add, isLess, isNegative, isZero } from '../quantity/arithmetic.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { type Bucket, positionOf } from '../ledger/account.ts'
import { requireBucket } from '../ledger/books.ts'
import type { Order } from '../ledger/order.ts'
import { bucketRejection } from './bucket-check.ts'
import type { Command } from './command.ts'
import { priceBandRejection, sizeRejection, tradedPriceRejection } from './decide-fill.ts'
import { expiredRejection } from './decide-expire.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import type { Event } from './event.ts'
import { tradeExposureRejection } from './exposure-bound.ts'
import { isReduceOnly } from './listing-limits.ts'
import { newRiskRejection, testedPriceRejection } from './line-check.ts'
import { initialOf, viewNettingSet } from './margin-check.ts'
import type { ReadonlyState } from './state.ts'
import { tried } from './trial.ts'

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>

/** A resting order is margined at its worst side from the moment it is placed. Checks as for a fill, without the other side. */
export function decidePlaceOrder(state: ReadonlyState, command: CommandOf<'placeOrder'>, time: Timestamp): Decision {
  const { account, bucket, market, side, quantity, limit } = command
  const listed = state.markets.get(market)
  if (listed === undefined) return rejected({ reason: 'UnknownMarket', market })
  if (listed.status === 'paused') return rejected({ reason: 'MarketNotOpen', market, status: listed.status })
  const problem =
    expiredRejection(listed.terms, time) ??
    bucketRejection(state, account, bucket) ??
    sizeRejection(listed.terms, quantity) ??
    priceBandRejection(state, listed, limit, time) ??
    tradeExposureRejection(state, listed, limit, quantity)
  if (problem !== undefined) return rejected(problem)
  const held = requireBucket(state, account, bucket)
  if (held.orders.has(command.order)) return rejected({ reason: 'OrderExists', order: command.order })
  const order: Order = { id: command.order, market, side, remaining: quantity, limit }
  const addsRisk = isRiskAdding(held, order)
  if (addsRisk && isReduceOnly(state, listed))
    return rejected({ reason: 'MarketNotOpen', market, status: 'reduceOnly' })
  const risk = state.risk
  if (risk === undefined) return rejected({ reason: 'NoEpoch' })
  const events: Event[] = [{ type: 'OrderPlaced', account, bucket, order }]
  const after = tried(state, events)
  const [before, now] = [viewNettingSet(state, account, bucket), viewNettingSet(after, account, bucket)]
  if (before === undefined || now === undefined) return rejected({ reason: 'UnknownBucket', account, bucket })
  const badPrice = addsRisk
    ? (tradedPriceRejection(state, listed.terms, time) ?? testedPriceRejection(after, risk, now, time))
    : undefined
  if (badPrice !== undefined) return rejected(badPrice)
  const [marginBefore, marginAfter] = [initialOf(state, risk, before, time), initialOf(after, risk, now, time)]
  // An order that can only shrink a position, at no extra requirement, may rest below initial margin too (METHODOLOGY 1b: reduce).
  if (!addsRisk && !isLess(marginBefore.requirement, marginAfter.requirement)) return accepted(...events)
  const refused = newRiskRejection(marginBefore, { state: after, risk, view: now, side: marginAfter, time })
  return refused === undefined ? accepted(...events) : rejected(refused)
}

/** Cancelling is always allowed. */
export function decideCancelOrder(
  state: ReadonlyState,
  { account, bucket, order }: CommandOf<'cancelOrder'>,
): Decision {
  const problem = bucketRejection(state, account, bucket)
  if (problem !== undefined) return rejected(problem)
  const found = requireBucket(state, account, bucket).orders.get(order)
  if (found === undefined) return rejected({ reason: 'UnknownOrder', order })
  return accepted({ type: 'OrderCancelled', account, bucket, order: found })
}

/**
 * Whether an order, together with the others resting on its side of its market, could do more than shrink the position
 * held in its bucket. A spot order always adds risk: it changes what the collateral is.
 */
export function isRiskAdding(bucket: Bucket, order: Order): boolean {
  const held = positionOf(bucket, order.market).quantity
  if (isZero(held) || isNegative(held) === (order.side === 'sell')) return true
  let resting = order.remaining
  for (const other of bucket.orders.values()) {
    if (other.market === order.market && other.side === order.side && other.id !== order.id)
      resting = add(resting, other.remaining)
  }
  return isLess(absolute(held), resting)
}
