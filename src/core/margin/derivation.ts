import type { Value } from '../quantity/value.ts'

/**
 * How a requirement came about: a tree in which each node can be recomputed from its terms.
 * `sum` adds its terms to the last unit; `given` and `parameter` are leaves.
 */
export interface Derivation {
  readonly id: string
  readonly op: 'sum' | 'product' | 'given'
  readonly value: Value
  readonly terms: readonly Derivation[]
  /** What a reader needs beside the number, in words: the rate and the tier it came from. */
  readonly note: string
}

/** A leaf. */
export function given(id: string, value: Value, note: string): Derivation {
  return { id, op: 'given', value, terms: [], note }
}
