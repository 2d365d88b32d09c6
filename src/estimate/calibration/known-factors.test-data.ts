import type { Calibration, FactorState } from './calibrator.ts'
import { jointWindows, keepWindow } from './joint-windows.ts'

/** A factor that is listed, earns its offset and moves 4% a step. */
export function stateOf(id: string, changed: Partial<FactorState> = {}): FactorState {
  return {
    id,
    tier: 'other',
    steps: 1_000,
    currentSigma: 0.04,
    chargedSigma: 0.04,
    logMove: 0.16,
    collapsed: false,
    earnsOffset: true,
    inMarketFall: 'down',
    ...changed,
  }
}

/** What is known of these factors, with correlations of nothing but themselves and these windows, oldest first. */
export function knownOf(factors: readonly FactorState[], rows: readonly (readonly number[])[] = []): Calibration {
  const size = factors.length
  const correlation = new Float64Array(size * size)
  for (let i = 0; i < size; i += 1) correlation[i * size + i] = 1
  const windows = jointWindows(size)
  for (const row of rows) keepWindow(windows, Float64Array.from(row))
  return { factors, loadings: new Float64Array(size * 4), correlation, windows, quantiles: new Map() }
}
