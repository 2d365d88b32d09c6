/** Chains of options by underlying: what was seen of each, ascending in time. Plain numbers, USD. */
export type OptionChains = ReadonlyMap<string, readonly OptionSnapshot[]>

/** All options on one underlying at one moment. */
export interface OptionSnapshot {
  /** ms UTC. */
  readonly time: number
  /** Price of the underlying. */
  readonly indexPrice: number
  /** Each contract once. */
  readonly options: readonly ChainOption[]
}

/** A European option as a chain has it, for one unit of the underlying. */
export interface ChainOption extends OptionTerms {
  /** Of the underlying for the expiry; above 0. */
  readonly forward: number
  /** Implied volatility of the mark, a year's, as a share of one; above 0. */
  readonly volatility: number
  /** Undiscounted value; 0 or above. */
  readonly mark: number
}

export interface OptionTerms {
  /** ms UTC. */
  readonly expiry: number
  readonly strike: number
  readonly right: 'call' | 'put'
}

/** Whether two are the same contract. */
export function isSameContract(a: OptionTerms, b: OptionTerms): boolean {
  return a.expiry === b.expiry && a.strike === b.strike && a.right === b.right
}
