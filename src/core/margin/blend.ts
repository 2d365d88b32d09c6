import { isLess } from '../quantity/arithmetic.ts'
import type { RampShare } from '../quantity/ramp-share.ts'
import type { Value } from '../quantity/value.ts'
import type { MarginRule } from './model.ts'

/** One rule on its way to another, at one moment. Both are of house models: their value is the NLV. */
export interface Blend {
  readonly from: MarginRule
  readonly to: MarginRule
  readonly share: RampShare
  /** Whether what the new rule lowers is lowered by now. */
  readonly hasLoosened: boolean
}

/**
 * How far a maintenance margin has come on its way: a rise by the share of the ramp; a fall not at all until the loosening delay has
 * passed, then at once.
 */
export function chargedShare(
  { before, now }: { readonly before: Value; readonly now: Value },
  blend: Blend,
): RampShare {
  if (!isLess(now, before)) return blend.share
  const { whole } = blend.share
  return { elapsed: blend.hasLoosened ? whole : 0n, whole }
}
