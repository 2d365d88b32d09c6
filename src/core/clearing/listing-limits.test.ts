import { describe, expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import type { ListingEvidence } from '../collateral/listing-evidence.ts'
import { type Desk, fill, leg, member, outcome, tradingDesk } from '../../../simulator/workload/desk.ts'
import { listing, soundEvidence } from '../../../simulator/workload/listing.ts'
import {
  assetTerms,
  BTC,
  BTC_PERP,
  ETH,
  ETH_PERP,
  THIN,
  units,
  usd,
  USDT,
  WORLD_ASSETS,
} from '../../../simulator/workload/world.ts'
import { assetId } from '../instrument/identifier.ts'
import { maintenanceOf, viewNettingSet } from './margin-check.ts'

const NEW = assetTerms({ id: assetId('NEW') })

function review(desk: Desk, asset: typeof THIN, given: Partial<ListingEvidence>) {
  const terms = desk.state.assets.get(asset)?.terms ?? NEW
  return desk.accept({ type: 'reviewAsset', asset, evidence: soundEvidence(terms, given) })
}

function deposit(desk: Desk, account: ReturnType<typeof member>, asset: typeof THIN, amount: string) {
  return desk.send({ type: 'deposit', account, bucket: 0, asset, quantity: units(amount) })
}

describe('evidence', () => {
  test('that does not allow a listing refuses it, with every reason', () => {
    const desk = tradingDesk()
    const decision = desk.send(listing(NEW, { dailyPrices: 12, halted: true }))
    const reasons = ['TooFewPrices', 'Collapsed', 'ShortHistory']
    expect(decision).toEqual({ ok: false, rejection: { reason: 'NotEligible', asset: NEW.id, reasons } })
    expect(desk.state.assets.get(NEW.id)).toBeUndefined()
  })

  test('and what was made of it are kept with the event and the asset', () => {
    const desk = tradingDesk()
    const verdict = {
      eligible: true,
      asCollateral: true,
      weightCapPpm: ppm(1_000_000n),
      holdingCapUsd: usd('100000000000000'),
      reasons: ['ShortHistory'],
    }
    const events = desk.accept(listing(NEW, { dailyPrices: 200 }))
    expect(events).toEqual([{ type: 'AssetListed', asset: NEW, verdict, time: desk.now() }])
    expect(desk.state.assets.get(NEW.id)?.listing).toEqual(verdict)
    expect(review(desk, NEW.id, {})).toEqual([
      { type: 'AssetReviewed', asset: NEW.id, verdict: { ...verdict, reasons: [] } },
    ])
    expect(desk.state.assets.get(NEW.id)?.listing?.reasons).toEqual([])
  })

  test('of less than nothing is no evidence', () => {
    const desk = tradingDesk()
    expect(desk.send(listing(NEW, { dailyVolumeUsd: usd('-1') }))).toMatchObject({
      rejection: { reason: 'BadTerms', field: 'evidence.dailyVolumeUsd' },
    })
    expect(desk.send(listing(NEW, { depthUsd: usd('-1') }))).toMatchObject({
      rejection: { reason: 'BadTerms', field: 'evidence.depthUsd' },
    })
  })
})

describe('the cap on what members hold', () => {
  /** THIN at 2 USD: of 4,000 a day members hold 1,000 USD, which is 500. */
  function capped() {
    const desk = tradingDesk()
    review(desk, THIN, { tier: 'other', dailyVolumeUsd: usd('4000') })
    return { desk, alice: member(desk, 'alice', [THIN, '300']), bob: member(desk, 'bob') }
  }

  test('is one for all: it is reached exactly, and an atom more is refused with what is left', () => {
    const { desk, bob } = capped()
    expect(deposit(desk, bob, THIN, '200.000000000000000001')).toEqual({
      ok: false,
      rejection: {
        reason: 'SupplyCapReached',
        asset: THIN,
        requested: units('200.000000000000000001'),
        available: units('200'),
        capUsd: usd('1000'),
      },
    })
    expect(outcome(deposit(desk, bob, THIN, '200'))).toBe('ok')
    expect(deposit(desk, bob, THIN, '1')).toMatchObject({ rejection: { available: 0n } })
  })

  test('does not stop a repayment', () => {
    const { desk, bob } = capped()
    deposit(desk, bob, USDT, '1000')
    desk.accept({ type: 'withdraw', account: bob, bucket: 0, asset: THIN, quantity: units('100') })
    review(desk, THIN, { tier: 'other', dailyVolumeUsd: usd('0') })
    expect(outcome(deposit(desk, bob, THIN, '100'))).toBe('ok')
    expect(outcome(deposit(desk, bob, THIN, '1'))).toBe('SupplyCapReached')
  })

  test('is not judged without a price, or without a volume', () => {
    const { desk, bob } = capped()
    desk.accept(listing(NEW, { dailyVolumeUsd: usd('0') }))
    expect(outcome(deposit(desk, bob, NEW.id, '5'))).toBe('ok')
    const { dailyVolumeUsd: _, ...unmeasured } = soundEvidence(NEW)
    desk.accept({ type: 'reviewAsset', asset: THIN, evidence: unmeasured })
    expect(outcome(deposit(desk, bob, THIN, '100000'))).toBe('ok')
  })
})

test('the cap on what members owe is one for all, and stops withdrawals and transfers that would pass it', () => {
  const assets = WORLD_ASSETS.map((asset) => (asset.id === ETH ? { ...asset, borrowCap: units('3') } : asset))
  const desk = tradingDesk({ assets })
  member(desk, 'lender', [ETH, '100'])
  const [alice, bob] = [member(desk, 'alice', [USDT, '50000']), member(desk, 'bob', [USDT, '50000'])]
  const borrow = (account: typeof alice, amount: string) =>
    desk.send({ type: 'withdraw', account, bucket: 0, asset: ETH, quantity: units(amount) })
  expect(outcome(borrow(alice, '2'))).toBe('ok')
  expect(borrow(bob, '1.5')).toEqual({
    ok: false,
    rejection: {
      reason: 'BorrowCapReached',
      asset: ETH,
      borrowed: units('3.5'),
      cap: units('3'),
      available: units('1'),
    },
  })
  desk.accept({ type: 'setBucketMode', account: bob, bucket: 1, mode: 'isolated' })
  const move = { type: 'transfer', account: bob, from: 0, to: 1, asset: ETH, quantity: units('1.5') } as const
  expect(outcome(desk.send(move))).toBe('BorrowCapReached')
  expect(outcome(borrow(bob, '1'))).toBe('ok')
})

describe('a listed asset that collapses', () => {
  function collapsed() {
    const desk = tradingDesk()
    const [alice, bob] = [member(desk, 'alice', [ETH, '10'], [USDT, '50000']), member(desk, 'bob', [USDT, '100000'])]
    const trade = (quantity: string, price: string, buyer: typeof alice, seller: typeof alice, market = ETH_PERP) =>
      desk.send(fill(market, { quantity, price, buyer: leg(buyer), seller: leg(seller) }))
    expect(outcome(trade('2', '2500', alice, bob))).toBe('ok')
    const worth = () => {
      const view = viewNettingSet(desk.state, alice, 0)
      if (view === undefined || desk.state.risk === undefined) throw new RangeError('nothing to see')
      return maintenanceOf(desk.state, desk.state.risk, view, desk.now())
    }
    const before = worth()
    review(desk, ETH, { halted: true })
    return { desk, alice, bob, trade, before, after: worth() }
  }

  test('is no collateral any more: its value stays in NLV, and all of it is required', () => {
    const { before, after } = collapsed()
    expect(after.value).toBe(before.value)
    // 10 ether at 2500, of which 6% were required.
    expect(after.requirement - before.requirement).toBe(usd('23500'))
  })

  test('lets positions on it shrink, and not grow', () => {
    const { trade, alice, bob, desk } = collapsed()
    expect(outcome(trade('1', '2500', alice, bob))).toBe('MarketNotOpen')
    const order = { type: 'placeOrder', account: bob, bucket: 0, market: ETH_PERP, quantity: units('1') } as const
    const rest = { ...order, order: 'o1' as never, limit: usd('2500') as never }
    expect(desk.send({ ...rest, side: 'sell' })).toMatchObject({
      rejection: { reason: 'MarketNotOpen', status: 'reduceOnly' },
    })
    expect(outcome(desk.send({ ...rest, side: 'buy' }))).toBe('ok')
    expect(outcome(trade('1', '2500', bob, alice))).toBe('ok')
    // Other markets go on.
    expect(outcome(trade('0.1', '50000', alice, bob, BTC_PERP))).toBe('ok')
  })

  test('may not be borrowed any more, and is sound again after a sound review', () => {
    const { desk, bob } = collapsed()
    const borrow = { type: 'withdraw', account: bob, bucket: 0, asset: ETH, quantity: units('1') } as const
    expect(outcome(desk.send(borrow))).toBe('NotBorrowable')
    review(desk, ETH, {})
    expect(outcome(desk.send(borrow))).toBe('ok')
  })
})

test('a weight is never above the cap of the listing, whatever the epoch says', () => {
  const desk = tradingDesk()
  const alice = member(desk, 'alice', [BTC, '1'])
  review(desk, BTC, { tier: 'other' })
  const view = viewNettingSet(desk.state, alice, 0)
  if (view === undefined || desk.state.risk === undefined) throw new RangeError('nothing to see')
  // The epoch's haircut is 5%; an asset of the last tier keeps 30% of its 50,000.
  expect(maintenanceOf(desk.state, desk.state.risk, view, desk.now()).requirement).toBe(usd('15000'))
})
