import { add, isZero } from '../quantity/arithmetic.ts'
import { type CashFlow, NO_CASH_FLOW } from '../quantity/cash-flow.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import type { AssetId, MarketId } from '../instrument/identifier.ts'
import { conservationGap } from '../ledger/asset-ledger.ts'
import type { ReadonlyState } from './state.ts'

/** One asset counted anew from every bucket there is. */
export interface AssetCount {
  readonly asset: AssetId
  readonly custody: Quantity
  /** Custody less everything it must cover, the buckets counted one by one: zero, or money was made or lost. */
  readonly difference: Quantity
}

/** One contract counted anew: over all holders everything sums to zero. */
export interface ContractCount {
  readonly market: MarketId
  readonly balanced: boolean
}

/** Counts every asset from scratch; trusts no running total but custody and the house's own columns. */
export function recountAssets(state: ReadonlyState): readonly AssetCount[] {
  const held = new Map<AssetId, Quantity>()
  for (const { buckets } of state.accounts.values()) {
    for (const { balances } of buckets.values()) {
      for (const [asset, { principal }] of balances) held.set(asset, add(held.get(asset) ?? NO_QUANTITY, principal))
    }
  }
  return [...state.assetBooks.entries()].map(([asset, { ledger }]) => {
    const buckets = held.get(asset) ?? NO_QUANTITY
    return { asset, custody: ledger.custody, difference: conservationGap({ ...ledger, buckets }) }
  })
}

/** Counts every contract from scratch: quantities, costs and funding bases of all holders. */
export function recountContracts(state: ReadonlyState): readonly ContractCount[] {
  const sums = new Map<MarketId, { quantity: Quantity; cost: CashFlow; fundingBasis: CashFlow }>()
  for (const { buckets } of state.accounts.values()) {
    for (const { positions } of buckets.values()) {
      for (const [market, position] of positions) {
        const sum = sums.get(market) ?? { quantity: NO_QUANTITY, cost: NO_CASH_FLOW, fundingBasis: NO_CASH_FLOW }
        sums.set(market, {
          quantity: add(sum.quantity, position.quantity),
          cost: add(sum.cost, position.cost),
          fundingBasis: add(sum.fundingBasis, position.fundingBasis),
        })
      }
    }
  }
  return [...sums].map(([market, { quantity, cost, fundingBasis }]) => ({
    market,
    balanced: isZero(quantity) && isZero(cost) && isZero(fundingBasis),
  }))
}
