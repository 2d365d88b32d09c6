import { RULES } from './rules.ts'
import { type SortedFigures, upperQuantile } from './sorted-figures.ts'

/**
 * The quantile that is charged from this week on: that of all |return| / sigma seen so far in the tier, at most 10% away from
 * last week's. Below a thousand observations the share beyond it is hardly seen, so it does not fall below last week's.
 */
export function nextQuantile(before: number, seen: SortedFigures): number {
  const found = upperQuantile(seen, RULES.coverage)
  if (Number.isNaN(found)) return before
  const least = seen.count < FEW ? before : before * (1 - RULES.quantileStep)
  return Math.min(before * (1 + RULES.quantileStep), Math.max(least, found))
}

const FEW = 1_000
