import { isLess } from '../quantity/arithmetic.ts'
import { NO_PPM, type Ppm, WHOLE } from '../quantity/ppm.ts'
import { interpolateUp } from '../quantity/utilisation.ts'

/** What borrowing an asset costs a year by utilisation: two straight lines that meet at the kink. Neither falls. */
export interface BorrowCurve {
  /** Yearly rate when nothing is borrowed. */
  readonly basePpm: Ppm
  /** Utilisation at which the curve turns steep: above 0, below the whole. */
  readonly kinkPpm: Ppm
  /** Yearly rate there. */
  readonly atKinkPpm: Ppm
  /** Yearly rate when everything lent is borrowed, and beyond. */
  readonly atFullPpm: Ppm
  /** Utilisation above which nothing more may be borrowed or withdrawn: at most the whole. */
  readonly capPpm: Ppm
}

/** Yearly rate at a utilisation of at most the whole; rounded up, against borrowers. */
export function borrowRateUp(curve: BorrowCurve, utilisation: Ppm): Ppm {
  const start = { at: NO_PPM, height: curve.basePpm }
  const kink = { at: curve.kinkPpm, height: curve.atKinkPpm }
  const full = { at: WHOLE, height: curve.atFullPpm }
  return interpolateUp(isLess(curve.kinkPpm, utilisation) ? [kink, full] : [start, kink], utilisation)
}
