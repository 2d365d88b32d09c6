import type { AssetId, MarketId } from '../../core/instrument/identifier.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import type { FilePrice } from './market-data.ts'
import type { Spot } from './source.ts'

/** Something that a file speaks of and that only the whole file can show to be right. */
export type Mention =
  | { readonly kind: 'balance'; readonly spot: Spot; readonly asset: AssetId; readonly amount: Quantity }
  | { readonly kind: 'position'; readonly spot: Spot; readonly market: MarketId; readonly isUnsettledGiven: boolean }
  | { readonly kind: 'order'; readonly spot: Spot; readonly market: MarketId }
  | { readonly kind: 'funding'; readonly spot: Spot; readonly market: MarketId; readonly isOwn: boolean }
  | PriceMention

export interface PriceMention {
  readonly kind: 'price'
  readonly spot: Spot
  /** Asset or market. */
  readonly id: string
  readonly price: FilePrice
  readonly isConfidenceGiven: boolean
  readonly isTimeGiven: boolean
  /** Whether the portfolio says it itself, not a file of prices that may serve other portfolios too. */
  readonly isOwn: boolean
}
