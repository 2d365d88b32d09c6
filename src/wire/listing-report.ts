/** What `plimsoll listing` reports: what each asset of price files may be, as the clearinghouse's own listing check judges it. */
export interface ListingReport {
  readonly format: 'plimsoll listing report v1'
  readonly engineVersion: string
  /** The day at whose end, 00:00 UTC, they are judged. */
  readonly asOf: string
  /** SHA-256 over the price files as they are. */
  readonly inputsHash: string
  readonly counts: { readonly assets: number; readonly eligible: number; readonly collateral: number }
  /** How often each reason is given, in the order in which a verdict gives them. */
  readonly reasons: readonly { readonly reason: string; readonly assets: number }[]
  /** Collateral first, then what may be listed, then the rest; by name. */
  readonly rows: readonly ListingRow[]
}

export interface ListingRow {
  readonly asset: string
  readonly eligible: boolean
  readonly collateral: boolean
  readonly tier: 'major' | 'large' | 'other'
  /** Share of its value that counts, of one: what its risk weight leaves, at most the cap of the listing; 0 unless collateral. */
  readonly weight: number
  /** Share that may be lost over a day at the target coverage, of one. */
  readonly riskWeight: number
  /** Most that all members together may hold, whole USD as a decimal string; null: nobody tells the volume it follows from. */
  readonly capUsd: string | null
  /** Days with a price. */
  readonly days: number
  /** Files with prices of it. */
  readonly sources: number
  readonly reasons: readonly string[]
}
