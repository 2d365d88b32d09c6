import type { Ppm } from '../quantity/ppm.ts'
import type { Price } from '../quantity/price.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Rate } from '../quantity/rate.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { Value } from '../quantity/value.ts'
import type { AccountId, AssetId, MarketId, OrderId, SenderId } from '../instrument/identifier.ts'
import type { Market } from '../instrument/market.ts'
import type { MarketStatus } from '../market/listing.ts'
import type { ListingReason } from '../market/listing-verdict.ts'
import type { QuoteCondition } from '../market/quote.ts'
import type { BucketMode } from '../ledger/account.ts'
import type { MarginModelId, MarketDataKey } from '../margin/model.ts'
import type { Command, Role } from './command.ts'

/** Why a command was refused: nothing happened. Each reason carries the numbers its sender needs to do better. */
export type Rejection =
  | {
      readonly reason: 'NotAuthorised'
      readonly sender: SenderId
      readonly role: Role
      readonly command: Command['type']
    }
  | { readonly reason: 'UnknownAccount'; readonly account: AccountId }
  | { readonly reason: 'AccountExists'; readonly account: AccountId }
  | { readonly reason: 'UnknownBucket'; readonly account: AccountId; readonly bucket: number }
  | { readonly reason: 'BucketOutOfRange'; readonly bucket: number; readonly last: number }
  | { readonly reason: 'PoolStaysCross' }
  | { readonly reason: 'NotALineBucket'; readonly bucket: number; readonly mode: BucketMode }
  | { readonly reason: 'NegativeLine'; readonly bucket: number; readonly limit: Value }
  | { readonly reason: 'SameBucket'; readonly bucket: number }
  | { readonly reason: 'UnknownAsset'; readonly asset: AssetId }
  | { readonly reason: 'UnknownMarket'; readonly market: MarketId }
  | { readonly reason: 'AlreadyListed'; readonly id: string }
  | { readonly reason: 'StillHeld'; readonly id: string; readonly quantity: Quantity }
  | { readonly reason: 'StillTraded'; readonly asset: AssetId; readonly market: MarketId }
  | { readonly reason: 'StillReferenced'; readonly asset: AssetId; readonly claim: AssetId }
  | { readonly reason: 'NotEligible'; readonly asset: AssetId; readonly reasons: readonly ListingReason[] }
  /** All members together may deposit no more of it than `available`. */
  | {
      readonly reason: 'SupplyCapReached'
      readonly asset: AssetId
      readonly requested: Quantity
      readonly available: Quantity
      readonly capUsd: Value
    }
  /** All members together would owe more than its terms allow. */
  | {
      readonly reason: 'BorrowCapReached'
      readonly asset: AssetId
      readonly borrowed: Quantity
      readonly cap: Quantity
      readonly available: Quantity
    }
  | { readonly reason: 'NotAClaim'; readonly asset: AssetId }
  | {
      readonly reason: 'ExchangeRateJumped'
      readonly asset: AssetId
      readonly rate: Price
      readonly known: Price
      readonly allowedPpm: Ppm
    }
  | { readonly reason: 'BadTerms'; readonly field: string; readonly expected: string }
  | { readonly reason: 'QuantityNotPositive'; readonly quantity: Quantity }
  | { readonly reason: 'NotNativeUnits'; readonly quantity: Quantity; readonly nativeDecimals: number }
  | { readonly reason: 'NotAMultipleOfLot'; readonly quantity: Quantity; readonly lot: Quantity }
  | { readonly reason: 'BelowMinimumQuantity'; readonly quantity: Quantity; readonly minimum: Quantity }
  | { readonly reason: 'NotAMultipleOfTick'; readonly price: Price; readonly tick: Price }
  | { readonly reason: 'OutsidePriceBand'; readonly price: Price; readonly mark: Price }
  | { readonly reason: 'MarketNotOpen'; readonly market: MarketId; readonly status: MarketStatus }
  | { readonly reason: 'ContractExpired'; readonly market: MarketId; readonly expiry: Timestamp }
  | { readonly reason: 'NotExpired'; readonly market: MarketId; readonly expiry: Timestamp; readonly time: Timestamp }
  /** No usable price of the underlying and the settlement asset fell into the window before expiry. */
  | { readonly reason: 'NoSettlementIndex'; readonly market: MarketId; readonly expiry: Timestamp }
  /** An index may only be named where none was observed. */
  | { readonly reason: 'SettlementIndexKnown'; readonly market: MarketId; readonly index: Price }
  /** Options are marked from volatilities by `reprice`, and by nothing else. */
  | { readonly reason: 'MarkedBySurface'; readonly market: MarketId }
  | { readonly reason: 'BadVolatilities'; readonly field: string; readonly expected: string }
  /** No index, or nobody has reported volatilities. */
  | { readonly reason: 'NoVolatilities'; readonly underlying: AssetId }
  | { readonly reason: 'WrongMarketKind'; readonly market: MarketId; readonly kind: Market['kind'] }
  | { readonly reason: 'OpenInterestCapReached'; readonly openInterest: Quantity; readonly maximum: Quantity }
  | { readonly reason: 'SelfTrade'; readonly account: AccountId; readonly bucket: number }
  | { readonly reason: 'NegativeTotalFee'; readonly fee: Quantity }
  | { readonly reason: 'OrderExists'; readonly order: OrderId }
  | { readonly reason: 'UnknownOrder'; readonly order: OrderId }
  | {
      readonly reason: 'OrderMismatch'
      readonly order: OrderId
      readonly field: 'market' | 'side' | 'quantity' | 'limit'
    }
  | { readonly reason: 'PriceUnusable'; readonly key: MarketDataKey; readonly condition: QuoteCondition }
  | {
      readonly reason: 'OlderThanKnownPrice'
      readonly id: string
      readonly observedAt: Timestamp
      readonly knownAt: Timestamp
    }
  | { readonly reason: 'ObservedInTheFuture'; readonly observedAt: Timestamp; readonly time: Timestamp }
  | { readonly reason: 'DuplicateEntry'; readonly id: string }
  | { readonly reason: 'HalfWidthOutOfRange'; readonly id: string; readonly halfWidth: Value }
  | { readonly reason: 'BidAboveAsk'; readonly id: string; readonly bid: Price; readonly ask: Price }
  | { readonly reason: 'ExposureOutOfBounds'; readonly id: string; readonly price: Price; readonly quantity: Quantity }
  | { readonly reason: 'QuantityOutOfBounds'; readonly id: string; readonly quantity: Quantity }
  | { readonly reason: 'FundingRateOutOfRange'; readonly rate: Rate; readonly market: MarketId }
  | { readonly reason: 'NoEpoch' }
  | { readonly reason: 'EpochExists'; readonly epoch: string }
  /** Another epoch is still coming in, until then. */
  | { readonly reason: 'EpochRamping'; readonly epoch: string; readonly endsAt: Timestamp }
  /** A preset's requirement cannot be blended with another. */
  | { readonly reason: 'EpochCannotRamp'; readonly from: MarginModelId; readonly to: MarginModelId }
  | { readonly reason: 'UnknownModel'; readonly model: string; readonly known: readonly string[] }
  | { readonly reason: 'BadEpoch'; readonly field: string; readonly expected: string; readonly found: string }
  | { readonly reason: 'NotBorrowable'; readonly asset: AssetId; readonly balance: Quantity }
  | {
      readonly reason: 'InsufficientLiquidity'
      readonly asset: AssetId
      readonly requested: Quantity
      readonly available: Quantity
    }
  | {
      readonly reason: 'InsufficientFunds'
      readonly asset: AssetId
      readonly requested: Quantity
      readonly available: Quantity
    }
  | {
      readonly reason: 'InitialMarginBreached'
      readonly account: AccountId
      readonly bucket: number
      readonly value: Value
      readonly initialMargin: Value
    }
  /** What a bucket lacks of its initial margin is more than its line. */
  | {
      readonly reason: 'LineExceeded'
      readonly account: AccountId
      readonly bucket: number
      readonly value: Value
      readonly initialMargin: Value
      readonly line: Value
    }
  /** The pool does not cover its own initial margin and what its lines would draw at theirs. */
  | {
      readonly reason: 'LinesNotCovered'
      readonly account: AccountId
      readonly value: Value
      readonly initialMargin: Value
      readonly drawn: Value
    }
  | {
      readonly reason: 'UnsettledProfitNotWithdrawable'
      readonly account: AccountId
      readonly bucket: number
      readonly value: Value
      readonly unsettled: Value
      readonly initialMargin: Value
    }
  | {
      readonly reason: 'NotLiquidatable'
      readonly account: AccountId
      readonly bucket: number
      readonly value: Value
      readonly maintenanceMargin: Value
      /** What its pool grants a bucket with a line. */
      readonly granted?: Value
    }
  | {
      readonly reason: 'PriceDoubtful'
      readonly account: AccountId
      readonly bucket: number
      readonly value: Value
      readonly benefit: Value
      readonly maintenanceMargin: Value
      /** What its pool grants a bucket with a line. */
      readonly granted?: Value
    }
  | { readonly reason: 'UnknownProtocolVersion'; readonly version: number; readonly known: readonly number[] }
