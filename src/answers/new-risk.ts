import { add, isLess, isPositive, subtract } from '../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import type { AccountId } from '../core/instrument/identifier.ts'
import { drawnInFull, exceedsGrant, shortfallOf } from '../core/margin/lines.ts'
import type { Side } from '../core/margin/model.ts'
import { unsettledProfits } from '../core/portfolio/claims.ts'
import type { MarketView } from '../core/market/listing.ts'
import type { WhatIfRejection } from '../wire/what-if-report.ts'
import { newRiskAllowed } from './assess.ts'
import type { DecidedSet } from './set-report.ts'

/** What the test of METHODOLOGY 7 looks at in a netting set. */
type Tested = Pick<DecidedSet, 'set' | 'initial'>

/** A netting set of an owner that trades, orders or withdraws. */
export interface Touch {
  readonly account: AccountId
  readonly number: number
  /** Takes risk: the exception for what lowers risk counts. */
  readonly trades: boolean
  /** Value leaves it. */
  readonly withdraws: boolean
}

/**
 * Why an owner's changes are refused; undefined if they are not (METHODOLOGY 1 and 7). Each touched set must be covered afterwards, its pool
 * with what lines would draw; a trade also passes where the set's IM does not rise and its IM - NLV falls. For what is withdrawn no
 * unsettled profit of any set counts. `before` is under the market of afterwards, without the changes.
 */
export function newRiskRejection(
  touched: readonly Touch[],
  {
    before,
    after,
    market,
  }: { readonly before: readonly Tested[]; readonly after: readonly Tested[]; readonly market: MarketView },
): WhatIfRejection | undefined {
  const settled = after.map((one): Tested => {
    const unsettled = unsettledProfits(one.set.portfolio, market)
    return {
      set: one.set,
      initial: { ...one.initial, ...covered(subtract(one.initial.value, unsettled), one.initial) },
    }
  })
  for (const touch of touched) {
    const failing = uncovered(touch, after)
    if (failing !== undefined && (touch.withdraws || !lowersRisk(touch, before, after))) return failing
    const unbacked = touch.withdraws ? uncovered(touch, settled) : undefined
    if (unbacked !== undefined) return { ...unbacked, reason: 'UnsettledProfitNotWithdrawable' }
  }
  return undefined
}

function covered(value: Value, { requirement }: Side): Pick<Side, 'value' | 'sufficient'> {
  return { value, sufficient: !isLess(value, requirement) }
}

function lowersRisk({ number }: Touch, before: readonly Tested[], after: readonly Tested[]): boolean {
  const [old, now] = [before, after].map((sets) => sets.find(({ set }) => set.number === number)?.initial)
  if (old === undefined || now === undefined) return false
  const gap = ({ requirement, value }: Side) => subtract(requirement, value)
  return !isLess(old.requirement, now.requirement) && isLess(gap(now), gap(old))
}

/** The first netting set that does not cover what is asked of it: the touched one, then its pool. */
function uncovered({ account, number }: Touch, sets: readonly Tested[]): WhatIfRejection | undefined {
  const index = sets.findIndex(({ set }) => set.number === number)
  const own = sets[index]
  if (own === undefined || newRiskAllowed(sets)[index] === true) return undefined
  const { set, initial } = own
  const said = (bucket: number, { value, requirement }: Side, granted: Value, reason: WhatIfRejection['reason']) => ({
    reason,
    account,
    bucket,
    netLiquidationValue: formatDecimal18(value),
    initialMargin: formatDecimal18(requirement),
    missing: formatDecimal18(subtract(subtract(requirement, value), granted)),
  })
  if (set.mode.kind === 'isolated') return said(number, initial, NO_VALUE, 'InitialMarginBreached')
  if (set.mode.kind === 'line' && exceedsGrant(initial, set.mode.line))
    return said(number, initial, set.mode.line, 'LineExceeded')
  const pool = sets.find((one) => one.set.mode.kind === 'cross')
  if (pool === undefined) return said(number, initial, NO_VALUE, 'InitialMarginBreached')
  const drawn = drawnInFull(
    sets.flatMap((one) =>
      one.set.mode.kind === 'line'
        ? [{ bucket: one.set.number, line: one.set.mode.line, shortfall: shortfallOf(one.initial) }]
        : [],
    ),
  )
  const reason = isPositive(drawn) ? 'LinesNotCovered' : 'InitialMarginBreached'
  const needed = said(pool.set.number, pool.initial, NO_VALUE, reason)
  const { value, requirement } = pool.initial
  return { ...needed, missing: formatDecimal18(subtract(add(requirement, drawn), value)) }
}
