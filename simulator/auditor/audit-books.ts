import type { Asset } from '../../src/core/instrument/asset.ts'
import type { Market } from '../../src/core/instrument/market.ts'
import type { Epoch } from '../../src/core/market/epoch.ts'
import type { AuditListing } from './audit-listing.ts'
import type { ReportedSlice } from '../../src/core/market/volatility-report.ts'
import { accrueRates, openRates, type Rates, withInterest, yearlyPpm } from './audit-interest.ts'

/**
 * The accountant's own books: plain bigint, keys are names joined by a blank (no name has one). It shares types with the core,
 * but no arithmetic: whoever breaks the one leaves the other as it was.
 */
export interface AuditBooks {
  /** Time of the last command: how old a price is decides whether its confidence counts. */
  time: number
  epoch: Epoch | undefined
  /** The epochs that count, oldest first: one alone, or those that ramp. */
  adoptions: Adoption[]
  /** "account bucket" -> mode. */
  readonly buckets: Map<string, 'cross' | 'isolated' | 'line'>
  /** "account bucket" -> what was last granted to a line bucket, and what of it was paid since. */
  readonly lines: Map<string, AuditLine>
  /** "account bucket asset" -> amount as last touched, and the interest index of that moment. */
  readonly balances: Map<string, Balance>
  /** "account bucket market" -> contracts and their cash flows since the last settlement. */
  readonly positions: Map<string, Contracts>
  /** "account bucket order" -> what is left of it. */
  readonly orders: Map<string, RestingOrder>
  readonly assets: Map<string, AuditAsset>
  readonly markets: Map<string, AuditMarket>
  readonly houses: Map<string, House>
  /** By underlying. */
  readonly volatilities: Map<string, AuditVolatilities>
  /** Every price report that was taken, in order: what contracts settle at is worked out from all of them. */
  readonly reports: AuditReport[]
}

export interface AuditVolatilities {
  readonly observedAt: number
  readonly index: bigint
  readonly slices: readonly ReportedSlice[]
}

export interface AuditReport {
  readonly observedAt: number
  readonly assets: readonly { readonly asset: string; readonly price: bigint; readonly guarded: boolean }[]
}

/** An epoch with when and how it came in; minutes, but for `at`, which is ms. The first of a venue comes in within no time. */
export interface Adoption {
  readonly epoch: Epoch
  readonly at: number
  readonly takes: number
  readonly loosensAfter: number
  readonly isEmergency: boolean
  /** When the next one cut in. */
  cutAt: number | undefined
}

export interface AuditLine {
  readonly granted: bigint
  paid: bigint
}

export interface Balance {
  readonly amount: bigint
  readonly index: bigint
}

/** quantity 1e-18; cost and funding 1e-36 of the settlement asset. */
export interface Contracts {
  readonly quantity: bigint
  readonly cost: bigint
  readonly funding: bigint
}

export interface RestingOrder {
  readonly market: string
  readonly side: 'buy' | 'sell'
  readonly remaining: bigint
  readonly limit: bigint
}

export interface AuditQuote {
  readonly price: bigint
  readonly halfWidth: bigint
  readonly guarded: boolean
  readonly observedAt: number
  readonly smoothed?: bigint
  readonly bid?: bigint
  readonly ask?: bigint
}

export interface AuditAsset {
  readonly terms: Asset
  quote: AuditQuote | undefined
  /** Of a claim, as last told, 1e-18 of its reference. */
  rate: bigint | undefined
  listing: AuditListing
}

export interface AuditMarket {
  readonly terms: Market
  status: string
  mark: AuditQuote | undefined
  /** What one long contract has paid so far, 1e-18 of the settlement asset. */
  funding: bigint
  /** How many price reports there were before it was listed. */
  readonly listedAfter: number
  /** What it settled at when it came to its end. */
  settledAt: bigint | undefined
}

/** Everything of an asset that is in no bucket. */
export interface House {
  custody: bigint
  fees: bigint
  insuranceFund: bigint
  interestReserve: bigint
  deficit: bigint
  rates: Rates
}

/** The house account for the outside world: no interest, no margin. */
export const MARKET = 'market'

export function openBooks(): AuditBooks {
  return {
    time: 0,
    epoch: undefined,
    adoptions: [],
    buckets: new Map([[`${MARKET} 0`, 'cross']]),
    lines: new Map(),
    balances: new Map(),
    positions: new Map(),
    orders: new Map(),
    assets: new Map(),
    markets: new Map(),
    houses: new Map(),
    volatilities: new Map(),
    reports: [],
  }
}

/** The house's part of an asset. Throws when the asset was never listed. */
export function houseOf(books: AuditBooks, asset: string): House {
  const house = books.houses.get(asset)
  if (house === undefined) throw new Error(`the accountant knows no asset ${asset}`)
  return house
}

export function listAsset(books: AuditBooks, terms: Asset, listing: AuditListing, time: number): void {
  books.assets.set(terms.id, { terms, quote: undefined, rate: undefined, listing })
  books.houses.set(terms.id, {
    custody: 0n,
    fees: 0n,
    insuranceFund: 0n,
    interestReserve: 0n,
    deficit: 0n,
    rates: openRates(time),
  })
}

/** What a bucket has of an asset now, interest included. */
export function balanceNow(books: AuditBooks, at: string, asset: string): bigint {
  const entry = books.balances.get(`${at} ${asset}`)
  if (entry === undefined) return 0n
  return isMarket(at) ? entry.amount : withInterest(entry.amount, entry.index, houseOf(books, asset).rates)
}

/** Adds to a bucket's balance. The interest it earned or owes until now comes out of the interest reserve first. */
export function change(books: AuditBooks, at: string, asset: string, amount: bigint): void {
  if (amount === 0n) return
  const house = houseOf(books, asset)
  const before = balanceNow(books, at, asset)
  const after = before + amount
  house.interestReserve -= before - (books.balances.get(`${at} ${asset}`)?.amount ?? 0n)
  if (!isMarket(at)) countLoans(house.rates, before, after)
  if (after === 0n) books.balances.delete(`${at} ${asset}`)
  else books.balances.set(`${at} ${asset}`, { amount: after, index: indexFor(at, after, house.rates) })
}

/** Adds to a bucket's contracts. */
export function trade(books: AuditBooks, at: string, market: string, bought: bigint, price: bigint): void {
  const { funding } = marketOf(books, market)
  const held = contractsOf(books, at, market)
  putContracts(books, at, market, {
    quantity: held.quantity + bought,
    cost: held.cost + bought * price,
    funding: held.funding + bought * funding,
  })
}

/** Adds to a bucket's options: their price is paid at once. */
export function tradeOptions(books: AuditBooks, at: string, market: string, bought: bigint): void {
  const held = contractsOf(books, at, market)
  putContracts(books, at, market, { ...held, quantity: held.quantity + bought })
}

export function contractsOf(books: AuditBooks, at: string, market: string): Contracts {
  return books.positions.get(`${at} ${market}`) ?? { quantity: 0n, cost: 0n, funding: 0n }
}

export function putContracts(books: AuditBooks, at: string, market: string, contracts: Contracts): void {
  const isEmpty = contracts.quantity === 0n && contracts.cost === 0n && contracts.funding === 0n
  if (isEmpty) books.positions.delete(`${at} ${market}`)
  else books.positions.set(`${at} ${market}`, contracts)
}

export function marketOf(books: AuditBooks, market: string): AuditMarket {
  const found = books.markets.get(market)
  if (found === undefined) throw new Error(`the accountant knows no market ${market}`)
  return found
}

/** Keys of the rows of one bucket ("account bucket"), with the last part of each. */
export function rowsOf<Row>(
  rows: ReadonlyMap<string, Row>,
  at: string,
): { readonly name: string; readonly row: Row }[] {
  const found: { name: string; row: Row }[] = []
  for (const [key, row] of rows) {
    if (key.startsWith(`${at} `)) found.push({ name: key.slice(at.length + 1), row })
  }
  return found
}

/** Interest on everything until now. */
export function accrueAll(books: AuditBooks, time: number): void {
  for (const [asset, house] of books.houses) {
    const curve = books.assets.get(asset)?.terms.borrowCurve
    if (curve !== undefined) house.rates = accrueRates(house.rates, yearlyPpm(curve, house.rates), time)
  }
}

function isMarket(at: string): boolean {
  return at.startsWith(`${MARKET} `)
}

function indexFor(at: string, amount: bigint, rates: Rates): bigint {
  if (isMarket(at)) return 10n ** 18n
  return amount > 0n ? rates.lentIndex : rates.owedIndex
}

function countLoans(rates: Rates, before: bigint, after: bigint): void {
  const atLeastNothing = (amount: bigint) => (amount > 0n ? amount : 0n)
  rates.lent = atLeastNothing(rates.lent + atLeastNothing(after) - atLeastNothing(before))
  rates.owed = atLeastNothing(rates.owed + atLeastNothing(-after) - atLeastNothing(-before))
}
