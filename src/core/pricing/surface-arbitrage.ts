import type { Price } from '../quantity/price.ts'
import { type Rate, rate } from '../quantity/rate.ts'
import { divCeil, divFloor } from '../quantity/rounding.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { ONE } from '../quantity/unit.ts'
import { optionValue } from './black76.ts'
import { strikeDown } from './delta-moneyness.ts'
import { VOLATILITY_BOUND } from './deviation.ts'
import type { Enclosure } from './enclosure.ts'
import { FIXED_ONE, type Fixed } from './fixed.ts'
import { MS_PER_YEAR } from './root-time.ts'
import type { PreparedSlice, PreparedSurface } from './surface-volatility.ts'
import { varianceAt, volatilityOf } from './variance-curve.ts'

/** A point of a surface as it is named to who gave it. */
export interface NamedPoint {
  readonly expiry: Timestamp
  readonly strike: Price
  readonly volatility: Rate
}

/** What no market without arbitrage has. Reported; prices are made from the surface all the same. */
export type SurfaceFinding =
  /** SVI gives a negative variance, or none below 100,000%. */
  | { readonly kind: 'noVolatility'; readonly expiry: Timestamp; readonly strike: Price }
  /** The call at the second strike, which is above the first, costs more. */
  | { readonly kind: 'callRises'; readonly points: readonly [NamedPoint, NamedPoint] }
  /** The call at the middle strike costs more than the line between its neighbours: their butterfly has a negative price. */
  | { readonly kind: 'butterfly'; readonly points: readonly [NamedPoint, NamedPoint, NamedPoint] }
  /** Total variance at one k = ln(K/F) is lower at the later expiry. */
  | { readonly kind: 'calendar'; readonly points: readonly [earlier: NamedPoint, later: NamedPoint] }

/** SVI is looked at where k is -1.5, -1.45, ..., 1.5. */
const GRID_STEPS = 30n
const STEPS_PER_ONE = 20n

interface PricedPoint extends NamedPoint {
  readonly call: Enclosure<bigint>
}

/**
 * Findings by slice, ascending by strike, then between neighbouring slices. Only what is certain is reported: calls by the ends
 * of their enclosures, total variances if they differ by more than 1e-18.
 *
 * Within a slice every three neighbouring pillars, or points of the grid of SVI, are tested; between two slices every k at which
 * one of them has a pillar or a point. A flat slice counts at the forward.
 */
export function surfaceArbitrage({ slices }: PreparedSurface): readonly SurfaceFinding[] {
  const within = slices.flatMap(sliceFindings)
  const between = slices.flatMap((later, i) => {
    const earlier = slices[i - 1]
    return earlier === undefined ? [] : calendarFindings(earlier, later)
  })
  return [...within, ...between]
}

function sliceFindings(slice: PreparedSlice): readonly SurfaceFinding[] {
  const findings: SurfaceFinding[] = []
  const priced: PricedPoint[] = []
  for (const moneyness of moneynesses(slice)) {
    const found = pointAt(slice, moneyness)
    if (found.volatility === undefined)
      findings.push({ kind: 'noVolatility', expiry: found.expiry, strike: found.strike })
    else priced.push(pricedPoint({ ...found, volatility: found.volatility }, slice))
  }
  priced.forEach((upper, i) => {
    const [middle, lower] = [priced[i - 1], priced[i - 2]]
    if (middle === undefined) return
    if (upper.call.low > middle.call.high) findings.push({ kind: 'callRises', points: [named(middle), named(upper)] })
    if (lower !== undefined && isConcave(lower, middle, upper)) {
      findings.push({ kind: 'butterfly', points: [named(lower), named(middle), named(upper)] })
    }
  })
  return findings
}

function calendarFindings(earlier: PreparedSlice, later: PreparedSlice): readonly SurfaceFinding[] {
  const where = [...new Set([...moneynesses(earlier), ...moneynesses(later)])].toSorted(ascending)
  return where.flatMap((moneyness): readonly SurfaceFinding[] => {
    const [first, second] = [varianceAt(earlier.curve, moneyness), varianceAt(later.curve, moneyness)]
    if (first === undefined || second === undefined) return []
    const fall = first * BigInt(earlier.timeMs) - second * BigInt(later.timeMs)
    if (fall <= ONE * MS_PER_YEAR) return []
    const points = [pointAt(earlier, moneyness), pointAt(later, moneyness)] as const
    const [from, to] = points.map((point) => point.volatility)
    if (from === undefined || to === undefined) return []
    return [
      {
        kind: 'calendar',
        points: [
          { ...points[0], volatility: from },
          { ...points[1], volatility: to },
        ],
      },
    ]
  })
}

/** Where a slice says something: its pillars, the grid of SVI, the forward of a flat one. Ascending. */
function moneynesses({ curve }: PreparedSlice): readonly Fixed[] {
  if (curve.kind === 'points') return curve.points.map((point) => point.moneyness)
  const steps: Fixed[] = []
  for (let step = -GRID_STEPS; step <= GRID_STEPS; step += 1n) steps.push(divFloor(step * FIXED_ONE, STEPS_PER_ONE))
  return steps
}

function pointAt(
  { terms, forward, curve }: PreparedSlice,
  moneyness: Fixed,
): { readonly expiry: Timestamp; readonly strike: Price; readonly volatility: Rate | undefined } {
  const variance = varianceAt(curve, moneyness)
  const atoms = variance === undefined || variance < 0n ? undefined : volatilityOf(variance)
  const volatility = atoms === undefined || atoms >= VOLATILITY_BOUND ? undefined : rate(atoms)
  return { expiry: terms.expiry, strike: strikeDown(moneyness, forward), volatility }
}

/**
 * A volatility that was rounded by half an atom moves a call by less than 0.4 F sqrt(T) atoms of 1e-18, T <= 100 years: below 4
 * atoms per unit of forward, by which its ends are widened.
 */
function pricedPoint(point: NamedPoint, { forward, timeMs }: PreparedSlice): PricedPoint {
  const { strike, volatility } = point
  const perUnit: bigint = forward.price
  const slack = divCeil(4n * perUnit, ONE)
  const { low, high }: Enclosure<bigint> = optionValue({
    kind: 'call',
    forward: forward.price,
    strike,
    volatility,
    timeMs,
  })
  return { ...point, call: { low: low - slack, high: high + slack } }
}

function isConcave(lower: PricedPoint, middle: PricedPoint, upper: PricedPoint): boolean {
  const [first, second, third]: readonly [bigint, bigint, bigint] = [lower.strike, middle.strike, upper.strike]
  const line = lower.call.high * (third - second) + upper.call.high * (second - first)
  return middle.call.low * (third - first) > line
}

function named({ expiry, strike, volatility }: PricedPoint): NamedPoint {
  return { expiry, strike, volatility }
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
