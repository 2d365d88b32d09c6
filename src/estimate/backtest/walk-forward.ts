import { type Calibration, calibrator } from '../calibration/calibrator.ts'
import type { FactorSeries } from '../calibration/factor-returns.ts'
import { LISTED_AFTER_DAYS } from '../calibration/left-out.ts'
import type { PricePanel } from '../calibration/price-panel.ts'
import { DAY_MS } from '../calibration/rules.ts'
import { type Book, grossOf, type Leg } from './book.ts'
import { type ChargeShares, type ChargeTables, chargeTables } from './charge-tables.ts'
import { factorsOf, sizeFreeMargin, type SizeFreeMargin } from './size-free-margin.ts'

export interface Walk {
  readonly panel: PricePanel
  readonly factors: readonly FactorSeries[]
  readonly books: readonly Book[]
  readonly shares: ChargeShares
  /** First and last time at which a window may begin, ms UTC. */
  readonly from: number
  readonly to: number
  /** Called at every step of the walk with what is known then and the place of the next step. */
  readonly onStep: (known: Calibration, next: number) => void
  /** Called after every day of the walk. */
  readonly onDay: (time: number, known: Calibration) => void
}

/** What happened to one book in every window of the walk; shares of its gross worth. */
export interface BookHistory {
  readonly book: Book
  /** As charged at the start of the window, ramps included; NaN while a leg has too little history or no price at either end. */
  readonly margin: Float64Array
  /** Realised at the end of the window; a gain is negative. */
  readonly loss: Float64Array
  /** At the worst point within the window for every leg by itself; NaN where only closes are known. */
  readonly worstLoss: Float64Array
  /** One a day, under that day's own epoch; NaN while not charged. */
  readonly daily: {
    readonly required: Float64Array
    readonly correlated: Float64Array
    readonly isolated: Float64Array
    readonly sameUnderlying: Float64Array
    /** 1 where every leg earns its offset and none has collapsed, else 0. */
    readonly settled: Float64Array
  }
  /** Days on which a term decided. */
  readonly binding: Map<Exclude<keyof SizeFreeMargin, 'required'>, number>
}

export interface WalkResult {
  /** Times at which windows begin. */
  readonly times: readonly number[]
  /** Times of `daily`. */
  readonly days: readonly number[]
  readonly histories: readonly BookHistory[]
}

/** An epoch ramps in over a day (METHODOLOGY 2). */
const RAMP_MS = DAY_MS

/**
 * Charges every book in every window as it would have been: a new epoch each midnight from what was known then, ramping in over a
 * day, `old + a max(0, new - old)`; what is lower counts once the day is over. Books are constant: put back to their worths at
 * the end of each window. The future of a window decides nothing but its loss.
 */
export function walkForward(walk: Walk): WalkResult {
  const { panel, factors, books, from, to } = walk
  const daily = DAY_MS / panel.stepMs
  const places = windowPlaces(panel, from, to)
  const days = places.filter((at) => (panel.times[at] ?? 0) % DAY_MS === 0)
  const histories = books.map((book) => emptyHistory(book, places.length, days.length))
  const calibration = calibrator(factors, panel.times, panel.stepMs)
  const state = { before: blank(books), now: blank(books) }
  const eve = (panel.times[places[0] ?? 0] ?? 0) - Math.max(panel.stepMs, DAY_MS)
  let [taken, day] = [0, 0]
  const take = (upTo: number) => {
    for (; taken <= upTo; taken += 1) {
      calibration.next()
      const time = panel.times[taken] ?? 0
      if (time >= from) walk.onStep(calibration.known(), taken + 1)
      // The epoch of the day before the first window is the one that is charged in it.
      if (time === eve) state.now = chargeAll(walk, calibration.known(), daily)
    }
  }
  places.forEach((at, window) => {
    const time = panel.times[at] ?? 0
    take(at)
    if (window === 0 || time % DAY_MS === 0) {
      state.before = state.now
      state.now = chargeAll(walk, calibration.known(), daily)
      if (time % DAY_MS === 0) noteDay(histories, day++, state.now)
      walk.onDay(time, calibration.known())
    }
    const share = (time % RAMP_MS) / RAMP_MS
    histories.forEach((history, i) => noteWindow(history, panel, { at, window, charged: blended(state, i, share) }))
  })
  return {
    times: places.map((at) => panel.times[at] ?? 0),
    days: days.map((at) => panel.times[at] ?? 0),
    histories,
  }
}

/** Places of the panel at which a window begins that ends within the panel. */
function windowPlaces({ times }: PricePanel, from: number, to: number): readonly number[] {
  return times.flatMap((time, at) => (time >= from && time < to && at + 1 < times.length ? [at] : []))
}

interface Charged {
  readonly margins: readonly (SizeFreeMargin | undefined)[]
  readonly isolated: Float64Array
  readonly sameUnderlying: Float64Array
  readonly settled: Float64Array
  /** Whether a leg has collapsed: that is a listing's verdict and no epoch's, so nothing of it ramps. */
  readonly collapsed: readonly boolean[]
}

function blank(books: readonly Book[]): Charged {
  const none = () => new Float64Array(books.length).fill(Number.NaN)
  return {
    margins: books.map(() => undefined),
    isolated: none(),
    sameUnderlying: none(),
    settled: none(),
    collapsed: [],
  }
}

function chargeAll({ books, factors, shares }: Walk, known: Calibration, daily: number): Charged {
  const isListed = known.factors.map(({ steps }) => steps >= LISTED_AFTER_DAYS * daily)
  const isUnderlying = factors.map(({ kind }, i) => kind === 'price' && isListed[i] === true)
  const tables = chargeTables(known, shares, isUnderlying)
  const marginOf = marginsOf(tables)
  const charged = blank(books)
  const margins = books.map((book, i) => {
    const touched = book.legs.flatMap(({ line }) => factorsOf(line))
    if (!touched.every((factor) => isListed[factor] === true)) return undefined
    charged.settled[i] = touched.every((factor) => tables.earns[factor] === true) ? 1 : 0
    charged.isolated[i] = book.legs.reduce((sum, leg) => sum + marginOf([leg]).required, 0)
    charged.sameUnderlying[i] = nettedWithin(book.legs, marginOf)
    return marginOf(book.legs)
  })
  const collapsed = books.map(({ legs }) =>
    legs.some(({ line }) => factorsOf(line).some((factor) => tables.collapsed[factor] === true)),
  )
  return { ...charged, margins, collapsed }
}

/** Margin of legs that are one line, from what a dollar of it asks on that side: a margin is in proportion to worths. */
function marginsOf(tables: ChargeTables): (legs: readonly Leg[]) => SizeFreeMargin {
  const known = new Map<string, SizeFreeMargin>()
  return (legs) => {
    const [only, ...others] = legs
    if (only === undefined || others.length > 0) return sizeFreeMargin(legs, tables)
    const key = `${only.line.id} ${Math.sign(only.worth)}`
    const unit = known.get(key) ?? sizeFreeMargin([{ line: only.line, worth: Math.sign(only.worth) }], tables)
    known.set(key, unit)
    return scaled(unit, Math.abs(only.worth))
  }
}

function scaled(margin: SizeFreeMargin, by: number): SizeFreeMargin {
  const { correlated, scenario, history, basis, peg, inFull, required } = margin
  return {
    correlated: correlated * by,
    scenario: scenario * by,
    history: history * by,
    basis: basis * by,
    peg: peg * by,
    inFull: inFull * by,
    required: required * by,
  }
}

/** As a venue charges that nets inside one underlying and adds up over underlyings. */
function nettedWithin(legs: readonly Leg[], marginOf: (legs: readonly Leg[]) => SizeFreeMargin): number {
  let sum = 0
  for (const own of Map.groupBy(legs, ({ line }) => line.underlying).values()) sum += marginOf(own).required
  return sum
}

function blended(
  { before, now }: { readonly before: Charged; readonly now: Charged },
  i: number,
  share: number,
): number {
  const [old, next] = [before.margins[i]?.required, now.margins[i]?.required]
  if (old === undefined || next === undefined) return Number.NaN
  if (now.collapsed[i] === true) return Math.max(old, next)
  return old + share * Math.max(0, next - old)
}

function noteDay(histories: readonly BookHistory[], day: number, charged: Charged): void {
  histories.forEach(({ book, daily, binding }, i) => {
    const margin = charged.margins[i]
    if (margin === undefined) return
    const gross = grossOf(book)
    daily.required[day] = margin.required / gross
    daily.correlated[day] = margin.correlated / gross
    daily.isolated[day] = (charged.isolated[i] ?? 0) / gross
    daily.sameUnderlying[day] = (charged.sameUnderlying[i] ?? 0) / gross
    daily.settled[day] = charged.settled[i] ?? 0
    const term = TERMS.find((name) => margin[name] === margin.required) ?? 'inFull'
    binding.set(term, (binding.get(term) ?? 0) + 1)
  })
}

const TERMS = ['correlated', 'scenario', 'history', 'basis', 'peg'] as const

function noteWindow(
  { book, margin, loss, worstLoss }: BookHistory,
  { series }: PricePanel,
  { at, window, charged }: { readonly at: number; readonly window: number; readonly charged: number },
): void {
  let [lost, worst] = [0, 0]
  for (const { line, worth } of book.legs) {
    const { close, high, low } = series[line.series] ?? NO_SERIES
    const start = close[at] ?? Number.NaN
    lost -= worth * ((close[at + 1] ?? Number.NaN) / start - 1)
    worst -= worth * (((worth > 0 ? low : high)[at + 1] ?? Number.NaN) / start - 1)
  }
  if (Number.isNaN(lost) || Number.isNaN(charged)) return
  const gross = grossOf(book)
  margin[window] = charged / gross
  loss[window] = lost / gross
  worstLoss[window] = worst / gross
}

const NO_SERIES = { close: new Float64Array(0), high: new Float64Array(0), low: new Float64Array(0) }

function emptyHistory(book: Book, windows: number, days: number): BookHistory {
  const unknown = (length: number) => new Float64Array(length).fill(Number.NaN)
  return {
    book,
    margin: unknown(windows),
    loss: unknown(windows),
    worstLoss: unknown(windows),
    daily: {
      required: unknown(days),
      correlated: unknown(days),
      isolated: unknown(days),
      sameUnderlying: unknown(days),
      settled: unknown(days),
    },
    binding: new Map(),
  }
}
