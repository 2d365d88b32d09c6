import type { Command, FillLeg, Sequenced } from '../../src/core/clearing/command.ts'
import type { Decision } from '../../src/core/clearing/decision.ts'
import type { Event } from '../../src/core/clearing/event.ts'
import {
  accrueAll,
  type AuditBooks,
  change,
  contractsOf,
  houseOf,
  listAsset,
  marketOf,
  putContracts,
  rowsOf,
  trade,
  tradeOptions,
} from './audit-books.ts'
import { auditListing } from './audit-listing.ts'
import { auditExpiry, carryOutExpiry } from './audit-expiry.ts'
import { observeRepricing } from './audit-options.ts'
import { observeLiquidation } from './audit-liquidation.ts'
import { watchCaps } from './audit-caps.ts'
import { auditWithdrawal, watchLending } from './audit-liquidity.ts'
import { adopt } from './audit-ramp.ts'

const ONE = 10n ** 18n

/**
 * Brings the books to where an accepted command must take the clearinghouse; a refused one changes nothing. All but
 * liquidations and repricings are worked out from the command alone; of those the events are read, and each is checked first.
 * Returns what is wrong with the decision itself, in words.
 */
export function observe(books: AuditBooks, { envelope, time }: Sequenced, decision: Decision): readonly string[] {
  // The one thing a refused command changes.
  books.time = time
  const { command } = envelope
  const faults = command.type === 'withdraw' ? auditWithdrawal(books, command, decision) : []
  if (!decision.ok) return faults
  if (command.type === 'liquidate') return observeLiquidation(books, command, decision.events)
  if (command.type === 'reprice') return observeRepricing(books, command.underlying, decision.events)
  const lendingFaults = watchLending(books, command)
  const capFaults = watchCaps(books, command)
  const eventFaults = auditEvents(books, command, decision.events)
  carryOut(books, command, time)
  return [...faults, ...eventFaults, ...lendingFaults(), ...capFaults()]
}

/** One event of a command; of an expiry also what it cancels, and of prices what contracts near their end make of them. */
function auditEvents(books: AuditBooks, command: Plain, events: readonly Event[]): readonly string[] {
  if (command.type === 'expire') return auditExpiry(books, command, events)
  const own = events.filter(({ type }) => command.type !== 'reportPrices' || type !== 'SettlementIndexObserved')
  return own.length === 1 ? [] : [`${command.type} made ${own.length} events`]
}

type Plain = Exclude<Command, { type: 'liquidate' | 'reprice' }>

function carryOut(books: AuditBooks, command: Plain, time: number): void {
  switch (command.type) {
    case 'openAccount':
      books.buckets.set(`${command.account} 0`, 'cross')
      return
    case 'setBucketMode': {
      const at = `${command.account} ${command.bucket}`
      if (command.mode !== 'line') books.lines.delete(at)
      books.buckets.set(at, command.mode)
      return
    }
    case 'setBucketLine':
      books.lines.set(`${command.account} ${command.bucket}`, { granted: command.limit, paid: 0n })
      return
    case 'deposit':
    case 'withdraw':
    case 'transfer':
    case 'fundInsurance':
    case 'writeOffDeficit':
      moveCash(books, command)
      return
    case 'fill':
      carryOutFill(books, command)
      return
    case 'placeOrder':
      books.orders.set(`${command.account} ${command.bucket} ${command.order}`, {
        market: command.market,
        side: command.side,
        remaining: command.quantity,
        limit: command.limit,
      })
      return
    case 'cancelOrder':
      books.orders.delete(`${command.account} ${command.bucket} ${command.order}`)
      return
    case 'settle':
      settle(books, command.market)
      return
    case 'expire':
      carryOutExpiry(books, command)
      return
    case 'accrueInterest':
      accrueAll(books, time)
      return
    default:
      changeWorld(books, command, time)
  }
}

type Cash = Extract<Plain, { readonly type: 'deposit' | 'withdraw' | 'transfer' | 'fundInsurance' | 'writeOffDeficit' }>

function moveCash(books: AuditBooks, command: Cash): void {
  const { asset, quantity } = command
  const house = houseOf(books, asset)
  switch (command.type) {
    case 'deposit':
      house.custody += quantity
      change(books, `${command.account} ${command.bucket}`, asset, quantity)
      return
    case 'withdraw':
      house.custody -= quantity
      change(books, `${command.account} ${command.bucket}`, asset, -quantity)
      return
    case 'transfer':
      change(books, `${command.account} ${command.from}`, asset, -quantity)
      change(books, `${command.account} ${command.to}`, asset, quantity)
      return
    case 'fundInsurance':
      house.custody += quantity
      house.insuranceFund += quantity
      return
    case 'writeOffDeficit':
      house.deficit -= quantity
      if (command.source === 'custody') house.custody += quantity
      else house[command.source] -= quantity
      return
    default:
      command satisfies never
  }
}

function carryOutFill(books: AuditBooks, fill: Extract<Plain, { type: 'fill' }>): void {
  const { terms } = marketOf(books, fill.market)
  const { quantity, price, buyer, seller } = fill
  const [to, from] = [`${buyer.account} ${buyer.bucket}`, `${seller.account} ${seller.bucket}`]
  if (terms.kind === 'spot') {
    // The buyer pays the next whole atom: quote is what a product of two 1e-18 numbers rounds up to.
    const cost = (quantity * price + ONE - 1n) / ONE
    change(books, from, terms.base, -quantity)
    change(books, to, terms.base, quantity)
    change(books, to, terms.quote, -cost)
    change(books, from, terms.quote, cost)
  } else if (terms.kind === 'option') {
    // The buyer pays the next whole atom, the seller gets the last: the house keeps what is between.
    const premium = quantity * price
    const [paid, received] = [(premium + ONE - 1n) / ONE, premium / ONE]
    tradeOptions(books, to, fill.market, quantity)
    tradeOptions(books, from, fill.market, -quantity)
    change(books, to, terms.settlement, -received)
    change(books, from, terms.settlement, received)
    change(books, to, terms.settlement, received - paid)
    houseOf(books, terms.settlement).fees += paid - received
  } else {
    trade(books, to, fill.market, quantity, price)
    trade(books, from, fill.market, -quantity, price)
  }
  const paidIn = terms.kind === 'spot' ? terms.quote : terms.settlement
  const payersFirst = [buyer, seller].sort((a, b) => (a.fee < 0n ? 1 : 0) - (b.fee < 0n ? 1 : 0))
  for (const leg of payersFirst) payFee(books, leg, paidIn)
  for (const leg of [buyer, seller]) reduceOrder(books, leg, quantity)
}

function payFee(books: AuditBooks, { account, bucket, fee }: FillLeg, asset: string): void {
  change(books, `${account} ${bucket}`, asset, -fee)
  houseOf(books, asset).fees += fee
}

function reduceOrder(books: AuditBooks, { account, bucket, order }: FillLeg, quantity: bigint): void {
  const key = `${account} ${bucket} ${order}`
  const resting = books.orders.get(key)
  if (order === undefined || resting === undefined) return
  if (resting.remaining === quantity) books.orders.delete(key)
  else books.orders.set(key, { ...resting, remaining: resting.remaining - quantity })
}

/** Everybody's unsettled amount becomes cash, whole atoms only; what the atoms leave over stays with the house as fees. */
function settle(books: AuditBooks, name: string): void {
  const { terms, mark, funding } = marketOf(books, name)
  if (terms.kind === 'spot' || mark === undefined) throw new Error(`${name} cannot be settled`)
  const payments: { at: string; cash: bigint }[] = []
  for (const at of books.buckets.keys()) {
    const held = rowsOf(books.positions, at).find((row) => row.name === name)?.row
    if (held === undefined) continue
    const owed = held.quantity * mark.price - held.cost + held.funding - held.quantity * funding
    const whole = owed / ONE
    payments.push({ at, cash: whole * ONE > owed ? whole - 1n : whole })
    const { quantity } = held
    putContracts(books, at, name, { quantity, cost: quantity * mark.price, funding: quantity * funding })
  }
  const house = houseOf(books, terms.settlement)
  for (const { at, cash } of payments.sort((a, b) => (a.cash < 0n ? 0 : 1) - (b.cash < 0n ? 0 : 1))) {
    change(books, at, terms.settlement, cash)
    house.fees -= cash
  }
}

type World = Extract<
  Plain,
  {
    readonly type:
      | 'reportPrices'
      | 'reportVolatilities'
      | 'accrueFunding'
      | 'adoptEpoch'
      | 'setMarketStatus'
      | 'listAsset'
      | 'listMarket'
      | 'reviewAsset'
      | 'delistAsset'
      | 'delistMarket'
      | 'upgradeProtocol'
  }
>

function changeWorld(books: AuditBooks, command: World, time: number): void {
  switch (command.type) {
    case 'reportPrices':
      reportPrices(books, command)
      return
    case 'reportVolatilities': {
      const index = books.assets.get(command.underlying)?.quote?.price ?? 0n
      books.volatilities.set(command.underlying, { ...command, index })
      return
    }
    case 'accrueFunding': {
      const market = marketOf(books, command.market)
      const paid = (market.mark?.price ?? 0n) * command.rate
      market.funding += (paid - (((paid % ONE) + ONE) % ONE)) / ONE
      return
    }
    case 'adoptEpoch':
      books.epoch = command.epoch
      adopt(books, command, time)
      return
    case 'setMarketStatus':
      marketOf(books, command.market).status = command.status
      return
    case 'listAsset':
      listAsset(books, command.asset, auditListing(command.evidence), time)
      return
    case 'reviewAsset': {
      const row = books.assets.get(command.asset)
      if (row !== undefined) row.listing = auditListing(command.evidence)
      return
    }
    case 'listMarket':
      books.markets.set(command.market.id, {
        terms: command.market,
        status: 'open',
        mark: undefined,
        funding: 0n,
        listedAfter: books.reports.length,
        settledAt: undefined,
      })
      return
    case 'delistAsset':
      books.assets.delete(command.asset)
      books.houses.delete(command.asset)
      books.volatilities.delete(command.asset)
      return
    case 'delistMarket':
      books.markets.delete(command.market)
      return
    case 'upgradeProtocol':
      return
    default:
      command satisfies never
  }
}

function reportPrices(books: AuditBooks, command: Extract<World, { type: 'reportPrices' }>): void {
  const { observedAt } = command
  books.reports.push({ observedAt, assets: command.assets })
  for (const { asset, confidencePpm: _, ...report } of command.assets) {
    const row = books.assets.get(asset)
    if (row !== undefined) row.quote = { ...report, observedAt }
  }
  for (const { asset, rate } of command.exchangeRates ?? []) {
    const row = books.assets.get(asset)
    if (row !== undefined) row.rate = rate
  }
  for (const { market, confidencePpm: _, ...report } of command.marks)
    marketOf(books, market).mark = { ...report, observedAt }
}

/** Contracts a bucket ("account bucket") holds long, summed over all buckets: what open interest must be. */
export function openInterestOf(books: AuditBooks, market: string): bigint {
  let longs = 0n
  for (const at of books.buckets.keys()) {
    const { quantity } = contractsOf(books, at, market)
    if (quantity > 0n) longs += quantity
  }
  return longs
}
