import { add } from '../../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../../core/quantity/decimal.ts'
import { NO_VALUE, type Value } from '../../core/quantity/value.ts'
import type { AccountId } from '../../core/instrument/identifier.ts'
import type { Account } from '../../core/ledger/account.ts'
import { netLiquidationValue } from '../../core/portfolio/claims.ts'
import { nettingSet, nettingSetNumbers, portfolioOf } from '../../core/portfolio/portfolio.ts'
import type { ReadonlyState } from '../../core/clearing/state.ts'
import { isOfPopulation } from './lender.ts'

/** NLV and maintenance margin of all members but the lender together, at the state's own time. */
export function totals(state: ReadonlyState): {
  readonly time: number
  readonly netLiquidationValue: string
  readonly maintenanceMargin: string
} {
  const { risk, time } = state
  let [value, requirement] = [NO_VALUE, NO_VALUE]
  for (const account of state.accounts.values()) {
    if (!isOfPopulation(account.id) || risk === undefined) continue
    for (const portfolio of portfoliosOf(state, account)) {
      const side = risk.model.maintenance({ portfolio, orders: [], market: state, parameters: risk.parameters, time })
      value = add(value, side.value)
      requirement = add(requirement, side.requirement)
    }
  }
  return { time, netLiquidationValue: formatDecimal18(value), maintenanceMargin: formatDecimal18(requirement) }
}

/** NLV of an account over all its netting sets; zero if there is none. */
export function valueOf(state: ReadonlyState, id: AccountId): Value {
  const account = state.accounts.get(id)
  if (account === undefined) return NO_VALUE
  return portfoliosOf(state, account).reduce<Value>(
    (sum, portfolio) => add(sum, netLiquidationValue(portfolio, state)),
    NO_VALUE,
  )
}

function portfoliosOf(state: ReadonlyState, account: Account) {
  return nettingSetNumbers(account).map((number) => portfolioOf(nettingSet(account, number), state.assetBooks))
}
