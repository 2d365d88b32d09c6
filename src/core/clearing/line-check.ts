import { add, isLess, isPositive, subtract } from '../quantity/arithmetic.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, type Value } from '../quantity/value.ts'
import { lineOf, POOL } from '../ledger/account.ts'
import { drawnInFull, exceedsGrant, grantLines, type LineNeed, shortfallOf } from '../margin/lines.ts'
import type { Side } from '../margin/model.ts'
import { unsettledProfits } from '../portfolio/claims.ts'
import { hasLiability, lineNumbers } from '../portfolio/portfolio.ts'
import {
  initialOf,
  isBelowMaintenance,
  maintenanceOf,
  type NettingSetView,
  priceRejection,
  viewNettingSet,
} from './margin-check.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState, Risk } from './state.ts'

/** Added to the NLV of each netting set that is looked at: the benefit of the doubt, or nothing. */
export type Benefit = (view: NettingSetView) => Value

/** A netting set with its own initial side after what is asked: what the owner is tested on (METHODOLOGY 7). */
export interface Tested {
  readonly state: ReadonlyState
  readonly risk: Risk
  readonly view: NettingSetView
  readonly side: Side
  readonly time: Timestamp
}

/** What the pool guarantees of a netting set: nothing unless it is a bucket with a line. USD, >= 0. */
export function lineOfSet({ buckets }: NettingSetView): Value {
  const only = buckets[0]
  return only === undefined ? NO_VALUE : lineOf(only.bucket)
}

/**
 * What the pool grants a netting set now, after the lines of lower bucket numbers: nothing without a line, or while the pool
 * is at its maintenance margin or below. A bucket that owes nothing draws nothing.
 */
export function grantedTo(
  state: ReadonlyState,
  risk: Risk,
  view: NettingSetView,
  time: Timestamp,
  benefit: Benefit = () => NO_VALUE,
): Value {
  if (!isPositive(lineOfSet(view))) return NO_VALUE
  const owner = state.accounts.get(view.account)
  const pool = viewNettingSet(state, view.account, POOL)
  if (owner === undefined || pool === undefined) return NO_VALUE
  const withBenefit = (set: NettingSetView) => {
    const side = maintenanceOf(state, risk, set, time)
    return { ...side, value: add(side.value, benefit(set)) }
  }
  const needs: LineNeed[] = []
  for (const number of lineNumbers(owner)) {
    const set = viewNettingSet(state, view.account, number)
    if (set === undefined || number > view.bucket) continue
    const shortfall = hasLiability(set.portfolio, state) ? shortfallOf(withBenefit(set)) : NO_VALUE
    needs.push({ bucket: number, line: lineOfSet(set), shortfall })
  }
  const grants = grantLines(withBenefit(pool), needs)
  return grants.find(({ bucket }) => bucket === view.bucket)?.granted ?? NO_VALUE
}

/** Whether a netting set may be liquidated on its numbers: it owes something, NLV is below MM, and its line does not reach. */
export function isLiquidatable(
  state: ReadonlyState,
  risk: Risk,
  view: NettingSetView,
  maintenance: Side,
  time: Timestamp,
): boolean {
  if (!isBelowMaintenance(state, view, maintenance)) return false
  return !isPositive(lineOfSet(view)) || exceedsGrant(maintenance, grantedTo(state, risk, view, time))
}

/**
 * Why a change of risk is refused. Undefined when the owner is covered afterwards, or when the netting set's own IM did not
 * rise and its own IM - NLV fell: then what its line would draw did not rise either.
 */
export function newRiskRejection(before: Side, tested: Tested): Rejection | undefined {
  const { side } = tested
  const found = firstUncovered(tested, () => NO_VALUE)
  if (found === undefined) return undefined
  const gapShrank = isLess(subtract(side.requirement, side.value), subtract(before.requirement, before.value))
  if (gapShrank && !isLess(before.requirement, side.requirement)) return undefined
  return rejectionOf(found)
}

/** Why value may not leave a netting set; undefined when the owner is covered afterwards, no unsettled profit counted. */
export function outflowRejection(tested: Tested): Rejection | undefined {
  const found = firstUncovered(tested, () => NO_VALUE)
  if (found !== undefined) return rejectionOf(found)
  const unsettledOf = ({ portfolio }: NettingSetView) => unsettledProfits(portfolio, tested.state)
  const unbacked = firstUncovered(tested, unsettledOf)
  if (unbacked === undefined) return undefined
  const { view, side } = unbacked
  const { account, bucket } = view
  const unsettled = unsettledOf(view)
  const initialMargin = side.requirement
  return { reason: 'UnsettledProfitNotWithdrawable', account, bucket, value: side.value, unsettled, initialMargin }
}

/**
 * A price too bad for new risk or withdrawal in a netting set whose test is about to be made: in the set, then in the others
 * the test reads. Else a line would lend against a price that the pool could not borrow against itself.
 */
export function testedPriceRejection(
  state: ReadonlyState,
  risk: Risk,
  view: NettingSetView,
  time: Timestamp,
): Rejection | undefined {
  const own = priceRejection(state, risk, view.portfolio, time)
  if (own !== undefined || isAlone(view)) return own
  for (const other of guarantors(state, view)) {
    const refused = priceRejection(state, risk, other.portfolio, time)
    if (refused !== undefined) return refused
  }
  return undefined
}

interface Uncovered {
  readonly view: NettingSetView
  readonly side: Side
  readonly drawn: Value
}

/**
 * The first netting set that does not cover what is asked of it, with `unsettled` of each taken off: an isolated bucket its own
 * IM; a line bucket its own IM less its line; then the pool its own IM and what all lines would draw at theirs.
 */
function firstUncovered(tested: Tested, unsettled: Benefit): Uncovered | undefined {
  const { state, risk, view, side, time } = tested
  const sideOf = (set: NettingSetView) => (set.bucket === view.bucket ? side : initialOf(state, risk, set, time))
  const without = (set: NettingSetView): Side => {
    const own = sideOf(set)
    return { ...own, value: subtract(own.value, unsettled(set)) }
  }
  const own = without(view)
  const isPool = view.bucket === POOL
  const isShort = isPool || isAlone(view) ? lacks(own) : exceedsGrant(own, lineOfSet(view))
  if (isShort) return { view, side, drawn: NO_VALUE }
  const owner = state.accounts.get(view.account)
  if (owner === undefined || isAlone(view) || (isPool && lineNumbers(owner).length === 0)) return undefined
  const pool = viewNettingSet(state, view.account, POOL)
  if (pool === undefined) return undefined
  const needs = lineNumbers(owner).flatMap((bucket): readonly LineNeed[] => {
    const set = viewNettingSet(state, view.account, bucket)
    return set === undefined ? [] : [{ bucket, line: lineOfSet(set), shortfall: shortfallOf(without(set)) }]
  })
  const drawn = drawnInFull(needs)
  const { value, requirement } = without(pool)
  return isLess(value, add(requirement, drawn)) ? { view: pool, side: sideOf(pool), drawn } : undefined
}

function lacks({ value, requirement, sufficient }: Side): boolean {
  return !sufficient || isLess(value, requirement)
}

function rejectionOf({ view, side, drawn }: Uncovered): Rejection {
  const { account, bucket } = view
  const initialMargin = side.requirement
  const line = lineOfSet(view)
  if (isPositive(line)) return { reason: 'LineExceeded', account, bucket, value: side.value, initialMargin, line }
  if (isPositive(drawn)) return { reason: 'LinesNotCovered', account, value: side.value, initialMargin, drawn }
  return { reason: 'InitialMarginBreached', account, bucket, value: side.value, initialMargin }
}

/** The pool and the buckets it guarantees something of, but for the set itself. */
function guarantors(state: ReadonlyState, view: NettingSetView): readonly NettingSetView[] {
  const owner = state.accounts.get(view.account)
  if (owner === undefined) return []
  return [POOL, ...lineNumbers(owner)]
    .filter((number) => number !== view.bucket)
    .flatMap((number) => viewNettingSet(state, view.account, number) ?? [])
}

/** Isolated: nothing outside the bucket plays a part. */
function isAlone({ buckets }: NettingSetView): boolean {
  return buckets[0]?.bucket.mode === 'isolated'
}
