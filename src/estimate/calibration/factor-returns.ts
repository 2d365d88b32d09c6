import { MAJORS, standingOf } from './asset-catalogue.ts'
import type { PanelSeries, PricePanel, SeriesKind } from './price-panel.ts'

/** A risk factor with its history on the panel's grid. */
export interface FactorSeries {
  readonly id: string
  readonly kind: 'price' | 'peg' | 'basis'
  readonly asset: string
  readonly isMajor: boolean
  /** What a peg is measured against; undefined: the dollar. */
  readonly reference: string | undefined
  /** Log return of each step that ends at the time of the same place; NaN where a price is missing on either side. */
  readonly returns: Float64Array
  /** What was traded in the step, USD; NaN where nobody tells. */
  readonly volumeUsd: Float64Array
}

export interface FactorSet {
  /** Prices first, then pegs, then bases; by asset. */
  readonly factors: readonly FactorSeries[]
  /** What was left out, and why. */
  readonly notes: readonly string[]
}

/**
 * The risk factors that a panel has prices for: a price for every coin (of its perpetual where there is no spot), a peg for every
 * claim against its reference, a basis for every perpetual beside a spot. A claim on a coin whose price is not near that of the
 * coin is left out: its file is most likely not in USD.
 */
export function factorReturns(panel: PricePanel): FactorSet {
  const notes: string[] = []
  const spots = seriesOf(panel, 'spot')
  const perpetuals = seriesOf(panel, 'perpetual')
  const prices: FactorSeries[] = []
  const pegs: FactorSeries[] = []
  for (const asset of assetsOf(panel)) {
    const standing = standingOf(asset)
    const series = spots.get(asset) ?? perpetuals.get(asset)
    if (series === undefined) continue
    if (standing.kind === 'coin') {
      const returns = filled(logReturns(series.close), perpetuals.get(asset))
      prices.push({ ...factor(asset, 'price', asset), returns, volumeUsd: series.volumeUsd })
      continue
    }
    const reference = standing.kind === 'dollar' ? undefined : standing.reference
    const rate = rateOf(series, reference, spots)
    if (rate === undefined) notes.push(`${asset}: left out, there is no price of ${reference} to measure it by`)
    else if (!isNearOne(rate))
      notes.push(`${asset}: left out, its price is not near that of ${reference ?? 'a dollar'}; is the file in USD?`)
    else {
      const peg = { ...factor(`${asset}/peg`, 'peg', asset), reference }
      pegs.push({ ...peg, returns: logReturns(rate), volumeUsd: series.volumeUsd })
    }
  }
  return { factors: [...prices, ...pegs, ...bases(spots, perpetuals)], notes }
}

export function seriesOf({ series }: PricePanel, kind: SeriesKind): ReadonlyMap<string, PanelSeries> {
  return new Map(series.filter((one) => one.kind === kind).map((one) => [one.asset, one]))
}

function bases(
  spots: ReadonlyMap<string, PanelSeries>,
  perpetuals: ReadonlyMap<string, PanelSeries>,
): readonly FactorSeries[] {
  return [...perpetuals].flatMap(([asset, { close, volumeUsd }]) => {
    const spot = spots.get(asset)
    if (spot === undefined || standingOf(asset).kind !== 'coin') return []
    const returns = logReturns(close.map((mark, t) => mark / (spot.close[t] ?? Number.NaN)))
    return [{ ...factor(`${asset}/basis/perpetual`, 'basis', asset), returns, volumeUsd }]
  })
}

/** A wrapped ether of the same source is the better measure of staked ether: it was observed at the same minute. */
function rateOf(
  { close, sources }: PanelSeries,
  reference: string | undefined,
  spots: ReadonlyMap<string, PanelSeries>,
): Float64Array | undefined {
  if (reference === undefined) return close
  const own = spots.get(reference)
  const twin = spots.get(`W${reference}`)
  const isTwin = twin !== undefined && twin.close !== close && folderOf(twin.sources[0]) === folderOf(sources[0])
  const measure = isTwin ? twin : own
  if (measure === undefined) return undefined
  return close.map((price, t) => {
    const by = measure.close[t] ?? Number.NaN
    return price / (Number.isNaN(by) ? (own?.close[t] ?? Number.NaN) : by)
  })
}

function folderOf(path = ''): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** Rewards add up to a few tenths over the years; a price in another unit is off by orders of magnitude. */
function isNearOne(rate: Float64Array): boolean {
  const known = rate.filter((one) => !Number.isNaN(one)).sort()
  const median = known[known.length >>> 1] ?? Number.NaN
  return median > 0.5 && median < 2
}

function factor(id: string, kind: FactorSeries['kind'], asset: string) {
  return { id, kind, asset, isMajor: kind === 'price' && MAJORS.has(asset), reference: undefined }
}

function logReturns(prices: Float64Array): Float64Array {
  return prices.map((price, t) => Math.log(price / (prices[t - 1] ?? Number.NaN)))
}

/** Where the coin itself has no price any more its perpetual tells how it moved. */
function filled(returns: Float64Array, perpetual: PanelSeries | undefined): Float64Array {
  if (perpetual === undefined) return returns
  const others = logReturns(perpetual.close)
  return returns.map((own, t) => (Number.isNaN(own) ? (others[t] ?? own) : own))
}

function assetsOf({ series }: PricePanel): readonly string[] {
  return [...new Set(series.map(({ asset }) => asset))].sort()
}
