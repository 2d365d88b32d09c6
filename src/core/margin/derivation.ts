import type { Value } from '../quantity/value.ts'

/**
 * How a requirement came about: a tree in which each node can be recomputed from its terms. The operations:
 * `given` and `parameter` are leaves (a parameter has no unit: 1 is 1e18); `sum` adds its terms to the last unit; `sumOfSizes`
 * adds them without sign; `product` multiplies them; `max` is the largest; `scale` is `factor` times its only term;
 * `blend` is factor * first + (1 - factor) * second, and what follows is added;
 * `ramp` is first + (second - first) * third / fourth; `quadratic` is the root of a quadratic form of
 * the weighted exposures under the matrix that `note` names; `worstLoss` is the loss in the worst of many scenarios.
 */
export interface Derivation {
  readonly id: string
  readonly op: DerivationOp
  readonly value: Value
  readonly terms: readonly Derivation[]
  /** What a reader needs beside the number, in words: the rate and the tier it came from. */
  readonly note: string
  /** Of `scale` and `blend`: 1 is 1e18. */
  readonly factor?: Value
  /** Absent: exact. */
  readonly rounded?: 'up' | 'down' | 'nearest'
  /** Marks the term that decided a maximum. */
  readonly binding?: true
  /** Where the rule is written down. */
  readonly source?: string
  /** Of `worstLoss`: how many scenarios there are. */
  readonly count?: number
}

export type DerivationOp =
  | 'given'
  | 'parameter'
  | 'sum'
  | 'sumOfSizes'
  | 'product'
  | 'max'
  | 'scale'
  | 'blend'
  | 'ramp'
  | 'quadratic'
  | 'worstLoss'

/** A leaf. */
export function given(id: string, value: Value, note: string): Derivation {
  return { id, op: 'given', value, terms: [], note }
}
