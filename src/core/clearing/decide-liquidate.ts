import { add, isLess, isNegative, isPositive, negate, subtract } from '../quantity/arithmetic.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { Value } from '../quantity/value.ts'
import { type AccountId, type AssetId, compareNames } from '../instrument/identifier.ts'
import { balanceOf, type Bucket, POOL } from '../ledger/account.ts'
import { lendingFor, requireBucket } from '../ledger/books.ts'
import { invariant } from '../ledger/invariant.ts'
import { exceedsGrant } from '../margin/lines.ts'
import type { Side } from '../margin/model.ts'
import { type CloseOutPlan, closeOutPlan } from '../liquidation/close-out-plan.ts'
import type { LiquidationStep } from '../liquidation/step.ts'
import { netLiquidationValue } from '../portfolio/claims.ts'
import type { NumberedBucket } from '../portfolio/portfolio.ts'
import { type Cover, coverShortfall, type Shortfall } from '../waterfall/cover-shortfall.ts'
import { linePayment } from '../waterfall/line-payment.ts'
import { benefitOfDoubt } from './benefit-of-doubt.ts'
import type { Command } from './command.ts'
import { isRiskAdding } from './decide-order.ts'
import { accepted, type Decision, rejected } from './decision.ts'
import { ruleAt } from './epoch-ramp.ts'
import type { Event } from './event.ts'
import { grantedTo, lineOfSet } from './line-check.ts'
import { isBelowMaintenance, maintenanceOf, type NettingSetView, viewNettingSet } from './margin-check.ts'
import type { ReadonlyState, Risk } from './state.ts'
import { tried } from './trial.ts'

type Liquidate = Extract<Command, { type: 'liquidate' }>

/**
 * Liquidates a netting set that owes something and whose NLV is below MM, with the benefit of the doubt where a price is
 * bad (METHODOLOGY 1b); a bucket with a line only if the pool grants too little as well (METHODOLOGY 7). In order: risk-adding
 * orders are cancelled, contracts and debts shrink by the plan, the penalty is paid, and of what is still owed when nothing is
 * left, the pool pays up to the line, the insurance fund what it can, and the rest is a deficit.
 */
export function decideLiquidate(state: ReadonlyState, { account, bucket }: Liquidate, time: Timestamp): Decision {
  const { risk } = state
  if (risk === undefined) return rejected({ reason: 'NoEpoch' })
  if (state.accounts.get(account) === undefined) return rejected({ reason: 'UnknownAccount', account })
  const view = viewNettingSet(state, account, bucket)
  if (view === undefined) return rejected({ reason: 'UnknownBucket', account, bucket })
  const before = maintenanceOf(state, risk, view, time)
  const maintenanceMargin = before.requirement
  const numbers = { account, bucket: view.bucket, value: before.value, maintenanceMargin }
  const granted = grantedTo(state, risk, view, time)
  if (!isBelowMaintenance(state, view, before) || !exceedsGrant(before, granted))
    return rejected({ reason: 'NotLiquidatable', ...numbers, ...ofLine(view, granted) })
  const benefitOf = ({ portfolio }: NettingSetView) => benefitOfDoubt(state, portfolio, time)
  const benefit = benefitOf(view)
  const atBest = grantedTo(state, risk, view, time, benefitOf)
  if (!exceedsGrant({ ...before, value: add(before.value, benefit) }, atBest))
    return rejected({ reason: 'PriceDoubtful', ...numbers, benefit, ...ofLine(view, atBest) })
  return accepted(...closeOut({ state, risk, view, before, granted, time }))
}

/** What the pool grants is told of buckets with a line only. */
function ofLine(view: NettingSetView, granted: Value): { readonly granted?: Value } {
  return isPositive(lineOfSet(view)) ? { granted } : {}
}

interface CloseOut {
  readonly state: ReadonlyState
  readonly risk: Risk
  readonly view: NettingSetView
  readonly before: Side
  readonly granted: Value
  readonly time: Timestamp
}

/** The events of a close-out, tried on an overlay and checked there: they help, and they end the matter. */
function closeOut({ state, risk, view, before, granted, time }: CloseOut): readonly Event[] {
  const { account, bucket } = view
  const buckets = view.buckets.map(inNameOrder)
  const { model, parameters } = ruleAt(risk, time)
  const { liquidation } = risk.epoch
  const plan = closeOutPlan({ buckets, books: state.assetBooks, market: state, model, parameters, liquidation, time })
  const started = {
    netLiquidationValue: before.value,
    maintenanceMargin: before.requirement,
    ...ofLine(view, granted),
  }
  const events: Event[] = [
    { type: 'LiquidationStarted', account, bucket, ...started, extent: plan.extent, fractionPpm: plan.fraction },
    ...cancellations(account, buckets, plan.extent),
    ...plan.steps.map((step) => stepEvent(account, step)),
  ]
  if (plan.extent === 'full') {
    events.push(...callLine(tried(state, events), view))
    const closed = tried(state, events)
    const covers = coverShortfall(shortfalls(closed, view), closed.assetBooks, closed)
    events.push(...covers.map((cover) => coverEvent(account, cover)))
  }
  const done = tried(state, events)
  const ended = viewNettingSet(done, account, bucket)
  invariant(ended !== undefined, 'INV-LIQUIDATION-1', () => `netting set ${account}/${bucket} vanished`)
  const after = maintenanceOf(done, risk, ended, time)
  const improved = isLess(excessOf(before), excessOf(after))
  invariant(improved, 'INV-LIQUIDATION-2', () => `liquidating ${account}/${bucket} would not raise its excess`)
  const healthy = !isBelowMaintenance(done, ended, after)
  invariant(healthy, 'INV-LIQUIDATION-3', () => `${account}/${bucket} would stay liquidatable`)
  const final = { netLiquidationValue: after.value, maintenanceMargin: after.requirement }
  return [...events, { type: 'LiquidationEnded', account, bucket, ...final }]
}

/** What the pool pays for a bucket with a line that was closed out below zero; what is still owed goes to the waterfall. */
function callLine(closed: ReadonlyState, view: NettingSetView): readonly Event[] {
  const { account, bucket } = view
  const line = lineOfSet(view)
  const [own, pool] = [viewNettingSet(closed, account, bucket), viewNettingSet(closed, account, POOL)]
  if (!isPositive(line) || own === undefined || pool === undefined) return []
  const bucketValue = netLiquidationValue(own.portfolio, closed)
  const poolValue = netLiquidationValue(pool.portfolio, closed)
  const paid = linePayment({ line, bucketValue, poolValue, shortfalls: shortfalls(closed, view) }, closed)
  return paid === undefined ? [] : [{ type: 'LinePaid', account, bucket, ...paid }]
}

/** A plan closes contracts and cancels orders as it finds them: by name, so that it does not depend on how a Map grew. */
function inNameOrder({ number, bucket }: NumberedBucket): NumberedBucket {
  return { number, bucket: { ...bucket, positions: byName(bucket.positions), orders: byName(bucket.orders) } }
}

function byName<Key extends string, Row>(rows: ReadonlyMap<Key, Row>): ReadonlyMap<Key, Row> {
  return new Map([...rows].sort(([a], [b]) => compareNames(a, b)))
}

function excessOf({ value, requirement }: Side): Value {
  return subtract(value, requirement)
}

/** Of a partial liquidation the orders that could add risk; of a full one all, since nothing is left for them to shrink. */
function cancellations(
  account: AccountId,
  buckets: readonly NumberedBucket[],
  extent: CloseOutPlan['extent'],
): readonly Event[] {
  return buckets.flatMap(({ number, bucket }) =>
    [...bucket.orders.values()]
      .filter((order) => extent === 'full' || isRiskAdding(bucket, order))
      .map((order): Event => ({ type: 'OrderCancelled', account, bucket: number, order })),
  )
}

function stepEvent(account: AccountId, step: LiquidationStep): Event {
  switch (step.kind) {
    case 'tradeContract':
      return {
        type: 'ContractsClosed',
        account,
        bucket: step.bucket,
        market: step.market,
        bought: step.bought,
        price: step.at.price,
        notional: step.notional,
      }
    case 'tradeOptions': {
      const { kind: _kind, ...closed } = step
      return { type: 'OptionsClosed', account, ...closed }
    }
    case 'settleContract':
      return {
        type: 'ContractCashed',
        account,
        bucket: step.bucket,
        market: step.market,
        price: step.at.price,
        settlement: step.settlement,
        cash: step.cash,
      }
    case 'moveBetweenBuckets':
      return {
        type: 'Transferred',
        account,
        from: step.from.bucket,
        to: step.to,
        asset: step.from.asset,
        quantity: step.from.quantity,
      }
    case 'repayDebt':
      return { type: 'DebtRepaid', account, given: step.given, got: step.got, value: step.value }
    case 'payPenalty':
      return { type: 'PenaltyPaid', account, ...step.paid, value: step.value }
    default:
      return step satisfies never
  }
}

/** What is owed after everything was closed: all collateral that has a price is gone by then. */
function shortfalls(state: ReadonlyState, view: NettingSetView): readonly Shortfall[] {
  const found: Shortfall[] = []
  for (const { number } of view.buckets) {
    const bucket = requireBucket(state, view.account, number)
    for (const [asset, quantity] of balances(state, view.account, bucket)) {
      if (isNegative(quantity)) found.push({ bucket: number, asset, quantity: negate(quantity) })
    }
  }
  return found
}

function balances(state: ReadonlyState, account: AccountId, bucket: Bucket): readonly (readonly [AssetId, Quantity])[] {
  return [...byName(bucket.balances).keys()].map((asset) => [
    asset,
    balanceOf(bucket, asset, lendingFor(state, account, asset)),
  ])
}

function coverEvent(account: AccountId, cover: Cover): Event {
  switch (cover.kind) {
    case 'drawInsurance':
      return { type: 'InsuranceDrawn', account, bucket: cover.bucket, asset: cover.asset, quantity: cover.quantity }
    case 'exchangeInsurance':
      return {
        type: 'InsuranceExchanged',
        given: { asset: cover.given, quantity: cover.givenQuantity },
        got: { asset: cover.got, quantity: cover.gotQuantity },
      }
    case 'recordDeficit':
      return { type: 'DeficitRecorded', account, bucket: cover.bucket, asset: cover.asset, quantity: cover.quantity }
    default:
      return cover satisfies never
  }
}
