import { type AccountId, accountId } from '../../core/instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../../core/ledger/account.ts'

/**
 * A member that only lends: it deposits the settlement asset before anybody opens, so that there is something to borrow. It stands
 * for depositors the replay is not about: it is no part of the population, of totals or of capital figures, and since it owes
 * nothing it can never be liquidated.
 */
export const LENDER = accountId('LENDER')

/** Whether an account is one the replay is about: neither the outside world nor the lender. */
export function isOfPopulation(account: AccountId): boolean {
  return account !== MARKET_ACCOUNT && account !== LENDER
}
