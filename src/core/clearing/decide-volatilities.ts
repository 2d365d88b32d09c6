import { isLess, isPositive } from '../quantity/arithmetic.ts'
import { isWithinBand } from '../quantity/comparison.ts'
import { type Ppm, ppm } from '../quantity/ppm.ts'
import type { Price } from '../quantity/price.ts'
import { rate } from '../quantity/rate.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import { indexPrice } from '../market/listing.ts'
import type { ReportedSlice } from '../market/volatility-report.ts'
import { VOLATILITY_BOUND } from '../pricing/deviation.ts'
import { TIME_BOUND_MS } from '../pricing/root-time.ts'
import { surfaceArbitrage } from '../pricing/surface-arbitrage.ts'
import type { Command } from './command.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import { preparedReport } from './prepared-report.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'

/** Expiries of a report, and strikes of an expiry: each is looked at for arbitrage, which takes about half a millisecond. */
const MOST_SLICES = 32
const MOST_POINTS = 64

/** A forward further from the index than half of it is an error of the feed: no carry is that large. */
const FORWARD_BAND: Ppm = ppm(500_000n)

/**
 * What an underlying's options are priced from. Checked in this order: the time, the underlying and its index, age, then slice by
 * slice. Arbitrage is no reason to refuse a report, since the next might be as bad and old prices are worse: it is part of the
 * event, for people to see.
 */
export function decideReportVolatilities(
  state: ReadonlyState,
  { underlying, observedAt, slices }: Extract<Command, { type: 'reportVolatilities' }>,
  time: Timestamp,
): Decision {
  if (observedAt > time) return rejected({ reason: 'ObservedInTheFuture', observedAt, time })
  if (state.assets.get(underlying) === undefined) return rejected({ reason: 'UnknownAsset', asset: underlying })
  const index = indexPrice(state, underlying)
  if (index === undefined)
    return rejected({ reason: 'PriceUnusable', key: { kind: 'index', asset: underlying }, condition: 'none' })
  const knownAt = state.volatilities.get(underlying)?.observedAt
  if (knownAt !== undefined && observedAt < knownAt)
    return rejected({ reason: 'OlderThanKnownPrice', id: `volatilities ${underlying}`, observedAt, knownAt })
  const bad = badSlices(slices, { index, time })
  if (bad !== undefined) return rejected(bad)
  const findings = surfaceArbitrage(preparedReport({ slices }, time))
  return accepted({ type: 'VolatilitiesReported', underlying, observedAt, index, slices, findings })
}

interface At {
  readonly index: Price
  readonly time: Timestamp
}

function badSlices(slices: readonly ReportedSlice[], at: At): Rejection | undefined {
  if (slices.length === 0 || slices.length > MOST_SLICES) return bad('slices', `1 to ${MOST_SLICES} slices`)
  for (const [i, slice] of slices.entries()) {
    const before = slices[i - 1]
    const field = `slices[${i}]`
    if (before !== undefined && slice.expiry <= before.expiry)
      return bad(`${field}.expiry`, 'later than the slice before')
    const problem = badSlice(slice, field, at)
    if (problem !== undefined) return problem
  }
  return undefined
}

function badSlice(
  { expiry, forward, points }: ReportedSlice,
  field: string,
  { index, time }: At,
): Rejection | undefined {
  if (BigInt(elapsedMs({ earlier: time, later: expiry })) > TIME_BOUND_MS)
    return bad(`${field}.expiry`, 'at most 100 years from now')
  if (!isWithinBand({ price: forward, reference: index, band: FORWARD_BAND }))
    return bad(`${field}.forward`, 'within half of the index')
  if (points.length === 0 || points.length > MOST_POINTS) return bad(`${field}.points`, `1 to ${MOST_POINTS} points`)
  for (const [i, { strike, volatility }] of points.entries()) {
    const before = points[i - 1]
    if (before !== undefined && !isLess(before.strike, strike))
      return bad(`${field}.points[${i}].strike`, 'above the point before')
    if (!isPositive(volatility) || !isLess(volatility, rate(VOLATILITY_BOUND)))
      return bad(`${field}.points[${i}].volatility`, 'above 0 and below 1000')
  }
  return undefined
}

function bad(field: string, expected: string): Rejection {
  return { reason: 'BadVolatilities', field, expected }
}
