import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { NO_QUANTITY, quantity } from '../quantity/quantity.ts'
import { rate, UNIT_INDEX } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { accrueInterest, indexFor, type Lending, openLending, recordBalanceChange, withInterest } from './lending.ts'

const ONE = 10n ** 18n
const YEAR = timestamp(31_536_000_000)

function lending(supplied: bigint, borrowed: bigint): Lending {
  return {
    ...openLending(timestamp(0)),
    suppliedAtMost: quantity(supplied),
    borrowedAtLeast: quantity(borrowed),
  }
}

const accruals: [name: string, before: Lending, supply: bigint, borrow: bigint, supplied: bigint, borrowed: bigint][] =
  [
    // 10% of 500 = 50; shared by 1000: 5%
    ['half lent out earns half the rate', lending(1000n, 500n), (ONE * 105n) / 100n, (ONE * 11n) / 10n, 1050n, 550n],
    ['everything lent out earns the rate', lending(1000n, 1000n), (ONE * 11n) / 10n, (ONE * 11n) / 10n, 1100n, 1100n],
    ['nothing owed earns nothing', lending(1000n, 0n), ONE, (ONE * 11n) / 10n, 1000n, 0n],
    ['debts nobody lent for are charged all the same', lending(0n, 500n), ONE, (ONE * 11n) / 10n, 0n, 550n],
    // 10% of 5 is 0.5: nothing to share, but borrowers are charged
    ['less than an atom earned is not shared', lending(10n, 5n), ONE, (ONE * 11n) / 10n, 10n, 5n],
  ]
test.each(accruals)('%s', (_name, before, supply, borrow, supplied, borrowed) => {
  expect(accrueInterest(before, ppm(100_000n), YEAR)).toEqual({
    supplyIndex: supply,
    borrowIndex: borrow,
    suppliedAtMost: supplied,
    borrowedAtLeast: borrowed,
    accruedAt: YEAR,
  })
})

test('no time and no rate change nothing but the time of accrual', () => {
  const before = lending(1000n, 500n)
  expect(accrueInterest(before, ppm(100_000n), timestamp(0))).toEqual(before)
  expect(accrueInterest(before, ppm(0n), YEAR)).toEqual({ ...before, accruedAt: YEAR })
})

const changes: [name: string, before: bigint, after: bigint, supplied: bigint, borrowed: bigint][] = [
  ['a deposit is supplied', 0n, 10n, 110n, 50n],
  ['a withdrawal is no longer', 10n, 0n, 90n, 50n],
  ['a borrow is borrowed', 0n, -10n, 100n, 60n],
  ['a repayment is no longer', -10n, 0n, 100n, 40n],
  ['a balance through zero leaves one side and joins the other', 10n, -5n, 90n, 55n],
  ['and back', -5n, 10n, 110n, 45n],
  ['debts rounded up may exceed the lower bound of all debts: it stops at zero', -51n, 0n, 100n, 0n],
]
test.each(changes)('%s', (_name, before, after, supplied, borrowed) => {
  const got = recordBalanceChange(lending(100n, 50n), quantity(before), quantity(after))
  expect([got.suppliedAtMost, got.borrowedAtLeast]).toEqual([supplied, borrowed])
})

const GROWN: Lending = {
  ...lending(0n, 0n),
  supplyIndex: rate((ONE * 11n) / 10n),
  borrowIndex: rate((ONE * 12n) / 10n),
}

const balances: [name: string, principal: bigint, since: bigint, want: bigint][] = [
  ['zero stays zero', 0n, ONE, 0n],
  ['a positive balance follows the supply index', 10n, ONE, 11n],
  ['a debt follows the borrow index', -10n, ONE, -12n],
  ['a positive balance rounds down', 9n, ONE, 9n],
  ['a debt rounds up', -9n, ONE, -11n],
  ['a balance touched at this index is as it was written', 9n, (ONE * 11n) / 10n, 9n],
  ['a debt touched at this index is as it was written', -9n, (ONE * 12n) / 10n, -9n],
]
test.each(balances)('%s', (_name, principal, since, want) => {
  expect(withInterest(quantity(principal), rate(since), GROWN)).toBe(want)
})

test('a balance starts from the index of its sign', () => {
  const indices = [1n, -1n, 0n].map((atoms) => indexFor(quantity(atoms), GROWN))
  expect(indices).toEqual([GROWN.supplyIndex, GROWN.borrowIndex, GROWN.borrowIndex])
})

test('INV-LENDING-3: neither index ever falls, and a balance never shrinks toward the member nor a debt away from the house', () => {
  const totals = fc.bigInt({ min: 0n, max: 10n ** 27n })
  const spans = fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 3_000_000n }), fc.integer({ min: 0, max: 10 ** 10 })), {
    maxLength: 8,
  })
  const principals = fc.bigInt({ min: -(10n ** 27n), max: 10n ** 27n }).map(quantity)
  fc.assert(
    fc.property(totals, totals, spans, principals, (supplied, borrowed, steps, principal) => {
      // The totals hold what this balance is, and others'.
      let now = recordBalanceChange(lending(supplied, borrowed), NO_QUANTITY, principal)
      let clock = 0
      let last = withInterest(principal, UNIT_INDEX, now)
      for (const [yearly, ms] of steps) {
        const next = accrueInterest(now, ppm(yearly), timestamp((clock += ms)))
        expect(next.supplyIndex >= now.supplyIndex && next.borrowIndex >= now.borrowIndex).toBe(true)
        const balance = withInterest(principal, UNIT_INDEX, next)
        expect(principal > 0n ? balance >= last : balance <= last).toBe(true)
        now = next
        last = balance
      }
    }),
  )
})
