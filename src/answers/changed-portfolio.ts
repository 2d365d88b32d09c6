import { absolute, add, negate } from '../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import type { Price } from '../core/quantity/price.ts'
import { costOf, narrowUp, quantityUp, valueUp, worthOf } from '../core/quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../core/quantity/quantity.ts'
import { rate } from '../core/quantity/rate.ts'
import { underlyingUnits } from '../core/quantity/ratio.ts'
import { tradingFeeUp } from '../core/quantity/trade-cash.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import { indexPrice } from '../core/market/listing.ts'
import type { AddedPosition, ChangeTarget, FileChanges } from '../wire/portfolio/changes-file.ts'
import type { FileContract } from '../wire/portfolio/file-terms.ts'
import type { BucketContent, FileAccount, FilePosition, PortfolioFile } from '../wire/portfolio/portfolio-file.ts'
import type { TradeCost } from '../wire/what-if-report.ts'
import type { Answer, Fault } from './fault.ts'
import type { FileMarket } from './market-of-file.ts'

/** A portfolio after its changes, and what they cost. The market has not moved yet. */
export interface ChangedPortfolio {
  readonly file: PortfolioFile
  readonly trades: readonly TradeCost[]
  /** Of all fees, USD, rounded up trade by trade. */
  readonly fees: Value
}

/**
 * Trades, orders, deposits and withdrawals as a portfolio file would say them afterwards. A trade is done at its price, else at today's
 * mark, before prices move; the taker fee of the market, else of the file, else none, and an option's premium are charged to the balance
 * of the settlement asset in the same bucket. Refuses sizes that 18 decimals do not hold.
 */
export function changedPortfolio(
  file: PortfolioFile,
  market: FileMarket,
  changes: FileChanges,
): Answer<ChangedPortfolio> {
  const faults: Fault[] = []
  const done: { readonly position: AddedPosition; readonly trade: Trade }[] = []
  for (const position of changes.addPositions) {
    const trade = tradeOf(position, { file, market, faults })
    if (trade !== undefined) done.push({ position, trade })
  }
  if (faults.length > 0) return { ok: false, faults }
  const accounts = file.accounts.map((account) => changedAccount(account, changes, done))
  // Accounts alone differ, by positions and orders that the decoder of changes has checked against the file's terms.
  const changed = { ...file, accounts } as PortfolioFile
  let fees = NO_VALUE
  for (const { trade } of done) fees = add(fees, trade.feeUsd)
  return { ok: true, answer: { file: changed, trades: done.map(({ trade }) => trade.cost), fees } }
}

interface Trade {
  readonly entry: FilePosition
  readonly settlement: AssetId
  /** Fee and premium together, in the settlement asset. */
  readonly paid: Quantity
  readonly feeUsd: Value
  readonly cost: TradeCost
}

interface Trading {
  readonly file: PortfolioFile
  readonly market: FileMarket
  readonly faults: Fault[]
}

function tradeOf(added: AddedPosition, { file, market, faults }: Trading): Trade | undefined {
  const { account, bucket, market: id, quantity } = added
  const contract = file.contracts.get(id)
  const price = added.price ?? market.markets.get(id)?.mark?.price
  if (contract === undefined || contract.payoff.kind === 'inverse' || price === undefined)
    return void faults.push(noTrade(added, 'a linear market with a price'))
  const units = underlyingUnits(quantity, contract.payoff.contractSize)
  const settlementPrice = indexPrice(market, contract.settlement)
  if (units === undefined || settlementPrice === undefined)
    return void faults.push(noTrade(added, 'a size that is exact in 18 decimals'))
  const turnover = costOf(absolute(units), price)
  const fee = tradingFeeUp(turnover, contract.fees?.taker ?? file.fees.taker ?? rate(0n))
  const premium = contract.kind === 'option' ? quantityUp(costOf(units, price)) : NO_QUANTITY
  return {
    entry: { market: id, quantity, unsettled: unsettledAt(contract, price), accruedFunding: NO_QUANTITY },
    settlement: contract.settlement,
    paid: add(fee, premium),
    feeUsd: valueUp(fee, settlementPrice),
    cost: {
      account,
      bucket,
      market: id,
      quantity: formatDecimal18(quantity),
      price: formatDecimal18(price),
      asset: contract.settlement,
      fee: formatDecimal18(fee),
      premium: formatDecimal18(premium),
      notionalUsd: formatDecimal18(narrowUp(worthOf(turnover, settlementPrice))),
    },
  }
}

/** An option is paid for in full: its value is its mark. */
function unsettledAt({ kind }: FileContract, price: Price): FilePosition['unsettled'] {
  return kind === 'option' ? { kind: 'none' } : { kind: 'entryPrice', price }
}

function changedAccount(
  account: FileAccount,
  changes: FileChanges,
  done: readonly { readonly position: AddedPosition; readonly trade: Trade }[],
): FileAccount {
  const isHere = (bucket: number) => (target: ChangeTarget) => target.account === account.id && target.bucket === bucket
  const changed = (content: BucketContent, bucket: number): BucketContent => {
    const here = isHere(bucket)
    const trades = done.flatMap(({ position, trade }) => (here(position) ? [trade] : []))
    const orders = changes.addOrders.filter(here).map(({ order }) => order)
    const deposits = changes.addBalances.filter(here)
    if (trades.length + orders.length + deposits.length === 0) return content
    const balances = new Map(content.balances)
    const book = (asset: AssetId, quantity: Quantity) =>
      balances.set(asset, add(balances.get(asset) ?? NO_QUANTITY, quantity))
    for (const { asset, quantity } of deposits) book(asset, quantity)
    for (const { settlement, paid } of trades) book(settlement, negate(paid))
    return {
      balances,
      positions: [...content.positions, ...trades.map(({ entry }) => entry)],
      orders: [...content.orders, ...orders],
    }
  }
  return {
    ...account,
    pool: changed(account.pool, 0),
    buckets: account.buckets.map((bucket) => ({ ...bucket, content: changed(bucket.content, bucket.id) })),
  }
}

function noTrade({ market, quantity }: AddedPosition, expected: string): Fault {
  return {
    document: 'arguments',
    path: [`--add ${market}`],
    code: 'BadDecimal',
    expected,
    got: `${market}, ${formatDecimal18(quantity)}`,
    remedy: 'check the market and the size',
  }
}
