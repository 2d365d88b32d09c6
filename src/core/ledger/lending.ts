import { add, isPositive, negativePart, positivePart, subtract } from '../quantity/arithmetic.ts'
import { compoundUp, growDown, growUp, interestDown, interestFactorUp, shareEarningsDown } from '../quantity/growth.ts'
import type { Ppm } from '../quantity/ppm.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import { type Rate, UNIT_INDEX } from '../quantity/rate.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'

/** Interest of one asset: what a unit lent or borrowed since listing has become, and bounds of both totals. */
export interface Lending {
  readonly supplyIndex: Rate
  readonly borrowIndex: Rate
  /** Never below the sum of positive member balances with their interest. */
  readonly suppliedAtMost: Quantity
  /** Never above the sum of member debts with their interest. */
  readonly borrowedAtLeast: Quantity
  readonly accruedAt: Timestamp
}

/** Lending of an asset just listed. */
export function openLending(now: Timestamp): Lending {
  return {
    supplyIndex: UNIT_INDEX,
    borrowIndex: UNIT_INDEX,
    suppliedAtMost: NO_QUANTITY,
    borrowedAtLeast: NO_QUANTITY,
    accruedAt: now,
  }
}

/**
 * Lending after simple interest on all debts since the last accrual, shared by all positive balances.
 * The borrowers' index rounds up, the lenders' down; because lenders share interest on a lower bound of the debts by an upper
 * bound of the balances, they never receive more than borrowers owe. What is left stays in the interest reserve.
 */
export function accrueInterest(lending: Lending, yearly: Ppm, now: Timestamp): Lending {
  const factor = interestFactorUp(yearly, elapsedMs({ earlier: lending.accruedAt, later: now }))
  const earned = interestDown(lending.borrowedAtLeast, factor)
  const supplyIndex = shareEarningsDown(lending.supplyIndex, earned, lending.suppliedAtMost)
  return {
    supplyIndex,
    borrowIndex: compoundUp(lending.borrowIndex, factor),
    suppliedAtMost: growUp(lending.suppliedAtMost, lending.supplyIndex, supplyIndex),
    borrowedAtLeast: add(lending.borrowedAtLeast, earned),
    accruedAt: now,
  }
}

/** Bounds of the totals after a member balance went from one amount to another, both with interest. */
export function recordBalanceChange(lending: Lending, before: Quantity, after: Quantity): Lending {
  const supplied = add(lending.suppliedAtMost, subtract(positivePart(after), positivePart(before)))
  const borrowed = add(lending.borrowedAtLeast, subtract(negativePart(after), negativePart(before)))
  // Debts round up one by one, so repaying all of them may take a few atoms more than the lower bound holds.
  return { ...lending, suppliedAtMost: positivePart(supplied), borrowedAtLeast: positivePart(borrowed) }
}

/** Balance with its interest: a positive one grows rounded down, a debt rounded up. */
export function withInterest(principal: Quantity, since: Rate, lending: Lending): Quantity {
  if (isPositive(principal))
    return since === lending.supplyIndex ? principal : growDown(principal, since, lending.supplyIndex)
  if (since === lending.borrowIndex) return principal
  return subtract(NO_QUANTITY, growUp(negativePart(principal), since, lending.borrowIndex))
}

/** Index a balance of this sign grows with. */
export function indexFor(principal: Quantity, lending: Lending): Rate {
  return isPositive(principal) ? lending.supplyIndex : lending.borrowIndex
}
