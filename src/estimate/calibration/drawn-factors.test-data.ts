import { MAJORS, standingOf } from './asset-catalogue.ts'
import type { FactorSeries } from './factor-returns.ts'
import { DAY_MS } from './rules.ts'

/** Monday 2020-01-06 as it begins: of daily steps from here every seventh ends a week. */
export const MONDAY = Date.UTC(2020, 0, 6)

/** Closing times of so many steps of a day. */
export function daysFrom(start: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => start + i * DAY_MS)
}

/** A factor by its name, such as `A`, `A/basis/perpetual`, `stETH/peg`, with what is traded in every step. */
export function factorOf(id: string, returns: Iterable<number>, volumeUsd = Number.NaN): FactorSeries {
  const [asset = '', sort] = id.split('/')
  const kind = sort === 'peg' || sort === 'basis' ? sort : 'price'
  const standing = standingOf(asset)
  const list = Float64Array.from(returns)
  return {
    id,
    kind,
    asset,
    isMajor: kind === 'price' && MAJORS.has(asset),
    reference: kind === 'peg' && standing.kind === 'claim' ? standing.reference : undefined,
    returns: list,
    volumeUsd: list.map(() => volumeUsd),
  }
}

/** Uniform in (0, 1) from whole numbers below 2^32. */
export function uniform(random: { readonly below: (bound: number) => number }): () => number {
  return () => (random.below(2 ** 32) + 0.5) / 2 ** 32
}

/** Standard normal (Box and Muller 1958), from two draws. */
export function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw())
}

/** Student t with four degrees of freedom and a variance of one: chi-square / 2 is the sum of two exponentials. */
export function fatTailed(draw: () => number): number {
  return normal(draw) * Math.sqrt(2 / (-2 * Math.log(draw() * draw())))
}

/** Steps in which all factors have one correlation, with deviations of one. */
export function correlated(
  { size, steps, correlation }: { readonly size: number; readonly steps: number; readonly correlation: number },
  next: () => number,
): readonly Float64Array[] {
  const columns = Array.from({ length: size }, () => new Float64Array(steps))
  for (let t = 0; t < steps; t += 1) {
    const common = Math.sqrt(correlation) * next()
    for (const column of columns) column[t] = common + Math.sqrt(1 - correlation) * next()
  }
  return columns
}
