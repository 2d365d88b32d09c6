import type { FactorDescription } from './description.ts'

/**
 * Joint windows where there is no history: multivariate Student t with four degrees of freedom, correlated as the factor model
 * says, in standard deviations. All factors of a window share one chi-square, so that crashes come together. `draw` gives numbers
 * in (0, 1); per window they are asked for in this order: four common moves, the chi-square, then one for each factor.
 */
export function simulateWindows(
  factors: ReadonlyMap<string, FactorDescription>,
  count: number,
  draw: () => number,
): Record<string, readonly number[]> {
  const columns = new Map([...factors.keys()].map((id) => [id, [] as number[]]))
  for (let window = 0; window < count; window += 1) {
    const common = [normal(draw), normal(draw), normal(draw), normal(draw)]
    const scale = fatTail(draw)
    for (const [id, { loadings }] of factors) {
      const own = Math.sqrt(1 - loadings.reduce((sum, one) => sum + one * one, 0)) * normal(draw)
      const shared = loadings.reduce((sum, one, j) => sum + one * (common[j] ?? 0), 0)
      columns.get(id)?.push(scale * (shared + own))
    }
  }
  return Object.fromEntries(columns)
}

/** Standard normal (Box and Muller 1958), from two draws. */
function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw())
}

/**
 * What turns a normal vector into a Student t vector with four degrees of freedom and a variance of one: the root of
 * (4 - 2) / chi-square, which with four degrees is twice an exponential variable of two draws.
 */
function fatTail(draw: () => number): number {
  return Math.sqrt(2 / (-2 * Math.log(draw() * draw())))
}
