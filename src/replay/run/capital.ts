import { add, isLess, larger, subtract } from '../../core/quantity/arithmetic.ts'
import { NO_VALUE, type Value } from '../../core/quantity/value.ts'
import type { Account } from '../../core/ledger/account.ts'
import {
  hasLiability,
  nettingSet,
  nettingSetNumbers,
  type Portfolio,
  portfolioOf,
} from '../../core/portfolio/portfolio.ts'
import type { ReadonlyState } from '../../core/clearing/state.ts'
import { isOfPopulation } from './lender.ts'

/**
 * The least starting NLV that would have avoided every liquidation of the accounts as they opened, had nothing been done to
 * them: per netting set the largest MM - (NLV - starting NLV) along the tape, summed. No liquidation policy is in it.
 */
export interface CapitalTracker {
  /** To be called after every change of prices. */
  observe(state: ReadonlyState): void
  readonly required: Value
}

interface Held {
  readonly portfolio: Portfolio
  readonly start: Value
  most: Value
}

/** Starts from the accounts as they are now. */
export function trackCapital(state: ReadonlyState): CapitalTracker {
  const held = [...state.accounts.values()].flatMap((account) => heldBy(state, account))
  function observe(now: ReadonlyState): void {
    for (const set of held) {
      if (isSurelyNoMore(now, set)) continue
      const { value, requirement } = maintenance(now, set.portfolio)
      set.most = larger(set.most, neededFrom(set, value, requirement))
    }
  }
  observe(state)
  return {
    observe,
    get required() {
      return held.reduce<Value>((sum, { most }) => add(sum, most), NO_VALUE)
    },
  }
}

function heldBy(state: ReadonlyState, account: Account): readonly Held[] {
  if (!isOfPopulation(account.id)) return []
  return nettingSetNumbers(account).flatMap((number) => {
    const portfolio = portfolioOf(nettingSet(account, number), state.assetBooks)
    return hasLiability(portfolio, state)
      ? [{ portfolio, start: maintenance(state, portfolio).value, most: NO_VALUE }]
      : []
  })
}

function neededFrom({ start }: Held, value: Value, requirement: Value): Value {
  return subtract(requirement, subtract(value, start))
}

/** Whether a bound shows that the moment asks for no more than one before: then its exact figure changes nothing. */
function isSurelyNoMore(state: ReadonlyState, set: Held): boolean {
  const { model, ...input } = marginInput(state, set.portfolio)
  const bound = model.boundMaintenance?.(input)
  return bound !== undefined && !isLess(set.most, neededFrom(set, bound.value, bound.atMost))
}

function maintenance(state: ReadonlyState, portfolio: Portfolio) {
  const { model, ...input } = marginInput(state, portfolio)
  return model.maintenance(input)
}

function marginInput(state: ReadonlyState, portfolio: Portfolio) {
  const { risk, time } = state
  if (risk === undefined) throw new RangeError('capital is measured under an epoch')
  const { model, parameters } = risk
  return { model, portfolio, orders: [], market: state, parameters, time }
}
