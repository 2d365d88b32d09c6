import { add, isNegative, subtract } from '../core/quantity/arithmetic.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
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

/**
 * The decision of `assessOwner` for one netting set, made with no more of the owner's sets than it depends on: of a bucket with a line
 * the pool and the lines that are served before it (METHODOLOGY 7).
 */
export function decidingExcess(set: NettingSet, { sets }: OwnedSets, under: Valuation): Distance {
  const side = assessNettingSet(set, under)
  const isOwing = hasLiability(set.portfolio)
  if (set.mode.kind !== 'line')
    return { excess: subtract(side.value, side.requirement), safe: !isOwing || side.sufficient }
  const granted = grantedTo(set, side, sets, under)
  const excess = add(granted, subtract(side.value, side.requirement))
  return { excess, safe: !isOwing || side.sufficient || !exceedsGrant(side, granted) }
}

function grantedTo(set: NettingSet, own: Side, sets: readonly NettingSet[], under: Valuation): Value {
  const pool = sets.find(({ mode }) => mode.kind === 'cross')
  if (pool === undefined) return NO_VALUE
  const poolSide = assessNettingSet(pool, under)
  if (isNegative(subtract(poolSide.value, poolSide.requirement))) return NO_VALUE
  const needs = sets.flatMap((one) => {
    if (one.mode.kind !== 'line' || one.number > set.number) return []
    const side = one.number === set.number ? own : assessNettingSet(one, under)
    const shortfall = hasLiability(one.portfolio) ? shortfallOf(side) : NO_VALUE
    return [{ bucket: one.number, line: one.mode.line, shortfall }]
  })
  return grantLines(poolSide, needs).find(({ bucket }) => bucket === set.number)?.granted ?? NO_VALUE
}
