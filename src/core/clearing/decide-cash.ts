import { isLess, isNegative, isPositive, positivePart, smaller } from '../quantity/arithmetic.ts'
import { isWholeUnits } from '../quantity/native-unit.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { AccountId, AssetId } from '../instrument/identifier.ts'
import { balanceOf, emptyBucket, LAST_BUCKET, lineOf, MARKET_ACCOUNT, POOL } from '../ledger/account.ts'
import { lendingFor, requireBucket } from '../ledger/books.ts'
import { nettingSetOf } from '../portfolio/portfolio.ts'
import { bucketRejection } from './bucket-check.ts'
import type { Command } from './command.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import type { Event } from './event.ts'
import { amountExposureRejection, assetExposureRejection } from './exposure-bound.ts'
import { outflowRejection, testedPriceRejection } from './line-check.ts'
import { borrowCapRejection, mayBeBorrowed, supplyCapRejection } from './listing-limits.ts'
import { transferRejection, withdrawalRejection } from './liquidity-check.ts'
import { initialOf, priceRejection, viewNettingSet } from './margin-check.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'
import { tried } from './trial.ts'

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>

/**
 * Checks: the amount, the account, the bounds, the asset's cap on what members hold (METHODOLOGY 9). Money that arrived is never
 * refused for a bad price: without one no cap is judged.
 */
export function decideDeposit(
  state: ReadonlyState,
  { account, bucket, asset, quantity }: CommandOf<'deposit'>,
): Decision {
  const problem = externalAmountRejection(state, asset, quantity) ?? bucketRejection(state, account, bucket)
  if (problem !== undefined) return rejected(problem)
  const deposited = { type: 'Deposited', account, bucket, asset, quantity } as const
  const settledDeposit = settled(state, [deposited], asset)
  const capped = settledDeposit.ok ? supplyCapRejection(state, tried(state, [deposited]), deposited) : undefined
  return capped === undefined ? settledDeposit : rejected(capped)
}

/** Checks: the amount, the account, what is in custody, may be lent or owed, then prices and initial margin of what is left. */
export function decideWithdraw(
  state: ReadonlyState,
  { account, bucket, asset, quantity }: CommandOf<'withdraw'>,
  time: Timestamp,
): Decision {
  const problem = externalAmountRejection(state, asset, quantity) ?? bucketRejection(state, account, bucket)
  if (problem !== undefined) return rejected(problem)
  const withdrawn = { type: 'Withdrawn', account, bucket, asset, quantity } as const
  const events: Event[] = [withdrawn]
  const refused =
    withdrawalRejection(state, withdrawn) ??
    leaveRejection(state, events, { account, bucket, asset }, time) ??
    borrowCapRejection(state, tried(state, events), asset)
  return refused === undefined ? settled(state, events, asset) : rejected(refused)
}

/**
 * Checks as for a withdrawal, but that lending comes last. A move inside one netting set changes no margin and is not margined, so it takes only what the
 * bucket has: overdrawn, it would lend to itself without limit, and what may not be borrowed too.
 */
export function decideTransfer(
  state: ReadonlyState,
  { account, from, to, asset, quantity }: CommandOf<'transfer'>,
  time: Timestamp,
): Decision {
  if (from === to) return rejected({ reason: 'SameBucket', bucket: from })
  const problem =
    amountRejection(state, asset, quantity) ??
    bucketRejection(state, account, from) ??
    bucketRejection(state, account, to)
  if (problem !== undefined) return rejected(problem)
  const moved = { type: 'Transferred', account, from, to, asset, quantity } as const
  const events: Event[] = [moved]
  const [source, target] = [requireBucket(state, account, from), requireBucket(state, account, to)]
  if (nettingSetOf(source, from) === nettingSetOf(target, to)) {
    const available = positivePart(balanceOf(source, asset, lendingFor(state, account, asset)))
    return isLess(available, quantity)
      ? rejected({ reason: 'InsufficientFunds', asset, requested: quantity, available })
      : accepted(...events)
  }
  const refused =
    amountExposureRejection(state, asset, quantity) ??
    leaveRejection(state, events, { account, bucket: from, asset }, time) ??
    transferRejection(state, moved) ??
    borrowCapRejection(state, tried(state, events), asset)
  return refused === undefined ? settled(state, events, asset) : rejected(refused)
}

/**
 * A new bucket, or another mode for one: both netting sets it leaves and joins must cover their initial margin afterwards. A
 * bucket becomes a `line` bucket without a line, and one that stops to be one loses it.
 */
export function decideSetBucketMode(
  state: ReadonlyState,
  { account, bucket, mode }: CommandOf<'setBucketMode'>,
  time: Timestamp,
): Decision {
  const owner = state.accounts.get(account)
  if (owner === undefined) return rejected({ reason: 'UnknownAccount', account })
  if (bucket < POOL || bucket > LAST_BUCKET || bucket % 1 !== 0)
    return rejected({ reason: 'BucketOutOfRange', bucket, last: LAST_BUCKET })
  if (bucket === POOL && mode !== 'cross') return rejected({ reason: 'PoolStaysCross' })
  const events: Event[] = [{ type: 'BucketModeSet', account, bucket, mode }]
  const before = owner.buckets.get(bucket) ?? emptyBucket(mode)
  const isEmpty = before.balances.size + before.positions.size + before.orders.size === 0
  if (before.mode === mode || isEmpty) return accepted(...events)
  const risk = state.risk
  if (risk === undefined) return rejected({ reason: 'NoEpoch' })
  const after = tried(state, events)
  for (const touched of [POOL, bucket]) {
    const view = viewNettingSet(after, account, touched)
    if (view === undefined) continue
    const side = initialOf(after, risk, view, time)
    const refused =
      testedPriceRejection(after, risk, view, time) ?? outflowRejection({ state: after, risk, view, side, time })
    if (refused !== undefined) return rejected(refused)
  }
  return accepted(...events)
}

/**
 * Another guarantee of the pool for a bucket. Checks: the account, the bucket, its mode, the amount. A lower one must leave the
 * owner covered, as a withdrawal must; a higher one is granted whatever the pool has: it is worth what the pool can spare.
 */
export function decideSetBucketLine(
  state: ReadonlyState,
  { account, bucket, limit }: CommandOf<'setBucketLine'>,
  time: Timestamp,
): Decision {
  const problem = bucketRejection(state, account, bucket)
  if (problem !== undefined) return rejected(problem)
  const before = requireBucket(state, account, bucket)
  if (before.mode !== 'line') return rejected({ reason: 'NotALineBucket', bucket, mode: before.mode })
  if (isNegative(limit)) return rejected({ reason: 'NegativeLine', bucket, limit })
  const events: Event[] = [{ type: 'BucketLineSet', account, bucket, limit }]
  if (!isLess(limit, lineOf(before))) return accepted(...events)
  const { risk } = state
  if (risk === undefined) return rejected({ reason: 'NoEpoch' })
  const after = tried(state, events)
  const view = viewNettingSet(after, account, bucket)
  if (view === undefined) return rejected({ reason: 'UnknownBucket', account, bucket })
  const side = initialOf(after, risk, view, time)
  const refused =
    testedPriceRejection(after, risk, view, time) ?? outflowRejection({ state: after, risk, view, side, time })
  return refused === undefined ? accepted(...events) : rejected(refused)
}

/** The insurance fund is paid into from outside. */
export function decideFundInsurance(state: ReadonlyState, { asset, quantity }: CommandOf<'fundInsurance'>): Decision {
  const problem = externalAmountRejection(state, asset, quantity)
  return problem === undefined
    ? settled(state, [{ type: 'InsuranceFunded', asset, quantity }], asset)
    : rejected(problem)
}

/** Somebody bears part of a deficit: never more than there is, never more than its bearer has. */
export function decideWriteOffDeficit(
  state: ReadonlyState,
  { asset, quantity, source }: CommandOf<'writeOffDeficit'>,
): Decision {
  const problem = amountRejection(state, asset, quantity)
  if (problem !== undefined) return rejected(problem)
  const ledger = state.assetBooks.get(asset)?.ledger
  if (ledger === undefined) return rejected({ reason: 'UnknownAsset', asset })
  const available = source === 'custody' ? ledger.deficit : smaller(ledger.deficit, ledger[source])
  if (isLess(available, quantity))
    return rejected({ reason: 'InsufficientFunds', asset, requested: quantity, available })
  return accepted({ type: 'DeficitWrittenOff', asset, quantity, source })
}

function amountRejection(state: ReadonlyState, asset: AssetId, quantity: Quantity): Rejection | undefined {
  if (state.assets.get(asset) === undefined) return { reason: 'UnknownAsset', asset }
  return isPositive(quantity) ? undefined : { reason: 'QuantityNotPositive', quantity }
}

/** Why an amount may not cross the border of the clearinghouse: as inside it, and in whole native units. */
function externalAmountRejection(state: ReadonlyState, asset: AssetId, quantity: Quantity): Rejection | undefined {
  const problem = amountRejection(state, asset, quantity)
  if (problem !== undefined) return problem
  const nativeDecimals = state.assets.get(asset)?.terms.nativeDecimals
  if (nativeDecimals === undefined || isWholeUnits(quantity, nativeDecimals)) return undefined
  return { reason: 'NotNativeUnits', quantity, nativeDecimals }
}

/** Why an asset may not leave a netting set: a borrow nobody may make, a bad price, or not enough left. */
function leaveRejection(
  state: ReadonlyState,
  events: readonly Event[],
  from: { account: AccountId; bucket: number; asset: AssetId },
  time: Timestamp,
): Rejection | undefined {
  if (from.account === MARKET_ACCOUNT) return undefined
  const risk = state.risk
  if (risk === undefined) return { reason: 'NoEpoch' }
  const after = tried(state, events)
  const view = viewNettingSet(after, from.account, from.bucket)
  if (view === undefined) return { reason: 'UnknownBucket', account: from.account, bucket: from.bucket }
  const balance = after.accounts.get(from.account)?.buckets.get(from.bucket)
  const left =
    balance === undefined ? undefined : balanceOf(balance, from.asset, lendingFor(after, from.account, from.asset))
  if (left !== undefined && isNegative(left) && !mayBeBorrowed(after, from.asset))
    return { reason: 'NotBorrowable', asset: from.asset, balance: left }
  const before = viewNettingSet(state, from.account, from.bucket)
  return (
    priceRejection(after, risk, before?.portfolio ?? view.portfolio, time) ??
    testedPriceRejection(after, risk, view, time) ??
    outflowRejection({ state: after, risk, view, side: initialOf(after, risk, view, time), time })
  )
}

function settled(state: ReadonlyState, events: readonly Event[], asset: AssetId): Decision {
  const after = tried(state, events)
  const refused = assetExposureRejection(after, asset)
  return refused === undefined ? accepted(...events) : rejected(refused)
}
