/** `x` exceedances in `n` windows, each exceeded at `rate`. */
export interface Trials {
  readonly n: number
  readonly x: number
  readonly rate: number
}

/** Throws RangeError unless 0 <= x <= n are whole numbers and the rate is a share between 0 and 1, neither of them. */
export function checkTrials({ n, x, rate }: Trials): void {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`windows must be a whole number >= 0, were ${n}`)
  if (!Number.isInteger(x) || x < 0 || x > n)
    throw new RangeError(`exceedances must be a whole number of 0 to ${n}, were ${x}`)
  if (!(rate > 0 && rate < 1)) throw new RangeError(`rate must be between 0 and 1, was ${rate}`)
}
