import { absolute, add, isLess, isPositive, isZero, negate, smaller, subtract } from '../core/quantity/arithmetic.ts'
import { type CashFlow, NO_CASH_FLOW } from '../core/quantity/cash-flow.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import type { Price } from '../core/quantity/price.ts'
import { cashFlowOf, costOf } from '../core/quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../core/quantity/quantity.ts'
import { UNIT_INDEX } from '../core/quantity/rate.ts'
import { underlyingUnits } from '../core/quantity/ratio.ts'
import { type AccountId, type AssetId, type MarketId, type OrderId, orderId } from '../core/instrument/identifier.ts'
import { type Account, type Bucket, POOL, positionOf, withPosition } from '../core/ledger/account.ts'
import type { Order } from '../core/ledger/order.ts'
import type { Position } from '../core/ledger/position.ts'
import {
  nettingSet,
  nettingSetNumbers,
  type NumberedBucket,
  ordersOf,
  type Portfolio,
  portfolioOf,
} from '../core/portfolio/portfolio.ts'
import type { FileContract } from '../wire/portfolio/file-terms.ts'
import type {
  BucketContent,
  FileAccount,
  FileBucketMode,
  FileOrder,
  FilePosition,
  PortfolioHeader,
} from '../wire/portfolio/portfolio-file.ts'
import type { Answer, Fault, FieldPath } from './fault.ts'
import type { FileMarket } from './market-of-file.ts'

/** An account's netting sets: the pool with its cross buckets first, then the others by number (METHODOLOGY 7). */
export interface OwnedSets {
  readonly account: AccountId
  readonly sets: readonly NettingSet[]
}

/** What is margined together, as core has it. */
export interface NettingSet {
  readonly account: AccountId
  /** Of its first bucket: 0 is the pool. */
  readonly number: number
  readonly buckets: readonly NumberedBucket[]
  readonly mode: FileBucketMode
  readonly name: string | undefined
  readonly portfolio: Portfolio
  readonly orders: readonly Order[]
  /** Of positive balances, what lies above the account's cap: it counts as nothing on the initial side. */
  readonly aboveCap: ReadonlyMap<AssetId, Quantity>
}

const NO_BOOKS = new Map<never, never>()

/**
 * Netting sets of one account, `index` in the file. Exact: what an entry price or an unsettled amount says becomes the cost of the
 * position. Refuses inverse contracts, sizes that 18 decimals do not hold in units of the underlying, and unsettled amounts of options.
 */
export function nettingSetsOf(
  account: FileAccount,
  index: number,
  { file, market }: { readonly file: PortfolioHeader; readonly market: FileMarket },
): Answer<OwnedSets> {
  const faults: Fault[] = []
  const reading = { file, market, faults }
  const modes = new Map<number, { readonly mode: FileBucketMode; readonly name: string | undefined }>()
  const at: FieldPath = ['accounts', index]
  const buckets = new Map([[POOL, bucketOf(account.pool, { kind: 'cross' }, { ...reading, at })]])
  modes.set(POOL, { mode: { kind: 'cross' }, name: undefined })
  account.buckets.forEach(({ id, mode, name, content }, i) => {
    buckets.set(id, bucketOf(content, mode, { ...reading, at: [...at, 'buckets', i] }))
    modes.set(id, { mode, name })
  })
  if (faults.length > 0) return { ok: false, faults }
  const owner: Account = { id: account.id, buckets }
  const left = capsOf(file)
  const sets = nettingSetNumbers(owner).map((number): NettingSet => {
    const together = nettingSet(owner, number)
    const portfolio = portfolioOf(together, NO_BOOKS)
    const { mode, name } = modes.get(number) ?? { mode: { kind: 'cross' }, name: undefined }
    const aboveCap = takeCaps(portfolio, left)
    return {
      account: account.id,
      number,
      buckets: together,
      mode,
      name,
      portfolio,
      orders: ordersOf(together),
      aboveCap,
    }
  })
  return { ok: true, answer: { account: account.id, sets } }
}

interface Reading {
  readonly file: PortfolioHeader
  readonly market: FileMarket
  readonly faults: Fault[]
  readonly at: FieldPath
}

function bucketOf({ balances, positions, orders }: BucketContent, mode: FileBucketMode, reading: Reading): Bucket {
  const held = [...balances].filter(([, quantity]) => !isZero(quantity))
  const empty: Bucket = {
    mode: mode.kind,
    ...(mode.kind === 'line' ? { line: mode.line } : {}),
    balances: new Map(held.map(([asset, principal]) => [asset, { principal, index: UNIT_INDEX }])),
    positions: new Map(),
    orders: new Map(),
  }
  let bucket = empty
  positions.forEach((position, i) => {
    const added = positionOfFile(position, { ...reading, at: [...reading.at, 'positions', i] })
    if (added !== undefined)
      bucket = withPosition(bucket, position.market, merged(positionOf(bucket, position.market), added))
  })
  return { ...bucket, orders: ordersOfFile(orders, bucket, { ...reading, at: [...reading.at, 'orders'] }) }
}

/** Two entries of one market in one bucket are one position. */
function merged(a: Position, b: Position): Position {
  return {
    quantity: add(a.quantity, b.quantity),
    cost: add(a.cost, b.cost),
    fundingBasis: add(a.fundingBasis, b.fundingBasis),
  }
}

/** What a mark is worth counts from now on: a cost is chosen so that today's unsettled profit is what the file says. */
function positionOfFile(said: FilePosition, reading: Reading): Position | undefined {
  const contract = reading.file.contracts.get(said.market)
  const quantity = contract === undefined ? undefined : unitsOf(said.quantity, contract, reading)
  const mark = markOf(contract, reading)
  if (contract === undefined || quantity === undefined || mark === undefined) return undefined
  if (contract.kind === 'option') {
    if (said.unsettled.kind === 'amount') reading.faults.push(unsettledOptionFault(said, reading.at))
    return { quantity, cost: NO_CASH_FLOW, fundingBasis: cashFlowOf(said.accruedFunding) }
  }
  return { quantity, cost: costOfFile(said, quantity, mark), fundingBasis: cashFlowOf(said.accruedFunding) }
}

/** Of a contract that can be valued; told otherwise. Inverse ones are told of with their size. */
function markOf(contract: FileContract | undefined, { market, faults, at }: Reading): Price | undefined {
  if (contract === undefined || contract.payoff.kind === 'inverse') return undefined
  const { id, kind } = contract
  const mark = market.markets.get(id)?.mark?.price
  if (mark === undefined) {
    const isOption = kind === 'option'
    faults.push({
      document: 'portfolio',
      path: [...at, 'market'],
      code: isOption ? 'MissingVol' : 'MissingPrice',
      expected: isOption ? `a mark for ${id}, or a vol that it follows from` : `a price for ${id}`,
      got: 'nothing',
      remedy: `add "${id}" to "prices"`,
    })
  }
  return mark
}

function costOfFile({ unsettled }: FilePosition, quantity: Quantity, mark: Price): CashFlow {
  switch (unsettled.kind) {
    case 'none':
      return costOf(quantity, mark)
    case 'entryPrice':
      return costOf(quantity, unsettled.price)
    case 'amount':
      return subtract(costOf(quantity, mark), cashFlowOf(unsettled.amount))
    default:
      return unsettled satisfies never
  }
}

function unitsOf(contracts: Quantity, contract: FileContract, { faults, at }: Reading): Quantity | undefined {
  const { id, payoff } = contract
  if (payoff.kind === 'inverse') {
    faults.push(inverseFault(contract, at))
    return undefined
  }
  const units = underlyingUnits(contracts, payoff.contractSize)
  if (units !== undefined) return units
  const [size, count] = [formatDecimal18(payoff.contractSize), formatDecimal18(contracts)]
  faults.push({
    document: 'portfolio',
    path: [...at, 'quantity'],
    code: 'BadDecimal',
    expected: `a size of ${id} that is exact in 18 decimals and below 1e18 units: contracts times contract size ${size}`,
    got: `"${count}"`,
    remedy: 'write fewer digits: nothing is rounded silently',
  })
  return undefined
}

/**
 * Orders as risk sees them: a market order at what it would meet, the ask or the bid, else the mark. What only reduces is left out
 * where it cannot, and never counts for more than is held.
 */
function ordersOfFile(said: readonly FileOrder[], bucket: Bucket, reading: Reading): ReadonlyMap<OrderId, Order> {
  const orders = new Map<OrderId, Order>()
  const reducible = new Map<MarketId, Quantity>()
  said.forEach((order, i) => {
    const contract = reading.file.contracts.get(order.market)
    const at = [...reading.at, i]
    const units = contract === undefined ? undefined : unitsOf(order.quantity, contract, { ...reading, at })
    const mark = markOf(contract, { ...reading, at })
    if (units === undefined || mark === undefined) return
    const limit = order.limit ?? meets(order, reading.market) ?? mark
    const held = reducible.get(order.market) ?? positionOf(bucket, order.market).quantity
    const signed = order.reduceOnly ? reducing(units, held) : units
    if (isZero(signed)) return
    if (order.reduceOnly) reducible.set(order.market, add(held, signed))
    const side = isPositive(signed) ? 'buy' : 'sell'
    // Ids of a file need not differ; these do, and nothing shows them.
    const id = orderId(`order.${i}`)
    orders.set(id, { id, market: order.market, side, remaining: absolute(signed), limit })
  })
  return orders
}

function reducing(units: Quantity, held: Quantity): Quantity {
  if (isZero(held) || isPositive(units) === isPositive(held)) return NO_QUANTITY
  const size = smaller(absolute(units), absolute(held))
  return isPositive(units) ? size : negate(size)
}

function meets({ market, quantity }: FileOrder, { markets }: FileMarket): Price | undefined {
  const mark = markets.get(market)?.mark
  return isPositive(quantity) ? mark?.ask : mark?.bid
}

function capsOf(file: PortfolioHeader): Map<AssetId, Quantity> {
  const caps = new Map<AssetId, Quantity>()
  for (const { id, accountCap } of file.assets.values()) if (accountCap !== undefined) caps.set(id, accountCap)
  return caps
}

/** A cap is one account's: its pool uses it first, then the other netting sets in their order. */
function takeCaps({ holdings }: Portfolio, left: Map<AssetId, Quantity>): ReadonlyMap<AssetId, Quantity> {
  const above = new Map<AssetId, Quantity>()
  for (const { asset, quantity } of holdings) {
    const cap = left.get(asset)
    if (cap === undefined || !isPositive(quantity)) continue
    const counted = smaller(quantity, cap)
    left.set(asset, subtract(cap, counted))
    if (isLess(counted, quantity)) above.set(asset, subtract(quantity, counted))
  }
  return above
}

function unsettledOptionFault({ market }: FilePosition, at: FieldPath): Fault {
  return {
    document: 'portfolio',
    path: [...at, 'unsettledPnl'],
    code: 'FieldConflict',
    expected: `no unsettledPnl of ${market}: an option is worth its mark`,
    got: 'unsettledPnl',
    remedy: 'book what was paid or received for it into balances',
  }
}

function inverseFault({ id, underlying }: FileContract, at: FieldPath): Fault {
  return {
    document: 'portfolio',
    path: [...at, 'market'],
    code: 'UnsupportedPayoff',
    expected: 'a linear contract: profit that is proportional to the price',
    got: `${id}, inverse, paid in ${underlying}`,
    remedy: `leave it out, or hold a linear contract of the same size on ${underlying}`,
  }
}
