import { add, isPositive, negate, subtract } from '../../../quantity/arithmetic.ts'
import { ONE_DOLLAR, type Price } from '../../../quantity/price.ts'
import { costOf, worthOf } from '../../../quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../../../quantity/quantity.ts'
import { NO_WIDE_VALUE, type WideValue } from '../../../quantity/value.ts'
import { compareNames } from '../../../instrument/identifier.ts'
import type { SpotPair } from '../../../instrument/market.ts'
import { indexPrice, type MarketView, type ValuedContract, valuedContract } from '../../../market/listing.ts'
import type { Order } from '../../../ledger/order.ts'

/** What trades at one market and at what prices in USD: contracts, or a pair of assets. */
export type Traded =
  | { readonly kind: 'contract'; readonly contract: ValuedContract }
  | { readonly kind: 'spot'; readonly terms: SpotPair; readonly basePrice: Price; readonly quotePrice: Price }

/** All open orders of one market: what they would buy and sell, and what each side would lose by limits worse than the mark. */
export interface OrderFlow {
  readonly traded: Traded
  readonly bought: Quantity
  readonly sold: Quantity
  readonly buyLoss: WideValue
  readonly sellLoss: WideValue
}

/** By market name. Orders of a market that has no price count as nothing, as positions there do. */
export function orderFlows(orders: readonly Order[], view: MarketView): readonly OrderFlow[] {
  if (orders.length === 0) return NO_FLOWS
  const byMarket = [...Map.groupBy(orders, ({ market }) => market)].sort(([a], [b]) => compareNames(a, b))
  return byMarket.flatMap(([market, resting]): readonly OrderFlow[] => {
    const traded = tradedAt(market, view)
    return traded === undefined ? [] : [flowOf(traded, resting)]
  })
}

const NO_FLOWS: readonly OrderFlow[] = []

function tradedAt(market: Order['market'], view: MarketView): Traded | undefined {
  const terms = view.markets.get(market)?.terms
  if (terms?.kind === 'spot') {
    const [basePrice, quotePrice] = [indexPrice(view, terms.base), indexPrice(view, terms.quote)]
    if (basePrice === undefined || quotePrice === undefined) return undefined
    return { kind: 'spot', terms, basePrice, quotePrice }
  }
  const contract = valuedContract(view, market)
  return contract === undefined ? undefined : { kind: 'contract', contract }
}

function flowOf(traded: Traded, orders: readonly Order[]): OrderFlow {
  let [bought, sold] = [NO_QUANTITY, NO_QUANTITY]
  let [buyLoss, sellLoss] = [NO_WIDE_VALUE, NO_WIDE_VALUE]
  for (const { side, remaining, limit } of orders) {
    const paidAbove = subtract(worthAt(limit, remaining, traded), fairWorth(remaining, traded))
    if (side === 'buy') {
      bought = add(bought, remaining)
      if (isPositive(paidAbove)) buyLoss = add(buyLoss, paidAbove)
    } else {
      sold = add(sold, remaining)
      if (!isPositive(paidAbove)) sellLoss = add(sellLoss, negate(paidAbove))
    }
  }
  return { traded, bought, sold, buyLoss, sellLoss }
}

function worthAt(limit: Price, quantity: Quantity, traded: Traded): WideValue {
  const quotePrice = traded.kind === 'spot' ? traded.quotePrice : traded.contract.settlementPrice
  return worthOf(costOf(quantity, limit), quotePrice)
}

function fairWorth(quantity: Quantity, traded: Traded): WideValue {
  if (traded.kind === 'spot') return worthOf(costOf(quantity, traded.basePrice), ONE_DOLLAR)
  return worthOf(costOf(quantity, traded.contract.mark), traded.contract.settlementPrice)
}
