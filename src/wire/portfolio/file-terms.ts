import type { AssetId, MarketId } from '../../core/instrument/identifier.ts'
import type { MarketStatus } from '../../core/market/listing.ts'
import type { Price } from '../../core/quantity/price.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import type { Rate } from '../../core/quantity/rate.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import type { Value } from '../../core/quantity/value.ts'

/** Terms of an asset as a file gives them; absent figures are the epoch's. */
export interface FileAsset {
  readonly id: AssetId
  readonly claim: Claim
  /** Decimals of the asset where it is kept, 0 to 18. */
  readonly decimals: number
  readonly isCollateral: boolean
  readonly supplyCap: Quantity | undefined
  readonly accountCap: Quantity | undefined
  readonly borrowCap: Quantity | undefined
  readonly venueSupply: Quantity | undefined
  readonly venueBorrow: Quantity | undefined
  readonly depth: Depth | undefined
}

/** What an asset stands for. A `redemptionDelayMs` that is absent: it cannot be redeemed. */
export type Claim =
  | { readonly kind: 'volatile' }
  | {
      readonly kind: 'stable'
      readonly reference: AssetId
      readonly exchangeRate: Price | undefined
      readonly redemptionDelayMs: number | undefined
    }
  | {
      readonly kind: 'yieldBearing'
      readonly reference: AssetId
      /** Units of the reference that one unit redeems for. */
      readonly exchangeRate: Price
      readonly redemptionDelayMs: number | undefined
    }

/** What a market absorbs, each side alone. */
export interface Depth {
  /** Average daily volume. */
  readonly advUsd: Value | undefined
  /** Fraction of the price. */
  readonly halfSpread: Rate | undefined
  readonly levels: readonly DepthLevel[]
}

export interface DepthLevel {
  /** Distance from mid, a fraction. */
  readonly within: Rate
  /** What trades within it, cumulative. */
  readonly usd: Value
}

/** Terms of a contract as a file, or the contract's name, gives them. */
export type FileContract = FilePerpetual | FileFuture | FileOption

export interface FileContractTerms {
  readonly id: MarketId
  readonly underlying: AssetId
  readonly settlement: AssetId
  readonly payoff: Payoff
  readonly tick: Price | undefined
  readonly lot: Quantity | undefined
  readonly status: MarketStatus
  readonly openInterest: Quantity | undefined
  readonly fees: Fees | undefined
  readonly depth: Depth | undefined
}

export interface FilePerpetual extends FileContractTerms {
  readonly kind: 'perpetual'
}

export interface FileFuture extends FileContractTerms {
  readonly kind: 'future'
  readonly expiry: Timestamp
}

/** A European option. */
export interface FileOption extends FileContractTerms {
  readonly kind: 'option'
  readonly expiry: Timestamp
  readonly strike: Price
  readonly right: 'call' | 'put'
}

export type Payoff =
  /** Units of the underlying in one contract. */
  | { readonly kind: 'linear'; readonly contractSize: Quantity }
  /** USD in one contract, paid in the underlying. */
  | { readonly kind: 'inverse'; readonly contractSize: Value }

/** Fractions of notional; a maker fee below zero is a rebate. */
export interface Fees {
  readonly maker: Rate | undefined
  readonly taker: Rate | undefined
  readonly liquidation: Rate | undefined
}
