import { add, isLess, isPositive, negativePart, positivePart, subtract } from '../quantity/arithmetic.ts'
import { compoundUp, growDown, growUp, interestDown, interestFactorUp, shareEarningsDown } from '../quantity/growth.ts'
import type { Ppm } from '../quantity/ppm.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import { type Rate, UNIT_INDEX } from '../quantity/rate.ts'
import { elapsedMs, type Timestamp } from '../quantity/timestamp.ts'
import { isUsedAbove, isUsedMore, type Use, utilisationUp } from '../quantity/utilisation.ts'
import { type BorrowCurve, borrowRateUp } from '../instrument/borrow-curve.ts'

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
 * Yearly rate at the utilisation of this moment. Both bounds keep utilisation at or below the truth, by atoms, in the borrowers'
 * favour; the share and the rate are then rounded up to whole ppm, against them.
 */
export function yearlyRateUp(lending: Lending, curve: BorrowCurve): Ppm {
  return borrowRateUp(curve, utilisationUp(useOf(lending)))
}

/**
 * Whether a change draws on lending beyond the cap: utilisation is above it afterwards, and there are more debts than before, or
 * less is free and a larger share is borrowed. Who repays, be it out of what it lent, never does.
 */
export function drawsBeyondCap(before: Lending, after: Lending, cap: Ppm): boolean {
  if (!isUsedAbove(useOf(after), cap)) return false
  if (isLess(before.borrowedAtLeast, after.borrowedAtLeast)) return true
  return isLess(freeIn(after), freeIn(before)) && isUsedMore(useOf(after), useOf(before))
}

/**
 * Lending after simple interest on all debts since the last accrual, shared by all positive balances. The rate is that of the
 * utilisation before it.
 * The borrowers' index rounds up, the lenders' down; because lenders share interest on a lower bound of the debts by an upper
 * bound of the balances, they never receive more than borrowers owe. What is left stays in the interest reserve.
 */
export function accrueInterest(lending: Lending, curve: BorrowCurve, now: Timestamp): Lending {
  const yearly = yearlyRateUp(lending, curve)
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

function useOf({ borrowedAtLeast, suppliedAtMost }: Lending): Use {
  return { borrowed: borrowedAtLeast, supplied: suppliedAtMost }
}

/** Lent and not borrowed: what is left to draw on, below zero when the debts are larger. */
function freeIn({ borrowedAtLeast, suppliedAtMost }: Lending): Quantity {
  return subtract(suppliedAtMost, borrowedAtLeast)
}
