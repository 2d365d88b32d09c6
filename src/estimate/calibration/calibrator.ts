import { type CorrelationSums, addStep, forget, noCorrelationSums } from './correlation-sums.ts'
import { chargedVolatility, type VolatilityView } from './charged-volatility.ts'
import { cappedSquare, decayOf, nextVariance } from './ewma-volatility.ts'
import { fitFactorModel, startingLoadings } from './factor-fit.ts'
import { factorTier } from './factor-tier.ts'
import type { FactorSeries } from './factor-returns.ts'
import { emptyColumn, type JointWindows, jointWindows, keepWindow, refill } from './joint-windows.ts'
import { marketReturn } from './market-return.ts'
import { DAY_MS, type FactorTier, RULES, TIER_START } from './rules.ts'
import { limitedRise, noteSigma, type RecentSigmas, recentSigmas } from './limited-rise.ts'
import { shrunkCorrelation } from './shrunk-correlation.ts'
import { NO_FIGURES, type SortedFigures, upperQuantile, withFigure, withFigures } from './sorted-figures.ts'
import { nextQuantile } from './tail-quantile.ts'

/** One factor as it is known after a step; standard deviations are of one step. */
export interface FactorState {
  readonly id: string
  readonly tier: FactorTier
  /** Steps with a return since it was first seen, or seen again after a long absence. */
  readonly steps: number
  /** Unfloored EWMA, and what is charged. */
  readonly currentSigma: number
  readonly chargedSigma: number
  /** x: the log move at the target coverage; Infinity once collapsed. */
  readonly logMove: number
  readonly collapsed: boolean
  readonly earnsOffset: boolean
  readonly inMarketFall: 'down' | 'up'
}

/** What a calibration has learnt up to a step; valid until the next step is taken in. */
export interface Calibration {
  readonly factors: readonly FactorState[]
  /** Four a factor, row by row. */
  readonly loadings: Float64Array
  /** Shrunk correlations the loadings were fitted to, row by row; those of the last week's end. */
  readonly correlation: Float64Array
  /** Log returns in charged standard deviations of their own time. */
  readonly windows: JointWindows
  /** Quantile of |return| in charged sigmas, by tier. */
  readonly quantiles: ReadonlyMap<FactorTier, number>
}

export interface Calibrator {
  /** Takes in the returns of the next step. */
  readonly next: () => void
  /** What is known after the last step taken in. */
  readonly known: () => Calibration
}

/**
 * Walks forward through the factors' returns, one step at a time: what it knows after a step follows from that step and those before
 * it alone, so no epoch can see the future. Sigma moves at every step; quantiles, tiers, correlations and their factor model at the
 * end of each week (METHODOLOGY 2).
 */
export function calibrator(series: readonly FactorSeries[], times: readonly number[], stepMs: number): Calibrator {
  const daily = DAY_MS / stepMs
  const walk = walkOf(series, daily)
  let at = 0
  const next = () => {
    takeStep(walk, at, daily)
    const time = times[at] ?? 0
    at += 1
    if (weekOf(time + stepMs) !== weekOf(time)) endWeek(walk, at, daily)
    chargeAll(walk, daily)
  }
  const known = () => {
    fitLoadings(walk)
    return knownNow(walk, daily)
  }
  return { next, known }
}

interface Tracked {
  readonly series: FactorSeries
  tier: FactorTier
  variance: number
  steps: number
  missing: number
  sumOfSquares: number
  /** Its EWMA at every step once that has forgotten what it was started from: an assumption is no past of its own. */
  past: SortedFigures
  charged: number
  /** Charged sigmas of the last days. */
  recent: RecentSigmas
  /** Of |return| in charged sigmas, moved at most so much a week even when its tier changes. */
  quantile: number
  collapsedFor: number
  /** Sum of its standardised returns in steps in which the market fell far. */
  inFalls: number
}

/** |return| in charged sigmas of one tier: all to the end of last week, sorted, and those of this week. */
interface Pool {
  seen: SortedFigures
  coming: number[]
}

interface Walk {
  readonly tracked: readonly Tracked[]
  readonly sums: CorrelationSums
  readonly windows: JointWindows
  readonly pools: Map<FactorTier, Pool>
  readonly quantiles: Map<FactorTier, number>
  readonly medians: Map<FactorTier, VolatilityView>
  readonly decay: { readonly volatility: number; readonly correlation: number }
  correlation: Float64Array
  loadings: Float64Array
  /** Whether the loadings are those of the correlation. */
  isFitted: boolean
  /** By factor, who fills its gaps: the others of its tier, the most correlated first. */
  donors: readonly (readonly number[])[]
}

function walkOf(series: readonly FactorSeries[], daily: number): Walk {
  const size = series.length
  const root = Math.sqrt(daily)
  const quantiles = new Map<FactorTier, number>()
  const medians = new Map<FactorTier, VolatilityView>()
  for (const [tier, { sigma, quantile }] of Object.entries(TIER_START) as [
    FactorTier,
    (typeof TIER_START)[FactorTier],
  ][]) {
    quantiles.set(tier, quantile)
    medians.set(tier, { current: sigma / root, stressed: sigma / root, longRun: sigma / root })
  }
  const correlation = new Float64Array(size * size)
  for (let i = 0; i < size; i += 1) correlation[i * size + i] = 1
  return {
    tracked: series.map((one) => unseen(one, daily)),
    sums: noCorrelationSums(size),
    windows: jointWindows(size),
    pools: new Map(),
    quantiles,
    medians,
    decay: {
      volatility: decayOf(RULES.volatilityHalfLife * daily),
      correlation: decayOf(RULES.correlationHalfLife * daily),
    },
    correlation,
    loadings: startingLoadings(size),
    isFitted: false,
    donors: series.map(() => []),
  }
}

function unseen(series: FactorSeries, daily: number): Tracked {
  const tier = factorTier(series, 0, 1)
  const none = {
    variance: 0,
    steps: 0,
    missing: 0,
    sumOfSquares: 0,
    charged: 0,
    quantile: 0,
    collapsedFor: 0,
    inFalls: 0,
  }
  return { series, tier, past: NO_FIGURES, recent: recentSigmas(daily), ...none }
}

function takeStep(walk: Walk, at: number, daily: number): void {
  const { tracked, windows, sums, decay } = walk
  const size = tracked.length
  const [raw, counted] = [new Float64Array(size).fill(Number.NaN), new Float64Array(size).fill(Number.NaN)]
  const market = marketReturn(
    tracked.map(({ series }) => series),
    at,
  )
  tracked.forEach((one, i) => {
    const gained = one.series.returns[at] ?? Number.NaN
    if (Number.isNaN(gained)) {
      absent(walk, one, i, daily)
      return
    }
    if (one.steps === 0) start(walk, one)
    raw[i] = within(gained / Math.sqrt(one.variance), RULES.returnCap)
    counted[i] = within(gained / one.charged, RULES.windowCap * one.quantile)
    takeReturn(walk, one, gained, daily)
    noteCollapse(one, gained, market, daily)
  })
  noteFall(walk, raw)
  addStep(sums, raw, decay.correlation)
  if (counted.some((one) => !Number.isNaN(one))) keepWindow(windows, counted)
}

function absent({ sums, windows }: Walk, one: Tracked, i: number, daily: number): void {
  one.missing += 1
  if (one.steps === 0 || one.missing <= RULES.relistedAfterDays * daily) return
  Object.assign(one, { ...unseen(one.series, daily), tier: one.tier })
  forget(sums, i)
  emptyColumn(windows, i)
}

function start({ medians, quantiles }: Walk, one: Tracked): void {
  const { current } = medianOf(medians, one.tier)
  one.quantile = quantiles.get(one.tier) ?? 0
  one.variance = current * current
  one.charged = current
}

function takeReturn({ pools, decay }: Walk, one: Tracked, gained: number, daily: number): void {
  const pool = pools.get(one.tier) ?? { seen: NO_FIGURES, coming: [] }
  pools.set(one.tier, pool)
  pool.coming.push(Math.abs(gained) / one.charged)
  one.missing = 0
  one.steps += 1
  one.sumOfSquares += cappedSquare(one.variance, gained)
  one.variance = nextVariance(one.variance, gained, decay.volatility)
  if (one.steps > RULES.shrinkDays * daily) one.past = withFigure(one.past, Math.sqrt(one.variance))
}

/** METHODOLOGY 9, read as a fall of its own: when half the market falls as far, that is a crash and no collapse. */
function noteCollapse(one: Tracked, gained: number, market: number, daily: number): void {
  if (one.collapsedFor > 0) one.collapsedFor -= 1
  const [fall, ofMarket] = [Math.expm1(gained), Math.expm1(market)]
  if (one.series.kind === 'price' && fall <= RULES.collapse && fall <= 2 * ofMarket)
    one.collapsedFor = RULES.offsetDays * daily
}

function noteFall({ tracked }: Walk, raw: Float64Array): void {
  let [sum, count] = [0, 0]
  tracked.forEach(({ series }, i) => {
    const one = raw[i] ?? Number.NaN
    if (series.kind !== 'price' || Number.isNaN(one)) return
    sum += one
    count += 1
  })
  if (count === 0 || sum / count > MARKET_FALL) return
  tracked.forEach((one, i) => {
    const gained = raw[i] ?? Number.NaN
    if (!Number.isNaN(gained)) one.inFalls += gained
  })
}

function chargeAll({ tracked, medians }: Walk, daily: number): void {
  for (const one of tracked) {
    if (one.steps === 0) continue
    const own = ownView(one)
    one.charged = limitedRise(one.recent, chargedVolatility(own, medianOf(medians, one.tier), one.steps / daily))
    noteSigma(one.recent, one.charged)
  }
}

function endWeek(walk: Walk, at: number, daily: number): void {
  const { tracked, pools, quantiles, sums, windows } = walk
  for (const one of tracked) one.tier = factorTier(one.series, at, daily)
  for (const [tier, pool] of pools) {
    pool.seen = withFigures(pool.seen, pool.coming)
    pool.coming = []
    quantiles.set(tier, nextQuantile(quantiles.get(tier) ?? 0, pool.seen, TIER_START[tier].quantile))
  }
  for (const one of tracked) one.quantile = towards(one.quantile, quantiles.get(one.tier) ?? 0)
  takeMedians(walk, daily)
  walk.correlation = shrunkCorrelation(
    sums,
    tracked.map(({ tier }) => tier),
    RULES.shrinkDays * daily,
  )
  walk.isFitted = false
  walk.donors = donorsOf(walk, daily)
  refill(windows, walk.donors)
}

/** Fits what the week's end has found, once somebody asks: from one start, so that neither when nor how often matters. */
function fitLoadings(walk: Walk): void {
  if (walk.isFitted) return
  const weights = Float64Array.from(walk.tracked, ({ tier }) => TIER_START[tier].fitWeight)
  walk.loadings = fitFactorModel(walk.correlation, weights).loadings
  walk.isFitted = true
}

/** Median over the factors of each tier that have a history of their own. */
function takeMedians({ tracked, medians }: Walk, daily: number): void {
  const seen = Map.groupBy(
    tracked.filter(({ steps }) => steps >= RULES.shrinkDays * daily),
    ({ tier }) => tier,
  )
  for (const [tier, members] of seen) {
    const views = members.map(ownView)
    medians.set(tier, {
      current: median(views.map(({ current }) => current)),
      stressed: median(views.map(({ stressed }) => stressed)),
      longRun: median(views.map(({ longRun }) => longRun)),
    })
  }
}

/** A factor that has earned its offset keeps its donors: another past every week would move margins without anything happening. */
function donorsOf({ tracked, correlation, donors }: Walk, daily: number): readonly (readonly number[])[] {
  const size = tracked.length
  const indices = tracked.map((_, i) => i)
  return tracked.map(({ tier, steps }, i) => {
    const kept = donors[i] ?? []
    if (steps === 0 || (kept.length > 0 && steps >= (RULES.offsetDays + RULES.weekDays) * daily)) return kept
    const like = (j: number) => correlation[i * size + j] ?? 0
    return indices.filter((j) => j !== i && tracked[j]?.tier === tier).sort((a, b) => like(b) - like(a) || a - b)
  })
}

function knownNow({ tracked, loadings, correlation, windows, quantiles }: Walk, daily: number): Calibration {
  const factors = tracked.map((one): FactorState => {
    const collapsed = one.collapsedFor > 0
    const currentSigma = Math.sqrt(one.variance)
    return {
      id: one.series.id,
      tier: one.tier,
      steps: one.steps,
      currentSigma,
      chargedSigma: one.charged,
      logMove: collapsed ? Infinity : one.quantile * one.charged,
      collapsed,
      earnsOffset: !collapsed && one.steps >= RULES.offsetDays * daily,
      inMarketFall: one.series.kind === 'basis' && one.inFalls > 0 ? 'up' : 'down',
    }
  })
  return { factors, loadings, correlation, windows, quantiles }
}

function ownView({ variance, past, sumOfSquares, steps }: Tracked): VolatilityView {
  const current = Math.sqrt(variance)
  return {
    current,
    stressed: past.count === 0 ? current : upperQuantile(past, RULES.stressedQuantile),
    longRun: Math.sqrt(sumOfSquares / steps),
  }
}

function medianOf(medians: Walk['medians'], tier: FactorTier): VolatilityView {
  return medians.get(tier) ?? { current: 0, stressed: 0, longRun: 0 }
}

function median(figures: readonly number[]): number {
  const sorted = Float64Array.from(figures).sort()
  return sorted[sorted.length >>> 1] ?? 0
}

/** As far towards the tier's quantile as a week may move it. */
function towards(own: number, ofTier: number): number {
  const step = RULES.quantileStep
  return Math.min(own * (1 + step), Math.max(own * (1 - step), ofTier))
}

function within(standardised: number, most: number): number {
  return Math.min(most, Math.max(-most, standardised))
}

/** Weeks end on Sundays at midnight UTC; 1970 began on a Thursday. */
function weekOf(time: number): number {
  return Math.floor((time - 4 * DAY_MS) / (RULES.weekDays * DAY_MS))
}

/** Mean of standardised returns of prices below which a step counts as a fall of the market. */
const MARKET_FALL = -1.5
