import { describe, expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { accountId, marketId } from '../instrument/identifier.ts'
import { requireAssetBook } from '../ledger/books.ts'
import { netLiquidationValue } from '../portfolio/claims.ts'
import {
  contracts,
  type Desk,
  fill,
  held,
  leg,
  member,
  MS_PER_DAY,
  outcome,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import { markOption } from '../../../simulator/workload/option-desk.ts'
import {
  assetTerms,
  at,
  atoms,
  BTC,
  optionTerms,
  standardEpoch,
  units,
  USDT,
  WORLD_ASSETS,
} from '../../../simulator/workload/world.ts'
import { benefitOfDoubt } from './benefit-of-doubt.ts'
import type { Command } from './command.ts'
import { initialOf, isBelowMaintenance, maintenanceOf, viewNettingSet } from './margin-check.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const CALL = marketId('BTC-CALL')

interface Given {
  readonly mark?: string
  readonly terms?: Partial<Parameters<typeof optionTerms>[0]>
  readonly assets?: typeof WORLD_ASSETS
  readonly alice?: string
  readonly bob?: string
}

/** A call at 50,000, marked at 600 unless told otherwise; bitcoin at 50,000. */
function optionDesk({ mark = '600', terms = {}, assets = WORLD_ASSETS, ...money }: Given = {}): Desk {
  const desk = tradingDesk({
    assets,
    markets: [optionTerms({ id: CALL, ...terms })],
    epoch: standardEpoch('first'),
    prices: {
      assets: [
        [USDT, '1'],
        [BTC, '50000'],
      ],
    },
  })
  markOption(desk, CALL, mark)
  member(desk, 'alice', [USDT, money.alice ?? '10000'])
  member(desk, 'bob', [USDT, money.bob ?? '200000'])
  return desk
}

/** alice buys from bob. */
const buy = (quantity: string, price: string) => fill(CALL, { quantity, price, buyer: leg(alice), seller: leg(bob) })

function sideOf(desk: Desk, who: typeof alice, side: 'initial' | 'maintenance') {
  const { risk } = desk.state
  const view = viewNettingSet(desk.state, who, 0)
  if (risk === undefined || view === undefined) throw new Error('no epoch or no account')
  return (side === 'initial' ? initialOf : maintenanceOf)(desk.state, risk, view, desk.now())
}

describe('a premium', () => {
  test('is paid in full at once, and the position is worth its mark', () => {
    const desk = optionDesk()
    desk.accept(buy('2', '610'))
    expect(held(desk.state, alice, USDT)).toBe(atoms('8780'))
    expect(held(desk.state, bob, USDT)).toBe(atoms('201220'))
    expect(contracts(desk.state, alice, CALL)).toEqual({ quantity: atoms('2'), cost: 0n, fundingBasis: 0n })
    expect(contracts(desk.state, bob, CALL)).toEqual({ quantity: -atoms('2'), cost: 0n, fundingBasis: 0n })
    const value = (who: typeof alice) => {
      const view = viewNettingSet(desk.state, who, 0)
      return view === undefined ? undefined : netLiquidationValue(view.portfolio, desk.state)
    }
    // 8,780 + 2 * 600 and 201,220 - 2 * 600.
    expect([value(alice), value(bob)]).toEqual([atoms('9980'), atoms('200020')])
    expect(desk.state.markets.get(CALL)?.openInterest).toBe(atoms('2'))
  })

  test('costs the buyer the next atom and gives the seller the last: the house keeps what is between', () => {
    const tick = at('0.000000000000000001')
    const desk = optionDesk({ terms: { tick, lot: units('0.5'), minimumQuantity: units('0.5') } })
    desk.accept({ ...buy('0.5', '600'), price: at('600.000000000000000001') })
    // Half of it is 300 and half an atom.
    expect(held(desk.state, alice, USDT)).toBe(atoms('9700') - 1n)
    expect(held(desk.state, bob, USDT)).toBe(atoms('200300'))
    expect(requireAssetBook(desk.state, USDT).ledger.fees).toBe(1n)
  })

  test('may not be owed in an asset that cannot be borrowed', () => {
    const assets = [assetTerms({ id: USDT, borrowable: false }), assetTerms({ id: BTC })]
    const desk = optionDesk({ assets, alice: '1200', terms: { priceBandPpm: ppm(1_000_000n) } })
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: BTC, quantity: units('10') })
    expect(outcome(desk.send(buy('2.001', '600')))).toBe('NotBorrowable')
    expect(outcome(desk.send(buy('2', '600')))).toBe('ok')
    expect(held(desk.state, alice, USDT)).toBe(0n)
  })

  test('does not lend what nobody has to spare', () => {
    const desk = optionDesk({ alice: '0.000001', bob: '100000' })
    desk.accept({ type: 'withdraw', account: bob, bucket: 0, asset: USDT, quantity: units('90000') })
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: BTC, quantity: units('10') })
    const other = member(desk, 'carol', [BTC, '10'])
    // 10,000.000001 USDT are lent by alice and bob. carol writes what alice buys: alice owes what carol then lends.
    const deal = (quantity: string) => fill(CALL, { quantity, price: '600', buyer: leg(alice), seller: leg(other) })
    expect(outcome(desk.send(deal('2')))).toBe('ok')
  })
})

describe('the band of an option', () => {
  // Half of the mark, or ten ticks of 0.1 if that is more.
  const table: [mark: string, price: string, want: string][] = [
    ['600', '900', 'ok'],
    ['600', '900.1', 'OutsidePriceBand'],
    ['600', '300', 'ok'],
    ['600', '299.9', 'OutsidePriceBand'],
    ['1', '2', 'ok'],
    ['1', '2.1', 'OutsidePriceBand'],
    ['0.000000000000000001', '1', 'ok'],
    ['0.000000000000000001', '1.1', 'OutsidePriceBand'],
  ]
  test.each(table)('marked at %s, a trade at %s: %s', (mark, price, want) => {
    expect(outcome(optionDesk({ mark }).send(buy('0.001', price)))).toBe(want)
  })
})

describe('model standard', () => {
  test('charges all of a long option, and the whole underlying with the mark of a short one', () => {
    const desk = optionDesk()
    desk.accept(buy('2', '600'))
    // Long: 2 * 600. Short: 2 * 50,000 + 2 * 600.
    expect([sideOf(desk, alice, 'maintenance').requirement, sideOf(desk, alice, 'initial').requirement]).toEqual([
      atoms('1200'),
      atoms('1200'),
    ])
    expect([sideOf(desk, bob, 'maintenance').requirement, sideOf(desk, bob, 'initial').requirement]).toEqual([
      atoms('101200'),
      atoms('101200'),
    ])
  })

  // Regression: a market without figures is charged its whole notional at the mark, which for a cheap option is nothing.
  test('is not fooled by a cheap short option', () => {
    const desk = optionDesk({ mark: '0.1', bob: '49999' })
    // One contract: 50,000 + 0.1 of 49,999 + 0.1 - 0.1.
    expect(outcome(desk.send(buy('1', '0.1')))).toBe('InitialMarginBreached')
    desk.accept({ type: 'deposit', account: bob, bucket: 0, asset: USDT, quantity: units('1.1') })
    expect(outcome(desk.send(buy('1', '0.1')))).toBe('ok')
  })

  test('orders are charged as what they would become', () => {
    const desk = optionDesk()
    const order = (side: 'buy' | 'sell', limit: string, id: string): Command => ({
      type: 'placeOrder',
      account: bob,
      bucket: 0,
      order: id as never,
      market: CALL,
      side,
      quantity: units('1'),
      limit: at(limit),
    })
    desk.accept(order('sell', '600', 'a'))
    expect(sideOf(desk, bob, 'initial').requirement).toBe(atoms('50600'))
    // Bought 10 above the mark: 600 and a loss of 10 as if it were borrowed at 5%. Less than the sale needs.
    desk.accept(order('buy', '610', 'b'))
    expect(sideOf(desk, bob, 'initial').requirement).toBe(atoms('50600'))
    desk.accept({ type: 'cancelOrder', account: bob, bucket: 0, order: 'a' as never })
    expect(sideOf(desk, bob, 'initial').requirement).toBe(atoms('610.5'))
  })

  test('the value of an option cannot be withdrawn', () => {
    const desk = optionDesk()
    desk.accept(buy('2', '600'))
    markOption(desk, CALL, '5000')
    const withdraw = (amount: string): Command => ({
      type: 'withdraw',
      account: alice,
      bucket: 0,
      asset: USDT,
      quantity: units(amount),
    })
    // 8,800 in cash and 10,000 in options, which need 10,000.
    expect(outcome(desk.send(withdraw('8800.000001')))).toBe('InitialMarginBreached')
  })
})

test('who holds options long and owes nothing is never below maintenance margin', () => {
  const desk = optionDesk({ alice: '600' })
  desk.accept(buy('1', '600'))
  markOption(desk, CALL, '0.1')
  const view = viewNettingSet(desk.state, alice, 0)
  if (view === undefined) throw new Error('no account')
  const insufficient = { ...sideOf(desk, alice, 'maintenance'), sufficient: false }
  expect(isBelowMaintenance(desk.state, view, insufficient)).toBe(false)
  expect(outcome(desk.send({ type: 'liquidate', account: alice, bucket: 0 }))).toBe('NotLiquidatable')
})

test('a stale option is doubted by as much as its underlying may have moved', () => {
  const desk = optionDesk()
  desk.accept(buy('2', '600'))
  desk.pass(MS_PER_DAY)
  const view = viewNettingSet(desk.state, bob, 0)
  if (view === undefined) throw new Error('no account')
  // After a day at 4% a day: 4% of the claim of 200,000 USDT and of 2 * 50,000 of the underlying, not of 2 * 600.
  expect(benefitOfDoubt(desk.state, view.portfolio, desk.now())).toBe(atoms('12000'))
})

describe('what options may come to is bounded', () => {
  test('at the index of the underlying and at the strike, though the mark is an atom', () => {
    const mark = '0.000000000000000001'
    const size = { maximumOpenInterest: units('100000000000'), tick: at(mark) }
    const one = at(mark)
    // 20,000,000 at 50,000 are a trillion dollars.
    const sell = (quantity: string): Command => ({ ...buy(quantity, '1'), price: one })
    expect(outcome(optionDesk({ mark, terms: size }).send(sell('20000000')))).toBe('ExposureOutOfBounds')
    expect(outcome(optionDesk({ mark, terms: size }).send(sell('19999999.999')))).toBe('InitialMarginBreached')
    const strike = { ...size, strike: at('100000') }
    expect(outcome(optionDesk({ mark, terms: strike }).send(sell('10000000')))).toBe('ExposureOutOfBounds')
  })
})
