import { RULES } from './rules.ts'
import { type SortedFigures, upperQuantile } from './sorted-figures.ts'

/**
 * The quantile that is charged from this week on: of n figures of |return| / sigma seen so far in the tier n / (n + 1000) is theirs, the rest
 * what the tier is taken for at first, since few figures hardly show the share beyond it and one crash among them would be all they show;
 * at most 10% away from last week's.
 */
export function nextQuantile(before: number, seen: SortedFigures, start: number): number {
  const { count } = seen
  if (count === 0) return before
  const found = (count * upperQuantile(seen, RULES.coverage) + FEW * start) / (count + FEW)
  const least = before * (1 - RULES.quantileStep)
  return Math.min(before * (1 + RULES.quantileStep), Math.max(least, found))
}

const FEW = 1_000
