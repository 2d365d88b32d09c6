import { price } from '../core/quantity/price.ts'
import type { Rate } from '../core/quantity/rate.ts'
import { elapsedMs } from '../core/quantity/timestamp.ts'
import { NO_VALUE, value } from '../core/quantity/value.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import type { OptionPricing } from '../core/market/listing.ts'
import type { Quote } from '../core/market/quote.ts'
import { optionValue } from '../core/pricing/black76.ts'
import { impliedVolatility } from '../core/pricing/implied-volatility.ts'
import { TIME_BOUND_MS } from '../core/pricing/root-time.ts'
import { type PreparedSurface, preparedVolatilityAt } from '../core/pricing/surface-volatility.ts'
import type { FileOption } from '../wire/portfolio/file-terms.ts'
import { canBePriced, forwardOf, type SurfaceSource } from './surface-of-file.ts'

/** An option's mark, and what it was priced from. Either may be unknown. */
export interface PricedOption {
  readonly mark: Quote | undefined
  readonly pricing: OptionPricing | undefined
}

export interface OptionSource extends SurfaceSource {
  readonly surfaces: ReadonlyMap<AssetId, PreparedSurface>
}

/**
 * A mark that is given stands. Its volatility is the one the price says, else that of the file's surface, else the one the mark
 * implies; without a mark the option is worth its Black-76 value at that volatility.
 */
export function pricedOption(option: FileOption, given: Quote | undefined, source: OptionSource): PricedOption {
  const { underlying, expiry, strike } = option
  const { file, time } = source
  const timeMs = elapsedMs({ earlier: time, later: expiry })
  const surface = source.surfaces.get(underlying)
  const point = surface === undefined ? undefined : preparedVolatilityAt(surface, { expiry, strike })
  const forward = point?.forward ?? forwardOf(underlying, expiry, source)
  if (forward === undefined) return { mark: given, pricing: undefined }
  const flat = file.vols.get(underlying)
  const said =
    file.contractPrices.get(option.id)?.vol ?? point?.volatility ?? (flat?.kind === 'flat' ? flat.vol : undefined)
  const volatility = said ?? (given === undefined ? undefined : impliedBy(option, given, { forward, timeMs }))
  if (volatility === undefined || !canBePriced(volatility, timeMs)) return { mark: given, pricing: undefined }
  const pricing = { forward, volatility, pricedAt: time }
  return { mark: given ?? valueAt(option, pricing, timeMs), pricing }
}

/** The high end: more volatility is never less risk. */
function impliedBy(
  { right, strike }: FileOption,
  { price: mark }: Quote,
  { forward, timeMs }: Pick<OptionPricing, 'forward'> & { readonly timeMs: number },
): Rate | undefined {
  if (timeMs <= 0 || timeMs > TIME_BOUND_MS) return undefined
  return impliedVolatility({ kind: right, forward, strike, timeMs, mark: value(mark) })?.high
}

/** The high end of the enclosure, two atoms at most above the low one; a price is at least one atom. */
function valueAt(
  { right, strike }: FileOption,
  { forward, volatility, pricedAt }: OptionPricing,
  timeMs: number,
): Quote {
  const { high } = optionValue({ kind: right, forward, strike, volatility, timeMs })
  return { price: price(high > 0n ? high : 1n), halfWidth: NO_VALUE, guarded: false, observedAt: pricedAt }
}
