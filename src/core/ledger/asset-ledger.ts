import { absolute, add, isNegative, isZero, larger, negate, subtract } from '../quantity/arithmetic.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import { invariant } from './invariant.ts'

/**
 * Totals of one asset. METHODOLOGY 1a: custody = buckets + fees + insuranceFund + interestReserve - deficit, always.
 * `interestReserve` may be negative while lenders have drawn interest that borrowers owe but have not been debited for.
 */
export interface AssetLedger {
  readonly custody: Quantity
  readonly buckets: Quantity
  readonly fees: Quantity
  readonly insuranceFund: Quantity
  readonly interestReserve: Quantity
  readonly deficit: Quantity
}

export type LedgerColumn = keyof AssetLedger

export const EMPTY_LEDGER: AssetLedger = {
  custody: NO_QUANTITY,
  buckets: NO_QUANTITY,
  fees: NO_QUANTITY,
  insuranceFund: NO_QUANTITY,
  interestReserve: NO_QUANTITY,
  deficit: NO_QUANTITY,
}

/** Custody and deficit are what the house has or is owed: giving from them makes them larger. */
const DEBIT_NORMAL: ReadonlySet<LedgerColumn> = new Set(['custody', 'deficit'])
const NEVER_NEGATIVE: readonly LedgerColumn[] = ['custody', 'fees', 'insuranceFund', 'deficit']

/** Ledger after an amount moved from one column to another. Both legs are written or none: there is no other way to write. */
export function moveColumns(ledger: AssetLedger, from: LedgerColumn, to: LedgerColumn, amount: Quantity): AssetLedger {
  const given: AssetLedger = { ...ledger, [from]: add(ledger[from], DEBIT_NORMAL.has(from) ? amount : negate(amount)) }
  return { ...given, [to]: add(given[to], DEBIT_NORMAL.has(to) ? negate(amount) : amount) }
}

/** Custody less what it must cover: zero, or money was made or lost. */
export function conservationGap(ledger: AssetLedger): Quantity {
  const owed = add(add(ledger.buckets, ledger.fees), add(ledger.insuranceFund, ledger.interestReserve))
  return subtract(add(ledger.custody, ledger.deficit), owed)
}

/** Throws InvariantError when the asset does not add up or a column that cannot be negative is. */
export function requireConservation(asset: string, ledger: AssetLedger): void {
  invariant(
    isZero(conservationGap(ledger)),
    'INV-LEDGER-1',
    () => `${asset} is off by ${conservationGap(ledger)} atoms`,
  )
  for (const column of NEVER_NEGATIVE)
    invariant(!isNegative(ledger[column]), 'INV-LEDGER-2', () => `${asset} ${column} is ${ledger[column]} atoms`)
}

/** The largest amount, by size, that any column still holds: zero when nothing of the asset is left. */
export function largestTotal(ledger: AssetLedger): Quantity {
  let largest = NO_QUANTITY
  for (const amount of Object.values(ledger)) largest = larger(largest, absolute(amount))
  return largest
}
