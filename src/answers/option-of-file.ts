import { price, type Price } from '../core/quantity/price.ts'
import type { Rate } from '../core/quantity/rate.ts'
import { elapsedMs, type Timestamp } from '../core/quantity/timestamp.ts'
import { NO_VALUE } from '../core/quantity/value.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import type { ListedAsset, OptionPricing } from '../core/market/listing.ts'
import type { Quote } from '../core/market/quote.ts'
import { optionValue } from '../core/pricing/black76.ts'
import type { FileOption } from '../wire/portfolio/file-terms.ts'
import type { VolSlice } from '../wire/portfolio/market-data.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'

/** An option's mark, and what it was priced from. Either may be unknown. */
export interface PricedOption {
  readonly mark: Quote | undefined
  readonly pricing: OptionPricing | undefined
}

interface Around {
  readonly file: PortfolioHeader
  readonly time: Timestamp
  readonly assets: ReadonlyMap<AssetId, ListedAsset>
}

/** A mark that is given stands; without one the Black-76 value at the volatility that the file gives. */
export function pricedOption(option: FileOption, given: Quote | undefined, around: Around): PricedOption {
  const forward = forwardOf(option, around)
  const volatility = volatilityOf(option, around.file)
  if (forward === undefined || volatility === undefined) return { mark: given, pricing: undefined }
  const pricing = { forward, volatility, pricedAt: around.time }
  return { mark: given ?? valueAt(option, pricing), pricing }
}

/** Of the slice of the expiry, else the mark of the future that ends then, else the price of the underlying. */
export function forwardOf({ underlying, expiry }: FileOption, { file, assets }: Around): Price | undefined {
  const own = sliceOf(file, underlying, expiry)?.forward
  if (own !== undefined) return own
  for (const contract of file.contracts.values()) {
    if (contract.kind !== 'future' || contract.underlying !== underlying || contract.expiry !== expiry) continue
    const mark = file.contractPrices.get(contract.id)?.mark
    if (mark !== undefined) return mark
  }
  return assets.get(underlying)?.index?.price
}

/** Of the price itself, of a flat surface, or of a point at the very strike. */
function volatilityOf({ id, underlying, expiry, strike }: FileOption, file: PortfolioHeader): Rate | undefined {
  const own = file.contractPrices.get(id)?.vol
  if (own !== undefined) return own
  const vols = file.vols.get(underlying)
  if (vols?.kind === 'flat') return vols.vol
  const smile = sliceOf(file, underlying, expiry)?.smile
  if (smile?.kind !== 'points') return undefined
  return smile.points.find((point) => point.kind === 'strike' && point.strike === strike)?.vol
}

function sliceOf(file: PortfolioHeader, underlying: AssetId, expiry: Timestamp): VolSlice | undefined {
  const vols = file.vols.get(underlying)
  return vols?.kind === 'slices' ? vols.slices.find((slice) => slice.expiry === expiry) : undefined
}

/** The high end of the enclosure, two atoms at most above the low one; a price is at least one atom. */
function valueAt({ right, strike, expiry }: FileOption, { forward, volatility, pricedAt }: OptionPricing): Quote {
  const timeMs = elapsedMs({ earlier: pricedAt, later: expiry })
  const { high } = optionValue({ kind: right, forward, strike, volatility, timeMs })
  return { price: price(high > 0n ? high : 1n), halfWidth: NO_VALUE, guarded: false, observedAt: pricedAt }
}
