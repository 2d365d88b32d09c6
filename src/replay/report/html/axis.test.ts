import { describe, expect, test } from 'vitest'
import { axisFigure, indexFigure, logTicksWithin, ticksOver, timeTicks } from './axis.ts'

const DAY = 86_400_000

describe('axes', () => {
  test('ticks are round and cover the range', () => {
    expect(ticksOver(0, 25_061_791, 4)).toEqual([0, 10_000_000, 20_000_000, 30_000_000])
    expect(ticksOver(-3, 7, 4)).toEqual([-5, -2.5, 0, 2.5, 5, 7.5])
    expect(ticksOver(0, 1, 4)).toEqual([0, 0.25, 0.5, 0.75, 1])
  })
  test('logarithmic ticks are 1, 2, 5 of a decade, whole decades over many, even steps within a part of one', () => {
    expect(logTicksWithin(6.5, 104)).toEqual([10, 20, 50, 100])
    expect(logTicksWithin(0.00006, 104)).toEqual([0.0001, 0.01, 1, 100])
    expect(logTicksWithin(74, 104)).toEqual([80, 90, 100])
  })
  test('at most so many dates, at midnight where a day is the least step', () => {
    const from = Date.UTC(2022, 10, 6, 1)
    expect(timeTicks(from, from + 9 * DAY, 6).map((tick) => new Date(tick).toISOString().slice(5, 13))).toEqual([
      '11-07T00',
      '11-09T00',
      '11-11T00',
      '11-13T00',
      '11-15T00',
    ])
    expect(timeTicks(from, from + DAY / 4, 6).map((tick) => new Date(tick).toISOString().slice(11, 13))).toEqual([
      '01',
      '02',
      '03',
      '04',
      '05',
      '06',
    ])
  })
  test('figures are short', () => {
    expect([0, 2_500, -30_000_000, 1.5e9, 4e12, 0.25].map(axisFigure)).toEqual([
      '0',
      '2.5 k',
      '−30 m',
      '1.5 bn',
      '4 tn',
      '0.25',
    ])
    expect([102.4, 10, 9.96, 8.84, 0.42, 0.0421, 0.001, 0.0004].map(indexFigure)).toEqual([
      '102',
      '10',
      '10',
      '8.8',
      '0.4',
      '0.042',
      '0.0010',
      '≈0',
    ])
  })
})
