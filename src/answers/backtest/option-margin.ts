import { type AssetId, assetId, type MarketId, marketId } from '../../core/instrument/identifier.ts'
import type { Asset } from '../../core/instrument/asset.ts'
import { NO_POSITION } from '../../core/ledger/position.ts'
import type { MarginModel } from '../../core/margin/model.ts'
import { marginModel } from '../../core/margin/registry.ts'
import type { ListedAsset, ListedMarket } from '../../core/market/listing.ts'
import type { Quote } from '../../core/market/quote.ts'
import type { Holding, OpenPosition } from '../../core/portfolio/portfolio.ts'
import { isZero, negate } from '../../core/quantity/arithmetic.ts'
import { NO_FUNDING } from '../../core/quantity/funding-index.ts'
import { NO_PPM, WHOLE } from '../../core/quantity/ppm.ts'
import { ONE_DOLLAR, price } from '../../core/quantity/price.ts'
import { NO_QUANTITY, QUANTITY_BOUND, quantity } from '../../core/quantity/quantity.ts'
import { type Timestamp, timestamp } from '../../core/quantity/timestamp.ts'
import { NO_VALUE, VALUE_BOUND, value } from '../../core/quantity/value.ts'
import { figureOf, priceOf, quantityOf, rateOf } from '../../estimate/backtest/core-figures.ts'
import type { OptionBook } from '../../estimate/backtest/option-books.ts'
import type { ChainOption, OptionSnapshot } from '../../estimate/backtest/option-chains.ts'
import type { Section } from '../../estimate/epoch/section.ts'

/** The house model with the parameters of one epoch. */
export interface OptionRule {
  readonly model: MarginModel<unknown>
  readonly parameters: unknown
}

/** What a book is charged, USD. */
export interface OptionMargin {
  /** Maintenance margin: the integer that the model charges. */
  readonly required: number
  /** The part of it that does not depend on size: without liquidity, keeper and short option minimum. */
  readonly sizeFree: number
  /** Which term of the size-free part decided; a scenario by its name. */
  readonly binding: string
}

/** Throws RangeError for a section that the model refuses: it was built for it. */
export function optionRule(section: Section): OptionRule {
  const model = marginModel(HOUSE)
  if (model === undefined) throw new RangeError(`this build has no model ${HOUSE}`)
  const decoded = model.decodeParameters(section)
  if (!decoded.ok) throw new RangeError(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  return { model, parameters: decoded.parameters }
}

/**
 * Maintenance margin of a book at a snapshot, by the exact model, right after its options were sold at their marks: what they paid is
 * held as USD. Contracts settle in USD, and each is priced from the forward and volatility of its own row of the chain.
 */
export function optionMargin(
  { coins, sold }: OptionBook,
  { underlying, snapshot }: { readonly underlying: string; readonly snapshot: OptionSnapshot },
  { model, parameters }: OptionRule,
): OptionMargin {
  const time = timestamp(snapshot.time)
  const asset = assetId(underlying)
  const assets = new Map<string, ListedAsset>([
    [USD, { terms: assetTerms(USD), index: quote(ONE_DOLLAR, time) }],
    [asset, { terms: assetTerms(underlying), index: quote(priceOf(snapshot.indexPrice), time) }],
  ])
  const listed = sold.map((option, leg) => listedOption(marketId(`option-${leg}`), { option, asset, time }))
  const markets = new Map<string, ListedMarket>(listed.map((market) => [market.terms.id, market]))
  const premium = sold.reduce((sum, { mark }) => sum + mark, 0)
  const holdings: readonly Holding[] = [
    { asset: assetId(USD), quantity: quantityOf(premium) },
    { asset, quantity: quantityOf(coins) },
  ]
  const positions = listed.map(({ terms }): OpenPosition => ({
    ...NO_POSITION,
    market: terms.id,
    quantity: negate(quantityOf(1)),
  }))
  const { derivation, binding } = model.explainMaintenance({
    portfolio: { holdings: holdings.filter(({ quantity }) => !isZero(quantity)), positions },
    orders: [],
    market: { assets, markets },
    parameters,
    time,
  })
  const largest = derivation.terms.find(({ op }) => op === 'max')
  if (largest === undefined || binding === undefined) throw new RangeError(`${HOUSE} derives a largest term`)
  return {
    required: figureOf(derivation.value),
    sizeFree: figureOf(largest.value),
    binding: binding.scenario ?? binding.component,
  }
}

const HOUSE = 'plimsoll-1'
const USD = 'USD'
const NO_COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(VALUE_BOUND - 1n) }
const NO_INTEREST = { basePpm: NO_PPM, kinkPpm: WHOLE, atKinkPpm: NO_PPM, atFullPpm: NO_PPM, capPpm: WHOLE }
const NO_LIMIT = quantity(QUANTITY_BOUND - 1n)
const LEAST = quantity(1n)

/** Margin looks at nothing of it but the name: a snapshot is a moment, so no price of it is stale. */
function assetTerms(id: string): Asset {
  return {
    id: assetId(id),
    nativeDecimals: 18,
    borrowable: true,
    borrowCurve: NO_INTEREST,
    priceRules: { freshForMs: 0, lowConfidencePpm: WHOLE, dailyVolatilityPpm: NO_PPM },
    closeOutCost: NO_COST,
  }
}

interface Listing {
  readonly option: ChainOption
  readonly asset: AssetId
  readonly time: Timestamp
}

function listedOption(id: MarketId, { option, asset, time }: Listing): ListedMarket {
  const { forward, volatility, mark, expiry, strike, right } = option
  const trading = { tick: price(1n), lot: LEAST, minimumQuantity: LEAST, priceBandPpm: WHOLE, closeOutCost: NO_COST }
  const ends = { underlying: asset, settlement: assetId(USD), maximumOpenInterest: NO_LIMIT, expiry: timestamp(expiry) }
  return {
    terms: { kind: 'option', id, ...trading, ...ends, strike: priceOf(strike), right },
    status: 'open',
    mark: quote(priceOf(mark), time),
    fundingIndex: NO_FUNDING,
    pricing: { forward: priceOf(forward), volatility: rateOf(volatility), pricedAt: time },
    openInterest: NO_QUANTITY,
  }
}

function quote(at: Quote['price'], observedAt: Timestamp): Quote {
  return { price: at, halfWidth: NO_VALUE, guarded: false, observedAt }
}
