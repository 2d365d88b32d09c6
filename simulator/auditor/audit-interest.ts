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

/** A curve as the terms have it; its cap says nothing of a rate. */
interface Curve {
  readonly basePpm: bigint
  readonly kinkPpm: bigint
  readonly atKinkPpm: bigint
  readonly atFullPpm: bigint
}

/** Rate of the curve at the share that is owed of what is lent, both rounded up; who owes more than is lent pays the full rate. */
export function yearlyPpm({ basePpm, kinkPpm, atKinkPpm, atFullPpm }: Curve, { lent, owed }: Rates): bigint {
  if (owed === 0n) return basePpm
  if (owed >= lent) return atFullPpm
  const used = up(owed * 1_000_000n, lent)
  return used > kinkPpm
    ? atKinkPpm + up((atFullPpm - atKinkPpm) * (used - kinkPpm), 1_000_000n - kinkPpm)
    : basePpm + up((atKinkPpm - basePpm) * used, kinkPpm)
}

/** Borrowers' index up, lenders' down; lenders share the interest on what is surely owed. */
export function accrueRates(rates: Rates, yearly: bigint, time: number): Rates {
  const growth = up(yearly * BigInt(time - rates.accruedAt) * ONE, 1_000_000n * YEAR_MS)
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
