import type { AccountId, AssetId, MarketId, OrderId } from '../../core/instrument/identifier.ts'
import type { Price } from '../../core/quantity/price.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import type { Rate } from '../../core/quantity/rate.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import type { Value } from '../../core/quantity/value.ts'
import type { Fees, FileAsset, FileContract } from './file-terms.ts'
import type { FileFunding, FilePrice, FileVols } from './market-data.ts'

declare const checked: unique symbol

/** A portfolio in full: accounts, terms of all they hold, prices. Only a decoder of this folder makes one. */
export type PortfolioFile = PortfolioContent & { readonly [checked]: true }

export interface PortfolioContent extends PortfolioHeader {
  /** At least one; ids differ. */
  readonly accounts: readonly FileAccount[]
}

/** All that a file says besides its accounts. */
export interface PortfolioHeader {
  readonly name: string | undefined
  /** Moment of valuation; undefined if nothing in the file needs one. */
  readonly asOf: Timestamp | undefined
  readonly model: FileModel
  readonly settlementAsset: AssetId
  /** Every asset that is held, settled in, an underlying or a reference; USD, the unit of account, never. */
  readonly assets: ReadonlyMap<AssetId, FileAsset>
  /** Every contract that the file speaks of. */
  readonly contracts: ReadonlyMap<MarketId, FileContract>
  /** USD per unit. */
  readonly assetPrices: ReadonlyMap<AssetId, FilePrice>
  readonly contractPrices: ReadonlyMap<MarketId, FilePrice>
  readonly vols: ReadonlyMap<AssetId, FileVols>
  readonly funding: ReadonlyMap<MarketId, FileFunding>
  readonly fees: Fees
  readonly liquidation: FileLiquidation
  /** What the insurance fund holds. */
  readonly insurance: ReadonlyMap<AssetId, Quantity>
}

/** Which margin model, and where its parameters come from. */
export interface FileModel {
  readonly id: string
  readonly parameters: ParameterSource
}

export type ParameterSource =
  | { readonly kind: 'builtIn' }
  /** `hash` such as `sha256:3f0c…`: any other epoch is refused by who reads it. */
  | { readonly kind: 'epochFile'; readonly path: string; readonly hash: string | undefined }
  /** Parsed JSON, to be checked by the model. */
  | { readonly kind: 'inline'; readonly section: unknown }

export interface FileAccount {
  readonly id: AccountId
  readonly owner: string | undefined
  /** Bucket 0. */
  readonly pool: BucketContent
  /** In order of their numbers, which differ. */
  readonly buckets: readonly FileBucket[]
}

export interface FileBucket {
  /** 1 to 255. */
  readonly id: number
  readonly name: string | undefined
  readonly mode: FileBucketMode
  readonly content: BucketContent
}

export type FileBucketMode =
  | { readonly kind: 'cross' }
  | { readonly kind: 'isolated' }
  /** USD that the pool answers for at most. */
  | { readonly kind: 'line'; readonly line: Value }

export interface BucketContent {
  /** Below zero is borrowed. */
  readonly balances: ReadonlyMap<AssetId, Quantity>
  readonly positions: readonly FilePosition[]
  readonly orders: readonly FileOrder[]
}

export interface FilePosition {
  readonly market: MarketId
  /** Contracts, never zero; below zero is short. */
  readonly quantity: Quantity
  readonly unsettled: Unsettled
  /** In the settlement asset; above zero is receivable. */
  readonly accruedFunding: Quantity
}

/** Profit or loss since the last settlement: none, or from an entry price, or an amount of the settlement asset. */
export type Unsettled =
  | { readonly kind: 'none' }
  | { readonly kind: 'entryPrice'; readonly price: Price }
  | { readonly kind: 'amount'; readonly amount: Quantity }

export interface FileOrder {
  readonly id: OrderId | undefined
  readonly market: MarketId
  /** What is left to fill, never zero; below zero sells. */
  readonly quantity: Quantity
  /** Undefined: a market order. */
  readonly limit: Price | undefined
  readonly reduceOnly: boolean
}

/** How a liquidation goes; absent figures are the epoch's. */
export interface FileLiquidation {
  /** NLV over MM to restore. */
  readonly targetHealth: Rate | undefined
  readonly warnUsage: Rate | undefined
  readonly reduceOnlyUsage: Rate | undefined
  readonly takeOverUsage: Rate | undefined
  readonly keeperFee: Value | undefined
  /** USD per second and market. */
  readonly maximumRate: Value | undefined
}
