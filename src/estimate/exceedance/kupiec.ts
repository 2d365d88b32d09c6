import { checkTrials } from './check-trials.ts'
import { chiSquare1Tail } from './chi-square.ts'
import { deviance } from './deviance.ts'

export interface KupiecTest {
  /** LR_uc, >= 0: the further the observed rate is from the target, either way, the larger. */
  readonly ratio: number
  /** Chance of such a ratio or a larger one if the rate holds, by chi-square with one degree of freedom. */
  readonly p: number
}

/**
 * Proportion of failures (Kupiec 1995), two-sided: `x` exceedances in `n` windows against `rate` as a share of one.
 * LR_uc = -2 ln[((1-a)^(n-x) a^x) / ((1-x/n)^(n-x) (x/n)^x)] = 2 [x ln(x/na) + (n-x) ln((n-x)/(n(1-a)))]. With none it is
 * -2 n ln(1-a), with all -2 n ln a; without windows 0, and p is 1. Throws RangeError for counts or a rate that cannot be.
 */
export function kupiec(n: number, x: number, rate: number): KupiecTest {
  checkTrials({ n, x, rate })
  const ratio = 2 * (deviance(x, n * rate) + deviance(n - x, n * (1 - rate)))
  return { ratio, p: chiSquare1Tail(ratio) }
}
