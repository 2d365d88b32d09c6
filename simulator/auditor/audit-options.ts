import type { Event } from '../../src/core/clearing/event.ts'
import type { RepricedOption } from '../../src/core/clearing/repriced-option.ts'
import type { EuropeanOption } from '../../src/core/instrument/market.ts'
import type { ReportedSlice } from '../../src/core/market/volatility-report.ts'
import { type AuditBooks, type AuditVolatilities, marketOf } from './audit-books.ts'

const YEAR_MS = 31_536_000_000

/**
 * Checks every mark of a repricing in floating point, with formulas of its own, to nine digits of forward and strike; then books
 * what the events say. Which options are marked, from when a mark is and what is thought of it, is worked out exactly.
 */
export function observeRepricing(books: AuditBooks, underlying: string, events: readonly Event[]): readonly string[] {
  const [event] = events
  const reported = books.volatilities.get(underlying)
  const index = books.assets.get(underlying)?.quote
  if (event?.type !== 'Repriced' || reported === undefined || index === undefined) return ['a repricing without prices']
  const faults: string[] = []
  const expected = [...books.markets.values()].flatMap(({ terms }) =>
    terms.kind === 'option' && terms.underlying === underlying && terms.expiry > books.time ? [terms] : [],
  )
  const hasSlice = reported.slices.some(({ expiry }) => expiry > books.time)
  const names = (event.marks as readonly { market: string }[]).map(({ market }) => market)
  const wanted = expected.filter(({ settlement }) => hasSlice && books.assets.get(settlement)?.quote !== undefined)
  if (
    names.join() !==
    wanted
      .map(({ id }) => id)
      .sort()
      .join()
  )
    faults.push(`${names.join()} were priced`)
  if (event.marks.length + event.unpriced.length !== expected.length) faults.push('options are missing')
  for (const marked of event.marks) {
    const market = marketOf(books, marked.market)
    const { terms } = market
    if (terms.kind === 'option') faults.push(...auditMark(books, terms, marked, { reported, index: index.price }))
    const rules = books.assets.get(underlying)?.terms.priceRules
    const isDoubted =
      rules !== undefined &&
      !index.guarded &&
      books.time - index.observedAt <= rules.freshForMs &&
      index.halfWidth * 1_000_000n > index.price * rules.lowConfidencePpm
    if (marked.halfWidth > 0n !== isDoubted || marked.halfWidth > marked.mark) faults.push('half-width of a mark')
    if (marked.guarded !== index.guarded) faults.push('guard of a mark')
    if (marked.observedAt !== Math.min(index.observedAt, reported.observedAt)) faults.push('age of a mark')
    const { mark: price, halfWidth, guarded, observedAt } = marked
    market.mark = { price, halfWidth, guarded, observedAt }
  }
  return faults
}

function auditMark(
  books: AuditBooks,
  terms: EuropeanOption,
  { forward, volatility, mark }: RepricedOption,
  { reported, index }: { readonly reported: AuditVolatilities; readonly index: bigint },
): readonly string[] {
  const quote = asNumber(books.assets.get(terms.settlement)?.quote?.price ?? 0n)
  const years = (terms.expiry - books.time) / YEAR_MS
  const strike = asNumber(terms.strike)
  const point = surfacePoint(reported.slices, { time: books.time, expiry: terms.expiry, strike: strike * quote })
  const moved = (point.forward * asNumber(index)) / asNumber(reported.index) / quote
  const deviation = asNumber(volatility) * Math.sqrt(years)
  const worth = black76(terms.right, asNumber(forward), strike, deviation)
  const near = (a: number, b: number, scale: number) => Math.abs(a - b) <= 1e-9 * scale
  return [
    ...(near(moved, asNumber(forward), moved) ? [] : [`${terms.id}: forward ${forward}, should be ${moved}`]),
    ...(near(point.volatility, asNumber(volatility), 1)
      ? []
      : [`${terms.id}: volatility ${volatility}, ${point.volatility}`]),
    ...(near(worth, asNumber(mark), asNumber(forward) + strike)
      ? []
      : [`${terms.id}: mark ${mark}, should be ${worth}`]),
  ]
}

interface Where {
  readonly time: number
  readonly expiry: number
  readonly strike: number
}

/** Total variance linear in log-moneyness between strikes and in time between expiries; flat outside. */
function surfacePoint(slices: readonly ReportedSlice[], { time, expiry, strike }: Where) {
  const live = slices.filter((slice) => slice.expiry > time)
  const after = live.find((slice) => slice.expiry >= expiry)
  const before = live.filter((slice) => slice.expiry < expiry).at(-1)
  const only = after === undefined ? before : before === undefined || after.expiry === expiry ? after : undefined
  if (only !== undefined) {
    const forward = asNumber(only.forward)
    return { forward, volatility: Math.sqrt(varianceOf(only, Math.log(strike / forward))) }
  }
  if (before === undefined || after === undefined) return { forward: 0, volatility: 0 }
  const share = (expiry - before.expiry) / (after.expiry - before.expiry)
  const forward = asNumber(before.forward) * (1 - share) + asNumber(after.forward) * share
  const k = Math.log(strike / forward)
  const total =
    varianceOf(before, k) * (before.expiry - time) * (1 - share) + varianceOf(after, k) * (after.expiry - time) * share
  return { forward, volatility: Math.sqrt(total / (expiry - time)) }
}

function varianceOf({ forward, points }: ReportedSlice, k: number): number {
  const rows = points.map((point) => ({
    k: Math.log(asNumber(point.strike) / asNumber(forward)),
    variance: asNumber(point.volatility) ** 2,
  }))
  const above = rows.find((row) => row.k >= k)
  const below = rows.filter((row) => row.k < k).at(-1)
  if (above === undefined || below === undefined) return (above ?? below)?.variance ?? 0
  return below.variance + ((above.variance - below.variance) * (k - below.k)) / (above.k - below.k)
}

function black76(right: 'call' | 'put', forward: number, strike: number, deviation: number): number {
  const upper = Math.log(forward / strike) / deviation + deviation / 2
  const call = forward * normal(upper) - strike * normal(upper - deviation)
  return right === 'call' ? call : call - forward + strike
}

/** 1/2 + p(x) (x + x^3/3 + x^5/15 + ...). */
function normal(x: number): number {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0
  let [sum, term] = [x, x]
  for (let n = 3; Math.abs(term) > 1e-17; n += 2) {
    term *= (x * x) / n
    sum += term
  }
  return 0.5 + sum * Math.exp((-x * x) / 2) * 0.398_942_280_401_432_7
}

function asNumber(atoms: bigint): number {
  return Number(atoms) / 1e18
}
