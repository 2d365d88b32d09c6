/** From here on the two counts are so unlike that the plain formula loses no more than a digit. */
const UNLIKE = 0.1

/**
 * observed ln(observed / expected) + expected - observed, >= 0, to about 1e-14 of itself; both in counts, both >= 0. Twice its sum
 * over all cells is a log-likelihood ratio. Counts that are nearly equal would cancel and go by a series in
 * v = (observed - expected) / (observed + expected) (Loader 2000, Fast and Accurate Computation of Binomial Probabilities).
 * Nothing observed gives `expected`; something observed where nothing is expected gives Infinity.
 */
export function deviance(observed: number, expected: number): number {
  if (observed === 0) return expected
  const [difference, total] = [observed - expected, observed + expected]
  if (Math.abs(difference) > UNLIKE * total) return observed * Math.log(observed / expected) - difference
  const v = difference / total
  let sum = difference * v
  let power = 2 * observed * v
  for (let odd = 3; ; odd += 2) {
    power *= v * v
    const next = sum + power / odd
    if (next === sum) return sum
    sum = next
  }
}
