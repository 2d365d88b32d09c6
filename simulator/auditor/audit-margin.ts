import type { EuropeanOption } from '../../src/core/instrument/market.ts'
import type { Epoch } from '../../src/core/market/epoch.ts'
import { type AuditBooks, balanceNow, type Contracts, MARKET, rowsOf } from './audit-books.ts'
import { owedAt, ownedAt, worstPrice, worstQuote } from './audit-price.ts'
import { documentsFrom, rampedRequirement } from './audit-ramp.ts'

/** Value and requirement of a netting set, 1e-18 USD. */
export interface AuditSide {
  readonly value: bigint
  readonly requirement: bigint
}

export type SideName = 'maintenance' | 'initial'

const WIDE = 10n ** 36n
const WHOLE = 1_000_000n

/**
 * The requirement of model `standard`, open orders left out, worked out from the documents of the epochs that count: for each
 * asset its haircut or borrow weight, for each contract its brackets one by one; initially also what a price of low confidence
 * may be worse by. All cross buckets of an account are one netting set.
 */
export function auditMargin(books: AuditBooks, account: string, bucket: number, side: SideName): AuditSide {
  const merged = mergedSet(books, account, bucket)
  let value = 0n
  for (const [asset, flow] of merged.flows) value += flow * (flow < 0n ? owedAt(books, asset) : ownedAt(books, asset))
  const requirement = rampedRequirement(books, side, (index) => {
    return required(books, merged, side, documentsFrom(books, index).flatMap(sectionOf))
  })
  return { value: floor(value, WIDE), requirement }
}

/** What one epoch asks; a figure it does not have is looked up in the sections after its own. */
function required(books: AuditBooks, merged: Merged, side: SideName, sections: readonly Section[]): bigint {
  let sum = 0n
  for (const [asset, flow] of merged.flows) {
    const worth = flow * (flow < 0n ? owedAt(books, asset) : ownedAt(books, asset))
    const [haircut, weight] = weights(books, sections, asset, side)
    sum += worth >= 0n ? worth * haircut : -worth * weight
  }
  for (const [market, { quantity }] of merged.contracts) sum += bracketSum(books, sections, market, quantity, side)
  if (side === 'initial') sum += (worthNow(books, merged) - conservativeWorth(books, merged)) * WHOLE
  return -floor(-sum, WIDE * WHOLE)
}

/** Whether a netting set owes anything: a debt, or contracts but for options that were paid for. */
export function owesSomething(books: AuditBooks, account: string, bucket: number): boolean {
  const { amounts, contracts } = mergedSet(books, account, bucket)
  const isPaidFor = ([market, { quantity }]: readonly [string, Contracts]) =>
    books.markets.get(market)?.terms.kind === 'option' && quantity >= 0n
  return [...contracts].some((row) => !isPaidFor(row)) || [...amounts.values()].some((amount) => amount < 0n)
}

/** First buckets of all netting sets, in no order, the market account's left out. */
export function nettingSets(books: AuditBooks): { readonly account: string; readonly bucket: number }[] {
  const found: { account: string; bucket: number }[] = []
  for (const [key, mode] of books.buckets) {
    const [account = '', bucket = ''] = key.split(' ')
    if (account !== MARKET && (bucket === '0' || mode !== 'cross')) found.push({ account, bucket: Number(bucket) })
  }
  return found
}

/** Buckets ("account bucket") margined together with this one. */
export function bucketsOfSet(books: AuditBooks, account: string, bucket: number): readonly string[] {
  const own = `${account} ${bucket}`
  if (books.buckets.get(own) !== 'cross') return [own]
  return [...books.buckets.keys()].filter((at) => at.startsWith(`${account} `) && books.buckets.get(at) === 'cross')
}

interface Merged {
  readonly amounts: ReadonlyMap<string, bigint>
  /** Balances and what contracts have not settled yet, 1e-36 of each asset that has a price. */
  readonly flows: ReadonlyMap<string, bigint>
  readonly contracts: ReadonlyMap<string, Contracts>
}

function mergedSet(books: AuditBooks, account: string, bucket: number): Merged {
  const amounts = new Map<string, bigint>()
  const contracts = new Map<string, Contracts>()
  for (const at of bucketsOfSet(books, account, bucket)) {
    for (const { name } of rowsOf(books.balances, at))
      amounts.set(name, (amounts.get(name) ?? 0n) + balanceNow(books, at, name))
    for (const { name, row } of rowsOf(books.positions, at)) {
      const before = contracts.get(name) ?? { quantity: 0n, cost: 0n, funding: 0n }
      contracts.set(name, {
        quantity: before.quantity + row.quantity,
        cost: before.cost + row.cost,
        funding: before.funding + row.funding,
      })
    }
  }
  const flows = new Map([...amounts].map(([asset, amount]) => [asset, amount * 10n ** 18n]))
  for (const [name, position] of contracts) {
    const market = books.markets.get(name)
    if (market === undefined || market.terms.kind === 'spot' || market.mark === undefined) continue
    const unsettled = position.quantity * (market.mark.price - market.funding) - position.cost + position.funding
    const { settlement } = market.terms
    flows.set(settlement, (flows.get(settlement) ?? 0n) + unsettled)
  }
  return { amounts, flows, contracts }
}

/** NLV (1e-54) at the prices as they are. */
function worthNow(books: AuditBooks, { flows }: Merged): bigint {
  let worth = 0n
  for (const [asset, flow] of flows) worth += flow * (flow < 0n ? owedAt(books, asset) : ownedAt(books, asset))
  return worth
}

/** The same with every mark and every price at its worst for the member. */
function conservativeWorth(books: AuditBooks, { flows, contracts }: Merged): bigint {
  const left = new Map(flows)
  for (const [name, { quantity }] of contracts) {
    const market = books.markets.get(name)
    if (market === undefined || market.terms.kind === 'spot' || market.mark === undefined) continue
    const { underlying, settlement } = market.terms
    const worst = worstQuote(books, market.mark, underlying, quantity > 0n)
    left.set(settlement, (left.get(settlement) ?? 0n) + quantity * (worst - market.mark.price))
  }
  let worth = 0n
  for (const [asset, flow] of left) worth += flow * worstPrice(books, asset, flow > 0n)
  return worth
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function size(quantity: bigint): bigint {
  return quantity < 0n ? -quantity : quantity
}

/** Ppm of the notional (1e-54 USD) in each bracket, bracket by bracket. */
function bracketSum(
  books: AuditBooks,
  sections: readonly Section[],
  name: string,
  quantity: bigint,
  side: SideName,
): bigint {
  const market = books.markets.get(name)
  if (market === undefined || market.terms.kind === 'spot' || market.mark === undefined) return 0n
  const { terms } = market
  if (terms.kind === 'option') return WHOLE * optionLoss(books, terms, quantity, market.mark.price)
  const notional = size(quantity) * market.mark.price * (books.assets.get(terms.settlement)?.quote?.price ?? 0n)
  const known = sections.find(({ markets }) => markets[name] !== undefined)
  const tiers = known?.markets[name]?.tiers ?? [{ aboveUsd: '0', maintenancePpm: 1e6, initialPpm: 1e6 }]
  let sum = 0n
  for (const [i, tier] of tiers.entries()) {
    const next = tiers[i + 1]
    const from = wholeUsd(tier.aboveUsd)
    const to = next === undefined ? notional : wholeUsd(next.aboveUsd)
    const inside = (notional < to ? notional : to) - from
    if (inside > 0n) sum += inside * BigInt(side === 'initial' ? tier.initialPpm : tier.maintenancePpm)
  }
  return sum
}

/**
 * Options (1e-54 USD): all they are worth, and of short ones the whole underlying beside it, both in what they settle in as if it
 * were owed. The underlying is paid for at the market's price of that.
 */
function optionLoss(books: AuditBooks, terms: EuropeanOption, quantity: bigint, mark: bigint): bigint {
  const owed = owedAt(books, terms.settlement)
  const atMark = size(quantity) * mark * owed
  if (quantity >= 0n) return atMark
  const priceOf = (asset: string) => books.assets.get(asset)?.quote?.price ?? 0n
  const market = priceOf(terms.settlement)
  const underlying = market === 0n ? 0n : -floor(-priceOf(terms.underlying) * owed, market)
  return atMark - quantity * underlying * 10n ** 18n
}

/** An epoch's section for `standard`, as far as it is read here. */
interface Section {
  readonly assets: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly markets: Readonly<
    Record<
      string,
      {
        readonly tiers: readonly {
          readonly aboveUsd: string
          readonly maintenancePpm: number
          readonly initialPpm: number
        }[]
      }
    >
  >
}

function sectionOf({ sections }: Epoch): readonly Section[] {
  const found = sections['standard'] as Section | undefined
  return found === undefined ? [] : [found]
}

/** [haircut, borrow weight], ppm; an asset no epoch knows counts for nothing and costs its value once more. */
function weights(
  books: AuditBooks,
  sections: readonly Section[],
  asset: string,
  side: SideName,
): readonly [bigint, bigint] {
  const row = sections.find(({ assets }) => assets[asset] !== undefined)?.assets[asset]
  const least = WHOLE - (books.assets.get(asset)?.listing.weight ?? WHOLE)
  return row === undefined
    ? [WHOLE, WHOLE]
    : [most(BigInt(row[`${side}HaircutPpm`] ?? 0), least), BigInt(row[`${side}BorrowPpm`] ?? 0)]
}

/** 1e-54 USD. Thresholds of the worlds simulated here are whole dollars. */
function wholeUsd(text: string): bigint {
  return BigInt(text) * 10n ** 54n
}

function floor(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return quotient * divisor > dividend ? quotient - 1n : quotient
}
