import type { AssetTier, ListingEvidence, PegEvidence } from '../../core/collateral/listing-evidence.ts'
import { ppm, type Ppm } from '../../core/quantity/ppm.ts'
import { ONE } from '../../core/quantity/unit.ts'
import { value } from '../../core/quantity/value.ts'
import { standingOf } from './asset-catalogue.ts'
import type { FactorState } from './calibrator.ts'
import { medianDaily } from './factor-tier.ts'
import { marketReturn } from './market-return.ts'
import type { PanelSeries } from './price-panel.ts'
import { DAY_MS, RULES } from './rules.ts'
import type { WalkedPanel } from './walked-panel.ts'

/** What prices tell of one asset when a listing is to be judged. */
export interface JudgedAsset {
  readonly asset: string
  readonly evidence: ListingEvidence
  /** What holding one dollar of it may lose at the target coverage, of one; a claim's own and its reference's together, at most one. */
  readonly riskWeight: number
}

/**
 * Evidence on every asset of a panel of days, by name. Prices count since the last absence of more than a week, and only if they
 * reach the panel's end; falls, volatility and pegs are those of the last 250 days, and of falls those that half the market did not
 * share. `filesOf` tells the files of an asset, which are taken for sources that do not depend on each other. Depths are in no
 * price file. Throws RangeError for a panel of other steps.
 */
export function listingEvidence(
  walked: WalkedPanel,
  filesOf: ReadonlyMap<string, ReadonlySet<string>>,
): readonly JudgedAsset[] {
  const { panel, known, factors } = walked
  if (panel.stepMs !== DAY_MS)
    throw new RangeError(`evidence is taken from daily prices, the step was ${panel.stepMs} ms`)
  const market = panel.times.map((_, at) => marketReturn(factors, at))
  const states = new Map(known.factors.map((state) => [state.id, state]))
  const lastOfFile = lastByFile(walked, filesOf)
  const byAsset = Map.groupBy(panel.series, ({ asset }) => asset)
  return [...byAsset].map(([asset, series]) => {
    const close = closesOf(series)
    const files = filesOf.get(asset) ?? new Set()
    const told = { asset, close, history: historyOf(close), market, peg: pegEvidence(asset, close, byAsset) }
    const isFileAlive = [...files].some((file) => isRecent(lastOfFile.get(file) ?? -1, close.length))
    const evidence = evidenceOf(told, { series, states, sources: files.size, isFileAlive })
    return { asset, evidence, riskWeight: riskWeightOf(asset, states) }
  })
}

interface History {
  /** Place of the last price; -1 without any. */
  readonly last: number
  /** Where the stretch of prices begins that ends there. */
  readonly first: number
  /** Days with a price in it. */
  readonly days: number
}

interface Told {
  readonly asset: string
  readonly close: Float64Array
  readonly history: History
  readonly market: readonly number[]
  readonly peg: PegEvidence | undefined
}

interface Known {
  readonly series: readonly PanelSeries[]
  readonly states: ReadonlyMap<string, FactorState>
  readonly sources: number
  readonly isFileAlive: boolean
}

function evidenceOf({ asset, close, history, market, peg }: Told, known: Known): ListingEvidence {
  const isCurrent = isRecent(history.last, close.length)
  const returns = recentReturns(close, history)
  const spot = known.series.find(({ kind }) => kind === 'spot')
  const volumeUsd = spot === undefined ? 0 : medianDaily(spot.volumeUsd, close.length, 1)
  return {
    tier: tierOf(asset, known.states),
    dailyPrices: isCurrent ? history.days : 0,
    sources: known.sources,
    largestFallPpm: ppmUp(largestFall(returns, market)),
    halted: !isCurrent && known.isFileAlive,
    dailyVolatilityPpm: ppmUp(rootMeanSquare(returns)),
    ...(volumeUsd > 0 ? { dailyVolumeUsd: value(BigInt(Math.floor(volumeUsd)) * ONE) } : {}),
    ...(peg === undefined ? {} : { peg }),
  }
}

/** A coin by what it trades, a claim as what it stands for. */
function tierOf(asset: string, states: ReadonlyMap<string, FactorState>): AssetTier {
  const standing = standingOf(asset)
  switch (standing.kind) {
    case 'dollar':
      return 'major'
    case 'claim':
      return tierOf(standing.reference, states)
    case 'coin': {
      const tier = states.get(asset)?.tier
      return tier === 'major' || tier === 'large' ? tier : 'other'
    }
    default:
      return standing satisfies never
  }
}

function riskWeightOf(asset: string, states: ReadonlyMap<string, FactorState>): number {
  const standing = standingOf(asset)
  const own = weightOf(states.get(standing.kind === 'coin' ? asset : `${asset}/peg`))
  return standing.kind === 'claim' ? Math.min(1, own + weightOf(states.get(standing.reference))) : own
}

function weightOf(state: FactorState | undefined): number {
  return state === undefined || state.steps === 0 ? 1 : -Math.expm1(-state.logMove)
}

/** Of the coin itself; where it has no price any more or yet, of its perpetual. */
function closesOf(series: readonly PanelSeries[]): Float64Array {
  const [first, second] = series
  if (first === undefined) throw new RangeError('an asset of a panel has a series')
  return second === undefined
    ? first.close
    : first.close.map((price, at) => (Number.isNaN(price) ? (second.close[at] ?? Number.NaN) : price))
}

function historyOf(close: Float64Array): History {
  const last = close.findLastIndex((price) => !Number.isNaN(price))
  let [first, days, missing] = [last, 0, 0]
  for (let at = last; at >= 0 && missing <= RULES.relistedAfterDays; at -= 1) {
    if (Number.isNaN(close[at] ?? Number.NaN)) {
      missing += 1
      continue
    }
    first = at
    days += 1
    missing = 0
  }
  return { last, first, days }
}

function isRecent(at: number, length: number): boolean {
  return at >= 0 && length - 1 - at <= RULES.relistedAfterDays
}

/** The last price that each file may have given, as a place of the panel. */
function lastByFile(
  { panel }: WalkedPanel,
  filesOf: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, number> {
  const lasts = new Map<string, number>()
  for (const { asset, close, sources } of panel.series) {
    const last = close.findLastIndex((price) => !Number.isNaN(price))
    // A series of several files does not say which of them its last price is from.
    const files = sources.length === 1 ? sources : []
    for (const file of files)
      if (filesOf.get(asset)?.has(file) === true) lasts.set(file, Math.max(lasts.get(file) ?? -1, last))
  }
  return lasts
}

interface PlacedReturn {
  readonly at: number
  readonly gained: number
}

function recentReturns(close: Float64Array, { first, last }: History): readonly PlacedReturn[] {
  const from = Math.max(first + 1, last - RULES.offsetDays + 1)
  const returns: PlacedReturn[] = []
  for (let at = from; at <= last; at += 1) {
    const gained = Math.log((close[at] ?? Number.NaN) / (close[at - 1] ?? Number.NaN))
    if (!Number.isNaN(gained)) returns.push({ at, gained })
  }
  return returns
}

/** The calibrator's reading of METHODOLOGY 9: what half the market shares is a crash and no collapse. */
function largestFall(returns: readonly PlacedReturn[], market: readonly number[]): number {
  return returns.reduce((most, { at, gained }) => {
    const fall = Math.expm1(gained)
    return fall <= 2 * Math.expm1(market[at] ?? 0) ? Math.max(most, -fall) : most
  }, 0)
}

function rootMeanSquare(returns: readonly PlacedReturn[]): number {
  const squares = returns.reduce((sum, { gained }) => sum + gained * gained, 0)
  return returns.length === 0 ? 0 : Math.sqrt(squares / returns.length)
}

/** Nothing but trade in their issuers' own tokens held these at a dollar: published designs. */
const ALGORITHMIC: ReadonlySet<string> = new Set(['UST', 'USTC', 'USDD', 'USDN'])

/** Of a dollar its distance from one; of a claim on a coin, whose rewards nobody tells here, from the median rate. */
function pegEvidence(
  asset: string,
  close: Float64Array,
  byAsset: ReadonlyMap<string, readonly PanelSeries[]>,
): PegEvidence | undefined {
  const algorithmic = ALGORITHMIC.has(asset)
  const standing = standingOf(asset)
  if (standing.kind === 'coin' && !algorithmic) return undefined
  const reference = standing.kind === 'claim' ? (byAsset.get(standing.reference) ?? []) : undefined
  const rates = close
    .subarray(-RULES.offsetDays)
    .map(
      (price, i, { length }) => price / (reference === undefined ? 1 : closeAt(reference, close.length - length + i)),
    )
    .filter((rate) => !Number.isNaN(rate))
  const redemption = reference === undefined ? 1 : (rates.toSorted()[rates.length >>> 1] ?? 1)
  const worst = rates.reduce((most, rate) => Math.max(most, Math.abs(rate / redemption - 1)), 0)
  return { worstDeviationPpm: ppmUp(worst), algorithmic }
}

function closeAt(series: readonly PanelSeries[], at: number): number {
  return series[0]?.close[at] ?? Number.NaN
}

/** Against the asset. */
function ppmUp(share: number): Ppm {
  return ppm(BigInt(Math.ceil(share * 1e6 - 1e-6)))
}
