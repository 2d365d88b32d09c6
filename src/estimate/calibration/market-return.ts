import type { FactorSeries } from './factor-returns.ts'

/** Median log return of all prices in a step; 0 where none is known. */
export function marketReturn(series: readonly FactorSeries[], at: number): number {
  const known: number[] = []
  for (const { kind, returns } of series) {
    const one = returns[at] ?? Number.NaN
    if (kind === 'price' && !Number.isNaN(one)) known.push(one)
  }
  return Float64Array.from(known).sort()[known.length >>> 1] ?? 0
}
