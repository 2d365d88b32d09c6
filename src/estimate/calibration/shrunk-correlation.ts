import { type CorrelationSums, sampleCorrelation } from './correlation-sums.ts'

/**
 * Correlations shrunk to the mean of their group of pairs, which is that of the two tiers: of a pair seen in n steps n / (n + prior)
 * is its own. The mean weighs a pair by its steps. Square, row by row, ones on the diagonal.
 */
export function shrunkCorrelation(sums: CorrelationSums, tierOf: readonly string[], priorSteps: number): Float64Array {
  const { size, weights } = sums
  const tiers = [...new Set(tierOf)]
  const places = Int32Array.from(tierOf, (tier) => tiers.indexOf(tier))
  const groupOf = (i: number, j: number) => {
    const [a, b] = [places[i] ?? 0, places[j] ?? 0]
    return a < b ? a * tiers.length + b : b * tiers.length + a
  }
  const sample = new Float64Array(size * size)
  const [totals, masses] = [new Float64Array(tiers.length ** 2), new Float64Array(tiers.length ** 2)]
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j < i; j += 1) {
      const weight = weights[i * size + j] ?? 0
      if (weight === 0) continue
      const figure = sampleCorrelation(sums, i, j)
      sample[i * size + j] = figure
      const group = groupOf(i, j)
      totals[group] = (totals[group] ?? 0) + weight * figure
      masses[group] = (masses[group] ?? 0) + weight
    }
  const shrunk = new Float64Array(size * size)
  for (let i = 0; i < size; i += 1) {
    shrunk[i * size + i] = 1
    for (let j = 0; j < i; j += 1) {
      const seen = weights[i * size + j] ?? 0
      const own = seen / (seen + priorSteps)
      const group = groupOf(i, j)
      const mean = (masses[group] ?? 0) > 0 ? (totals[group] ?? 0) / (masses[group] ?? 1) : 0
      const figure = own * (sample[i * size + j] ?? 0) + (1 - own) * mean
      shrunk[i * size + j] = figure
      shrunk[j * size + i] = figure
    }
  }
  return shrunk
}
