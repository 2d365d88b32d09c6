import { binomialUpperTail, mostAllowed } from './binomial.ts'

/** Rates and significance are shares of one. */
export interface PowerQuestion {
  readonly n: number
  /** Exceedances a window that the margin promises at most, such as 0.005. */
  readonly targetRate: number
  /** Exceedances a window that there really are. */
  readonly trueRate: number
  readonly significance: number
}

export interface TestPower {
  /** Most exceedances that pass. */
  readonly allowed: number
  /** Chance that there are more. */
  readonly power: number
}

/** What the one-sided binomial test can see: chance that it rejects. If the true rate is the target this is its size. */
export function testPower({ n, targetRate, trueRate, significance }: PowerQuestion): TestPower {
  const allowed = mostAllowed(n, targetRate, significance)
  return { allowed, power: binomialUpperTail(n, allowed + 1, trueRate) }
}
