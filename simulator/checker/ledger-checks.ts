import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import type { Check } from './observed.ts'

/** INV-LEDGER-1: custody + deficit = buckets + fees + insurance fund + interest reserve, the buckets counted anew. */
export const conservation: Check = ({ after }) => {
  const counted = new Map<string, bigint>()
  for (const balance of balancesOf(after))
    counted.set(balance.asset, (counted.get(balance.asset) ?? 0n) + balance.amount)
  const faults: string[] = []
  for (const [asset, { ledger }] of after.assetBooks.entries()) {
    const inBuckets = counted.get(asset) ?? 0n
    if (ledger.buckets !== inBuckets)
      faults.push(`${asset}: ${inBuckets} in buckets, the ledger says ${ledger.buckets}`)
    const owed = inBuckets + ledger.fees + ledger.insuranceFund + ledger.interestReserve
    const gap = ledger.custody + ledger.deficit - owed
    if (gap !== 0n) faults.push(`${asset} is off by ${gap}`)
  }
  return faults
}

/** INV-CONTRACT-2: of each contract, quantities, costs and funding bases each sum to zero over all holders. */
export const zeroSum: Check = ({ after }) => {
  const sums = new Map<string, { quantity: bigint; cost: bigint; fundingBasis: bigint }>()
  for (const { buckets } of after.accounts.values()) {
    for (const { positions } of buckets.values()) {
      for (const [market, position] of positions) {
        const sum = sums.get(market) ?? { quantity: 0n, cost: 0n, fundingBasis: 0n }
        sum.quantity += position.quantity
        sum.cost += position.cost
        sum.fundingBasis += position.fundingBasis
        sums.set(market, sum)
      }
    }
  }
  return [...sums].flatMap(([market, { quantity, cost, fundingBasis }]) =>
    quantity === 0n && cost === 0n && fundingBasis === 0n
      ? []
      : [`${market} sums to ${quantity} contracts, cost ${cost}, funding ${fundingBasis}`],
  )
}

/**
 * INV-LENDING-1: what lenders are told they have is covered: bounds of both totals hold, so that lenders never earn more
 * than borrowers owe.
 */
export const lendersAreCovered: Check = ({ after }) => {
  const faults: string[] = []
  for (const [asset, { lending }] of after.assetBooks.entries()) {
    let [lent, owed] = [0n, 0n]
    for (const { account, asset: of, amount, index } of balancesOf(after)) {
      if (of !== asset || account === 'market') continue
      if (amount > 0n) lent += (amount * lending.supplyIndex) / index
      else owed += (-amount * lending.borrowIndex + index - 1n) / index
    }
    if (lent > lending.suppliedAtMost) faults.push(`${asset}: ${lent} lent, above the bound ${lending.suppliedAtMost}`)
    if (owed < lending.borrowedAtLeast)
      faults.push(`${asset}: ${owed} owed, below the bound ${lending.borrowedAtLeast}`)
  }
  return faults
}

/** INV-LENDING-2: with all interest brought to book, the interest reserve of no asset is negative. */
export const reserveIsCovered: Check = ({ after }) => {
  const faults: string[] = []
  for (const [asset, { ledger, lending }] of after.assetBooks.entries()) {
    let reserve: bigint = ledger.interestReserve
    for (const { account, asset: of, amount, index } of balancesOf(after)) {
      if (of !== asset || account === 'market') continue
      if (amount > 0n) reserve -= (amount * lending.supplyIndex) / index - amount
      else reserve += (-amount * lending.borrowIndex + index - 1n) / index + amount
    }
    if (reserve < 0n) faults.push(`${asset}: the reserve would be ${reserve} if all interest were paid`)
  }
  return faults
}

/**
 * INV-CLEARING-5: a rejected command changes nothing but the answers and the sequence: every record is the very same. (That
 * no record was written in place is for the accountant to see.)
 */
export const rejectionChangesNothing: Check = ({ decision, before, after }) => {
  if (decision.ok) return []
  const faults: string[] = []
  for (const table of ['accounts', 'assetBooks', 'assets', 'markets', 'volatilities'] as const) {
    const rows = new Map<string, unknown>(after[table].entries())
    const wanted = new Map<string, unknown>(before[table].entries())
    const same = rows.size === wanted.size && [...wanted].every(([key, row]) => rows.get(key) === row)
    if (!same) faults.push(`${table} changed`)
  }
  if (before.risk !== after.risk) faults.push('the epoch changed')
  if (before.protocolVersion !== after.protocolVersion) faults.push('the protocol version changed')
  return faults
}

interface Row {
  readonly account: string
  readonly asset: string
  readonly amount: bigint
  readonly index: bigint
}

function balancesOf(state: ReadonlyState): readonly Row[] {
  const rows: Row[] = []
  for (const { id, buckets } of state.accounts.values()) {
    for (const { balances } of buckets.values()) {
      for (const [asset, { principal, index }] of balances) rows.push({ account: id, asset, amount: principal, index })
    }
  }
  return rows
}
