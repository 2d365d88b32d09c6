import { isNegative } from '../quantity/arithmetic.ts'
import { tradingCostUp } from '../quantity/impact.ts'
import type { Price } from '../quantity/price.ts'
import { priceLessDown, pricePlusUp } from '../quantity/product.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Value } from '../quantity/value.ts'
import type { CloseOutCost } from '../instrument/close-out-cost.ts'

/** Price at which the outside world buys at once: below the mark by half the spread and impact, rounded down. */
export function forcedSalePrice(mark: Price, notional: Value, cost: CloseOutCost): Price {
  return priceLessDown(mark, tradingCostUp(cost, notional))
}

/** Price at which the outside world sells at once: above the mark by half the spread and impact, rounded up. */
export function forcedPurchasePrice(mark: Price, notional: Value, cost: CloseOutCost): Price {
  return pricePlusUp(mark, tradingCostUp(cost, notional))
}

/** Price of a forced trade of contracts: a purchase when `bought` is positive, a sale when it is negative. */
export function forcedTradePrice(bought: Quantity, mark: Price, notional: Value, cost: CloseOutCost): Price {
  return isNegative(bought) ? forcedSalePrice(mark, notional, cost) : forcedPurchasePrice(mark, notional, cost)
}
