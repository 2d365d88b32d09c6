import { expect, test } from 'vitest'
import type { FigureChange } from '../../wire/epoch-report.ts'
import { figureCells, percentOfPpm, relativeText } from './figure-cells.ts'

function change(
  unit: FigureChange['unit'],
  before: FigureChange['before'],
  after: FigureChange['after'],
): FigureChange {
  const names = { table: 'factors', id: 'A', field: 'f', label: 'f', group: 'size', touches: '' } as const
  return { ...names, unit, before, after, relative: null, effect: 'neither' }
}

test.each([
  [213_000, '21.3 %'],
  [1_250_000, '125.0 %'],
  [-395_000, '−39.5 %'],
  [99_999, '10.00 %'],
  [15_000, '1.50 %'],
  [9_950, '0.995 %'],
  [200, '0.02 %'],
  [1, '0.0001 %'],
  [0, '0.0 %'],
  [8_102_083_928, '810,208.4 %'],
])('%i ppm are %s', (ppm, want) => {
  expect(percentOfPpm(ppm)).toBe(want)
})

test('a change is shown with as many places as it takes', () => {
  expect(figureCells(change('ppm', 213_000, 240_000))).toEqual(['21.3 %', '24.0 %'])
  expect(figureCells(change('ppm', 213_000, 213_001))).toEqual(['21.3 %', '21.3001 %'])
  expect(figureCells(change('ppm', null, 10_000))).toEqual(['none', '1.00 %'])
})

test('other figures are shown as they are', () => {
  expect(figureCells(change('units', '56000', '38657.5'))).toEqual(['56,000', '38,657.5'])
  expect(figureCells(change('usd', '5', '6'))).toEqual(['5', '6'])
  expect(figureCells(change('flag', true, false))).toEqual(['yes', 'no'])
  expect(figureCells(change('text', 'major', null))).toEqual(['major', 'none'])
  expect(figureCells(change('list', [1, 2], [1, 2, 3]))).toEqual(['2 figures', '3 figures'])
})

test.each([
  [0.127, '+12.7 %'],
  [-0.0004, '−0.04 %'],
  [0, '+0.00 %'],
  [-1, '−100.0 %'],
  [11.999, '+1,200 %'],
  [null, '—'],
])('a relative change of %j is %s', (relative, want) => {
  expect(relativeText(relative)).toBe(want)
})
