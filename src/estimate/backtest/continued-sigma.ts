import { calibrator } from '../calibration/calibrator.ts'
import type { FactorSeries } from '../calibration/factor-returns.ts'
import { DAY_MS } from '../calibration/rules.ts'

/** A factor's daily history, and returns that were seen long after it. */
export interface Continuation {
  readonly series: FactorSeries
  /** Closing times of the history, a day apart. */
  readonly times: readonly number[]
  /** Log returns of a day each, in order. */
  readonly later: readonly number[]
}

/**
 * Charged sigma over that at the end of the history, after none, one, two ... of the later returns: the calibration's own rules (cap,
 * floors, limits of its rise), walked on as if the later days followed at once, for nothing is known of the days between. The factor
 * by itself: where history is short of a few months, others of its tier would count too.
 */
export function continuedSigma({ series, times, later }: Continuation): readonly number[] {
  const last = times.at(-1) ?? 0
  const returns = Float64Array.of(...series.returns, ...later)
  const volumeUsd = new Float64Array(returns.length).fill(Number.NaN)
  volumeUsd.set(series.volumeUsd)
  const days = [...times, ...later.map((_, day) => last + (day + 1) * DAY_MS)]
  const walk = calibrator([{ ...series, returns, volumeUsd }], days, DAY_MS)
  const sigma = () => walk.known().factors[0]?.chargedSigma ?? Number.NaN
  times.forEach(() => walk.next())
  const start = sigma()
  const ratios = later.map(() => {
    walk.next()
    return sigma() / start
  })
  return [1, ...ratios]
}
