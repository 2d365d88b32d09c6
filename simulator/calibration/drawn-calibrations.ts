import fc from 'fast-check'
import type { Calibration, FactorState } from '../../src/estimate/calibration/calibrator.ts'
import { factorOf } from '../../src/estimate/calibration/drawn-factors.test-data.ts'
import { LISTED_AFTER_DAYS } from '../../src/estimate/calibration/left-out.ts'
import { jointWindows, keepWindow } from '../../src/estimate/calibration/joint-windows.ts'

/** Calibrations as nobody's prices would ever give them: every figure of every factor drawn by itself. */

/** `NEW` has no history yet; `GONE` may have collapsed, and so may ether, on which there are claims and a perpetual. */
export const FACTOR_IDS = [
  'A',
  'B',
  'ETH',
  'GONE',
  'NEW',
  'USDC/peg',
  'USDT/peg',
  'rETH/peg',
  'stETH/peg',
  'A/basis/perpetual',
  'ETH/basis/perpetual',
  'GONE/basis/perpetual',
] as const

export const factorSeries = FACTOR_IDS.map((id) => factorOf(id, [0]))

/** What a claim loses of its price and its peg together stays below the whole, as it does in any epoch: METHODOLOGY 5a has a rule of its own for the rest. */
const LOG_MOVES = { price: [0.02, 1], peg: [0.0005, 0.2], basis: [0.001, 0.1] } as const

function state(id: (typeof FACTOR_IDS)[number], i: number): fc.Arbitrary<FactorState> {
  const kind = factorSeries[i]?.kind ?? 'price'
  const [min, max] = LOG_MOVES[kind]
  const stable = id.startsWith('USD')
  const seldom = fc.integer({ min: 0, max: 9 }).map((n) => n === 0)
  return fc
    .record({
      logMove: evenly(min, max),
      sigmas: evenly(2, 8),
      earns: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
      collapsed: id === 'GONE' || id === 'ETH' ? seldom : fc.constant(false),
      inMarketFall: fc.constantFrom<'down' | 'up'>('down', 'up'),
    })
    .map(({ logMove, sigmas, earns, collapsed, inMarketFall }) => ({
      id,
      tier: kind === 'price' ? 'other' : kind === 'basis' ? 'perpetual basis' : stable ? 'stable peg' : 'staked peg',
      steps: id === 'NEW' ? LISTED_AFTER_DAYS - 1 : LISTED_AFTER_DAYS,
      currentSigma: logMove / sigmas,
      chargedSigma: logMove / sigmas,
      logMove: collapsed ? Infinity : logMove,
      collapsed,
      earnsOffset: earns && !collapsed,
      inMarketFall,
    }))
}

/** Evenly, as doubles themselves are not: most of them are next to nothing. */
function evenly(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 1_000_000 }).map((n) => min + ((max - min) * n) / 1_000_000)
}

const loading = evenly(-0.49, 0.49)
const size = FACTOR_IDS.length

/** A calibration as it is drawn: small, so that a counterexample can be read. */
export interface DrawnCalibration {
  readonly factors: readonly FactorState[]
  readonly loadings: readonly number[]
  /** Windows are these rows over and over, each time weaker. */
  readonly rows: readonly (readonly number[])[]
  readonly windowCount: number
}

/** Counts around whole eightieths, and more than are kept. */
const windowCounts = fc.oneof(
  { arbitrary: fc.constantFrom(1, 79, 80, 81, 161), weight: 20 },
  { arbitrary: fc.constant(1_510), weight: 1 },
)
const returns = evenly(-6, 6)

export const calibrations: fc.Arbitrary<DrawnCalibration> = fc.record({
  factors: fc.tuple(...FACTOR_IDS.map(state)),
  loadings: fc.array(loading, { minLength: 4 * size, maxLength: 4 * size }),
  rows: fc.array(fc.array(returns, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 9 }),
  windowCount: windowCounts,
})

export function calibrationOf({ factors, loadings, rows, windowCount }: DrawnCalibration): Calibration {
  const windows = jointWindows(size)
  for (let row = 0; row < windowCount; row += 1) {
    const drawn = rows[row % rows.length] ?? []
    const isGap = (i: number) => (row + i) % 11 === 0
    keepWindow(
      windows,
      Float64Array.from(drawn, (one, i) => (isGap(i) ? Number.NaN : one / (1 + (row % 7)))),
    )
  }
  const correlation = new Float64Array(size * size)
  return { factors, loadings: Float64Array.from(loadings), correlation, windows, quantiles: new Map() }
}
