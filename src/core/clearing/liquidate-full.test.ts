import { describe, expect, test } from 'vitest'
import { accountId, type AssetId, assetId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import { bucketOf, contracts, type Desk, held } from '../../../simulator/workload/desk.ts'
import { liquidate, longDesk } from '../../../simulator/workload/liquidation-desk.ts'
import { assetTerms, atoms, BTC, BTC_PERP, units, USDT } from '../../../simulator/workload/world.ts'
import type { Event } from './event.ts'
import { listing } from '../../../simulator/workload/listing.ts'

const alice = accountId('alice')

const ledgerOf = (desk: Desk, asset = USDT) => requireAssetBook(desk.state, asset).ledger
const typesOf = (events: readonly Event[]) => events.map(({ type }) => type)

describe('full: contracts closed, collateral used, then the waterfall', () => {
  /** 10,000 USDT, long 4, the mark at 47,000: NLV 10,000 - 12,000. Closed at 47,000 less 0.1%: another 188 are lost. */
  function ruinedDesk(...insurance: readonly (readonly [AssetId, string])[]): Desk {
    const desk = longDesk({ money: '10000', size: '4', mark: '47000', spreadPpm: 1_000n, penaltyPpm: 10_000n })
    for (const [asset, amount] of insurance) desk.accept({ type: 'fundInsurance', asset, quantity: units(amount) })
    return desk
  }

  test('the fund pays in the asset that is owed, and a deficit is left', () => {
    const desk = ruinedDesk([USDT, '1500'])
    expect(desk.accept(liquidate())).toEqual([
      {
        type: 'LiquidationStarted',
        account: alice,
        bucket: 0,
        netLiquidationValue: -atoms('2000'),
        // 3% of 188,000, and 2% of the 2,000 that are owed on balance.
        maintenanceMargin: atoms('5680'),
        extent: 'full',
        fractionPpm: 1_000_000n,
      },
      {
        type: 'ContractsClosed',
        account: alice,
        bucket: 0,
        market: BTC_PERP,
        bought: -atoms('4'),
        price: atoms('46953'),
        notional: atoms('188000'),
      },
      {
        type: 'ContractCashed',
        account: alice,
        bucket: 0,
        market: BTC_PERP,
        price: atoms('47000'),
        settlement: USDT,
        cash: -atoms('12188'),
      },
      { type: 'InsuranceDrawn', account: alice, bucket: 0, asset: USDT, quantity: atoms('1500') },
      { type: 'DeficitRecorded', account: alice, bucket: 0, asset: USDT, quantity: atoms('688') },
      {
        type: 'LiquidationEnded',
        account: alice,
        bucket: 0,
        netLiquidationValue: 0n,
        maintenanceMargin: 0n,
      },
    ])
    expect(held(desk.state, alice, USDT)).toBe(0n)
    expect(desk.state.accounts.get(alice)?.buckets.get(0)?.positions.size).toBe(0)
    // Custody 10,000 + 100,000 + 1,500; bob has 100,000, the market took 12,188 in.
    expect(ledgerOf(desk)).toEqual({
      custody: atoms('111500'),
      buckets: atoms('112188'),
      fees: 0n,
      insuranceFund: 0n,
      interestReserve: 0n,
      deficit: atoms('688'),
    })
    // The market is long 4 for 200,000 and has 12,188: at 47,000 it is 188 ahead, the spread.
    expect(contracts(desk.state, MARKET_ACCOUNT, BTC_PERP)).toEqual({
      quantity: atoms('4'),
      cost: atoms('200000') * 10n ** 18n,
      fundingBasis: 0n,
    })
    expect(held(desk.state, MARKET_ACCOUNT, USDT)).toBe(atoms('12188'))
  })

  test('the fund exactly covers it: no deficit', () => {
    const desk = ruinedDesk([USDT, '2188'])
    expect(typesOf(desk.accept(liquidate()))).not.toContain('DeficitRecorded')
    expect(ledgerOf(desk)).toMatchObject({ insuranceFund: 0n, deficit: 0n })
  })

  test('an atom is missing: a deficit of an atom', () => {
    const desk = ruinedDesk([USDT, '2187.999999999999999999'])
    expect(desk.accept(liquidate())).toContainEqual(expect.objectContaining({ type: 'DeficitRecorded', quantity: 1n }))
  })

  test("the fund's other assets are sold for what is left", () => {
    // 688 at 47,000 are 0.014638297872340425531... bitcoins, rounded up.
    const desk = ruinedDesk([USDT, '1500'], [BTC, '0.1'])
    const sold = 14_638_297_872_340_426n
    expect(desk.accept(liquidate())).toMatchObject([
      { type: 'LiquidationStarted' },
      { type: 'ContractsClosed' },
      { type: 'ContractCashed' },
      { type: 'InsuranceDrawn', asset: USDT, quantity: atoms('1500') },
      {
        type: 'InsuranceExchanged',
        given: { asset: BTC, quantity: sold },
        got: { asset: USDT, quantity: atoms('688') },
      },
      { type: 'InsuranceDrawn', asset: USDT, quantity: atoms('688') },
      { type: 'LiquidationEnded' },
    ])
    expect(ledgerOf(desk)).toMatchObject({ insuranceFund: 0n, deficit: 0n })
    expect(ledgerOf(desk, BTC)).toMatchObject({ insuranceFund: atoms('0.1') - sold, deficit: 0n })
    expect(held(desk.state, MARKET_ACCOUNT, BTC)).toBe(sold)
  })

  test('collateral goes before the fund', () => {
    // With 0.05 BTC more, worth 2,350: NLV 350, MM 5,640 + 40 + 117.5. Closed, 2,188 are owed: 2,188 / 47,000 rounded up are sold.
    const desk = ruinedDesk([USDT, '5000'])
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: BTC, quantity: units('0.05') })
    const sold = 46_553_191_489_361_703n
    const events = desk.accept(liquidate())
    expect(typesOf(events)).toEqual([
      'LiquidationStarted',
      'ContractsClosed',
      'ContractCashed',
      'DebtRepaid',
      'PenaltyPaid',
      'LiquidationEnded',
    ])
    expect(events[3]).toMatchObject({
      given: { asset: BTC, quantity: sold },
      got: { asset: USDT, quantity: atoms('2188') },
    })
    // The penalty would be 1% of 188,000 + 2,188, but all that is left is 0.05 less what was sold, worth 161.99...
    expect(events[4]).toMatchObject({ asset: BTC, quantity: atoms('0.05') - sold })
    expect(held(desk.state, alice, BTC)).toBe(0n)
    expect(ledgerOf(desk)).toMatchObject({ insuranceFund: atoms('5000'), deficit: 0n })
    expect(ledgerOf(desk, BTC)).toMatchObject({ insuranceFund: atoms('0.05') - sold })
  })

  test('a debt in one bucket of the netting set is met from another first, without a trade', () => {
    const desk = longDesk({ money: '10000', size: '4', mark: '47000' })
    bucketOf(desk, alice, 1, 'cross', [USDT, '500'])
    const events = desk.accept(liquidate(1))
    expect(events).toContainEqual({
      type: 'Transferred',
      account: alice,
      from: 1,
      to: 0,
      asset: USDT,
      quantity: atoms('500'),
    })
    // 12,000 lost, 10,500 there.
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'DeficitRecorded', bucket: 0, quantity: atoms('1500') }),
    )
    expect(events[0]).toMatchObject({ type: 'LiquidationStarted', bucket: 0 })
  })
})

test('what has no price counts as nothing and cannot be sold, so it stays when the rest is gone', () => {
  const desk = longDesk({ money: '10000', size: '4', mark: '47000' })
  const unpriced = assetId('UNPRICED')
  desk.accept(listing(assetTerms({ id: unpriced })))
  desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: unpriced, quantity: units('1000') })
  desk.accept(liquidate())
  expect(held(desk.state, alice, unpriced)).toBe(atoms('1000'))
  expect(ledgerOf(desk).deficit).toBe(atoms('2000'))
})
