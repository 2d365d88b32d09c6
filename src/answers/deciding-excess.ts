import { add, isNegative, subtract } from '../core/quantity/arithmetic.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import type { MarketView } from '../core/market/listing.ts'
import { exceedsGrant, grantLines, shortfallOf } from '../core/margin/lines.ts'
import type { Side } from '../core/margin/model.ts'
import { hasLiability } from '../core/portfolio/portfolio.ts'
import { assessNettingSet, type Valuation } from './assess.ts'
import type { NettingSet, OwnedSets } from './netting-sets.ts'

/** How far a netting set is from liquidation under one market, and the decision. */
export interface Distance {
  /** NLV - MM, of a bucket with a line with what the pool grants it: below zero iff it does not suffice. USD. */
  readonly excess: Value
  /** The exact decision: not liquidatable. */
  readonly safe: boolean
}

/** The maintenance side of a netting set under a market. */
export type SideUnder = (set: NettingSet, under: Valuation) => Side

/** Sides by market, each worked out once while the market is held by someone: buckets with a line ask for that of their pool again. */
export function rememberedSides(): SideUnder {
  const known = new WeakMap<Valuation['market'], Map<NettingSet, Side>>()
  return (set, under) => {
    const sides = known.get(under.market) ?? new Map<NettingSet, Side>()
    known.set(under.market, sides)
    const before = sides.get(set)
    if (before !== undefined) return before
    const side = assessNettingSet(set, under)
    sides.set(set, side)
    return side
  }
}

/**
 * The decision of `assessOwner` for one netting set, made with no more of the owner's sets than it depends on: of a bucket with a line
 * the pool and the lines that are served before it (METHODOLOGY 7).
 */
export function decidingExcess(
  set: NettingSet,
  { sets }: OwnedSets,
  { under, sideOf }: { readonly under: Valuation; readonly sideOf: SideUnder },
): Distance {
  const side = sideOf(set, under)
  const isOwing = hasLiability(set.portfolio, under.market)
  if (set.mode.kind !== 'line')
    return { excess: subtract(side.value, side.requirement), safe: !isOwing || side.sufficient }
  const granted = grantedTo(set, side, sets, { sideOf: (one) => sideOf(one, under), market: under.market })
  const excess = add(granted, subtract(side.value, side.requirement))
  return { excess, safe: !isOwing || side.sufficient || !exceedsGrant(side, granted) }
}

function grantedTo(
  set: NettingSet,
  own: Side,
  sets: readonly NettingSet[],
  { sideOf, market }: { readonly sideOf: (set: NettingSet) => Side; readonly market: MarketView },
): Value {
  const pool = sets.find(({ mode }) => mode.kind === 'cross')
  if (pool === undefined) return NO_VALUE
  const poolSide = sideOf(pool)
  if (isNegative(subtract(poolSide.value, poolSide.requirement))) return NO_VALUE
  const needs = sets.flatMap((one) => {
    if (one.mode.kind !== 'line' || one.number > set.number) return []
    const side = one.number === set.number ? own : sideOf(one)
    const shortfall = hasLiability(one.portfolio, market) ? shortfallOf(side) : NO_VALUE
    return [{ bucket: one.number, line: one.mode.line, shortfall }]
  })
  return grantLines(poolSide, needs).find(({ bucket }) => bucket === set.number)?.granted ?? NO_VALUE
}
