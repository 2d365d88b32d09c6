import type { Ppm } from '../quantity/ppm.ts'
import type { Price } from '../quantity/price.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { CloseOutCost } from './close-out-cost.ts'
import type { AssetId, MarketId } from './identifier.ts'

/** What every market, whatever it trades, says of how it trades. */
export interface TradingTerms {
  readonly id: MarketId
  /** Prices are whole multiples of the tick, in the quote asset. */
  readonly tick: Price
  /** Quantities are whole multiples of the lot. */
  readonly lot: Quantity
  readonly minimumQuantity: Quantity
  /** A fill's price stays within this share of the mark, either side. */
  readonly priceBandPpm: Ppm
  readonly closeOutCost: CloseOutCost
}

/** A contract without expiry whose mark is tied to the index by funding. Linear: profit is in the settlement asset. */
export interface Perpetual extends TradingTerms {
  readonly kind: 'perpetual'
  readonly underlying: AssetId
  readonly settlement: AssetId
  /** Sum of long positions the market may reach. */
  readonly maximumOpenInterest: Quantity
}

/** Exchange of one asset for another. The mark is the ratio of the two prices. */
export interface SpotPair extends TradingTerms {
  readonly kind: 'spot'
  readonly base: AssetId
  readonly quote: AssetId
}

/** What positions are held in. Dated futures and options join this union. */
export type Contract = Perpetual

export type Market = Contract | SpotPair

/** Asset in which a market's prices and fees are counted. */
export function quoteAsset(market: Market): AssetId {
  return market.kind === 'spot' ? market.quote : market.settlement
}
