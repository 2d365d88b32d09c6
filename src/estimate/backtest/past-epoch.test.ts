import { expect, test } from 'vitest'
import type { PanelSeries, PricePanel } from '../calibration/price-panel.ts'
import { DAY_MS } from '../calibration/rules.ts'
import { buildSection } from '../epoch/build-section.ts'
import { TWO_COINS } from '../epoch/two-coins.test-data.ts'
import { pastEpoch, withSigmaTimes } from './past-epoch.ts'

const DAYS = 200
const START = Date.UTC(2024, 0, 1)
const LAST = START + 150 * DAY_MS

function panel(later: number, stepMs = DAY_MS): PricePanel {
  const times = Array.from({ length: DAYS }, (_, day) => START + day * DAY_MS)
  const close = Float64Array.from(times, (time, day) => 100 * (day % 2 === 0 ? 1 : 1.02) * (time > LAST ? later : 1))
  const none = new Float64Array(DAYS).fill(Number.NaN)
  const bitcoin: PanelSeries = {
    asset: 'BTC',
    kind: 'spot',
    close,
    high: none,
    low: none,
    volumeUsd: none,
    sources: [],
  }
  return { stepMs, times, series: [bitcoin] }
}

test('prices after its time play no part', () => {
  const [one, other] = [pastEpoch(panel(1), LAST), pastEpoch(panel(3), LAST)]
  expect(one?.description).toEqual(other?.description)
  expect(one?.walked.panel.times.at(-1)).toBe(LAST)
  expect(one?.description.factors['BTC']).toBeDefined()
  expect(pastEpoch(panel(3), LAST + DAY_MS)?.description).not.toEqual(one?.description)
})

test('it is of the last close at or before its time', () => {
  // 150 days after the first of January 2024 the thirtieth of May begins: what closes then is of the day before.
  expect(pastEpoch(panel(1), LAST + DAY_MS / 2)?.asOf).toBe('2024-05-29')
  expect(pastEpoch(panel(1), START + 10_000 * DAY_MS)?.walked.panel.times).toHaveLength(DAYS)
  expect(pastEpoch(panel(1), START - 1)).toBeUndefined()
})

test('steps of another length are a bug of the caller', () => {
  expect(() => pastEpoch(panel(1, DAY_MS / 24), LAST)).toThrow(RangeError)
})

test('a larger sigma moves the risk weight, the grid, the depth and the windows of its price alone', () => {
  const [before, after] = [TWO_COINS, withSigmaTimes(TWO_COINS, 'A', 2)].map(buildSection)
  // x of A becomes 2 ln 1.25: a risk weight of 1 - 0.64; three times it is a move of 1.25^6 - 1.
  expect(after?.factors['A']?.riskWeightPpm).toBe(360_000)
  expect(after?.contracts['A']?.option?.grid.priceMovesPpm.at(-1)).toBe(Math.round((1.25 ** 6 - 1) * 1e6))
  expect(after?.contracts['A']?.option?.depth.dailyVolatilityPpm).toBe(100_000)
  // Two deviations of ten percent down.
  expect(after?.windows.columns['A']?.[0]).toBe(Math.round(Math.expm1(-0.2) * 1e6))
  expect(after?.factors['B']).toEqual(before?.factors['B'])
  expect(after?.windows.columns['A/vol']).toEqual(before?.windows.columns['A/vol'])
})

test('of a price that is not there no sigma can be changed', () => {
  expect(() => withSigmaTimes(TWO_COINS, 'Z', 2)).toThrow(RangeError)
})
