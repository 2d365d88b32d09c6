import { add, isZero, subtract } from '../quantity/arithmetic.ts'
import { type CashFlow, NO_CASH_FLOW } from '../quantity/cash-flow.ts'
import type { FundingIndex } from '../quantity/funding-index.ts'
import type { Price } from '../quantity/price.ts'
import { costOf, fundingOf } from '../quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'

/**
 * Contracts of one market held in one bucket, since the last settlement. Everything is exact, so over all holders
 * quantities, costs and funding bases each sum to zero. Of options cost and funding basis are always zero.
 */
export interface Position {
  /** Contracts held, negative when short. */
  readonly quantity: Quantity
  /** Sum of quantity times price of every trade since settlement, in the settlement asset. */
  readonly cost: CashFlow
  /** Sum of quantity times funding index of every trade since settlement. */
  readonly fundingBasis: CashFlow
}

/** What a trade or a valuation happens at. */
export interface ContractLevel {
  readonly price: Price
  readonly fundingIndex: FundingIndex
}

export const NO_POSITION: Position = { quantity: NO_QUANTITY, cost: NO_CASH_FLOW, fundingBasis: NO_CASH_FLOW }

/** Position after buying (or, with a negative quantity, selling) contracts. */
export function tradePosition(position: Position, bought: Quantity, at: ContractLevel): Position {
  return {
    quantity: add(position.quantity, bought),
    cost: add(position.cost, costOf(bought, at.price)),
    fundingBasis: add(position.fundingBasis, fundingOf(bought, at.fundingIndex)),
  }
}

/** Position after buying (or selling) options: what they cost is paid at once, so that what is unsettled is their value. */
export function moveOptions(position: Position, bought: Quantity): Position {
  return { ...position, quantity: add(position.quantity, bought) }
}

/** Profit and loss not settled yet, funding not included: quantity times price, less cost. Exact. */
export function unsettledProfit(position: Position, at: Price): CashFlow {
  return subtract(costOf(position.quantity, at), position.cost)
}

/** Funding received (negative: paid) and not settled yet. Exact. */
export function unsettledFunding(position: Position, index: FundingIndex): CashFlow {
  return subtract(position.fundingBasis, fundingOf(position.quantity, index))
}

/** Profit, loss and funding not settled yet: the contract's value in its settlement asset. Exact. */
export function unsettledCash(position: Position, at: ContractLevel): CashFlow {
  return add(unsettledProfit(position, at.price), unsettledFunding(position, at.fundingIndex))
}

/** The position right after its unsettled cash was paid: the same contracts, worth nothing at this level. */
export function settledPosition(position: Position, at: ContractLevel): Position {
  return {
    quantity: position.quantity,
    cost: costOf(position.quantity, at.price),
    fundingBasis: fundingOf(position.quantity, at.fundingIndex),
  }
}

/** The other side takes over what is unsettled, without contracts: both together are as before. */
export function assumeUnsettled(position: Position, from: Position, at: ContractLevel): Position {
  const settled = settledPosition(from, at)
  return {
    quantity: position.quantity,
    cost: add(position.cost, subtract(from.cost, settled.cost)),
    fundingBasis: add(position.fundingBasis, subtract(from.fundingBasis, settled.fundingBasis)),
  }
}

/** Whether nothing is held and nothing is owed either way: such a position is dropped. */
export function isEmptyPosition(position: Position): boolean {
  return isZero(position.quantity) && isZero(position.cost) && isZero(position.fundingBasis)
}
