import { expect, test } from 'vitest'
import { price } from '../quantity/price.ts'
import { quantity } from '../quantity/quantity.ts'
import { rate, UNIT_INDEX } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { accountId, assetId, marketId, orderId } from '../instrument/identifier.ts'
import {
  balanceOf,
  creditBucket,
  emptyBucket,
  openAccount,
  POOL,
  positionOf,
  withBucket,
  withOrder,
  withPosition,
} from './account.ts'
import { accrueInterest, type Lending, openLending } from './lending.ts'
import type { Order } from './order.ts'
import { NO_POSITION, tradePosition } from './position.ts'
import { NO_FUNDING } from '../quantity/funding-index.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

const ONE = 10n ** 18n
const [USDC, PERP, ORDER] = [assetId('USDC'), marketId('BTC-PERP'), orderId('1')]
/** Lenders have grown by 10%, borrowers by 20%. */
const GROWN: Lending = {
  ...openLending(timestamp(0)),
  supplyIndex: rate((ONE * 11n) / 10n),
  borrowIndex: rate((ONE * 12n) / 10n),
}

test('a new account has one bucket, the pool, cross and empty', () => {
  const account = openAccount(accountId('alice'))
  expect([...account.buckets]).toEqual([[POOL, emptyBucket('cross')]])
})

test('a balance that was never held is zero', () => {
  expect(balanceOf(emptyBucket('cross'), USDC, GROWN)).toBe(0n)
})

const credits: [name: string, first: bigint, want: bigint][] = [
  // 100 * 1.1
  ['a positive balance grows as lenders do', 100n, 110n],
  // 100 * 1.2
  ['a debt grows as borrowers do', -100n, -120n],
  // 7 * 1.1 = 7.7
  ['what a lender has rounds down', 7n, 7n],
  // 7 * 1.2 = 8.4
  ['what a borrower owes rounds up', -7n, -9n],
]
test.each(credits)('%s', (_name, first, want) => {
  const bucket = creditBucket(emptyBucket('cross'), USDC, quantity(first), openLending(timestamp(0)))
  expect(balanceOf(bucket, USDC, GROWN)).toBe(want)
})

test('crediting writes the interest into the principal and starts from the index of its new sign', () => {
  const lent = creditBucket(emptyBucket('cross'), USDC, quantity(100n), openLending(timestamp(0)))
  const more = creditBucket(lent, USDC, quantity(5n), GROWN)
  expect(more.balances.get(USDC)).toEqual({ principal: 115n, index: GROWN.supplyIndex })
  const owed = creditBucket(lent, USDC, quantity(-111n), GROWN)
  expect(owed.balances.get(USDC)).toEqual({ principal: -1n, index: GROWN.borrowIndex })
})

test('a balance that reaches zero is dropped', () => {
  const lent = creditBucket(emptyBucket('cross'), USDC, quantity(100n), openLending(timestamp(0)))
  expect(creditBucket(lent, USDC, quantity(-110n), GROWN).balances.size).toBe(0)
})

test('without lending a balance carries no interest', () => {
  const bucket = creditBucket(emptyBucket('cross'), USDC, quantity(-100n), undefined)
  expect(bucket.balances.get(USDC)).toEqual({ principal: -100n, index: UNIT_INDEX })
  expect(balanceOf(bucket, USDC, undefined)).toBe(-100n)
})

test('a change replaces the record and leaves the old one as it was', () => {
  const before = emptyBucket('isolated')
  const position = tradePosition(NO_POSITION, quantity(ONE), { price: price(ONE), fundingIndex: NO_FUNDING })
  const held = withPosition(before, PERP, position)
  expect([positionOf(before, PERP), positionOf(held, PERP)]).toEqual([NO_POSITION, position])
  expect(held.mode).toBe('isolated')
  expect(withPosition(held, PERP, NO_POSITION).positions.size).toBe(0)
  expect(held.positions.size).toBe(1)
})

test('an order is placed, replaced and removed', () => {
  const order: Order = { id: ORDER, market: PERP, side: 'buy', remaining: quantity(2n), limit: price(1n) }
  const placed = withOrder(emptyBucket('cross'), ORDER, order)
  const replaced = withOrder(placed, ORDER, { ...order, remaining: quantity(1n) })
  expect(placed.orders.get(ORDER)?.remaining).toBe(2n)
  expect(replaced.orders.get(ORDER)?.remaining).toBe(1n)
  expect(withOrder(replaced, ORDER, undefined).orders.size).toBe(0)
})

test('a bucket is added to an account without touching the others', () => {
  const account = openAccount(accountId('alice'))
  const after = withBucket(account, 7, emptyBucket('isolated'))
  expect([...after.buckets.keys()]).toEqual([POOL, 7])
  expect([...account.buckets.keys()]).toEqual([POOL])
})

test('a year of accrual is what a balance shows a year later', () => {
  // 1000 lent, 500 of them owed at 10% a year: 50 earned, shared by 1000.
  const start: Lending = {
    ...openLending(timestamp(0)),
    suppliedAtMost: quantity(1000n * ONE),
    borrowedAtLeast: quantity(500n * ONE),
  }
  const later = accrueInterest(start, flatCurve(100_000n), timestamp(31_536_000_000))
  const [lender, borrower] = [1000n, -500n].map((amount) =>
    creditBucket(emptyBucket('cross'), USDC, quantity(amount * ONE), start),
  )
  expect(lender && balanceOf(lender, USDC, later)).toBe(1050n * ONE)
  expect(borrower && balanceOf(borrower, USDC, later)).toBe(-550n * ONE)
})
