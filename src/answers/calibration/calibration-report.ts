import type { PricePanel } from '../../estimate/calibration/price-panel.ts'
import type { CalibrationReport } from '../../wire/calibration-report.ts'
import type { CalibratedEpoch } from './calibrated-epoch.ts'
import type { CalibrationRequest } from './calibration-request.ts'
import { spanOf } from './calibration-provenance.ts'

/** What was read and written around a calibration. */
export interface CalibrationFiles {
  readonly written: Pick<CalibrationReport['epoch'], 'hash' | 'file' | 'bytes'>
  readonly prices: Pick<CalibrationReport['prices'], 'filesHash' | 'files'>
  /** Of the price files. */
  readonly notes: readonly string[]
}

/** What is reported of an epoch that was calibrated and written. */
export function calibrationReport(
  { walked, asOf, mpor, engineVersion }: CalibrationRequest,
  epoch: CalibratedEpoch,
  { written, prices, notes }: CalibrationFiles,
): CalibrationReport {
  const { id, section, leftOut, tiers, fit, assumptions } = epoch
  const assets = Object.values(section.assets)
  return {
    format: 'plimsoll calibration report v1',
    engineVersion,
    asOf,
    mpor,
    epoch: {
      id,
      ...written,
      assets: assets.length,
      collateral: assets.filter(({ isCollateral }) => isCollateral).length,
      factors: Object.keys(section.factors).length,
      scenarios: section.scenarios.length,
      windows: section.windows.count,
    },
    prices: { hash: epoch.pricesHash, ...prices, ...readOf(walked.panel) },
    leftOut,
    tiers,
    fit,
    assumptions,
    notes: [...notes, ...walked.notes],
  }
}

function readOf(panel: PricePanel) {
  return { series: panel.series.length, ...spanOf(panel) }
}
