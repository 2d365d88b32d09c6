import { compare, isLess } from '../core/quantity/arithmetic.ts'
import type { Price } from '../core/quantity/price.ts'
import { type Rate, rate, UNIT_INDEX } from '../core/quantity/rate.ts'
import { elapsedMs, type Timestamp } from '../core/quantity/timestamp.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import type { ListedAsset } from '../core/market/listing.ts'
import { VOLATILITY_BOUND } from '../core/pricing/deviation.ts'
import { TIME_BOUND_MS } from '../core/pricing/root-time.ts'
import { type PreparedSurface, prepareSurface } from '../core/pricing/surface-volatility.ts'
import type { Smile, VolatilitySlice } from '../core/pricing/vol-surface.ts'
import type { Smile as FileSmile, VolSlice } from '../wire/portfolio/market-data.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'

/** What forwards and volatilities are looked up in. */
export interface SurfaceSource {
  readonly file: PortfolioHeader
  readonly time: Timestamp
  readonly assets: ReadonlyMap<AssetId, ListedAsset>
}

/** Surfaces of the underlyings that the file gives slices of. Slices that say no volatility that can be priced with are left out. */
export function surfacesOfFile(source: SurfaceSource): ReadonlyMap<AssetId, PreparedSurface> {
  const surfaces = new Map<AssetId, PreparedSurface>()
  for (const [underlying, vols] of source.file.vols) {
    if (vols.kind === 'flat') continue
    const slices = vols.slices.flatMap((slice) => sliceOf(slice, underlying, source))
    surfaces.set(underlying, prepareSurface({ slices: slices.toSorted((a, b) => a.expiry - b.expiry) }, source.time))
  }
  return surfaces
}

/** Of a slice of that expiry, else the mark of the future that ends then, else the price of the underlying. */
export function forwardOf(underlying: AssetId, expiry: Timestamp, { file, assets }: SurfaceSource): Price | undefined {
  const vols = file.vols.get(underlying)
  const slices = vols?.kind === 'slices' ? vols.slices : []
  const own = slices.find((slice) => slice.expiry === expiry)?.forward
  if (own !== undefined) return own
  for (const contract of file.contracts.values()) {
    if (contract.kind !== 'future' || contract.underlying !== underlying || contract.expiry !== expiry) continue
    const mark = file.contractPrices.get(contract.id)?.mark
    if (mark !== undefined) return mark
  }
  return assets.get(underlying)?.index?.price
}

/** Whether a time to expiry and a volatility are within what options are priced for. */
export function canBePriced(volatility: Rate, timeMs: number): boolean {
  return isLess(volatility, rate(VOLATILITY_BOUND)) && timeMs > 0 && timeMs <= TIME_BOUND_MS
}

function sliceOf(slice: VolSlice, underlying: AssetId, source: SurfaceSource): readonly VolatilitySlice[] {
  const { expiry } = slice
  const forward = forwardOf(underlying, expiry, source)
  const smile = smileOf(slice.smile)
  const timeMs = elapsedMs({ earlier: source.time, later: expiry })
  return forward === undefined || smile === undefined || timeMs > TIME_BOUND_MS ? [] : [{ expiry, forward, smile }]
}

/** Points by strike, if there are any; points by delta count only without. */
function smileOf(smile: FileSmile): Smile | undefined {
  if (smile.kind === 'svi') return { kind: 'svi', ...smile.svi }
  const bound = rate(VOLATILITY_BOUND)
  const usable = smile.points.filter(({ vol }) => isLess(vol, bound))
  const strikes = usable.flatMap((point) =>
    point.kind === 'strike' ? [{ strike: point.strike, volatility: point.vol }] : [],
  )
  if (strikes.length > 0) return { kind: 'strikes', pillars: strikes.toSorted((a, b) => compare(a.strike, b.strike)) }
  const deltas = usable.flatMap((point) =>
    point.kind === 'delta' && isInside(point.delta) ? [{ delta: point.delta, volatility: point.vol }] : [],
  )
  return deltas.length > 0 ? { kind: 'deltas', pillars: deltas } : undefined
}

/** Strictly between -1 and 1, and not 0: a delta that some strike has. */
function isInside(delta: Rate): boolean {
  const size = delta < 0n ? rate(-delta) : delta
  return size > 0n && isLess(size, UNIT_INDEX)
}
