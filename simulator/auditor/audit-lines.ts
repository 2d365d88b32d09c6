import { type AuditBooks, balanceNow, rowsOf } from './audit-books.ts'
import { owedAt } from './audit-price.ts'
import { auditMargin, owesSomething, type SideName } from './audit-margin.ts'

const ONE = 10n ** 18n

/** What is left of a bucket's line. */
export function auditLine(books: AuditBooks, account: string, bucket: number): bigint {
  const line = books.lines.get(`${account} ${bucket}`)
  return line === undefined ? 0n : line.granted - line.paid
}

/** Buckets of an account that have a line, ascending. */
export function lineBuckets(books: AuditBooks, account: string): readonly number[] {
  return rowsOf(books.lines, account)
    .map(({ name }) => Number(name))
    .filter((bucket) => auditLine(books, account, bucket) > 0n)
    .sort((a, b) => a - b)
}

/** What the pool grants a bucket: its line, but no more than the pool's excess less the draws of the lines below it. */
export function auditGrant(books: AuditBooks, account: string, bucket: number): bigint {
  const lower = lineBuckets(books, account).filter((number) => number < bucket)
  const free = lower.reduce(
    (left, number) => left - least(auditLine(books, account, number), left, maintenanceGap(books, account, number)),
    most(0n, -gap(books, account, 0, 'maintenance')),
  )
  return least(auditLine(books, account, bucket), free)
}

interface Payment {
  readonly value: bigint
  readonly debts: readonly { readonly asset: string; readonly quantity: bigint }[]
}

/** What the pool must pay for a bucket as it stands, and with which debts, by name. */
export function auditLinePayment(books: AuditBooks, account: string, bucket: number): Payment {
  const worth = (number: number) => auditMargin(books, account, number, 'maintenance').value
  const value = least(most(0n, -worth(bucket)), auditLine(books, account, bucket), most(0n, worth(0)))
  const at = `${account} ${bucket}`
  const names = rowsOf(books.balances, at).map(({ name }) => name)
  const debts: { asset: string; quantity: bigint }[] = []
  let left = value
  for (const asset of names.sort((a, b) => (a < b ? -1 : 1))) {
    const owed = -balanceNow(books, at, asset)
    const price = owedAt(books, asset)
    if (owed <= 0n || price === 0n || left === 0n) continue
    const whole = (owed * price) / ONE
    debts.push({ asset, quantity: whole <= left ? owed : (left * ONE + price - 1n) / price })
    left = whole <= left ? left - whole : 0n
  }
  return debts.length === 0 ? { value: 0n, debts } : { value, debts }
}

function maintenanceGap(books: AuditBooks, account: string, bucket: number): bigint {
  return owesSomething(books, account, bucket) ? most(0n, gap(books, account, bucket, 'maintenance')) : 0n
}

function gap(books: AuditBooks, account: string, bucket: number, side: SideName): bigint {
  const { value, requirement } = auditMargin(books, account, bucket, side)
  return requirement - value
}

function least(...amounts: readonly bigint[]): bigint {
  return amounts.reduce((a, b) => (a < b ? a : b))
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
