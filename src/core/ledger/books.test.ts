import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import { rate, UNIT_INDEX } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { accountId, assetId } from '../instrument/identifier.ts'
import { balanceOf, emptyBucket, MARKET_ACCOUNT, openAccount, POOL, withBucket } from './account.ts'
import { type AssetLedger, conservationGap, EMPTY_LEDGER, type LedgerColumn } from './asset-ledger.ts'
import {
  type Books,
  bucketSide,
  houseSide,
  type LedgerAccount,
  lendingFor,
  MARKET_SIDE,
  post,
  putBucket,
  requireAssetBook,
  requireBucket,
} from './books.ts'
import { accrueInterest, openLending } from './lending.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

const ONE = 10n ** 18n
const USDC = assetId('USDC')
const MEMBERS = ['alice', 'bob', 'carol'].map(accountId)
const [ALICE, BOB] = [accountId('alice'), accountId('bob')]

/** Alice, Bob and Carol with a pool and bucket 1 each, the market account, and one asset. */
function opened(): Books {
  const accounts = [MARKET_ACCOUNT, ...MEMBERS].map(
    (id) => [id, withBucket(openAccount(id), 1, emptyBucket('isolated'))] as const,
  )
  return {
    accounts: new Map(accounts),
    assetBooks: new Map([[USDC, { ledger: EMPTY_LEDGER, lending: openLending(timestamp(0)) }]]),
  }
}

function move(books: Books, atoms: bigint, from: LedgerAccount, to: LedgerAccount): void {
  post(books, { asset: USDC, quantity: quantity(atoms), from, to })
}

function accrue(books: Books, yearlyPpm: bigint, at: number): void {
  const book = requireAssetBook(books, USDC)
  books.assetBooks.set(USDC, { ...book, lending: accrueInterest(book.lending, flatCurve(yearlyPpm), timestamp(at)) })
}

function balance(books: Books, side: LedgerAccount): bigint {
  if (side.kind === 'house') return requireAssetBook(books, USDC).ledger[side.column]
  return balanceOf(requireBucket(books, side.account, side.bucket), USDC, lendingFor(books, side.account, USDC))
}

function ledgerOf(books: Books): AssetLedger {
  return requireAssetBook(books, USDC).ledger
}

describe('a posting', () => {
  const sides: [name: string, from: LedgerAccount, to: LedgerAccount, fromAfter: bigint, toAfter: bigint][] = [
    ['from a bucket to another owner', bucketSide(ALICE, POOL), bucketSide(BOB, POOL), 70n, 130n],
    ['from a bucket to another of the same owner', bucketSide(ALICE, POOL), bucketSide(ALICE, 1), 70n, 30n],
    ['from custody to a bucket', houseSide('custody'), bucketSide(ALICE, POOL), 330n, 130n],
    ['from a bucket to custody', bucketSide(ALICE, POOL), houseSide('custody'), 70n, 270n],
    ['from a bucket to fees', bucketSide(ALICE, POOL), houseSide('fees'), 70n, 30n],
    ['from the fund to a bucket', houseSide('insuranceFund'), bucketSide(ALICE, POOL), 70n, 130n],
    ['from a deficit to a bucket', houseSide('deficit'), bucketSide(ALICE, POOL), 30n, 130n],
    ['from a bucket to the market account', bucketSide(ALICE, POOL), MARKET_SIDE, 70n, 30n],
  ]
  test.each(sides)('%s moves both sides and no third', (_name, from, to, fromAfter, toAfter) => {
    const books = opened()
    move(books, 100n, houseSide('custody'), bucketSide(ALICE, POOL))
    move(books, 100n, houseSide('custody'), bucketSide(BOB, POOL))
    move(books, 100n, houseSide('custody'), houseSide('insuranceFund'))
    move(books, 30n, from, to)
    expect([balance(books, from), balance(books, to)]).toEqual([fromAfter, toAfter])
    expect(conservationGap(ledgerOf(books))).toBe(0n)
  })

  test('of nothing changes nothing, not even the record', () => {
    const books = opened()
    const before = requireAssetBook(books, USDC)
    move(books, 0n, bucketSide(ALICE, POOL), bucketSide(BOB, POOL))
    expect(requireAssetBook(books, USDC)).toBe(before)
  })

  test('may leave a bucket negative: a borrow', () => {
    const books = opened()
    move(books, 100n, houseSide('custody'), bucketSide(ALICE, POOL))
    move(books, 40n, bucketSide(BOB, POOL), bucketSide(ALICE, POOL))
    expect([balance(books, bucketSide(ALICE, POOL)), balance(books, bucketSide(BOB, POOL))]).toEqual([140n, -40n])
    expect(requireAssetBook(books, USDC).lending).toMatchObject({ suppliedAtMost: 140n, borrowedAtLeast: 40n })
  })
})

describe('the engine stops at', () => {
  const wrong: [name: string, id: string, atoms: bigint, from: LedgerAccount, to: LedgerAccount][] = [
    ['a negative posting', 'INV-LEDGER-4', -1n, houseSide('custody'), bucketSide(ALICE, POOL)],
    ['custody paid out that is not there', 'INV-LEDGER-2', 1n, bucketSide(ALICE, POOL), houseSide('custody')],
    ['fees paid out that are not there', 'INV-LEDGER-2', 1n, houseSide('fees'), bucketSide(ALICE, POOL)],
    ['insurance drawn that is not there', 'INV-LEDGER-2', 1n, houseSide('insuranceFund'), bucketSide(ALICE, POOL)],
    ['an account that does not exist', 'INV-LEDGER-3', 1n, houseSide('custody'), bucketSide(accountId('eve'), POOL)],
    ['a bucket that does not exist', 'INV-LEDGER-3', 1n, houseSide('custody'), bucketSide(ALICE, 2)],
  ]
  test.each(wrong)('%s', (_name, id, atoms, from, to) => {
    expect(() => move(opened(), atoms, from, to)).toThrow(id)
  })

  test('an asset that is not listed', () => {
    const books = opened()
    const posting = { asset: assetId('ETH'), quantity: quantity(1n), from: houseSide('custody'), to: houseSide('fees') }
    expect(() => post(books, posting)).toThrow('INV-LEDGER-3')
    expect(() => putBucket(books, accountId('eve'), POOL, emptyBucket('cross'))).toThrow('INV-LEDGER-3')
  })
})

describe('interest', () => {
  // Alice lends 1000, Bob owes 500 of them at 10% a year: after a year he owes 550 and she has 1050.
  function aYearLater(): Books {
    const books = opened()
    move(books, 1000n * ONE, houseSide('custody'), bucketSide(ALICE, POOL))
    move(books, 500n * ONE, bucketSide(BOB, POOL), houseSide('custody'))
    accrue(books, 100_000n, 31_536_000_000)
    return books
  }

  test('is seen in balances before it is in the ledger', () => {
    const books = aYearLater()
    expect(balance(books, bucketSide(ALICE, POOL))).toBe(1050n * ONE)
    expect(balance(books, bucketSide(BOB, POOL))).toBe(-550n * ONE)
    expect(ledgerOf(books)).toMatchObject({ buckets: 500n * ONE, interestReserve: 0n })
  })

  test('of a lender is drawn from the reserve when the balance is touched', () => {
    const books = aYearLater()
    move(books, ONE, houseSide('custody'), bucketSide(ALICE, POOL))
    expect(balance(books, bucketSide(ALICE, POOL))).toBe(1051n * ONE)
    expect(ledgerOf(books)).toMatchObject({ custody: 501n * ONE, buckets: 551n * ONE, interestReserve: -50n * ONE })
  })

  test('of a borrower is paid into the reserve when the debt is touched', () => {
    const books = aYearLater()
    move(books, ONE, houseSide('custody'), bucketSide(BOB, POOL))
    expect(balance(books, bucketSide(BOB, POOL))).toBe(-549n * ONE)
    expect(ledgerOf(books)).toMatchObject({ custody: 501n * ONE, buckets: 451n * ONE, interestReserve: 50n * ONE })
  })

  test('of both sides of one posting is brought in, and the reserve is even again', () => {
    const books = aYearLater()
    move(books, ONE, bucketSide(BOB, POOL), bucketSide(ALICE, POOL))
    expect(ledgerOf(books)).toMatchObject({ buckets: 500n * ONE, interestReserve: 0n })
    expect(requireAssetBook(books, USDC).lending).toMatchObject({
      suppliedAtMost: 1051n * ONE,
      borrowedAtLeast: 551n * ONE,
    })
  })

  test('is not carried by the market account', () => {
    const books = opened()
    move(books, 1000n * ONE, MARKET_SIDE, bucketSide(ALICE, POOL))
    accrue(books, 100_000n, 31_536_000_000)
    expect(balance(books, MARKET_SIDE)).toBe(-1000n * ONE)
    expect(requireAssetBook(books, USDC).lending).toMatchObject({ supplyIndex: UNIT_INDEX, borrowedAtLeast: 0n })
    move(books, 400n * ONE, bucketSide(ALICE, POOL), MARKET_SIDE)
    expect(balance(books, MARKET_SIDE)).toBe(-600n * ONE)
    expect(rate(ONE)).toBe(UNIT_INDEX)
  })
})

type Step =
  | { readonly kind: 'post'; readonly from: LedgerAccount; readonly to: LedgerAccount; readonly atoms: bigint }
  | { readonly kind: 'accrue'; readonly yearlyPpm: bigint; readonly ms: number }

const members = fc.constantFrom(...MEMBERS.flatMap((id) => [bucketSide(id, POOL), bucketSide(id, 1)]))
const house = fc
  .constantFrom<Exclude<LedgerColumn, 'buckets' | 'interestReserve'>>('custody', 'fees', 'insuranceFund', 'deficit')
  .map(houseSide)
const side = fc.oneof({ weight: 3, arbitrary: members }, { weight: 1, arbitrary: house }, fc.constant(MARKET_SIDE))
const amounts = fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 10n ** 24n }))
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('post' as const), from: side, to: side, atoms: amounts }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('accrue' as const),
      yearlyPpm: fc.bigInt({ min: 0n, max: 2_000_000n }),
      ms: fc.integer({ min: 1, max: 10 ** 11 }),
    }),
  },
)

/** What clearing refuses before it posts: a column that would go below zero. Custody and deficit grow by giving. */
function isCovered(ledger: AssetLedger, from: LedgerAccount, to: LedgerAccount, atoms: bigint): boolean {
  if (to.kind === 'house' && (to.column === 'custody' || to.column === 'deficit') && ledger[to.column] < atoms)
    return from.kind === 'house' && from.column === to.column
  if (from.kind === 'house' && (from.column === 'fees' || from.column === 'insuranceFund'))
    return ledger[from.column] >= atoms
  return true
}

function run(books: Books, steps: readonly Step[]): void {
  let clock = 0
  for (const each of steps) {
    if (each.kind === 'accrue') accrue(books, each.yearlyPpm, (clock += each.ms))
    else if (isCovered(ledgerOf(books), each.from, each.to, each.atoms)) move(books, each.atoms, each.from, each.to)
  }
}

function bucketsOf(books: Books): readonly (readonly [LedgerAccount, bigint])[] {
  return [...books.accounts.values()].flatMap(({ id, buckets }) =>
    [...buckets.keys()].map((number) => [bucketSide(id, number), balance(books, bucketSide(id, number))] as const),
  )
}

test('INV-LEDGER-1: after any postings and accruals, custody and deficit are what buckets, fees, fund and reserve come to', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const books = opened()
      run(books, steps)
      const { custody, buckets, fees, insuranceFund, interestReserve, deficit } = ledgerOf(books)
      expect(custody + deficit).toBe(buckets + fees + insuranceFund + interestReserve)
      const principals = [...books.accounts.values()].flatMap((account) =>
        [...account.buckets.values()].map((bucket) => balanceOf(bucket, USDC, undefined)),
      )
      expect(principals.reduce((sum, atoms) => sum + atoms, 0n)).toBe(buckets)
    }),
    { numRuns: 300 },
  )
})

test('INV-LENDING-2: once all interest is realised, the reserve holds what lenders did not get: never less than nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const books = opened()
      run(books, steps)
      const before = bucketsOf(books)
      for (const [at] of before) {
        move(books, 1n, houseSide('custody'), at)
        move(books, 1n, at, houseSide('custody'))
      }
      expect(ledgerOf(books).interestReserve >= 0n).toBe(true)
      expect(bucketsOf(books)).toEqual(before)
    }),
    { numRuns: 300 },
  )
})

test('INV-LENDING-1: the totals interest is shared by bound the balances: lenders from above, debts from below', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const books = opened()
      run(books, steps)
      const { suppliedAtMost, borrowedAtLeast } = requireAssetBook(books, USDC).lending
      const members = bucketsOf(books).filter(([at]) => at.kind === 'bucket' && at.account !== MARKET_ACCOUNT)
      const lent = members.reduce((sum, [, atoms]) => (atoms > 0n ? sum + atoms : sum), 0n)
      const owed = members.reduce((sum, [, atoms]) => (atoms < 0n ? sum - atoms : sum), 0n)
      expect(lent <= suppliedAtMost && borrowedAtLeast <= owed).toBe(true)
    }),
    { numRuns: 300 },
  )
})
