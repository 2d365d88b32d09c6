/** Everything a replay found out, as plain data: what `--json`, the terminal and the HTML page are drawn from. */
export interface ReplayReport {
  readonly tape: TapeSummary
  readonly seed: number
  readonly model: string
  readonly epoch: string
  /** The document whose figures the model was given, and where it says they come from; undefined for `standard`, whose are typed in. */
  readonly figures: { readonly document: string; readonly source: string } | undefined
  /** Accounts asked for; each run says how many of each kind were opened. */
  readonly accounts: number
  /** Kinds of account the tape's assets do not allow, and why. */
  readonly leftOut: readonly { readonly label: string; readonly reason: string }[]
  /** The runs made, cross first: one or both. */
  readonly runs: readonly ModeRun[]
  /** Cross beside isolated; undefined when only one was run. */
  readonly comparison: Comparison | undefined
  /** The same accounts under `standard`; undefined where that is the model itself. */
  readonly otherModel: OtherModel | undefined
  /** Hourly closes of the index prices, for the picture. */
  readonly prices: readonly PriceSeries[]
  readonly engineVersion: string
}

export interface TapeSummary {
  /** What was typed to name it: an id, a file or a folder. */
  readonly argument: string
  readonly id: string
  readonly title: string
  /** Milliseconds. */
  readonly from: number
  readonly to: number
  readonly intervalMs: number
  readonly settlement: string
  readonly assets: readonly string[]
  readonly sources: readonly string[]
  readonly notes: readonly string[]
}

export type Mode = 'cross' | 'isolated'

/** All amounts are decimal strings in USD unless said otherwise. */
export interface ModeRun {
  readonly mode: Mode
  /** Accounts with at least one liquidation. */
  readonly liquidated: number
  /** Netting sets with at least one liquidation; above `liquidated` where an account has several isolated buckets. */
  readonly nettingSetsLiquidated: number
  /** Liquidations carried out: a netting set may be cut more than once. */
  readonly liquidations: number
  readonly notionalClosed: string
  readonly penalties: string
  readonly insuranceAtStart: string
  readonly insuranceDrawn: string
  readonly insuranceAtEnd: string
  /** Left unpaid after the insurance fund, at the prices of the moment. */
  readonly deficit: string
  /** What the outside world earned on the other side of everything. */
  readonly marketProfit: string
  /** Fees and rounding remainders the house keeps. */
  readonly feesEarned: string
  readonly conservation: { readonly ok: boolean; readonly assets: readonly ConservedAsset[] }
  readonly commands: number
  readonly seconds: number
  readonly commandsPerSecond: number
  /** Path of the journal. */
  readonly journal: string
  readonly stateHash: string
  /** Whether the journal was re-decided and gave the same decisions and state hash. */
  readonly verified: boolean
  readonly kinds: readonly {
    readonly kind: string
    readonly label: string
    readonly accounts: number
    readonly liquidated: number
  }[]
  /** One point per bar, at its end. */
  readonly timeline: readonly TimelinePoint[]
  /** Liquidated accounts, by unpaid loss, then by size closed; at most twelve. */
  readonly worst: readonly LiquidatedAccount[]
}

/** Amounts in units of the asset. */
export interface ConservedAsset {
  readonly asset: string
  readonly custody: string
  /** Custody less everything it must cover: "0" or money was made or lost. */
  readonly difference: string
}

export interface TimelinePoint {
  /** Milliseconds. */
  readonly time: number
  readonly netLiquidationValue: string
  readonly maintenanceMargin: string
  /** Liquidations carried out during the bar. */
  readonly liquidations: number
}

/** The first liquidation of an account, with where its requirement came from. */
export interface LiquidatedAccount {
  readonly account: string
  readonly bucket: number
  readonly label: string
  readonly time: number
  /** Sequence in the journal. */
  readonly sequence: number
  readonly netLiquidationValue: string
  readonly maintenanceMargin: string
  /** Parts of the maintenance margin; they add up to it. */
  readonly derivation: readonly { readonly id: string; readonly value: string; readonly note: string }[]
  /** Totals over all the account's liquidations. */
  readonly closed: string
  readonly penalty: string
  readonly unpaid: string
}

export interface Comparison {
  /** Least starting NLV that avoids every liquidation along the tape, summed over accounts. */
  readonly capitalRequired: CapitalRequired
  /** Accounts that end with less under cross than under isolated: how many, and the ones that lose most by it (at most five). */
  readonly worseUnderCross: {
    readonly accounts: number
    readonly examples: readonly {
      readonly account: string
      readonly label: string
      readonly cross: string
      readonly isolated: string
    }[]
  }
}

export interface CapitalRequired {
  readonly cross: string
  readonly isolated: string
}

/** What became of the same accounts under another model. */
export interface OtherModel {
  readonly model: string
  /** How many accounts were left how many tenths of the trades and borrows drawn for them, so that both models let them open; most first. */
  readonly sizes: readonly { readonly tenths: number; readonly accounts: number }[]
  /** In the modes of the report's own runs. */
  readonly runs: readonly ModeRun[]
  /** As in `Comparison`; undefined when only one mode was run. */
  readonly capitalRequired: CapitalRequired | undefined
}

export interface PriceSeries {
  readonly asset: string
  /** [milliseconds, price in USD]; a gap in the tape is a gap here. */
  readonly points: readonly (readonly [number, string])[]
}
