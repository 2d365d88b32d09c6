import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { NO_QUANTITY, quantity } from '../quantity/quantity.ts'
import { rate, UNIT_INDEX } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import type { BorrowCurve } from '../instrument/borrow-curve.ts'
import {
  accrueInterest,
  drawsBeyondCap,
  indexFor,
  type Lending,
  openLending,
  recordBalanceChange,
  withInterest,
  yearlyRateUp,
} from './lending.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

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
  expect(accrueInterest(before, flatCurve(100_000n), YEAR)).toEqual({
    supplyIndex: supply,
    borrowIndex: borrow,
    suppliedAtMost: supplied,
    borrowedAtLeast: borrowed,
    accruedAt: YEAR,
  })
})

test('no time and no rate change nothing but the time of accrual', () => {
  const before = lending(1000n, 500n)
  expect(accrueInterest(before, flatCurve(100_000n), timestamp(0))).toEqual(before)
  expect(accrueInterest(before, flatCurve(0n), YEAR)).toEqual({ ...before, accruedAt: YEAR })
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
        const next = accrueInterest(now, flatCurve(yearly), timestamp((clock += ms)))
        expect(next.supplyIndex >= now.supplyIndex && next.borrowIndex >= now.borrowIndex).toBe(true)
        const balance = withInterest(principal, UNIT_INDEX, next)
        expect(principal > 0n ? balance >= last : balance <= last).toBe(true)
        now = next
        last = balance
      }
    }),
  )
})

/** 0% to 4% at 90% used, then to 64%; nothing beyond 95%. */
const CURVE: BorrowCurve = {
  basePpm: ppm(0n),
  kinkPpm: ppm(900_000n),
  atKinkPpm: ppm(40_000n),
  atFullPpm: ppm(640_000n),
  capPpm: ppm(950_000n),
}

const uses: [name: string, supplied: bigint, borrowed: bigint, yearly: bigint][] = [
  ['nothing borrowed costs the base rate', 1000n, 0n, 0n],
  ['nothing lent and nothing borrowed costs the base rate', 0n, 0n, 0n],
  ['half of the way to the kink costs half of its rate', 1000n, 450n, 20_000n],
  ['the kink costs its rate', 1000n, 900n, 40_000n],
  ['half of the way from the kink to the whole', 1000n, 950n, 340_000n],
  ['all that is lent costs the full rate', 1000n, 1000n, 640_000n],
  ['more than is lent costs no more', 1000n, 5000n, 640_000n],
  ['debts nobody lent for cost the full rate', 0n, 1n, 640_000n],
  // 1 / 3 is 333,333.3 ppm: up to 333,334; 40,000 * 333,334 / 900,000 = 14,814.8: up to 14,815.
  ['a third is rounded up twice, against borrowers', 3n, 1n, 14_815n],
]
test.each(uses)('%s', (_name, supplied, borrowed, yearly) => {
  expect(yearlyRateUp(lending(supplied, borrowed), CURVE)).toBe(yearly)
})

test('a year at 80% used: borrowers owe 3.5556% more, lenders share it', () => {
  // 4% * 80 / 90 = 3.55555...%: 35,556 ppm. 800 * 35,556 ppm = 28.4448, shared by 1,000: 2.84448%.
  const after = accrueInterest(lending(1000n * ONE, 800n * ONE), CURVE, YEAR)
  expect(after.borrowIndex).toBe(1_035_556_000_000_000_000n)
  expect(after.supplyIndex).toBe(1_028_444_800_000_000_000n)
  expect([after.suppliedAtMost, after.borrowedAtLeast]).toEqual([
    1_028_444_800_000_000_000_000n,
    828_444_800_000_000_000_000n,
  ])
})

test('the rate is that of the utilisation before the accrual', () => {
  // At the kink: 4% for this year. What is owed and lent grows to 936 and 1,036, a share of 90.35%: the next year is dearer.
  const first = accrueInterest(lending(1000n * ONE, 900n * ONE), CURVE, YEAR)
  expect(first.borrowIndex).toBe(1_040_000_000_000_000_000n)
  expect(first.borrowedAtLeast).toBe(936n * ONE)
  // 936 / 1,036 = 903,474.9: 903,475 ppm; 40,000 + 600,000 * 3,475 / 100,000 = 60,850.
  expect(yearlyRateUp(first, CURVE)).toBe(60_850n)
})

const draws: [name: string, before: [bigint, bigint], after: [bigint, bigint], want: boolean][] = [
  ['a borrow to the cap', [1000n, 0n], [1000n, 950n], false],
  ['an atom more', [1000n, 0n], [1000n, 951n], true],
  ['a lender leaves as far as the cap', [2000n, 950n], [1000n, 950n], false],
  ['an atom further', [2000n, 950n], [999n, 950n], true],
  ['a repayment that leaves it over the cap', [1000n, 990n], [1000n, 980n], false],
  ['a repayment out of what was lent, over the cap', [100n, 200n], [50n, 150n], false],
  ['a deposit while it is over the cap', [1000n, 990n], [1010n, 990n], false],
  ['a new loan from oneself to oneself over the cap', [1000n, 990n], [1010n, 1000n], true],
  ['a loan nobody lends for', [0n, 0n], [0n, 1n], true],
  ['the last lender leaves while nobody owes', [1000n, 0n], [0n, 0n], false],
  ['nothing happens over the cap', [1000n, 990n], [1000n, 990n], false],
  // 990 / 1,000 to 490 / 499: more leaves than is repaid, but the share falls.
  ['a repayment that costs a fee', [1000n, 990n], [499n, 490n], false],
  ['a fee out of what was lent, over the cap', [1000n, 990n], [999n, 990n], true],
]
test.each(draws)('beyond the cap: %s', (_name, [supplied, borrowed], [nowSupplied, nowBorrowed], want) => {
  const before = lending(supplied, borrowed)
  expect(drawsBeyondCap(before, lending(nowSupplied, nowBorrowed), CURVE.capPpm)).toBe(want)
})
