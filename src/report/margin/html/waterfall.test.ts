import { expect, test } from 'vitest'
import type { NettingSetReport } from '../../../wire/margin-report.ts'
import { traderReport } from '../../../answers/house-reports.test-data.ts'
import { waterfallOf } from './waterfall.ts'

function setWith(over: Partial<NettingSetReport>): NettingSetReport {
  const [set] = traderReport().nettingSets
  if (set === undefined) throw new Error('the trader has one netting set')
  return { ...set, ...over }
}

function coin(asset: string, value: string) {
  return { asset, quantity: '1', price: value.replace('-', ''), value, weight: null, haircut: null }
}

/* 60 + 60 - 20 = 100, drawn from 0 to 120: halves, then back by a sixth; MM 30 is a quarter, IM 60 a half. */
test('steps start where the one before ends, and the last stands at the total', () => {
  const set = setWith({
    netLiquidationValue: '100',
    maintenanceMargin: '30',
    initialMargin: '60',
    collateral: [coin('A', '60'), coin('B', '60')],
    borrows: [{ asset: 'C', quantity: '-1', price: '20', value: '-20' }],
    positions: [],
  })
  const { steps, total, maintenanceAt, initialAt, zeroAt } = waterfallOf(set)
  expect(steps.map(({ label, cents }) => [label, cents])).toEqual([
    ['A', 6_000n],
    ['B', 6_000n],
    ['C, owed', -2_000n],
  ])
  expect(steps.map(({ left }) => left)).toEqual([0, 0.5, 0.83333])
  expect(steps.map(({ width }) => Math.round(width * 1_000))).toEqual([500, 500, 167])
  expect([total.cents, total.left, Math.round(total.width * 1_000)]).toEqual([10_000n, 0, 833])
  expect([zeroAt, maintenanceAt, initialAt]).toEqual([0, 0.25, 0.5])
})

/* From -50 to 50: nothing is in the middle. A requirement beyond everything held widens the picture: 150 of 200. */
test('what is below nothing is drawn left of it, and load lines are never outside', () => {
  const set = setWith({
    netLiquidationValue: '-50',
    maintenanceMargin: '50',
    initialMargin: '50',
    collateral: [],
    borrows: [{ asset: 'C', quantity: '-1', price: '50', value: '-50' }],
    positions: [],
  })
  expect(waterfallOf(set)).toMatchObject({ zeroAt: 0.5, maintenanceAt: 1, total: { left: 0, width: 0.5 } })
  expect(waterfallOf({ ...set, maintenanceMargin: '150' })).toMatchObject({ zeroAt: 0.25, maintenanceAt: 1 })
})

test('beyond a dozen the smallest are one step, and the sum stays', () => {
  const values = Array.from({ length: 30 }, (_, i) => `${i + 1}`)
  const sum = (30 * 31) / 2
  const collateral = values.map((value) => coin(`A${value}`, value))
  const { steps } = waterfallOf(setWith({ netLiquidationValue: `${sum}`, collateral, borrows: [], positions: [] }))
  expect(steps).toHaveLength(12)
  expect(steps.at(-1)?.label).toBe('19 more')
  expect(steps.reduce((total, { cents }) => total + cents, 0n)).toBe(BigInt(sum) * 100n)
})
