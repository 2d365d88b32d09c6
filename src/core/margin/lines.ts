import { add, isLess, positivePart, smaller, subtract } from '../quantity/arithmetic.ts'
import { NO_VALUE, type Value } from '../quantity/value.ts'
import type { Side } from './model.ts'

/** A bucket with a line: what the pool guarantees of it (USD, >= 0), and what it has beside what is required of it. */
export interface LineNeed {
  readonly bucket: number
  readonly line: Value
  readonly shortfall: Value
}

/** What the pool grants a bucket at most, and how much of it the bucket uses. USD, 0 <= draw <= granted <= its line. */
export interface LineGrant {
  readonly bucket: number
  readonly granted: Value
  readonly draw: Value
}

/** What a side lacks of its requirement, >= 0. */
export function shortfallOf({ value, requirement }: Pick<Side, 'value' | 'requirement'>): Value {
  return positivePart(subtract(requirement, value))
}

/**
 * Serves lines in the order given, which is by ascending bucket number: each from what the pool can spare (NLV - MM, nothing if
 * that is negative) less what those before it draw. All draws together never exceed it: they leave the pool at its MM.
 */
export function grantLines(
  pool: Pick<Side, 'value' | 'requirement'>,
  needs: readonly LineNeed[],
): readonly LineGrant[] {
  let spare = positivePart(subtract(pool.value, pool.requirement))
  return needs.map(({ bucket, line, shortfall }) => {
    const granted = smaller(line, spare)
    const draw = smaller(shortfall, granted)
    spare = subtract(spare, draw)
    return { bucket, granted, draw }
  })
}

/** What lines would be drawn in all, if each could be served: the sum of the smaller of line and shortfall. */
export function drawnInFull(needs: readonly LineNeed[]): Value {
  let drawn = NO_VALUE
  for (const { line, shortfall } of needs) drawn = add(drawn, smaller(line, shortfall))
  return drawn
}

/** Whether a bucket lacks more than it is granted. */
export function exceedsGrant(side: Pick<Side, 'value' | 'requirement'>, granted: Value): boolean {
  return isLess(granted, shortfallOf(side))
}
