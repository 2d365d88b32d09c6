import { CRASH_DAYS } from '../../estimate/calibration/assumptions.ts'
import { describeEpoch } from '../../estimate/calibration/describe-epoch.ts'
import { DAY_MS } from '../../estimate/calibration/rules.ts'
import { crashSteps, lastCloses, spotAssets } from '../../estimate/calibration/walked-panel.ts'
import { buildSection } from '../../estimate/epoch/build-section.ts'
import type { Section } from '../../estimate/epoch/section.ts'
import type { CalibrationReport } from '../../wire/calibration-report.ts'
import { calibratedTiers, correlationFit } from './calibration-figures.ts'
import { hashOfPrices, provenanceOf } from './calibration-provenance.ts'
import type { CalibrationRequest } from './calibration-request.ts'

export interface CalibratedEpoch extends Pick<CalibrationReport, 'leftOut' | 'tiers' | 'fit' | 'assumptions'> {
  readonly id: string
  /** Of model plimsoll-1. */
  readonly section: Section
  /** How the figures came about: of the prices that count alone, so that no later price changes it. */
  readonly provenance: Readonly<Record<string, unknown>>
  readonly pricesHash: string
}

/** The epoch that prices give, the same for the same prices wherever their files lie. */
export function calibratedEpoch(request: CalibrationRequest): CalibratedEpoch {
  const { walked, asOf, mpor, engineVersion, sha256 } = request
  const { panel, factors, known } = walked
  const pricesHash = hashOfPrices(panel, sha256)
  const { description, leftOut, places, ...described } = describeEpoch({
    factors,
    known,
    prices: lastCloses(panel),
    spot: spotAssets(panel),
    at: panel.times.length - 1,
    daily: DAY_MS / panel.stepMs,
    crashes: crashSteps(walked, CRASH_DAYS),
    source: `plimsoll calibrate ${engineVersion}: prices up to the end of ${asOf} (${pricesHash}), MPOR ${mpor}`,
  })
  const assumptions = [...described.assumptions, ...OUTSIDE_THE_MODEL]
  const [tiers, fit] = [calibratedTiers(known, places), correlationFit(known, places)]
  const found = { leftOut, tiers, fit, assumptions, pricesHash }
  return {
    ...found,
    id: `calibrated-${asOf}${mpor === '1d' ? '' : `-${mpor}`}`,
    section: buildSection(description),
    provenance: provenanceOf(request, { ...found, places }),
  }
}

/** How a liquidation is sized and what it costs, as in the replays: no price tells it. */
export const LIQUIDATION = { bufferPpm: 100_000, penaltyPpm: 5_000 } as const

const OUTSIDE_THE_MODEL = [
  'Liquidation: positions shrink until 10% of MM is left above it, 0.5% goes to the insurance fund; the section of model standard has published tables.',
]
