import type { Ppm } from '../quantity/ppm.ts'
import type { Price } from '../quantity/price.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
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

/** What contracts with an end have in common: at expiry they settle at the time-weighted index of the underlying. */
interface ExpiringTerms extends TradingTerms {
  readonly underlying: AssetId
  readonly settlement: AssetId
  readonly maximumOpenInterest: Quantity
  /** Contracts trade until then. */
  readonly expiry: Timestamp
}

/** A contract to exchange the underlying at its expiry. Linear: profit is in the settlement asset. */
export interface DatedFuture extends ExpiringTerms {
  readonly kind: 'future'
}

/**
 * A European option, linear: paid for in full when it is traded, worth its mark until expiry, then what it pays, both in the
 * settlement asset.
 */
export interface EuropeanOption extends ExpiringTerms {
  readonly kind: 'option'
  /** In the settlement asset per unit of the underlying. */
  readonly strike: Price
  readonly right: 'call' | 'put'
}

/** Contracts with an end. */
export type Expiring = DatedFuture | EuropeanOption

/** What positions are held in. */
export type Contract = Perpetual | Expiring

export type Market = Contract | SpotPair

/** The two assets a market depends on. */
export function assetsOf(market: Market): readonly AssetId[] {
  return market.kind === 'spot' ? [market.base, market.quote] : [market.underlying, market.settlement]
}

/** The terms of a contract with an end; undefined of any other market. */
export function expiringTerms(market: Market): Expiring | undefined {
  return market.kind === 'future' || market.kind === 'option' ? market : undefined
}

/** Asset in which a market's prices and fees are counted. */
export function quoteAsset(market: Market): AssetId {
  return market.kind === 'spot' ? market.quote : market.settlement
}
