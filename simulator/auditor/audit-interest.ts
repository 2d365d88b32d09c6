/**
 * Interest of one asset (METHODOLOGY 1a): what one unit lent or owed since listing has become (1e-18), an upper bound of all
 * that is lent and a lower bound of all that is owed.
 */
export interface Rates {
  lentIndex: bigint
  owedIndex: bigint
  lent: bigint
  owed: bigint
  accruedAt: number
}

const ONE = 10n ** 18n
const YEAR_MS = 31_536_000_000n

export function openRates(time: number): Rates {
  return { lentIndex: ONE, owedIndex: ONE, lent: 0n, owed: 0n, accruedAt: time }
}

/** Borrowers' index up, lenders' down; lenders share the interest on what is surely owed. */
export function accrueRates(rates: Rates, yearlyPpm: bigint, time: number): Rates {
  const growth = up(yearlyPpm * BigInt(time - rates.accruedAt) * ONE, 1_000_000n * YEAR_MS)
  const earned = (rates.owed * growth) / ONE
  const lentIndex = rates.lent === 0n ? rates.lentIndex : rates.lentIndex + (rates.lentIndex * earned) / rates.lent
  return {
    lentIndex,
    owedIndex: rates.owedIndex + up(rates.owedIndex * growth, ONE),
    lent: up(rates.lent * lentIndex, rates.lentIndex),
    owed: rates.owed + earned,
    accruedAt: time,
  }
}

/** What an amount has become since an index: a loan given rounds down, a debt up. */
export function withInterest(amount: bigint, since: bigint, rates: Rates): bigint {
  return amount > 0n ? (amount * rates.lentIndex) / since : -up(-amount * rates.owedIndex, since)
}

/** Quotient of two numbers >= 0, rounded up. */
function up(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}
