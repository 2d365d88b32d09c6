import { standingOf } from '../calibration/asset-catalogue.ts'
import type { FactorSeries } from '../calibration/factor-returns.ts'
import type { PanelSeries, PricePanel } from '../calibration/price-panel.ts'
import type { Line } from './book.ts'

/** Everything that can be held under the factors of a calibration, one line a series of the panel. */
export function linesOf(panel: PricePanel, factors: readonly FactorSeries[]): readonly Line[] {
  const places = new Map(factors.map(({ id }, i) => [id, i]))
  return panel.series.flatMap((series, at): readonly Line[] => {
    const line = lineOf(series, places)
    return line === undefined ? [] : [{ ...line, series: at }]
  })
}

function lineOf({ asset, kind }: PanelSeries, places: ReadonlyMap<string, number>): Omit<Line, 'series'> | undefined {
  const standing = standingOf(asset)
  const id = kind === 'perpetual' ? `${asset} perpetual` : asset
  if (standing.kind === 'coin') {
    const price = places.get(asset)
    if (price === undefined) return undefined
    const basis = kind === 'perpetual' ? places.get(`${asset}/basis/perpetual`) : undefined
    return { id, underlying: asset, price, basis, peg: undefined }
  }
  const peg = places.get(`${asset}/peg`)
  if (peg === undefined || kind === 'perpetual') return undefined
  if (standing.kind === 'dollar') return { id, underlying: asset, price: undefined, basis: undefined, peg }
  const price = places.get(standing.reference)
  if (price === undefined) return undefined
  return { id, underlying: standing.reference, price, basis: undefined, peg }
}
