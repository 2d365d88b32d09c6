/**
 * Which hypotheses are rejected at a family-wise `level`, in the order given (Holm 1979, step-down): the smallest of m p-values is held
 * against level/m, the next against level/(m-1), and so on; from the first that is above, none is rejected. Valid however the tests
 * depend on one another. Throws RangeError for a p-value that is not within 0 to 1.
 */
export function holm(pValues: readonly number[], level: number): readonly boolean[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1))
  if (wrong !== undefined) throw new RangeError(`a p-value is 0 to 1, was ${wrong}`)
  const ascending = [...pValues.entries()].sort(([i, p], [j, q]) => p - q || i - j)
  const passes = ascending.findIndex(([, p], rank) => p > level / (pValues.length - rank))
  const rejected = new Set(ascending.slice(0, passes === -1 ? undefined : passes).map(([i]) => i))
  return pValues.map((_, i) => rejected.has(i))
}
