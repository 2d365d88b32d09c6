import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import { value } from '../quantity/value.ts'
import type { AssetId } from '../instrument/identifier.ts'
import { emptyDesk, priceReport } from '../../../simulator/workload/desk.ts'
import { atoms, BTC, ETH, THIN, USDT, WORLD_ASSETS } from '../../../simulator/workload/world.ts'
import { type LineCall, linePayment } from './line-payment.ts'
import { listing } from '../../../simulator/workload/listing.ts'

/** Bitcoin at 50,000, ether at 3 atoms less than 1, a dollar at 1; THIN has no price. */
const desk = emptyDesk()
for (const asset of WORLD_ASSETS) desk.accept(listing(asset))
desk.accept(
  priceReport(desk.now(), {
    assets: [
      [BTC, '50000'],
      [ETH, '0.999999999999999997'],
      [USDT, '1'],
    ],
  }),
)

const owed = (asset: AssetId, text: string) => ({ bucket: 1, asset, quantity: quantity(atoms(text)) })
const call = (
  line: string,
  bucketValue: string,
  poolValue: string,
  ...shortfalls: LineCall['shortfalls']
): LineCall => ({
  line: value(atoms(line)),
  bucketValue: value(atoms(bucketValue)),
  poolValue: value(atoms(poolValue)),
  shortfalls,
})
const pays = (given: LineCall) => {
  const paid = linePayment(given, desk.state)
  return paid && { value: paid.value, debts: paid.debts.map((debt) => `${debt.quantity} ${debt.asset}`) }
}
const text = (asset: AssetId, amount: string) => `${atoms(amount)} ${asset}`

// The bucket owes 620 dollars: the least of 620, the line and the pool is paid, in dollars at 1.
test.each([
  ['all of it, exactly the line', '620', '10000', '620'],
  ['all of it, less than the line', '1000', '10000', '620'],
  ['the line', '500', '10000', '500'],
  ['the line, an atom less than is owed', '619.999999999999999999', '10000', '619.999999999999999999'],
  ['what the pool is worth', '1000', '300', '300'],
  ['an atom, all the pool has', '1000', '0.000000000000000001', '0.000000000000000001'],
])('pays %s', (_name, line, pool, wanted) => {
  expect(pays(call(line, '-620', pool, owed(USDT, '620')))).toEqual({
    value: atoms(wanted),
    debts: [text(USDT, wanted)],
  })
})

test.each([
  ['a bucket worth nothing', call('500', '0', '1000', owed(USDT, '620'))],
  ['a bucket worth something', call('500', '1', '1000', owed(USDT, '620'))],
  ['no line', call('0', '-620', '1000', owed(USDT, '620'))],
  ['a pool worth nothing', call('500', '-620', '0', owed(USDT, '620'))],
  ['a pool below zero', call('500', '-620', '-1', owed(USDT, '620'))],
  ['a debt without a price', call('500', '-620', '1000', owed(THIN, '620'))],
])('nothing is paid for %s', (_name, given) => {
  expect(pays(given)).toBeUndefined()
})

test('debts are taken over in the order given, the last one in part', () => {
  // 0.01 bitcoin is 500 of 800; the other 300 are dollars.
  expect(pays(call('800', '-1120', '10000', owed(BTC, '0.01'), owed(USDT, '620')))).toEqual({
    value: atoms('800'),
    debts: [text(BTC, '0.01'), text(USDT, '300')],
  })
})

test('a whole debt counts rounded down and a part is rounded up: both against the pool, by less than a unit', () => {
  // An atom of ether is worth less than an atom of a dollar: 10 atoms are worth 9 and a bit, counted as 9.
  const small = (n: bigint) => ({ bucket: 1, asset: ETH, quantity: quantity(n) })
  const given = { line: value(9n), bucketValue: value(-10n), poolValue: value(100n), shortfalls: [small(10n)] }
  expect(pays(given)).toEqual({ value: 9n, debts: [`10 ${ETH}`] })
  // 8 of it: 8 / 0.999999999999999997 is a little more than 8 atoms, so 9 are taken over.
  expect(pays({ ...given, line: value(8n) })).toEqual({ value: 8n, debts: [`9 ${ETH}`] })
})

test('INV-LINE-3: what is taken over is worth what is paid, to less than a unit of value and of quantity for each debt', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 21n })
  fc.assert(
    fc.property(amount, amount, amount, amount, amount, (line, poolValue, btc, eth, usdt) => {
      const shortfalls = [
        { bucket: 1, asset: BTC, quantity: quantity(btc) },
        { bucket: 1, asset: ETH, quantity: quantity(eth) },
        { bucket: 1, asset: USDT, quantity: quantity(usdt) },
      ]
      const price = (asset: AssetId) => desk.state.assets.get(asset)?.index?.price ?? 0n
      const exact = shortfalls.reduce((sum, debt) => sum + debt.quantity * price(debt.asset), 0n)
      const bucketValue = value(-((exact + atoms('1') - 1n) / atoms('1')))
      const paid = linePayment({ line: value(line), bucketValue, poolValue: value(poolValue), shortfalls }, desk.state)
      if (paid === undefined) throw new Error('nothing was paid')
      expect(paid.value <= line && paid.value <= poolValue && paid.value <= -bucketValue).toBe(true)
      const slack = paid.debts.reduce((sum, { asset }) => sum + atoms('1') + price(asset), 0n)
      const worth = paid.debts.reduce((sum, debt) => sum + debt.quantity * price(debt.asset), 0n)
      const counted = paid.value * atoms('1')
      expect(worth - counted < slack && counted - worth < slack).toBe(true)
      for (const [i, debt] of paid.debts.entries())
        expect(debt.quantity > 0n && debt.quantity <= (shortfalls[i]?.quantity ?? 0n)).toBe(true)
    }),
  )
})
