import { expect, test } from 'vitest'
import type { Calibration, FactorState } from '../calibration/calibrator.ts'
import { jointWindows, keepWindow } from '../calibration/joint-windows.ts'
import type { Line } from './book.ts'
import { chargeTables } from './charge-tables.ts'
import { SHARES } from './drawn-panel.test-data.ts'
import { meanOfWorst, sizeFreeMargin } from './size-free-margin.ts'

/** Three prices: A and B have nothing to do with each other, N follows both; x is a tenth, sigma a thirtieth. */
const LOADINGS = [0.98, 0, 0, 0, 0, 0.98, 0, 0, 0.69, 0.69, 0, 0]
const X = 0.1

function state(id: string, change: Partial<FactorState> = {}): FactorState {
  return {
    id,
    tier: 'other',
    steps: 400,
    currentSigma: X / 3,
    chargedSigma: X / 3,
    logMove: X,
    collapsed: false,
    earnsOffset: true,
    inMarketFall: 'down',
    ...change,
  }
}

function known(factors: readonly FactorState[], windows: readonly (readonly number[])[] = []): Calibration {
  const kept = jointWindows(factors.length)
  for (const row of windows) keepWindow(kept, Float64Array.from(row))
  const correlation = new Float64Array(factors.length ** 2)
  return { factors, loadings: Float64Array.from(LOADINGS), correlation, windows: kept, quantiles: new Map() }
}

function priceLine(id: string, price: number): Line {
  return { id, series: price, underlying: id, price, basis: undefined, peg: undefined }
}

const [A, B] = [priceLine('A', 0), priceLine('B', 1)]
const STILL = [state('A'), state('B'), state('N')]
const LISTED = [true, true, true]
const long = [
  { line: A, worth: 1 },
  { line: B, worth: 1 },
]
const WEIGHT = 1 - Math.exp(-X)

test('correlated: c times the largest of three roots, and the rest of the sum', () => {
  const { correlated } = sizeFreeMargin(long, chargeTables(known(STILL), SHARES, LISTED))
  // R of A and B is 0: Q is 2 WS^2. All together 0.8 * 2 + 0.2 * 2^2 = 2.4; apart 0.9 * 2 + 0.1 * 2 = 2.
  expect(correlated).toBeCloseTo((0.8 * Math.sqrt(2.4) + 0.2 * 2) * WEIGHT, 14)
  // Against each other, of 2 and -1: Q = 5; together 0.8 * 5 + 0.2 * 1 = 4.2; the largest is 5.
  const spread = sizeFreeMargin(
    [
      { line: A, worth: 2 },
      { line: B, worth: -1 },
    ],
    chargeTables(known(STILL), SHARES, LISTED),
  )
  expect(spread.correlated).toBeCloseTo((0.8 * Math.sqrt(5) + 0.2 * 3) * WEIGHT, 14)
})

test('what earns no offset is charged in full beside the others, and its gains count nothing', () => {
  const young = chargeTables(known([state('A'), state('B', { earnsOffset: false })], [[3, 3]]), SHARES, LISTED)
  const { correlated, scenario, history } = sizeFreeMargin(
    [
      { line: A, worth: -1 },
      { line: B, worth: 1 },
    ],
    young,
  )
  expect(correlated).toBeCloseTo(2 * WEIGHT, 14)
  // Both rise by a tenth in the window: the short loses, the long does not gain.
  expect(history).toBeCloseTo(Math.expm1(X), 14)
  expect(scenario).toBeCloseTo(Math.expm1(X), 14)
})

test('only what is in the epoch has scenarios of its own', () => {
  const listed = sizeFreeMargin(long, chargeTables(known(STILL), SHARES, LISTED))
  // N down by its x: A and B at 0.69 * 0.98 of theirs.
  expect(listed.scenario).toBeCloseTo(2 * -Math.expm1(-0.69 * 0.98 * X), 14)
  const without = sizeFreeMargin(long, chargeTables(known(STILL), SHARES, [true, true, false]))
  // Nothing is worse than A down by its own x, B still.
  expect(without.scenario).toBeCloseTo(WEIGHT, 14)
  const collapsed = [state('A'), state('B'), state('N', { collapsed: true, logMove: Infinity, earnsOffset: false })]
  expect(sizeFreeMargin(long, chargeTables(known(collapsed), SHARES, LISTED)).scenario).toBeCloseTo(WEIGHT, 14)
})

test('what has collapsed is charged its worth, long or short, and hedges nothing', () => {
  const collapsed = [state('A', { collapsed: true, logMove: Infinity, earnsOffset: false }), state('B'), state('N')]
  const legs = [
    { line: A, worth: -2 },
    { line: B, worth: 1 },
  ]
  const margin = sizeFreeMargin(legs, chargeTables(known(collapsed), SHARES, LISTED))
  expect(margin.inFull).toBe(2)
  expect(margin.required).toBeCloseTo(2 + WEIGHT, 14)
})

test('the required margin is the largest of its terms', () => {
  // One window in which A falls by twice its x decides: e^-0.2.
  const { history, required } = sizeFreeMargin(
    [{ line: A, worth: 1 }],
    chargeTables(known(STILL, [[-6, 0, 0]]), SHARES, LISTED),
  )
  expect(history).toBeCloseTo(1 - Math.exp(-0.2), 14)
  expect(required).toBe(history)
})

const worst: [name: string, profits: readonly number[], want: number][] = [
  ['nothing of nothing', [], 0],
  ['gains are no loss', [1, 2], 0],
  ['of up to 80 the worst', [...Array.from({ length: 79 }, () => -1), -5], 5],
  ['of 81 the worst two', [...Array.from({ length: 79 }, () => -1), -5, -4], 4.5],
  ['of 81 the worst two, the other way round', [-4, -5, ...Array.from({ length: 79 }, () => -1)], 4.5],
  ['a gain among the worst counts as one', [-4, ...Array.from({ length: 80 }, () => 1)], 1.5],
]
test.each(worst)('mean of the worst: %s', (_name, profits, want) => {
  expect(meanOfWorst(Float64Array.from(profits))).toBeCloseTo(want, 14)
})
