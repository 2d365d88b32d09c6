import type { Complaint } from '../wire/portfolio/problem.ts'

/** Why a portfolio that can be read cannot be answered, and which field of which document says so. */
export interface Fault extends Complaint {
  /** The portfolio, the epoch file, or what was typed beside them. */
  readonly document: 'portfolio' | 'epoch' | 'arguments'
  /** From the root of the document; of a portfolio as the long form has it. */
  readonly path: FieldPath
}

export type FieldPath = readonly (string | number)[]

/** An answer, or every reason why there is none. */
export type Answer<T> =
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly faults: readonly Fault[] }
