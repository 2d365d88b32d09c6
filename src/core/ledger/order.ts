import type { Price } from '../quantity/price.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { MarketId, OrderId } from '../instrument/identifier.ts'

export type OrderSide = 'buy' | 'sell'

/** A resting order, as far as margin is concerned. */
export interface Order {
  readonly id: OrderId
  readonly market: MarketId
  readonly side: OrderSide
  /** What is left to fill, > 0. */
  readonly remaining: Quantity
  readonly limit: Price
}
