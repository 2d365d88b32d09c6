import { describe, expect, test } from 'vitest'
import { reportWith, runWith, START } from './fixture.test-data.ts'
import { cellOf, cellsFor, lastInEach, liquidationsBy } from './series.ts'
import { eventsOf } from './tape-event.ts'
import { timeSeriesOf } from './time-series.ts'

const HOUR = 3_600_000
const point = (hours: number, liquidations: number) => {
  return { time: START + hours * HOUR, netLiquidationValue: '1', maintenanceMargin: '1', liquidations }
}

describe('cells', () => {
  const table: [hours: number, intervalHours: number, most: number, spanHours: number, count: number][] = [
    [216, 1, 54, 4, 54],
    [217, 1, 54, 6, 37],
    [8, 1, 54, 1, 8],
    [216, 5, 54, 5, 44],
    [8_760, 1, 54, 168, 53],
    [1, 1, 54, 1, 1],
  ]
  test.each(table)('%d hours in bars of %d and at most %d cells', (hours, interval, most, span, count) => {
    const cells = cellsFor({ from: START, to: START + hours * HOUR, intervalMs: interval * HOUR }, most)
    expect([cells.spanMs / HOUR, cells.count]).toEqual([span, count])
  })
  test('a bar belongs to the cell it ends in', () => {
    const cells = { from: START, spanMs: 4 * HOUR, count: 2 }
    expect([1, 4, 5, 8, 9].map((hours) => cellOf(cells, START + hours * HOUR))).toEqual([0, 0, 1, 1, 1])
  })
  test('liquidations are summed and values are the last', () => {
    const cells = { from: START, spanMs: 4 * HOUR, count: 3 }
    const timeline = [point(1, 2), point(4, 3), point(5, 7)]
    expect(liquidationsBy(cells, timeline)).toEqual([5, 7, 0])
    expect(lastInEach(cells, timeline, ({ time }) => time).map((last) => last?.liquidations)).toEqual([3, 7, undefined])
  })
})

describe('series of a picture', () => {
  test('prices start at 100, keep their gaps, and come by how far they moved', () => {
    const { prices, cells } = timeSeriesOf(reportWith({}))
    expect(cells).toEqual({ from: START, spanMs: HOUR, count: 8 })
    expect(prices.map(({ asset }) => asset)).toEqual(['FTT', 'BTC'])
    expect(prices[0]?.index).toEqual([100, 95, 75, 30, undefined, undefined, 25, 20])
  })
  test('a series without a price is left out', () => {
    expect(timeSeriesOf(reportWith({ prices: [{ asset: 'X', points: [] }] })).prices).toEqual([])
  })
  test('at most twelve lines are drawn and the rest are named', () => {
    const prices = Array.from({ length: 14 }, (_, i) => ({
      asset: `A${String(i).padStart(2, '0')}`,
      points: [[START + HOUR, '100'] as const, [START + 2 * HOUR, String(100 + i)] as const],
    }))
    const series = timeSeriesOf(reportWith({ prices }))
    expect([series.prices.length, series.prices[0]?.asset, series.undrawn]).toEqual([12, 'A13', ['A01', 'A00']])
  })
})

describe('events', () => {
  test('are the steepest fall of a bar and the most liquidations of the first run', () => {
    // FTT from 15 to 6 in the fourth hour: 60 %. From 6 to 5 lies a gap.
    expect(eventsOf(reportWith({}))).toEqual([
      { time: START + 4 * HOUR, text: 'FTT −60 % in an hour' },
      { time: START + 4 * HOUR, text: 'most liquidations per hour: 3, cross' },
    ])
  })
  test('a fall across a gap or of less than a twentieth is none', () => {
    const points = [
      [START + HOUR, '100'] as const,
      [START + 2 * HOUR, '96'] as const,
      [START + 9 * HOUR, '10'] as const,
    ]
    const runs = [runWith({ liquidations: 0 })]
    expect(eventsOf(reportWith({ prices: [{ asset: 'X', points }], runs }))).toEqual([])
  })
  test('a series thinned to every fourth bar falls in four hours', () => {
    const points = [
      [START + HOUR, '100'] as const,
      [START + 5 * HOUR, '50'] as const,
      [START + 9 * HOUR, '49'] as const,
    ]
    const runs = [runWith({ liquidations: 0 })]
    expect(eventsOf(reportWith({ prices: [{ asset: 'X', points }], runs }))).toEqual([
      { time: START + 5 * HOUR, text: 'X −50 % in 4 hours' },
    ])
  })
})
