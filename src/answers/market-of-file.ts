import { exceeds } from '../core/quantity/comparison.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { NO_FUNDING } from '../core/quantity/funding-index.ts'
import { NO_PPM, ppm, WHOLE } from '../core/quantity/ppm.ts'
import { ONE_DOLLAR, price } from '../core/quantity/price.ts'
import { NO_QUANTITY, QUANTITY_BOUND, quantity } from '../core/quantity/quantity.ts'
import { fractionPpmDown } from '../core/quantity/ratio.ts'
import { type Timestamp, timestamp } from '../core/quantity/timestamp.ts'
import { NO_VALUE, VALUE_BOUND, value } from '../core/quantity/value.ts'
import type { Asset, Backing, PriceRules } from '../core/instrument/asset.ts'
import type { AssetId, MarketId } from '../core/instrument/identifier.ts'
import type { Contract, TradingTerms } from '../core/instrument/market.ts'
import type { ListedAsset, ListedMarket } from '../core/market/listing.ts'
import type { Quote } from '../core/market/quote.ts'
import type { PreparedSurface } from '../core/pricing/surface-volatility.ts'
import { USD } from '../wire/portfolio/document-fields.ts'
import type { FileAsset, FileContract } from '../wire/portfolio/file-terms.ts'
import type { FilePrice } from '../wire/portfolio/market-data.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'
import type { Answer, Fault } from './fault.ts'
import { type OptionSource, pricedOption } from './option-of-file.ts'
import { surfacesOfFile } from './surface-of-file.ts'
import { observedAt, valuationTime } from './valuation-time.ts'

/** The market a file is valued in: what a margin model sees of it, and when. */
export interface FileMarket {
  readonly assets: ReadonlyMap<AssetId, ListedAsset>
  readonly markets: ReadonlyMap<MarketId, ListedMarket>
  /** Of underlyings with slices of volatilities. */
  readonly surfaces: ReadonlyMap<AssetId, PreparedSurface>
  readonly time: Timestamp
}

/**
 * When a price may be relied upon, for files say nothing of it: five minutes after it was seen, and with an interval of at most one
 * percent to either side. Only warnings and the initial side's prudence follow from it.
 */
export const PRICE_RULES: PriceRules = {
  freshForMs: 300_000,
  lowConfidencePpm: ppm(10_000n),
  dailyVolatilityPpm: NO_PPM,
}

/**
 * Assets and contracts of a file with their prices. Quantities of contracts count in units of the underlying, whatever the contract
 * size. Inverse contracts are left out. Refuses intervals wider than
 * the price.
 */
export function marketOfFile(file: PortfolioHeader): Answer<FileMarket> {
  const faults: Fault[] = []
  const time = valuationTime(file)
  const assets = new Map<AssetId, ListedAsset>([[USD, { terms: assetTerms(USD_TERMS), index: DOLLAR }]])
  for (const asset of file.assets.values()) {
    const said = file.assetPrices.get(asset.id)
    assets.set(asset.id, listedAsset(asset, said === undefined ? undefined : quoteOf(asset.id, said, time, faults)))
  }
  const markets = new Map<MarketId, ListedMarket>()
  const surfaces = surfacesOfFile({ file, time, assets })
  for (const contract of file.contracts.values()) {
    const listed = listedContract(contract, { file, time, assets, surfaces, faults })
    if (listed !== undefined) markets.set(contract.id, listed)
  }
  return faults.length === 0 ? { ok: true, answer: { assets, markets, surfaces, time } } : { ok: false, faults }
}

interface Listing extends OptionSource {
  readonly faults: Fault[]
}

const USD_TERMS: FileAsset = {
  id: USD,
  claim: { kind: 'volatile' },
  decimals: 18,
  isCollateral: true,
  supplyCap: undefined,
  accountCap: undefined,
  borrowCap: undefined,
  venueSupply: undefined,
  venueBorrow: undefined,
  depth: undefined,
}
const DOLLAR: Quote = { price: ONE_DOLLAR, halfWidth: NO_VALUE, guarded: false, observedAt: timestamp(0) }
/** Margin models take what closing costs from their own parameters; these terms are of the clearinghouse's fills. */
const NO_COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(VALUE_BOUND - 1n) }
const NO_INTEREST = { basePpm: NO_PPM, kinkPpm: WHOLE, atKinkPpm: NO_PPM, atFullPpm: NO_PPM, capPpm: WHOLE }
const LEAST = quantity(1n)
const NO_LIMIT = quantity(QUANTITY_BOUND - 1n)

function assetTerms({ id, decimals, claim }: FileAsset): Asset {
  const terms = {
    id,
    nativeDecimals: decimals,
    borrowable: true,
    borrowCurve: NO_INTEREST,
    priceRules: PRICE_RULES,
    closeOutCost: NO_COST,
  }
  return claim.kind === 'volatile' ? terms : { ...terms, backing: backingOf(claim) }
}

function backingOf({ reference, redemptionDelayMs }: Exclude<FileAsset['claim'], { kind: 'volatile' }>): Backing {
  return { reference: reference === USD ? undefined : reference, redeemable: redemptionDelayMs !== undefined }
}

function listedAsset(asset: FileAsset, index: Quote | undefined): ListedAsset {
  const listed = { terms: assetTerms(asset), index }
  if (asset.claim.kind === 'volatile') return listed
  const { exchangeRate, redemptionDelayMs } = asset.claim
  // A stablecoin that can be redeemed is taken back at its reference, unit for unit, unless the file says otherwise.
  const rate = exchangeRate ?? (redemptionDelayMs === undefined ? undefined : ONE_DOLLAR)
  return rate === undefined ? listed : { ...listed, exchangeRate: rate }
}

function listedContract(contract: FileContract, listing: Listing): ListedMarket | undefined {
  const { file, time, faults } = listing
  if (contract.payoff.kind === 'inverse') return undefined
  const said = file.contractPrices.get(contract.id)
  const own = said === undefined ? undefined : quoteOf(contract.id, said, time, faults)
  const rest = { terms: contractTerms(contract), status: contract.status, fundingIndex: NO_FUNDING }
  const openInterest = contract.openInterest ?? NO_QUANTITY
  if (contract.kind !== 'option')
    return { ...rest, openInterest, mark: own ?? listing.assets.get(contract.underlying)?.index }
  const { mark, pricing } = pricedOption(contract, own, listing)
  return { ...rest, openInterest, mark, ...(pricing === undefined ? {} : { pricing }) }
}

function contractTerms(contract: FileContract): Contract {
  const { id, underlying, settlement, tick, lot } = contract
  const trading: TradingTerms = {
    id,
    tick: tick ?? price(1n),
    lot: lot ?? LEAST,
    minimumQuantity: LEAST,
    priceBandPpm: WHOLE,
    closeOutCost: NO_COST,
  }
  const terms = { ...trading, underlying, settlement, maximumOpenInterest: NO_LIMIT }
  switch (contract.kind) {
    case 'perpetual':
      return { ...terms, kind: 'perpetual' }
    case 'future':
      return { ...terms, kind: 'future', expiry: contract.expiry }
    case 'option':
      return { ...terms, kind: 'option', expiry: contract.expiry, strike: contract.strike, right: contract.right }
    default:
      return contract satisfies never
  }
}

/** What a file says of a price. A confidence is rounded down, which charges more for what is in doubt. */
function quoteOf(id: string, said: FilePrice, now: Timestamp, faults: Fault[]): Quote {
  const { mark, interval, smoothed, bid, ask, confidence } = said
  if (interval !== undefined && exceeds(interval, mark)) faults.push(intervalFault(id, said))
  return {
    price: mark,
    halfWidth: interval ?? NO_VALUE,
    guarded: false,
    observedAt: observedAt(said, now),
    ...(smoothed === undefined ? {} : { smoothed }),
    ...(bid === undefined ? {} : { bid }),
    ...(ask === undefined ? {} : { ask }),
    confidence: fractionPpmDown(confidence),
  }
}

function intervalFault(id: string, { interval, mark }: FilePrice): Fault {
  return {
    document: 'portfolio',
    path: ['prices', id, 'interval'],
    code: 'BadDecimal',
    expected: `a half-width of at most the price, ${formatDecimal18(mark)}`,
    got: `"${formatDecimal18(interval ?? NO_VALUE)}"`,
    remedy: 'give half of the width of the interval, in the unit of the price',
  }
}
