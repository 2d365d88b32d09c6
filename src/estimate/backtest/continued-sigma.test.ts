import { expect, test } from 'vitest'
import { calibrator } from '../calibration/calibrator.ts'
import type { FactorSeries } from '../calibration/factor-returns.ts'
import { DAY_MS } from '../calibration/rules.ts'
import { continuedSigma } from './continued-sigma.ts'

const DAYS = 400
const START = Date.UTC(2024, 0, 1)
const times = Array.from({ length: DAYS }, (_, day) => START + day * DAY_MS)
/** Calm, with a storm at the end. */
const returns = Float64Array.from(times, (_, day) => (day < 380 ? 0.01 : 0.09) * (day % 2 === 0 ? 1 : -1))
const series: FactorSeries = {
  id: 'BTC',
  kind: 'price',
  asset: 'BTC',
  isMajor: true,
  reference: undefined,
  returns,
  volumeUsd: new Float64Array(DAYS).fill(1e9),
}

/** What the calibration itself charges after every day of the whole history. */
function charged(): readonly number[] {
  const walk = calibrator([series], times, DAY_MS)
  return times.map(() => {
    walk.next()
    return walk.known().factors[0]?.chargedSigma ?? Number.NaN
  })
}

/** The history of so many days. */
function upTo(days: number) {
  const cut = { returns: returns.subarray(0, days), volumeUsd: series.volumeUsd.subarray(0, days) }
  return { series: { ...series, ...cut }, times: times.slice(0, days) }
}

test('is what the calibration would have charged, had it gone on', () => {
  const whole = charged().slice(379)
  const later = [...returns.subarray(380)]
  const ratios = continuedSigma({ ...upTo(380), later })
  expect(ratios).toHaveLength(21)
  ratios.forEach((ratio, day) => expect(ratio).toBeCloseTo((whole[day] ?? Number.NaN) / (whole[0] ?? Number.NaN), 12))
  expect(ratios.at(-1)).toBeGreaterThan(1.5)
})

test('rises by at most 15% a day, whatever happens', () => {
  const ratios = continuedSigma({ ...upTo(300), later: [-0.9, 0.9, -0.9] })
  ratios.slice(1).forEach((ratio, day) => expect(ratio / (ratios[day] ?? 1)).toBeLessThanOrEqual(1.15 + 1e-12))
})

test('a calm day does not raise it', () => {
  expect(continuedSigma({ ...upTo(300), later: [0] })[1]).toBeLessThanOrEqual(1)
})

test('without later returns it is as it was', () => {
  expect(continuedSigma({ ...upTo(300), later: [] })).toEqual([1])
})
