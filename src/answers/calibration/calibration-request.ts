import type { WalkedPanel } from '../../estimate/calibration/walked-panel.ts'
import type { CalibrationReport } from '../../wire/calibration-report.ts'
import type { Sha256 } from '../epoch-text.ts'

/** What a calibration is asked for. */
export interface CalibrationRequest {
  readonly walked: WalkedPanel
  /** The day at whose end it stands, such as 2025-06-12. */
  readonly asOf: string
  readonly mpor: CalibrationReport['mpor']
  readonly engineVersion: string
  readonly sha256: Sha256
}
