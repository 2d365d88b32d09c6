import { describe, expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import { accountId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import {
  bucketOf,
  type Desk,
  fill,
  held,
  leg,
  member,
  MS_PER_DAY,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import { atoms, BTC, BTC_USDT, ETH, units, USDT, WORLD_PRICES } from '../../../simulator/workload/world.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const YEAR = 365 * MS_PER_DAY

const ledgerOf = (desk: Desk, asset = USDT) => requireAssetBook(desk.state, asset).ledger

/** bob lends 40,000 USDT; alice borrows 10,000 of them against a bitcoin. USDT costs 10% a year, the others 5%. */
function deskWithLoan(): Desk {
  const desk = tradingDesk()
  member(desk, 'alice', [BTC, '1'])
  member(desk, 'bob', [USDT, '40000'])
  desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('10000') })
  return desk
}

describe('over a year', () => {
  test('the borrower owes 10% more, the lender earns it on all it lends', () => {
    const desk = deskWithLoan()
    desk.pass(YEAR)
    desk.accept({ type: 'accrueInterest' })
    // 10,000 * 1.1; 1,000 shared by 40,000 is 2.5%.
    expect(held(desk.state, alice, USDT)).toBe(-atoms('11000'))
    expect(held(desk.state, bob, USDT)).toBe(atoms('41000'))
    expect(ledgerOf(desk)).toMatchObject({ interestReserve: 0n, buckets: atoms('30000'), custody: atoms('30000') })
  })

  test('interest reaches the ledger when a balance is touched, through the reserve, and ends at nothing', () => {
    const desk = deskWithLoan()
    desk.pass(YEAR)
    desk.accept({ type: 'accrueInterest' })
    desk.accept(priceReport(desk.now(), WORLD_PRICES))
    desk.accept({ type: 'withdraw', account: bob, bucket: 0, asset: USDT, quantity: units('1000') })
    // bob's 1,000 of interest came out of the reserve before alice's was debited.
    expect(ledgerOf(desk)).toMatchObject({ interestReserve: -atoms('1000'), buckets: atoms('30000') })
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: USDT, quantity: units('11000') })
    expect(held(desk.state, alice, USDT)).toBe(0n)
    expect(held(desk.state, bob, USDT)).toBe(atoms('40000'))
    expect(ledgerOf(desk)).toMatchObject({ interestReserve: 0n, buckets: atoms('40000'), custody: atoms('40000') })
  })

  test('simple between accruals, compound over them: two halves at 5% are 10.25%', () => {
    const desk = deskWithLoan()
    for (const half of [YEAR / 2, YEAR / 2]) {
      desk.pass(half)
      desk.accept({ type: 'accrueInterest' })
    }
    expect(held(desk.state, alice, USDT)).toBe(-atoms('11025'))
    // 500 on 40,000 is 1.25%, then 525 on 40,500: 1.0125 * 525 / 40,500 = 0.013125, so 1.025625 and 41,025.
    expect(requireAssetBook(desk.state, USDT).lending.supplyIndex).toBe(1_025_625_000_000_000_000n)
    expect(held(desk.state, bob, USDT)).toBe(atoms('41025'))
  })

  test('no time, no interest', () => {
    const desk = deskWithLoan()
    desk.accept({ type: 'accrueInterest' })
    expect(held(desk.state, alice, USDT)).toBe(-atoms('10000'))
  })

  test('nobody owes, nobody earns', () => {
    const desk = deskWithLoan()
    desk.pass(YEAR)
    desk.accept({ type: 'accrueInterest' })
    expect(held(desk.state, alice, BTC)).toBe(atoms('1'))
    expect(requireAssetBook(desk.state, BTC).lending.borrowIndex).toBe(1_050_000_000_000_000_000n)
  })
})

describe('rounding', () => {
  test('a debt of an atom grows to two, and its lender gets nothing of it', () => {
    // 5% of an atom: the debt rounds up to 2 atoms, what is shared down to 0.
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '1000'])
    member(desk, 'bob', [ETH, '1'])
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: ETH, quantity: quantity(1n) })
    desk.pass(YEAR)
    desk.accept({ type: 'accrueInterest' })
    expect(held(desk.state, alice, ETH)).toBe(-2n)
    expect(held(desk.state, bob, ETH)).toBe(atoms('1'))
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: ETH, quantity: quantity(2n) })
    // The atom nobody earned stays with the house.
    expect(ledgerOf(desk, ETH)).toMatchObject({ interestReserve: 1n, buckets: atoms('1'), custody: atoms('1') + 1n })
  })

  test('a millisecond of 10% a year is 3.170979198... trillionths: the index rounds up', () => {
    const desk = deskWithLoan()
    desk.pass(1)
    desk.accept({ type: 'accrueInterest' })
    // 0.1 / 31,536,000,000 = 3.170979198376...e-12, in 1e-18 rounded up to 3,170,980.
    const { borrowIndex, supplyIndex } = requireAssetBook(desk.state, USDT).lending
    expect(borrowIndex).toBe(10n ** 18n + 3_170_980n)
    // On 10,000 that is 31,709,800,000 atoms, shared by 40,000: a quarter of the rate.
    expect(supplyIndex).toBe(10n ** 18n + 792_745n)
    expect(held(desk.state, alice, USDT)).toBe(-atoms('10000') - 31_709_800_000n)
    expect(held(desk.state, bob, USDT)).toBe(atoms('40000') + 31_709_800_000n)
  })

  test('three lenders of a third each lose less than an atom each', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '1000'])
    for (const name of ['bob', 'carol', 'dave']) member(desk, name, [ETH, '0.1'])
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: ETH, quantity: quantity(200n) })
    desk.pass(YEAR)
    desk.accept({ type: 'accrueInterest' })
    // 10 atoms of interest on 0.3 ETH: the index, 1e18 * 10 / 3e17 = 33.3, moves by 33 atoms; 0.1 ETH earns 3.3 atoms: 3.
    expect(held(desk.state, alice, ETH)).toBe(-210n)
    for (const name of ['bob', 'carol', 'dave']) expect(held(desk.state, accountId(name), ETH)).toBe(atoms('0.1') + 3n)
  })
})

test('the market account neither pays nor earns', () => {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '100000'])
  desk.accept(fill(BTC_USDT, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) }))
  desk.pass(YEAR)
  desk.accept({ type: 'accrueInterest' })
  expect(held(desk.state, MARKET_ACCOUNT, BTC)).toBe(-atoms('1'))
  expect(held(desk.state, MARKET_ACCOUNT, USDT)).toBe(atoms('50000'))
  expect(held(desk.state, alice, BTC)).toBe(atoms('1'))
})

test('a loan inside one owner, from the pool to an isolated bucket, pays itself', () => {
  const desk = tradingDesk()
  member(desk, 'alice', [BTC, '1'])
  bucketOf(desk, alice, 1, 'isolated')
  desk.accept({ type: 'transfer', account: alice, from: 0, to: 1, asset: USDT, quantity: units('1000') })
  desk.pass(YEAR)
  desk.accept({ type: 'accrueInterest' })
  expect(held(desk.state, alice, USDT)).toBe(-atoms('1100'))
  expect(held(desk.state, alice, USDT, 1)).toBe(atoms('1100'))
})
