import { NO_QUANTITY } from '../quantity/quantity.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import { type AccountId, compareNames } from '../instrument/identifier.ts'
import { markCondition } from '../market/listing.ts'
import type { QuoteCondition } from '../market/quote.ts'
import { indexCondition } from '../market/redemption.ts'
import type { Elsewhere, MarketDataKey, Side } from '../margin/model.ts'
import {
  hasLiability,
  type NumberedBucket,
  nettingSet,
  nettingSetNumbers,
  ordersOf,
  type Portfolio,
  portfolioOf,
} from '../portfolio/portfolio.ts'
import { modelsAt, ruleAt } from './epoch-ramp.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState, Risk } from './state.ts'

/** A netting set as margin sees it at one moment. */
export interface NettingSetView {
  readonly account: AccountId
  /** Its first bucket: 0 for the pool and all cross buckets, else the isolated or line bucket. */
  readonly bucket: number
  readonly buckets: readonly NumberedBucket[]
  readonly portfolio: Portfolio
}

/** The netting set a bucket belongs to; undefined if there is no such bucket. */
export function viewNettingSet(state: ReadonlyState, account: AccountId, bucket: number): NettingSetView | undefined {
  const owner = state.accounts.get(account)
  if (owner === undefined) return undefined
  const buckets = nettingSet(owner, bucket)
  const first = buckets[0]
  return first === undefined
    ? undefined
    : { account, bucket: first.number, buckets, portfolio: portfolioOf(buckets, state.assetBooks) }
}

/** Maintenance margin: decides liquidation. */
export function maintenanceOf(state: ReadonlyState, risk: Risk, view: NettingSetView, time: Timestamp): Side {
  const { model, parameters } = ruleAt(risk, time)
  return model.maintenance({ portfolio: view.portfolio, orders: [], market: state, parameters, time })
}

/** Whether a netting set certainly has its maintenance margin; false says nothing. Never reads more than `maintenanceOf`. */
export function isSurelyMaintained(state: ReadonlyState, risk: Risk, view: NettingSetView, time: Timestamp): boolean {
  const { model, parameters } = ruleAt(risk, time)
  const input = { portfolio: view.portfolio, orders: [], market: state, parameters, time }
  return model.isSurelySufficient?.(input) ?? false
}

/** Initial margin, open orders included: decides new risk and withdrawals. */
export function initialOf(state: ReadonlyState, risk: Risk, view: NettingSetView, time: Timestamp): Side {
  const { model, parameters } = ruleAt(risk, time)
  return model.initial({
    portfolio: view.portfolio,
    orders: ordersOf(view.buckets),
    market: state,
    parameters,
    time,
    elsewhere: elsewhereOf(state, view),
  })
}

/** The owner's other netting sets, read only by models that ask, and what the venue holds of an asset, never understated. */
function elsewhereOf(state: ReadonlyState, { account, bucket }: NettingSetView): Elsewhere {
  return {
    others: () => {
      const owner = state.accounts.get(account)
      if (owner === undefined) return []
      return nettingSetNumbers(owner)
        .filter((number) => number !== bucket)
        .map((number) => portfolioOf(nettingSet(owner, number), state.assetBooks))
    },
    venueHolding: (asset) => state.assetBooks.get(asset)?.lending.suppliedAtMost ?? NO_QUANTITY,
  }
}

/** Whether a netting set owes something and its NLV is below MM: liquidatable, unless it has a line that reaches. */
export function isBelowMaintenance(state: ReadonlyState, view: NettingSetView, maintenance: Side): boolean {
  return !maintenance.sufficient && hasLiability(view.portfolio, state)
}

/** What a netting set must hold no bad price of, for what is asked: the conditions refused (METHODOLOGY 1b). */
export const REFUSED_FOR_NEW_RISK: ReadonlySet<QuoteCondition> = new Set(['stale', 'guarded', 'none'])

/**
 * A price the netting set depends on that is too bad for new risk or withdrawal; undefined if all will do. Of several the
 * first by name: the order in which a portfolio holds things is no part of the state.
 */
export function priceRejection(
  state: ReadonlyState,
  risk: Risk,
  portfolio: Portfolio,
  time: Timestamp,
): Rejection | undefined {
  let first: { readonly key: MarketDataKey; readonly condition: QuoteCondition } | undefined
  for (const key of modelsAt(risk, time).flatMap((model) => model.requires(portfolio, state))) {
    const condition = conditionOf(state, key, time)
    if (!REFUSED_FOR_NEW_RISK.has(condition)) continue
    if (first === undefined || compareNames(nameOf(key), nameOf(first.key)) < 0) first = { key, condition }
  }
  return first === undefined ? undefined : { reason: 'PriceUnusable', ...first }
}

function nameOf(key: MarketDataKey): string {
  return key.kind === 'index' ? `index ${key.asset}` : `mark ${key.market}`
}

/** Condition of the price a key names. */
export function conditionOf(state: ReadonlyState, key: MarketDataKey, time: Timestamp): QuoteCondition {
  if (key.kind === 'index') return indexCondition(state, key.asset, time)
  const terms = state.markets.get(key.market)?.terms
  return terms === undefined || terms.kind === 'spot' ? 'none' : markCondition(state, terms, time)
}
