import type { Account } from '../../src/core/ledger/account.ts'
import type { ReadonlyState, Risk } from '../../src/core/clearing/state.ts'
import type { Adoption, AuditBooks, AuditQuote, AuditVolatilities } from './audit-books.ts'
import { openInterestOf } from './observe.ts'

/** Where the clearinghouse and the accountant differ, to the last atom: one line for each place, none if they agree. */
export function compare(books: AuditBooks, state: ReadonlyState): readonly string[] {
  const differences: string[] = []
  const same = (what: string, engine: unknown, audit: unknown) => {
    if (engine !== audit) differences.push(`${what}: engine ${String(engine)}, accountant ${String(audit)}`)
  }
  const counted = { buckets: 0, balances: 0, positions: 0, orders: 0 }
  for (const account of state.accounts.values()) {
    compareAccount(books, account, same)
    for (const bucket of account.buckets.values()) {
      counted.buckets += 1
      counted.balances += bucket.balances.size
      counted.positions += bucket.positions.size
      counted.orders += bucket.orders.size
    }
  }
  // Every row of the engine was found; as many of them as the accountant has means there are no others.
  same('number of buckets', counted.buckets, books.buckets.size)
  same('number of balances', counted.balances, books.balances.size)
  same('number of positions', counted.positions, books.positions.size)
  same('number of orders', counted.orders, books.orders.size)
  compareAssets(books, state, same)
  compareMarkets(books, state, same)
  for (const [underlying, { observedAt, index, slices }] of state.volatilities.entries()) {
    const row = books.volatilities.get(underlying)
    same(`volatilities of ${underlying}`, `${observedAt} ${index} ${slices.length}`, describeReport(row))
  }
  same('epoch', state.risk?.epoch, books.epoch)
  same(
    'ramps',
    state.risk === undefined ? '' : describeRisk(state.risk),
    books.adoptions.map(describeAdoption).join(', '),
  )
  return differences
}

type Same = (what: string, engine: unknown, audit: unknown) => void

function compareAccount(books: AuditBooks, { id, buckets }: Account, same: Same): void {
  for (const [number, bucket] of buckets) {
    const at = `${id} ${number}`
    const line = books.lines.get(at)
    same(`line of ${at}`, bucket.line ?? 0n, line === undefined ? 0n : line.granted - line.paid)
    same(`mode of ${at}`, bucket.mode, books.buckets.get(at))
    for (const [asset, { principal, index }] of bucket.balances) {
      const entry = books.balances.get(`${at} ${asset}`)
      same(`${asset} of ${at}`, principal, entry?.amount)
      same(`interest index of ${asset} of ${at}`, index, entry?.index)
    }
    for (const [market, position] of bucket.positions) {
      const row = books.positions.get(`${at} ${market}`)
      same(`contracts of ${market} of ${at}`, position.quantity, row?.quantity)
      same(`cost of ${market} of ${at}`, position.cost, row?.cost)
      same(`funding basis of ${market} of ${at}`, position.fundingBasis, row?.funding)
    }
    for (const [id, order] of bucket.orders) {
      const row = books.orders.get(`${at} ${id}`)
      same(`order ${id} of ${at}`, describeOrder(order), row === undefined ? undefined : describeOrder(row))
    }
  }
}

function compareAssets(books: AuditBooks, state: ReadonlyState, same: Same): void {
  let count = 0
  for (const [asset, { ledger, lending }] of state.assetBooks.entries()) {
    count += 1
    const house = books.houses.get(asset)
    for (const column of ['custody', 'fees', 'insuranceFund', 'interestReserve', 'deficit'] as const)
      same(`${column} of ${asset}`, ledger[column], house?.[column])
    same(`what is lent of ${asset}`, lending.suppliedAtMost, house?.rates.lent)
    same(`what is owed of ${asset}`, lending.borrowedAtLeast, house?.rates.owed)
    same(`lenders' index of ${asset}`, lending.supplyIndex, house?.rates.lentIndex)
    same(`borrowers' index of ${asset}`, lending.borrowIndex, house?.rates.owedIndex)
    same(`last accrual of ${asset}`, lending.accruedAt, house?.rates.accruedAt)
    const row = books.assets.get(asset)
    same(`price of ${asset}`, describeQuote(state.assets.get(asset)?.index), describeQuote(row?.quote))
    const listed = state.assets.get(asset)
    same(`exchange rate of ${asset}`, listed?.exchangeRate?.rate, row?.rate)
    same(`eligibility of ${asset}`, listed?.listing?.eligible, row?.listing.eligible)
    same(`weight cap of ${asset}`, listed?.listing?.weightCapPpm, row?.listing.weight)
    same(`cap of ${asset}`, listed?.listing?.holdingCapUsd, row?.listing.cap)
    same(`terms of ${asset}`, state.assets.get(asset)?.terms, row?.terms)
  }
  same('number of assets', count, books.houses.size)
}

function compareMarkets(books: AuditBooks, state: ReadonlyState, same: Same): void {
  let count = 0
  for (const [market, listed] of state.markets.entries()) {
    count += 1
    const row = books.markets.get(market)
    same(`terms of ${market}`, listed.terms, row?.terms)
    same(`status of ${market}`, listed.status, row?.status)
    same(`mark of ${market}`, describeQuote(listed.mark), describeQuote(row?.mark))
    same(`what ${market} settled at`, listed.settledAt, row?.settledAt)
    same(`funding of ${market}`, listed.fundingIndex, row?.funding)
    same(`open interest of ${market}`, listed.openInterest, openInterestOf(books, market))
  }
  same('number of markets', count, books.markets.size)
}

/** Oldest first, as the accountant keeps them. */
function describeRisk({ epoch, ramp }: Risk): string {
  if (ramp === undefined) return epoch.id
  const { startedAt, durationMs, looseningDelayMs, emergency } = ramp.terms
  const how = `at ${startedAt} in ${durationMs / 60_000}, lower after ${looseningDelayMs / 60_000}, emergency ${emergency}`
  return `${describeRisk(ramp.from)}, ${epoch.id} ${how}`
}

/** Of the oldest it no longer counts how it came in. */
function describeAdoption({ epoch, at, takes, loosensAfter, isEmergency }: Adoption, index: number): string {
  return index === 0
    ? epoch.id
    : `${epoch.id} at ${at} in ${takes}, lower after ${loosensAfter}, emergency ${isEmergency}`
}

function describeReport(row: AuditVolatilities | undefined): string {
  return row === undefined ? 'none' : `${row.observedAt} ${row.index} ${row.slices.length}`
}

function describeQuote(quote: AuditQuote | undefined): string {
  return quote === undefined
    ? 'none'
    : `${quote.price} +- ${quote.halfWidth} at ${quote.observedAt}, guarded ${quote.guarded}, ` +
        `smoothed ${quote.smoothed}, ${quote.bid} to ${quote.ask}`
}

function describeOrder(order: { market: string; side: string; remaining: bigint; limit: bigint }): string {
  return `${order.side} ${order.remaining} ${order.market} at ${order.limit}`
}
