/** A bug to plant: `find`, which occurs once in `file`, becomes `replace`, and one of `tests` has to fail. */
export interface Mutant {
  readonly id: string
  readonly file: string
  readonly find: string
  readonly replace: string
  /** Globs of test files, from the root. */
  readonly tests: readonly string[]
  /** What would go wrong, in one sentence. */
  readonly why: string
}
