import type {
  AssetDescription,
  ContractDescription,
  CrashDescription,
  EpochDescription,
  FactorDescription,
  Tier,
  TradingDescription,
} from '../epoch/description.ts'
import { compareNames } from '../../core/instrument/identifier.ts'
import { standingOf } from './asset-catalogue.ts'
import type { Calibration, FactorState } from './calibrator.ts'
import { COMMON_MOVES } from './factor-fit.ts'
import type { FactorSeries } from './factor-returns.ts'
import { medianDaily } from './factor-tier.ts'
import { ASSUMED, assumptionTexts, type OptionAssumption } from './assumptions.ts'
import { type LeftOut, reasonLeftOut } from './left-out.ts'
import { marketReturn } from './market-return.ts'
import { RULES } from './rules.ts'

/** What a calibration is described from. */
export interface CalibratedPast {
  readonly factors: readonly FactorSeries[]
  readonly known: Calibration
  /** Last closes by asset, USD per unit. */
  readonly prices: ReadonlyMap<string, number>
  /** Assets that have a price of their own, and not of a perpetual alone. */
  readonly spot: ReadonlySet<string>
  /** Place of the panel that the calibration ends with, and steps a day. */
  readonly at: number
  readonly daily: number
  /** Places of the panel at which named steps end. */
  readonly crashes: readonly { readonly id: string; readonly at: number }[]
  readonly source: string
}

export interface DescribedEpoch {
  readonly description: EpochDescription
  /** What is not measured but assumed, one sentence each. */
  readonly assumptions: readonly string[]
  /** What is not in the epoch, with its reason, by asset. */
  readonly leftOut: readonly LeftOut[]
  /** Places, in the calibration, of the measured factors that are in the epoch. */
  readonly places: readonly number[]
}

/**
 * A calibration as the description of an epoch: measured where there are data, else a published assumption that is named. What has
 * collapsed or has too few prices is not in the epoch, so it is charged in full.
 */
export function describeEpoch(past: CalibratedPast): DescribedEpoch {
  const rows = past.factors.map((series, i): Row => ({ series, state: stateAt(past.known, i), place: i }))
  const { prices, pegs, bases, leftOut } = sorted(rows, past)
  const measured = [...prices, ...pegs, ...bases]
  const description: EpochDescription = {
    source: past.source,
    ...ASSUMED.weights,
    factors: {
      ...Object.fromEntries(measured.map((row) => [row.series.id, factorOf(row, past)])),
      ...assumedFactors(prices, bases, past),
    },
    assets: Object.fromEntries([...prices, ...pegs].map((row) => [row.series.asset, assetOf(row, past)])),
    contracts: Object.fromEntries(prices.map((row) => [row.series.asset, contractsOn(row, bases, past)])),
    crashes: past.crashes.map((crash) => crashOf(crash, measured, past.factors)),
    windows: Object.fromEntries(measured.map((row) => [row.series.id, windowsOf(row, past)])),
    ...ASSUMED.charges,
  }
  const withoutVolume = [...prices, ...pegs].filter((row) => dailyUsd(row, past) === 0)
  return {
    description,
    assumptions: assumptionTexts(withoutVolume.map(({ series }) => series.asset)),
    leftOut,
    places: measured.map(({ place }) => place),
  }
}

interface Sorted {
  readonly prices: readonly Row[]
  readonly pegs: readonly Row[]
  readonly bases: readonly Row[]
  readonly leftOut: readonly LeftOut[]
}

function sorted(rows: readonly Row[], past: CalibratedPast): Sorted {
  const judged = rows.map((row) => ({ row, reason: reasonLeftOut(row, past) }))
  const fit = judged.filter(({ reason }) => reason === undefined).map(({ row }) => row)
  const prices = fit.filter(({ series }) => series.kind === 'price')
  const names = new Set(prices.map(({ series }) => series.asset))
  const claims = fit.filter(({ series }) => series.kind === 'peg')
  const stands = ({ series: { reference } }: Row) => reference === undefined || names.has(reference)
  const leftOut = [
    ...judged.flatMap(({ row: { series }, reason }): readonly LeftOut[] =>
      reason === undefined || series.kind === 'basis' ? [] : [{ asset: series.asset, reason }],
    ),
    ...claims
      .filter((row) => !stands(row))
      .map(({ series }) => ({ asset: series.asset, reason: 'NoReference' as const })),
  ]
  return {
    prices,
    pegs: claims.filter(stands),
    bases: fit.filter(({ series }) => series.kind === 'basis' && names.has(series.asset)),
    leftOut: leftOut.toSorted((a, b) => compareNames(a.asset, b.asset)),
  }
}

interface Row {
  readonly series: FactorSeries
  readonly state: FactorState
  readonly place: number
}

function stateAt({ factors }: Calibration, place: number): FactorState {
  const state = factors[place]
  if (state === undefined) throw new RangeError(`no factor at ${place}`)
  return state
}

function factorOf({ state, place }: Row, { known, daily }: CalibratedPast): FactorDescription {
  const { logMove, earnsOffset, inMarketFall } = state
  return {
    dailySigma: state.chargedSigma * Math.sqrt(daily),
    logMove,
    loadings: loadingsAt(known.loadings, place),
    inMarketFall,
    earnsOffset,
  }
}

function loadingsAt(loadings: Float64Array, place: number): FactorDescription['loadings'] {
  const from = place * COMMON_MOVES
  return [loadings[from] ?? 0, loadings[from + 1] ?? 0, loadings[from + 2] ?? 0, loadings[from + 3] ?? 0]
}

/** Factors without any history here: bases of contracts nobody gave prices of, volatilities. */
function assumedFactors(
  prices: readonly Row[],
  bases: readonly Row[],
  past: CalibratedPast,
): Record<string, FactorDescription> {
  const measured = new Set(bases.map(({ series }) => series.id))
  const factors: Record<string, FactorDescription> = {}
  for (const { series, state, place } of prices) {
    const { perpetual, future } = ASSUMED.basisMove[tierOf(state)]
    const ofPerpetual = `${series.asset}/basis/perpetual`
    if (!measured.has(ofPerpetual)) factors[ofPerpetual] = assumedBasis(perpetual, state)
    factors[`${series.asset}/basis/future`] = assumedBasis(future, state)
    const option = optionOn(series.asset)
    if (option !== undefined)
      factors[`${series.asset}/vol`] = volatilityFactor(option, loadingsAt(past.known.loadings, place))
  }
  return factors
}

/** No history is at hand: a quarter of the move is taken for sigma. */
function assumedBasis(move: number, { earnsOffset }: FactorState): FactorDescription {
  return { dailySigma: move / 4, logMove: move, loadings: [0, 0, 0, 0], inMarketFall: 'down', earnsOffset }
}

/** It rises when its price falls: along the price's own common moves, turned round. */
function volatilityFactor(option: OptionAssumption, price: FactorDescription['loadings']): FactorDescription {
  const size = Math.hypot(...price)
  const along = size > 0 ? ASSUMED.volatility.correlation / size : 0
  const [a, b, c, d] = price
  return {
    dailySigma: ASSUMED.volatility.sigma,
    logMove: Math.log1p(option.volatilityUp),
    loadings: [along * a, along * b, along * c, along * d],
    inMarketFall: 'up',
    earnsOffset: true,
  }
}

function assetOf(row: Row, past: CalibratedPast): AssetDescription {
  const { series, state } = row
  const standing = standingOf(series.asset)
  const tier = standing.kind === 'coin' ? tierOf(state) : 'major'
  const spread = standing.kind === 'coin' ? ASSUMED.halfSpread[tier] : ASSUMED.claimHalfSpread
  const trading = tradingOf(row, past, spread)
  const described: AssetDescription = {
    isCollateral: past.spot.has(series.asset) && dailyUsd(row, past) > 0,
    tier,
    trading,
    concentration: { freeUnits: trading.dailyVolumeUnits, surcharge: ASSUMED.surcharge[tier] },
  }
  switch (standing.kind) {
    case 'coin':
      return described
    case 'dollar':
      return { ...described, claim: { beta: 1, slip: ASSUMED.slip.dollar } }
    case 'claim':
      return { ...described, claim: { reference: standing.reference, beta: 1, slip: ASSUMED.slip.staked } }
    default:
      return standing satisfies never
  }
}

function contractsOn(row: Row, bases: readonly Row[], past: CalibratedPast): ContractDescription {
  const { asset } = row.series
  const halfSpread = ASSUMED.halfSpread[tierOf(row.state)]
  const spot = tradingOf(row, past, halfSpread)
  const option = optionOn(asset)
  const basis = past.spot.has(asset) ? bases.find(({ series }) => series.asset === asset) : row
  const ofPerpetual = basis === undefined ? 0 : dailyUsd(basis, past)
  const linear = {
    perpetual:
      ofPerpetual > 0
        ? { ...spot, dailyVolumeUnits: units(ofPerpetual, row, past) }
        : { ...spot, dailyVolumeUnits: spot.dailyVolumeUnits * ASSUMED.perpetualVolume },
    future: {
      ...spot,
      halfSpread: halfSpread * 2,
      dailyVolumeUnits: Math.ceil(spot.dailyVolumeUnits * ASSUMED.futureVolume),
    },
  }
  if (option === undefined) return linear
  const { dailyVolumeUnits, ...grid } = option
  return { ...linear, option: { ...grid, trading: { ...ASSUMED.optionTrading, dailyVolumeUnits } } }
}

function optionOn(asset: string): OptionAssumption | undefined {
  return ASSUMED.options.get(asset)
}

/** Whole units a day: of the median day of the last quarter, else what is assumed of the tier. */
function tradingOf(row: Row, past: CalibratedPast, halfSpread: number): TradingDescription {
  const usd = dailyUsd(row, past) || ASSUMED.dailyUsd[tierOf(row.state)]
  return { halfSpread, impactFactor: ASSUMED.impactFactor, dailyVolumeUnits: units(usd, row, past) }
}

/** Whole units that so many dollars are, within what an epoch can say of a volume. */
function units(usd: number, { series }: Row, { prices }: CalibratedPast): number {
  return Math.min(LARGEST_VOLUME, Math.max(1, Math.round(usd / (prices.get(series.asset) ?? 1))))
}

/** Ten times as much is still a quantity of core, and a figure without an exponent. */
const LARGEST_VOLUME = 1e16

function dailyUsd({ series }: Row, { at, daily }: CalibratedPast): number {
  return medianDaily(series.volumeUsd, at + 1, daily)
}

/** A coin without a price on the day fell as the market did; a peg or a basis stood still. */
function crashOf(
  { id, at }: CalibratedPast['crashes'][number],
  rows: readonly Row[],
  factors: readonly FactorSeries[],
): CrashDescription {
  const market = marketReturn(factors, at)
  const returns = rows.flatMap(({ series }) => {
    const own = series.returns[at] ?? Number.NaN
    const gained = Number.isNaN(own) && series.kind === 'price' ? market : own
    return Number.isNaN(gained) ? [] : [[series.id, Math.expm1(gained)] as const]
  })
  return { id, damp: ASSUMED.crashDamp, returns: Object.fromEntries(returns) }
}

/** The factor's column, oldest first: returns of a step in sigmas of a step, as returns in sigmas of a day. */
function windowsOf({ place, state }: Row, { known: { windows }, daily }: CalibratedPast): readonly number[] {
  const { count, next, size, filled } = windows
  const most = LARGEST_MOVE / state.chargedSigma
  return Array.from({ length: count }, (_, row) => {
    const at = (next - count + row + RULES.windows) % RULES.windows
    const gained = filled[at * size + place] ?? 0
    return Math.min(most, Math.max(-most, gained)) / Math.sqrt(daily)
  })
}

/** Log move beyond which a model reads no window: eight thousand times. */
const LARGEST_MOVE = 9

function tierOf({ tier }: FactorState): Tier {
  return tier === 'major' || tier === 'large' ? tier : 'other'
}
