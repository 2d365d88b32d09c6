import type { FundingIndex } from '../quantity/funding-index.ts'
import type { Price } from '../quantity/price.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Rate } from '../quantity/rate.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { Asset, PriceRules } from '../instrument/asset.ts'
import type { AssetId, MarketId } from '../instrument/identifier.ts'
import type { Contract, Market } from '../instrument/market.ts'
import type { ListingVerdict } from './listing-verdict.ts'
import { type Quote, type QuoteCondition, quoteCondition } from './quote.ts'
import type { SettlementIndex } from './settlement-index.ts'

/** An asset with its last price, if it ever had one. */
export interface ListedAsset {
  readonly terms: Asset
  readonly index: Quote | undefined
  /** Of a claim, as last reported. */
  readonly exchangeRate?: ExchangeRate
  /** As last judged. Absent outside the clearinghouse, where nobody judges: nothing restricts it. */
  readonly listing?: ListingVerdict
}

/** Units of the reference that one unit of a claim redeems for. */
export interface ExchangeRate {
  readonly rate: Price
  readonly observedAt: Timestamp
}

/** What an option was last repriced from: its risk array under any epoch follows from it and the terms alone. */
export interface OptionPricing {
  /** Forward of the underlying for the expiry, in the settlement asset. */
  readonly forward: Price
  /** 1e-18 per root of a year of 365 days. */
  readonly volatility: Rate
  readonly pricedAt: Timestamp
}

/** `open`: everything; `reduceOnly`: positions may only shrink; `paused`: no fills, no new orders. */
export type MarketStatus = 'open' | 'reduceOnly' | 'paused'

/** A market with what has become of it since listing. */
export interface ListedMarket {
  readonly terms: Market
  readonly status: MarketStatus
  /** Last reported mark of a contract. A spot pair has none: its mark is the ratio of two asset prices. */
  readonly mark: Quote | undefined
  readonly fundingIndex: FundingIndex
  /** Of an option that was ever repriced. */
  readonly pricing?: OptionPricing
  /** Of a contract with an end whose window has begun: the index it settles at, so far. */
  readonly settling?: SettlementIndex
  /** Of a contract that has expired and paid out: the index it settled at. */
  readonly settledAt?: Price
  /** Sum of long positions. */
  readonly openInterest: Quantity
}

/** What a margin model may know of the world. A Map of each is one. */
export interface MarketView {
  readonly assets: { get(asset: AssetId): ListedAsset | undefined }
  readonly markets: { get(market: MarketId): ListedMarket | undefined }
}

/** A contract that can be valued: its terms, its mark and the price of what it settles in. */
export interface ValuedContract {
  readonly terms: Contract
  readonly mark: Price
  readonly fundingIndex: FundingIndex
  readonly settlementPrice: Price
  /** Of the underlying of an option, in USD; undefined if it never had one. Of other contracts it is not looked up. */
  readonly underlyingPrice: Price | undefined
}

/** Price of an asset in USD; undefined if it never had one. */
export function indexPrice(view: MarketView, asset: AssetId): Price | undefined {
  return view.assets.get(asset)?.index?.price
}

/** The contract with its levels; undefined if it is no contract or lacks a mark or a settlement price: it counts as nothing. */
export function valuedContract(view: MarketView, market: MarketId): ValuedContract | undefined {
  const listed = view.markets.get(market)
  if (listed === undefined || listed.terms.kind === 'spot' || listed.mark === undefined) return undefined
  const settlementPrice = indexPrice(view, listed.terms.settlement)
  if (settlementPrice === undefined) return undefined
  const { terms, mark, fundingIndex } = listed
  const underlyingPrice = terms.kind === 'option' ? indexPrice(view, terms.underlying) : undefined
  return { terms, mark: mark.price, fundingIndex, settlementPrice, underlyingPrice }
}

/** Condition of a contract's mark at a time, by the rules of its underlying. */
export function markCondition(view: MarketView, contract: Contract, now: Timestamp): QuoteCondition {
  const rules = view.assets.get(contract.underlying)?.terms.priceRules
  return rules === undefined ? 'none' : quoteCondition(view.markets.get(contract.id)?.mark, rules, now)
}

/** Price rules of an asset; undefined if it is not listed. */
export function priceRules(view: MarketView, asset: AssetId): PriceRules | undefined {
  return view.assets.get(asset)?.terms.priceRules
}
