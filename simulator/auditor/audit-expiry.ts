import type { Command } from '../../src/core/clearing/command.ts'
import type { Event } from '../../src/core/clearing/event.ts'
import type { Expiring } from '../../src/core/instrument/market.ts'
import { type AuditBooks, change, houseOf, type AuditMarket, marketOf, putContracts, rowsOf } from './audit-books.ts'

const ONE = 10n ** 18n
const HALF_HOUR = 1_800_000

/** What is wrong with an expiry before it is carried out: the index it names, and the orders it cancels. */
export function auditExpiry(
  books: AuditBooks,
  command: Extract<Command, { type: 'expire' }>,
  events: readonly Event[],
): readonly string[] {
  const faults: string[] = []
  const { observed } = expiryOf(books, command.market)
  const last = events.at(-1)
  const wanted = observed ?? command.index
  if (last?.type !== 'ContractExpired' || last.index !== wanted)
    faults.push(
      `${command.market} expires at ${last?.type === 'ContractExpired' ? last.index : 'nothing'}, not ${wanted}`,
    )
  if (observed !== undefined && command.index !== undefined) faults.push('an index was named though one was observed')
  const resting = [...books.orders.values()].filter(({ market }) => market === command.market).length
  const cancelled = events
    .slice(0, -1)
    .filter((event) => event.type === 'OrderCancelled' && event.order.market === command.market)
  if (cancelled.length !== events.length - 1 || cancelled.length !== resting)
    faults.push(`${cancelled.length} of ${resting} orders were cancelled in ${events.length} events`)
  return faults
}

/** Pays every holder of a contract that has come to its end, and forgets who held it. */
export function carryOutExpiry(books: AuditBooks, { market: name, index }: Extract<Command, { type: 'expire' }>): void {
  const { market, terms, observed } = expiryOf(books, name)
  const price = observed ?? index
  if (price === undefined) throw new Error(`${name} has no index to expire at`)
  const house = houseOf(books, terms.settlement)
  const payments: { at: string; cash: bigint }[] = []
  for (const at of books.buckets.keys()) {
    const held = rowsOf(books.positions, at).find((row) => row.name === name)?.row
    if (held === undefined) continue
    const owed =
      terms.kind === 'future'
        ? held.quantity * price - held.cost + held.funding
        : held.quantity * atExercise(terms.right, terms.strike, price)
    payments.push({ at, cash: (owed - (((owed % ONE) + ONE) % ONE)) / ONE })
    putContracts(books, at, name, { quantity: 0n, cost: 0n, funding: 0n })
  }
  for (const { at, cash } of payments.sort((a, b) => (a.cash < 0n ? 0 : 1) - (b.cash < 0n ? 0 : 1))) {
    change(books, at, terms.settlement, cash)
    house.fees -= cash
  }
  for (const [key, order] of books.orders) if (order.market === name) books.orders.delete(key)
  market.settledAt = price
}

function expiryOf(books: AuditBooks, name: string) {
  const market = marketOf(books, name)
  const { terms } = market
  if (terms.kind !== 'future' && terms.kind !== 'option') throw new Error(`${name} has no end`)
  return { market, terms, observed: averageIndex(books, market, terms) }
}

function atExercise(right: 'call' | 'put', strike: bigint, price: bigint): bigint {
  const gain = right === 'call' ? price - strike : strike - price
  return gain > 0n ? gain : 0n
}

/**
 * Goes through all price reports since the contract was listed: after each that names one of its two assets their ratio counts
 * from the later observation to the next one, while both are fresh, inside the last half hour. A guarded price says nothing.
 */
function averageIndex(books: AuditBooks, { listedAfter }: AuditMarket, terms: Expiring): bigint | undefined {
  const { underlying, settlement, expiry } = terms
  const freshFor = (asset: string) => books.assets.get(asset)?.terms.priceRules.freshForMs ?? 0
  const known = new Map<string, { price: bigint; guarded: boolean; observedAt: number }>()
  const segments: { ratio: bigint; from: number; until: number }[] = []
  for (const [i, { observedAt, assets }] of books.reports.entries()) {
    for (const { asset, price, guarded } of assets) known.set(asset, { price, guarded, observedAt })
    const [base, quote] = [known.get(underlying), known.get(settlement)]
    const concerns = assets.some(({ asset }) => asset === underlying || asset === settlement)
    if (i < listedAfter || !concerns || base === undefined || quote === undefined || base.guarded || quote.guarded)
      continue
    const from = Math.max(expiry - HALF_HOUR, base.observedAt, quote.observedAt)
    const until = Math.min(expiry, base.observedAt + freshFor(underlying), quote.observedAt + freshFor(settlement))
    const ratio = (base.price * ONE) / quote.price
    if (from < until) segments.push({ ratio: ratio === 0n ? 1n : ratio, from, until })
  }
  let [sum, ms] = [0n, 0n]
  for (const [i, { ratio, from, until }] of segments.entries()) {
    const length = BigInt(Math.min(until, segments[i + 1]?.from ?? until) - from)
    sum += ratio * length
    ms += length
  }
  return ms === 0n ? undefined : sum / ms
}
