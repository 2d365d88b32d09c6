import { add, isZero, negate } from '../../../quantity/arithmetic.ts'
import { costOf, payableForUp, quantityUp, valueUp } from '../../../quantity/product.ts'
import type { Quantity } from '../../../quantity/quantity.ts'
import type { AssetId } from '../../../instrument/identifier.ts'
import type { ValuedContract } from '../../../market/listing.ts'
import { NO_POSITION, tradePosition } from '../../../ledger/position.ts'
import type { Holding, OpenPosition, Portfolio } from '../../../portfolio/portfolio.ts'
import type { Traded } from './order-flow.ts'

/** A quantity bought (negative: sold) at the mark. */
export interface Fill {
  readonly traded: Traded
  readonly bought: Quantity
}

/** The portfolio after fills at the marks: worth what it was, but for atoms that are rounded against the member. */
export function filledPortfolio(portfolio: Portfolio, fills: readonly Fill[]): Portfolio {
  return fills.reduce(afterFill, portfolio)
}

function afterFill(portfolio: Portfolio, { traded, bought }: Fill): Portfolio {
  if (isZero(bought)) return portfolio
  if (traded.kind === 'contract') return afterTrade(portfolio, traded.contract, bought)
  const { terms, basePrice, quotePrice } = traded
  const paid = payableForUp(valueUp(bought, basePrice), quotePrice)
  return withMore(withMore(portfolio, terms.base, bought), terms.quote, negate(paid))
}

function afterTrade(portfolio: Portfolio, contract: ValuedContract, bought: Quantity): Portfolio {
  const { terms, mark, fundingIndex } = contract
  const held = portfolio.positions.find(({ market }) => market === terms.id)
  const before = held ?? NO_POSITION
  const others = portfolio.positions.filter(({ market }) => market !== terms.id)
  if (terms.kind !== 'option') {
    const after: OpenPosition = { market: terms.id, ...tradePosition(before, bought, { price: mark, fundingIndex }) }
    return { ...portfolio, positions: [...others, after] }
  }
  const after: OpenPosition = { market: terms.id, ...before, quantity: add(before.quantity, bought) }
  const premium = negate(quantityUp(costOf(bought, mark)))
  return withMore({ ...portfolio, positions: [...others, after] }, terms.settlement, premium)
}

function withMore({ holdings, positions }: Portfolio, asset: AssetId, more: Quantity): Portfolio {
  const held = holdings.find((holding) => holding.asset === asset)
  const quantity = held === undefined ? more : add(held.quantity, more)
  const others = holdings.filter((holding) => holding.asset !== asset)
  const after: readonly Holding[] = isZero(quantity) ? others : [...others, { asset, quantity }]
  return { holdings: after, positions }
}
