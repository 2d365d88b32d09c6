import { describe, expect, test } from 'vitest'
import { derivationRows } from './derivation-rows.ts'
import { worstAccount } from './fixture.test-data.ts'

function parts(...values: string[]) {
  return values.map((value, i) => ({ id: `part ${i + 1}`, value, note: '' }))
}

describe('the derivation of a requirement', () => {
  test('adds up in cents: the total up, each part down, the cents left to the parts that lost most', () => {
    // 70.004 + 7.467 = 77.471, up 77.48; down 70.00 + 7.46 = 77.46; the two cents left go to 7.467 (lost 0.7) and 70.004 (0.4).
    const rows = derivationRows(worstAccount({}))
    expect(rows.maintenanceMargin).toBe(7_748n)
    expect(rows.parts.map(({ cents }) => cents)).toEqual([7_001n, 747n])
  })
  test('shows what is held rounded down and the excess as the difference of what is shown', () => {
    const rows = derivationRows(worstAccount({}))
    // 4.149 down is 4.14; 4.14 − 77.48 = −73.34.
    expect([rows.netLiquidationValue, rows.excess]).toEqual([414n, -7_334n])
  })

  const table: [name: string, total: string, parts: string[], want: bigint[]][] = [
    ['exact parts stay', '3', ['1', '2'], [100n, 200n]],
    ['a hedge stays negative', '1.5', ['2', '-0.5'], [200n, -50n]],
    ['thirds share one cent', '1', ['0.333', '0.333', '0.334'], [33n, 33n, 34n]],
    ['equal remainders favour the first', '0.01', ['0.005', '0.005'], [1n, 0n]],
    ['parts too small for a cent', '0.002', ['0.001', '0.001'], [1n, 0n]],
    ['what is missing is named', '3', ['1', '1.5'], [100n, 150n, 50n]],
    ['what is too much is named', '2', ['1', '1.5'], [100n, 150n, -50n]],
    ['none known, none made up', '3', [], []],
  ]
  test.each(table)('%s', (_name, maintenanceMargin, values, want) => {
    const rows = derivationRows(worstAccount({ maintenanceMargin, derivation: parts(...values) }))
    expect(rows.parts.map(({ cents }) => cents)).toEqual(want)
    const sum = rows.parts.reduce((total, { cents }) => total + cents, 0n)
    if (want.length > 0) expect(sum).toBe(rows.maintenanceMargin)
  })
})
