import { describe, expect, test } from 'vitest'
import { fundingIndex } from '../quantity/funding-index.ts'
import { price } from '../quantity/price.ts'
import { quantity } from '../quantity/quantity.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE } from '../quantity/value.ts'
import { type AssetId, assetId, marketId } from '../instrument/identifier.ts'
import { balanceOf, type Bucket, creditBucket, emptyBucket, positionOf, withPosition } from '../ledger/account.ts'
import { EMPTY_LEDGER } from '../ledger/asset-ledger.ts'
import type { AssetBook } from '../ledger/books.ts'
import { openLending } from '../ledger/lending.ts'
import { NO_POSITION, tradePosition } from '../ledger/position.ts'
import { draftOf, numbered, take } from './draft.ts'
import { applyStep, type LiquidationStep, settlementCash } from './step.ts'

const ONE = 10n ** 18n
const [USDC, ETH, PERP] = [assetId('USDC'), assetId('ETH'), marketId('P')]
const LENDING = openLending(timestamp(0))
const BOOKS: ReadonlyMap<AssetId, AssetBook> = new Map(
  [USDC, ETH].map((asset) => [asset, { ledger: EMPTY_LEDGER, lending: LENDING }]),
)
const LEVEL = { price: price(110n * ONE), fundingIndex: fundingIndex(ONE) }

/** 50 USDC, -2 ETH, and 2 contracts bought at 100 at a funding index of 0. */
const BUCKET: Bucket = withPosition(
  [
    [USDC, 50n],
    [ETH, -2n],
  ].reduce<Bucket>(
    (bucket, [asset, units]) => creditBucket(bucket, asset as AssetId, quantity((units as bigint) * ONE), LENDING),
    emptyBucket('cross'),
  ),
  PERP,
  tradePosition(NO_POSITION, quantity(2n * ONE), { price: price(100n * ONE), fundingIndex: fundingIndex(0n) }),
)

function after(step: LiquidationStep) {
  const buckets = applyStep(
    new Map([
      [0, BUCKET],
      [4, emptyBucket('cross')],
    ]),
    step,
    BOOKS,
  )
  return (bucket: number) => {
    const found = buckets.get(bucket) ?? emptyBucket('cross')
    const { quantity: contracts } = positionOf(found, PERP)
    return { usdc: balanceOf(found, USDC, LENDING), eth: balanceOf(found, ETH, LENDING), contracts }
  }
}

function amount(bucket: number, asset: AssetId, units: bigint) {
  return { bucket, asset, quantity: quantity(units * ONE) }
}

describe('a step', () => {
  test('of closing trades contracts and moves no cash', () => {
    const step = {
      kind: 'tradeContract',
      bucket: 0,
      market: PERP,
      bought: quantity(-ONE),
      at: LEVEL,
      notional: NO_VALUE,
    } as const
    expect(after(step)(0)).toEqual({ usdc: 50n * ONE, eth: -2n * ONE, contracts: ONE })
  })

  test('of settling pays what is unsettled and leaves the contracts', () => {
    // 2 * 10 - 2 * 1
    const cash = settlementCash(BUCKET, PERP, LEVEL)
    expect(cash).toBe(18n * ONE)
    const step = { kind: 'settleContract', bucket: 0, market: PERP, settlement: USDC, cash, at: LEVEL } as const
    expect(after(step)(0)).toEqual({ usdc: 68n * ONE, eth: -2n * ONE, contracts: 2n * ONE })
  })

  test('of moving takes from one bucket and gives to another', () => {
    const now = after({ kind: 'moveBetweenBuckets', from: amount(0, USDC, 20n), to: 4 })
    expect([now(0).usdc, now(4).usdc]).toEqual([30n * ONE, 20n * ONE])
  })

  test('of repaying gives collateral and gets what is owed', () => {
    const now = after({ kind: 'repayDebt', given: amount(0, USDC, 20n), got: amount(0, ETH, 2n), value: NO_VALUE })
    expect(now(0)).toEqual({ usdc: 30n * ONE, eth: 0n, contracts: 2n * ONE })
  })

  test('of paying the penalty takes it', () => {
    expect(after({ kind: 'payPenalty', paid: amount(0, USDC, 5n), value: NO_VALUE })(0).usdc).toBe(45n * ONE)
  })

  test('in a bucket outside the netting set is a bug', () => {
    expect(() => after({ kind: 'payPenalty', paid: amount(9, USDC, 5n), value: NO_VALUE })).toThrow(RangeError)
  })
})

test('a draft remembers its steps and leaves the one it was made from as it was', () => {
  const empty = draftOf([{ number: 0, bucket: BUCKET }])
  const paid = take(empty, { kind: 'payPenalty', paid: amount(0, USDC, 5n), value: NO_VALUE }, BOOKS)
  expect([empty.steps.length, paid.steps.length]).toEqual([0, 1])
  expect(numbered(empty)).toEqual([{ number: 0, bucket: BUCKET }])
})

test('cash of a settlement is rounded down, against the member, either way', () => {
  // One contract atom gains 10 atoms at a price above by 10; at 10.5 it gains 10.5 atoms, short it loses 10.5.
  const at = { price: price(ONE), fundingIndex: fundingIndex(0n) }
  const later = { price: price((23n * ONE) / 2n), fundingIndex: fundingIndex(0n) }
  const held = [1n, -1n].map((atoms) => withPosition(BUCKET, PERP, tradePosition(NO_POSITION, quantity(atoms), at)))
  expect(held.map((bucket) => settlementCash(bucket, PERP, later))).toEqual([10n, -11n])
})
