/** A broken invariant is a bug of ours: it stops the engine before anything is written to the journal. */
export class InvariantError extends Error {
  readonly id: string
  constructor(id: string, detail: string) {
    super(`${id}: ${detail}`)
    this.name = 'InvariantError'
    this.id = id
  }
}

/** Throws InvariantError unless the condition holds. `detail` is only built when it does not. */
export function invariant(holds: boolean, id: string, detail: () => string): asserts holds {
  if (!holds) throw new InvariantError(id, detail())
}
