import { describe, expect, test } from 'vitest'
import { cellFigure, cellScale, cellTint } from './cell-figure.ts'
import { countedCents, countedText } from './counted-loss.ts'
import { loadLine } from './gauge.ts'
import { moveText } from './move-text.ts'

describe('figures of a heat map', () => {
  const table: [amounts: string[], unit: string, want: string[]][] = [
    [['-43375', '2136', '400', '0'], 'thousand USD', ['−43', '+2', '0', '0']],
    [['-3430.38', '549.9', '-40'], 'thousand USD', ['−3.4', '+0.5', '0']],
    [['999.99', '-12.5'], 'USD', ['+1000', '−13']],
    [['9.94', '-0.04'], 'USD', ['+9.9', '0']],
    [['-1234567890'], 'billion USD', ['−1.2']],
    [['0'], 'USD', ['0']],
    [[], 'USD', []],
  ]
  test.each(table)('%j in %s', (amounts, unit, want) => {
    const scale = cellScale(amounts)
    expect(scale.unit).toBe(unit)
    expect(amounts.map((amount) => cellFigure(amount, scale))).toEqual(want)
  })
  test('colour is size to the power 0.6: a tenth is a quarter, a hundredth a sixteenth', () => {
    const scale = cellScale(['-1000', '100', '10', '0'])
    // 0.1^0.6 = 0.2512, 0.01^0.6 = 0.0631.
    expect(['-1000', '100', '10', '0'].map((amount) => cellTint(amount, scale))).toEqual([100, 25, 6, 0])
  })
})

describe('what of a loss counts', () => {
  const row = { id: 'x', moves: {}, contributions: null }
  test('is damped and rounded up to the cent, nothing of a gain', () => {
    // 3430.3783941664 x 0.333333 = 1143.4583...
    const damped = { ...row, pnl: '-3430.3783941664', damp: '0.333333', initialOnly: false }
    expect([countedCents(damped), countedText(damped)]).toEqual([114_346n, '33.3 %'])
    const stress = { ...row, pnl: '-10', damp: '1.000000', initialOnly: true }
    expect([countedCents(stress), countedText(stress)]).toEqual([1_000n, 'in full, initial only'])
    expect(countedCents({ ...stress, pnl: '10' })).toBe(0n)
  })
})

test('moves have a sign and a tenth of a percent', () => {
  expect(['0.127958', '-0.050830', '0.500000', '0.000049', '-0.0005'].map(moveText)).toEqual([
    '+12.8 %',
    '−5.1 %',
    '+50 %',
    '±0 %',
    '−0.1 %',
  ])
})

test('a load line is a share of what there is, rounded up, and ends where the gauge does', () => {
  // 1 of 3 is 33.33... %, up 33.4 %; the gauge ends at 110 %, so 0.3333 / 1.1 = 0.303.
  expect(loadLine(1n, 3n)).toEqual({ text: '33.4 %', at: 0.333333 / 1.1, isBeyond: false })
  expect(loadLine(11n, 10n)).toMatchObject({ text: '110.0 %', isBeyond: false })
  expect(loadLine(12n, 10n)).toEqual({ text: '120.0 %', at: 1, isBeyond: true })
  expect(loadLine(1n, 0n)).toBeUndefined()
})
