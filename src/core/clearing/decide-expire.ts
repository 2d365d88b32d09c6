import type { Timestamp } from '../quantity/timestamp.ts'
import { compareNames, type MarketId } from '../instrument/identifier.ts'
import { expiringTerms, type Market } from '../instrument/market.ts'
import { settlementIndexDown } from '../market/settlement-index.ts'
import type { Command } from './command.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import type { Event } from './event.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'

/** Why a market takes no trades any more: its contract has come to its end, settled or not. */
export function expiredRejection(terms: Market, time: Timestamp): Rejection | undefined {
  const expiry = expiringTerms(terms)?.expiry
  if (expiry === undefined || time < expiry) return undefined
  return { reason: 'ContractExpired', market: terms.id, expiry }
}

/**
 * A contract comes to its end: its orders are cancelled and all holders are paid at the time-weighted index of its window.
 * Where no usable price fell into the window it is refused until the risk role names the index: anything else would let a
 * dead feed, or whoever silenced it, choose the price. Checked in this order: market, kind, whether it is over already, time,
 * index.
 */
export function decideExpire(
  state: ReadonlyState,
  { market, index: named }: Extract<Command, { type: 'expire' }>,
  time: Timestamp,
): Decision {
  const listed = state.markets.get(market)
  if (listed === undefined || listed.terms.kind === 'spot') return rejected({ reason: 'UnknownMarket', market })
  const terms = expiringTerms(listed.terms)
  if (terms === undefined) return rejected({ reason: 'WrongMarketKind', market, kind: listed.terms.kind })
  const { expiry } = terms
  if (listed.settledAt !== undefined) return rejected({ reason: 'ContractExpired', market, expiry })
  if (time < expiry) return rejected({ reason: 'NotExpired', market, expiry, time })
  const observed = settlementIndexDown(listed.settling)
  if (observed !== undefined && named !== undefined)
    return rejected({ reason: 'SettlementIndexKnown', market, index: observed })
  const index = observed ?? named
  if (index === undefined) return rejected({ reason: 'NoSettlementIndex', market, expiry })
  return accepted(...cancellations(state, market), { type: 'ContractExpired', market, index })
}

/** All resting orders of a market, by account, bucket and name. */
function cancellations(state: ReadonlyState, market: MarketId): readonly Event[] {
  const accounts = [...state.accounts.values()].sort((a, b) => compareNames(a.id, b.id))
  return accounts.flatMap(({ id: account, buckets }) =>
    [...buckets]
      .sort(([a], [b]) => a - b)
      .flatMap(([bucket, { orders }]) =>
        [...orders.values()]
          .filter((order) => order.market === market)
          .sort((a, b) => compareNames(a.id, b.id))
          .map((order): Event => ({ type: 'OrderCancelled', account, bucket, order })),
      ),
  )
}
