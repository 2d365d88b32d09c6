import type { Ppm } from '../quantity/ppm.ts'
import type { Price } from '../quantity/price.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Rate } from '../quantity/rate.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { Value } from '../quantity/value.ts'
import type { Asset } from '../instrument/asset.ts'
import type { AccountId, AssetId, MarketId, OrderId, SenderId } from '../instrument/identifier.ts'
import type { Market } from '../instrument/market.ts'
import type { ListingEvidence } from '../collateral/listing-evidence.ts'
import type { Epoch } from '../market/epoch.ts'
import type { MarketStatus } from '../market/listing.ts'
import type { RampRequest } from '../market/ramp-terms.ts'
import type { ReportedSlice } from '../market/volatility-report.ts'
import type { BucketMode } from '../ledger/account.ts'
import type { OrderSide } from '../ledger/order.ts'

/** One side of a fill. The fee is paid in the market's quote asset; a negative one is a rebate. */
export interface FillLeg {
  readonly account: AccountId
  readonly bucket: number
  readonly fee: Quantity
  /** Resting order this side filled, if it had one. */
  readonly order?: OrderId
}

/** A price of an asset in USD, or a mark of a contract in its settlement asset, as its source reports it. */
export interface ReportedQuote {
  readonly price: Price
  readonly halfWidth: Value
  readonly guarded: boolean
  /** A slow average, what is bid and what is asked: the initial side takes the worse of them. */
  readonly smoothed?: Price
  readonly bid?: Price
  readonly ask?: Price
  readonly confidencePpm?: Ppm
}

export interface AssetPriceReport extends ReportedQuote {
  readonly asset: AssetId
}

export interface MarkPriceReport extends ReportedQuote {
  readonly market: MarketId
}

/** Units of its reference that one unit of a claim redeems for, as its source reports it. */
export interface ExchangeRateReport {
  readonly asset: AssetId
  readonly rate: Price
}

/** Why an asset goes. */
export type DelistReason = 'Collapsed' | 'TooThin' | 'WoundUp' | 'Replaced' | 'Legal'

/** Everything that can be asked of the clearinghouse. Amounts are 1e-18 units; times milliseconds. */
export type Command =
  | { readonly type: 'openAccount'; readonly account: AccountId }
  | {
      readonly type: 'deposit'
      readonly account: AccountId
      readonly bucket: number
      readonly asset: AssetId
      readonly quantity: Quantity
    }
  | {
      readonly type: 'withdraw'
      readonly account: AccountId
      readonly bucket: number
      readonly asset: AssetId
      readonly quantity: Quantity
    }
  | {
      readonly type: 'transfer'
      readonly account: AccountId
      readonly from: number
      readonly to: number
      readonly asset: AssetId
      readonly quantity: Quantity
    }
  | { readonly type: 'setBucketMode'; readonly account: AccountId; readonly bucket: number; readonly mode: BucketMode }
  | {
      readonly type: 'setBucketLine'
      readonly account: AccountId
      readonly bucket: number
      /** What the pool guarantees from now on, USD, >= 0. */
      readonly limit: Value
    }
  | {
      readonly type: 'fill'
      readonly market: MarketId
      readonly price: Price
      readonly quantity: Quantity
      readonly buyer: FillLeg
      readonly seller: FillLeg
    }
  | {
      readonly type: 'placeOrder'
      readonly account: AccountId
      readonly bucket: number
      readonly order: OrderId
      readonly market: MarketId
      readonly side: OrderSide
      readonly quantity: Quantity
      readonly limit: Price
    }
  | { readonly type: 'cancelOrder'; readonly account: AccountId; readonly bucket: number; readonly order: OrderId }
  | {
      readonly type: 'reportPrices'
      readonly observedAt: Timestamp
      readonly assets: readonly AssetPriceReport[]
      readonly marks: readonly MarkPriceReport[]
      readonly exchangeRates?: readonly ExchangeRateReport[]
    }
  | {
      readonly type: 'reportVolatilities'
      readonly underlying: AssetId
      readonly observedAt: Timestamp
      readonly slices: readonly ReportedSlice[]
    }
  /** Marks the options of an underlying from its index and volatilities. */
  | { readonly type: 'reprice'; readonly underlying: AssetId }
  | { readonly type: 'accrueFunding'; readonly market: MarketId; readonly rate: Rate }
  | { readonly type: 'settle'; readonly market: MarketId }
  /** Ends a contract whose time has come. The index is only named, by the risk role, where none was observed. */
  | { readonly type: 'expire'; readonly market: MarketId; readonly index?: Price }
  | { readonly type: 'accrueInterest' }
  | { readonly type: 'adoptEpoch'; readonly epoch: Epoch; readonly ramp?: RampRequest }
  | { readonly type: 'fundInsurance'; readonly asset: AssetId; readonly quantity: Quantity }
  | {
      readonly type: 'writeOffDeficit'
      readonly asset: AssetId
      readonly quantity: Quantity
      readonly source: DeficitSource
    }
  | { readonly type: 'liquidate'; readonly account: AccountId; readonly bucket: number }
  | { readonly type: 'setMarketStatus'; readonly market: MarketId; readonly status: MarketStatus }
  | { readonly type: 'listAsset'; readonly asset: Asset; readonly evidence: ListingEvidence }
  | { readonly type: 'reviewAsset'; readonly asset: AssetId; readonly evidence: ListingEvidence }
  | { readonly type: 'listMarket'; readonly market: Market }
  | { readonly type: 'delistAsset'; readonly asset: AssetId; readonly reason: DelistReason }
  | { readonly type: 'delistMarket'; readonly market: MarketId }
  | { readonly type: 'upgradeProtocol'; readonly version: number }

/** Who bears a deficit that is written off: the fees, the insurance fund, or money paid in from outside. */
export type DeficitSource = 'fees' | 'insuranceFund' | 'custody'

/** Ways of acting on the clearinghouse. What each may do is the table in authorise.ts. */
export type Role = 'owner' | 'venue' | 'custodian' | 'oracle' | 'risk' | 'keeper'

/** A command with who sends it and the sender's own counter, which makes it idempotent. */
export interface Envelope {
  readonly sender: SenderId
  readonly role: Role
  readonly counter: number
  readonly command: Command
}

/** An envelope with its place in the one order of things. Only the sequencer makes one. */
export interface Sequenced {
  readonly envelope: Envelope
  readonly sequence: number
  readonly time: Timestamp
}
