import { describe, expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import { accountId, assetId } from '../instrument/identifier.ts'
import { requireAssetBook } from '../ledger/books.ts'
import { type Desk, fill, leg, member, outcome, priceReport, tradingDesk } from '../../../simulator/workload/desk.ts'
import { atoms, BTC, BTC_PERP, units, USDT } from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const NOTHING = assetId('NOTHING')

/** 1e-6 USDT: the least that can be paid in of it. */
const NATIVE = 10n ** 12n

const ledgerOf = (desk: Desk, asset = USDT) => requireAssetBook(desk.state, asset).ledger

describe('insurance and deficits', () => {
  const pay = (amount: bigint, asset = USDT): Command => ({ type: 'fundInsurance', asset, quantity: quantity(amount) })
  const table: [name: string, command: Command, want: string][] = [
    ['a native unit', pay(NATIVE), 'ok'],
    ['a part of one', pay(NATIVE - 1n), 'NotNativeUnits'],
    ['nothing', pay(0n), 'QuantityNotPositive'],
    ['an asset nobody listed', pay(NATIVE, NOTHING), 'UnknownAsset'],
    ['a trillion dollars', pay(10n ** 30n), 'ExposureOutOfBounds'],
  ]
  test.each(table)('paying into the fund: %s', (_name, command, want) => {
    const desk = tradingDesk()
    expect(outcome(desk.send(command))).toBe(want)
    const { custody, insuranceFund } = ledgerOf(desk)
    expect([custody, insuranceFund]).toEqual(want === 'ok' ? [NATIVE, NATIVE] : [0n, 0n])
  })

  /**
   * alice has 10,000 USDT and is long 4 from 50,000; at 47,000 her NLV is 10,000 - 12,000 = -2,000. Sold to the market, which
   * takes half a spread of 500 ppm and an impact of 1,000 ppm * sqrt(188,000 / 1,000,000) = 434 ppm (433.6 rounded up):
   * 47,000 * (1 - 0.000934) = 46,956.102. She is left with 10,000 - 4 * 3,043.898 = -2,175.592. The fund has `fund`, the rest
   * is a deficit. Fees of 100 were paid before.
   */
  function deskWithDeficit(fund: string): Desk {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    member(desk, 'bob', [USDT, '20000'])
    desk.accept({ type: 'fundInsurance', asset: USDT, quantity: units(fund) })
    desk.accept(fill(BTC_PERP, { quantity: '4', price: '50000', buyer: leg(alice), seller: leg(bob, { fee: '100' }) }))
    desk.accept(priceReport(desk.now(), { assets: [[BTC, '47000']], marks: [[BTC_PERP, '47000']] }))
    desk.accept({ type: 'liquidate', account: alice, bucket: 0 })
    return desk
  }

  test('a deficit is what the fund could not pay', () => {
    const { insuranceFund, deficit, fees } = ledgerOf(deskWithDeficit('1000'))
    expect({ insuranceFund, deficit, fees }).toEqual({
      insuranceFund: 0n,
      deficit: atoms('1175.592'),
      fees: atoms('100'),
    })
  })

  const write = (amount: string, source: 'fees' | 'insuranceFund' | 'custody', asset = USDT): Command => ({
    type: 'writeOffDeficit',
    asset,
    source,
    quantity: units(amount),
  })
  const offs: [name: string, command: Command, want: string][] = [
    ['all that fees hold', write('100', 'fees'), 'ok'],
    ['an atom more than fees hold', write('100.000000000000000001', 'fees'), 'InsufficientFunds'],
    ['all that the fund holds', write('50', 'insuranceFund'), 'ok'],
    ['an atom more than the fund holds', write('50.000000000000000001', 'insuranceFund'), 'InsufficientFunds'],
    ['all of the deficit, from outside', write('1175.592', 'custody'), 'ok'],
    ['an atom more than the deficit', write('1175.592000000000000001', 'custody'), 'InsufficientFunds'],
    ['nothing', write('0', 'custody'), 'QuantityNotPositive'],
    ['less than nothing', write('-1', 'custody'), 'QuantityNotPositive'],
    ['an asset nobody listed', write('1', 'custody', NOTHING), 'UnknownAsset'],
    ['an asset that has no deficit', write('1', 'custody', BTC), 'InsufficientFunds'],
  ]
  test.each(offs)('writing off: %s', (_name, command, want) => {
    const desk = deskWithDeficit('1000')
    desk.accept({ type: 'fundInsurance', asset: USDT, quantity: units('50') })
    expect(outcome(desk.send(command))).toBe(want)
  })

  test('the bearer pays and the deficit shrinks by as much', () => {
    const desk = deskWithDeficit('1000')
    desk.accept({ type: 'fundInsurance', asset: USDT, quantity: units('50') })
    // Custody: 10,000 + 20,000 deposited, 1,000 and 50 paid into the fund.
    desk.accept(write('100', 'fees'))
    expect(ledgerOf(desk)).toMatchObject({ fees: 0n, deficit: atoms('1075.592'), custody: atoms('31050') })
    desk.accept(write('50', 'insuranceFund'))
    expect(ledgerOf(desk)).toMatchObject({ insuranceFund: 0n, deficit: atoms('1025.592'), custody: atoms('31050') })
    desk.accept(write('1025.592', 'custody'))
    expect(ledgerOf(desk)).toMatchObject({ deficit: 0n, custody: atoms('32075.592') })
  })

  test('a deficit smaller than its bearer bounds what may be written off', () => {
    // 2,175.592 owed, 2,175 in the fund: 0.592 are left, while the fees hold 100.
    const desk = deskWithDeficit('2175')
    expect(desk.send(write('0.592000000000000001', 'fees'))).toEqual({
      ok: false,
      rejection: {
        reason: 'InsufficientFunds',
        asset: USDT,
        requested: atoms('0.592') + 1n,
        available: atoms('0.592'),
      },
    })
    expect(outcome(desk.send(write('0.592', 'fees')))).toBe('ok')
  })
})
