import type { FundingIndex } from '../quantity/funding-index.ts'
import type { Ppm } from '../quantity/ppm.ts'
import type { Price } from '../quantity/price.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Rate } from '../quantity/rate.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { Value } from '../quantity/value.ts'
import type { Asset } from '../instrument/asset.ts'
import type { AccountId, AssetId, MarketId } from '../instrument/identifier.ts'
import type { Market } from '../instrument/market.ts'
import type { Epoch } from '../market/epoch.ts'
import type { MarketStatus } from '../market/listing.ts'
import type { ListingVerdict } from '../market/listing-verdict.ts'
import type { RampTerms } from '../market/ramp-terms.ts'
import type { ObservedIndex } from '../market/settlement-index.ts'
import type { ReportedSlice } from '../market/volatility-report.ts'
import type { BucketMode } from '../ledger/account.ts'
import type { Order } from '../ledger/order.ts'
import type { BucketAmount } from '../liquidation/step.ts'
import type { SurfaceFinding } from '../pricing/surface-arbitrage.ts'
import type { RepricedOption } from './repriced-option.ts'
import type {
  AssetPriceReport,
  DeficitSource,
  DelistReason,
  ExchangeRateReport,
  FillLeg,
  MarkPriceReport,
} from './command.ts'

interface InBucket {
  readonly account: AccountId
  readonly bucket: number
}

interface Amount {
  readonly asset: AssetId
  readonly quantity: Quantity
}

/** What happened. Holds all that is needed to apply it; every bigint is in 1e-18 units but for those named `...Ppm`. */
export type Event =
  | { readonly type: 'AccountOpened'; readonly account: AccountId }
  | ({ readonly type: 'BucketModeSet'; readonly mode: BucketMode } & InBucket)
  | ({ readonly type: 'BucketLineSet'; readonly limit: Value } & InBucket)
  | ({ readonly type: 'Deposited' } & InBucket & Amount)
  | ({ readonly type: 'Withdrawn' } & InBucket & Amount)
  | ({ readonly type: 'Transferred'; readonly account: AccountId; readonly from: number; readonly to: number } & Amount)
  | {
      readonly type: 'ContractFilled'
      readonly market: MarketId
      readonly price: Price
      readonly quantity: Quantity
      readonly buyer: FillLeg
      readonly seller: FillLeg
    }
  /** `paid` by the buyer, `received` by the seller: the premium, rounded against each; the atom between them is a fee. */
  | {
      readonly type: 'OptionFilled'
      readonly market: MarketId
      readonly price: Price
      readonly quantity: Quantity
      readonly paid: Quantity
      readonly received: Quantity
      readonly buyer: FillLeg
      readonly seller: FillLeg
    }
  | {
      readonly type: 'SpotFilled'
      readonly market: MarketId
      readonly price: Price
      readonly quantity: Quantity
      readonly cost: Quantity
      readonly buyer: FillLeg
      readonly seller: FillLeg
    }
  | ({ readonly type: 'OrderPlaced'; readonly order: Order } & InBucket)
  | ({ readonly type: 'OrderCancelled'; readonly order: Order } & InBucket)
  | {
      readonly type: 'PricesReported'
      readonly observedAt: Timestamp
      readonly assets: readonly AssetPriceReport[]
      readonly marks: readonly MarkPriceReport[]
      readonly exchangeRates?: readonly ExchangeRateReport[]
    }
  /** `index` is what it was when the report was taken; `findings` are where the report admits arbitrage. */
  | {
      readonly type: 'VolatilitiesReported'
      readonly underlying: AssetId
      readonly observedAt: Timestamp
      readonly index: Price
      readonly slices: readonly ReportedSlice[]
      readonly findings: readonly SurfaceFinding[]
    }
  | {
      readonly type: 'Repriced'
      readonly underlying: AssetId
      readonly index: Price
      readonly time: Timestamp
      readonly marks: readonly RepricedOption[]
      /** Live options that keep the mark they have: nothing is known to price them from. */
      readonly unpriced: readonly MarketId[]
    }
  | { readonly type: 'FundingAccrued'; readonly market: MarketId; readonly rate: Rate; readonly index: FundingIndex }
  | { readonly type: 'ContractSettled'; readonly market: MarketId; readonly price: Price; readonly index: FundingIndex }
  /** An index that counts in what these contracts settle at. */
  | ({ readonly type: 'SettlementIndexObserved'; readonly markets: readonly MarketId[] } & ObservedIndex)
  /** A contract came to its end: all holders are paid at the index of the underlying, in the settlement asset. */
  | { readonly type: 'ContractExpired'; readonly market: MarketId; readonly index: Price }
  | { readonly type: 'InterestAccrued'; readonly time: Timestamp }
  /** Without a ramp it is the first epoch, in force at once. */
  | { readonly type: 'EpochAdopted'; readonly epoch: Epoch; readonly ramp?: RampTerms }
  | ({ readonly type: 'InsuranceFunded' } & Amount)
  | ({ readonly type: 'DeficitWrittenOff'; readonly source: DeficitSource } & Amount)
  | ({
      readonly type: 'LiquidationStarted'
      readonly netLiquidationValue: Value
      readonly maintenanceMargin: Value
      /** What the pool granted a bucket with a line: not enough. */
      readonly granted?: Value
      readonly extent: 'partial' | 'full'
      readonly fractionPpm: Ppm
    } & InBucket)
  | ({
      readonly type: 'ContractsClosed'
      readonly market: MarketId
      readonly bought: Quantity
      readonly price: Price
      readonly notional: Value
    } & InBucket)
  /** Options bought (negative: sold) at a forced price; `cash` is what the member gets for it (negative: pays). */
  | ({
      readonly type: 'OptionsClosed'
      readonly market: MarketId
      readonly bought: Quantity
      readonly price: Price
      readonly notional: Value
      readonly settlement: AssetId
      readonly cash: Quantity
    } & InBucket)
  | ({
      readonly type: 'ContractCashed'
      readonly market: MarketId
      readonly price: Price
      readonly settlement: AssetId
      readonly cash: Quantity
    } & InBucket)
  | {
      readonly type: 'DebtRepaid'
      readonly account: AccountId
      readonly given: BucketAmount
      readonly got: BucketAmount
      readonly value: Value
    }
  | ({ readonly type: 'PenaltyPaid'; readonly value: Value } & InBucket & Amount)
  /** The pool pays for a bucket with a line: it takes over these debts of the bucket, and the line falls by `value`. */
  | ({ readonly type: 'LinePaid'; readonly value: Value; readonly debts: readonly Amount[] } & InBucket)
  | ({ readonly type: 'InsuranceDrawn' } & InBucket & Amount)
  | { readonly type: 'InsuranceExchanged'; readonly given: Amount; readonly got: Amount }
  | ({ readonly type: 'DeficitRecorded' } & InBucket & Amount)
  | ({
      readonly type: 'LiquidationEnded'
      readonly netLiquidationValue: Value
      readonly maintenanceMargin: Value
    } & InBucket)
  | { readonly type: 'MarketStatusSet'; readonly market: MarketId; readonly status: MarketStatus }
  | { readonly type: 'AssetListed'; readonly asset: Asset; readonly verdict: ListingVerdict; readonly time: Timestamp }
  | { readonly type: 'AssetReviewed'; readonly asset: AssetId; readonly verdict: ListingVerdict }
  | { readonly type: 'MarketListed'; readonly market: Market }
  | { readonly type: 'AssetDelisted'; readonly asset: AssetId; readonly reason: DelistReason }
  | { readonly type: 'MarketDelisted'; readonly market: MarketId }
  | { readonly type: 'ProtocolUpgraded'; readonly version: number }
