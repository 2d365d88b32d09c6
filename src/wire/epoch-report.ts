/** Whether an epoch document is what its readers take it for, and whether what can be worked out from its other figures is as published. */
export interface EpochVerification {
  readonly format: 'plimsoll epoch verification v1'
  readonly verified: boolean
  readonly id: string
  /** The margin model in force. */
  readonly model: string
  /** `sha256:` of the document's canonical JSON, all of it. */
  readonly hash: string
  /** Whether the file is its own canonical JSON, byte for byte: then `sha256sum` prints the digits of the hash. */
  readonly canonicalText: boolean
  readonly sections: readonly EpochSection[]
  /** Where the figures come from, as the section of plimsoll-1 says; null without one. */
  readonly source: string | null
  /** What the section of plimsoll-1 holds; null without one. */
  readonly counts: EpochCounts | null
  readonly provenance: Readonly<Record<string, unknown>> | null
  readonly checks: readonly EpochCheck[]
}

export interface EpochSection {
  readonly id: string
  /** By its model's own decoder; false of a section of no model of this build. */
  readonly read: boolean
}

export interface EpochCounts {
  readonly factors: number
  readonly assets: number
  /** Assets with contracts on them. */
  readonly underlyings: number
  readonly scenarios: number
  /** Of the scenarios. */
  readonly namedCrashes: number
  readonly windows: number
  /** Factors that move in the windows. */
  readonly windowColumns: number
}

export type EpochCheckId = 'hash' | 'ownShares' | 'optionGrids' | 'scenarios' | 'namedCrashes' | 'dailyVolatilities'

export interface EpochCheck {
  readonly id: EpochCheckId
  /** Figures that were compared. */
  readonly compared: number
  readonly faults: readonly EpochFault[]
}

/** A figure that is not what the others give. */
export interface EpochFault {
  /** Such as `$.sections["plimsoll-1"].scenarios[3].movesPpm.ETH`. */
  readonly field: string
  /** Id of the scenario row it stands in; null of any other field. */
  readonly row: string | null
  readonly expected: string
  readonly got: string
}

/** What changed from one epoch to another, by how much, and whom it touches. */
export interface EpochDifference {
  readonly format: 'plimsoll epoch difference v1'
  readonly before: EpochName
  readonly after: EpochName
  readonly verdict: DifferenceVerdict
  /** Changes of any kind but of correlations, scenarios and windows, by what they do to those they touch. */
  readonly effects: { readonly tighter: number; readonly looser: number; readonly neither: number }
  readonly riskWeights: RiskWeightSummary
  /** Factors, assets, contracts and markets that only one of both has. */
  readonly rows: readonly RowChange[]
  /** Figures of what both have, largest relative change first. */
  readonly figures: readonly FigureChange[]
  readonly correlations: CorrelationChanges
  readonly scenarios: ScenarioChanges
  readonly windows: WindowChanges
  /** Id, model, source and provenance, and every figure of other sections. */
  readonly others: readonly FieldChange[]
}

export interface EpochName {
  readonly id: string
  readonly model: string
  readonly hash: string
}

/**
 * `same`: the documents say the same. `relabelled`: no figure differs. `tighter`, `looser`: every figure with a direction goes one
 * way. `mixed`: some go the one way, some the other. `changed`: what differs has no direction, or another model is in force.
 */
export type DifferenceVerdict = 'same' | 'relabelled' | 'tighter' | 'looser' | 'mixed' | 'changed'

/** What a change does to those it touches: more is asked of them, less, or it depends on what they hold. */
export type Effect = 'tighter' | 'looser' | 'neither'

export interface RiskWeightSummary {
  /** Of the factors that both have. */
  readonly compared: number
  readonly rise: number
  readonly fall: number
  /** Relative to before, shares of one; null where none rises, none falls, or only from nothing. */
  readonly largestRise: number | null
  readonly largestFall: number | null
}

export type EpochTable = 'epoch' | 'factors' | 'assets' | 'contracts' | 'markets' | 'jumps' | 'liquidation'

export interface RowChange {
  readonly table: EpochTable
  /** Such as `SOL`, `SOL/vol`; of contracts with their kind, `SOL option`. */
  readonly id: string
  readonly change: 'added' | 'removed'
  readonly effect: Effect
  /** Such as `whoever has options on SOL`. */
  readonly touches: string
}

export type Figure = string | number | boolean | readonly (string | number | boolean)[] | null

export type FigureUnit = 'ppm' | 'units' | 'usd' | 'number' | 'text' | 'flag' | 'list'

/** Risk weights; what is yes or no, or a class; figures of the whole epoch; sizes and costs of one asset or market; what follows from others. */
export type FigureGroup = 'riskWeight' | 'standing' | 'whole' | 'size' | 'derived'

export interface FigureChange {
  readonly table: EpochTable
  readonly id: string
  /** Field within the row, such as `depth.halfSpreadPpm`. */
  readonly field: string
  /** What the field is in words. */
  readonly label: string
  readonly group: FigureGroup
  readonly unit: FigureUnit
  /** As the document has it; null where it has none. */
  readonly before: Figure
  readonly after: Figure
  /** After over before, less one; null where one of them is no number or before is 0. */
  readonly relative: number | null
  readonly effect: Effect
  readonly touches: string
}

/** Of pairs of factors that both epochs have and that earn an offset in both: others have no correlation that counts. */
export interface CorrelationChanges {
  readonly compared: number
  readonly changed: number
  /** Those with BTC and ETH, and the largest of the others; largest change first. */
  readonly pairs: readonly CorrelationChange[]
}

export interface CorrelationChange {
  readonly first: string
  readonly second: string
  /** From the loadings, to six places. */
  readonly before: number
  readonly after: number
}

export interface ScenarioChanges {
  readonly before: number
  readonly after: number
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly ScenarioChange[]
}

export interface ScenarioChange {
  readonly id: string
  /** Null where it is the same. */
  readonly dampPpm: { readonly before: number; readonly after: number } | null
  readonly initialOnly: { readonly before: boolean; readonly after: boolean } | null
  /** Factors that move otherwise. */
  readonly moves: number
  /** The largest difference among them; null where only the damp or the side is another. */
  readonly largest: { readonly factor: string; readonly beforePpm: number; readonly afterPpm: number } | null
}

export interface WindowChanges {
  readonly before: number
  readonly after: number
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly WindowColumnChange[]
}

/** One factor's moves in all windows. */
export interface WindowColumnChange {
  readonly factor: string
  readonly before: ColumnSummary
  readonly after: ColumnSummary
}

export interface ColumnSummary {
  /** Root of the mean square of the moves. */
  readonly deviationPpm: number
  readonly lowestPpm: number
  readonly highestPpm: number
}

export interface FieldChange {
  /** Such as `$.sections.standard.assets.ETH.initialHaircutPpm`. */
  readonly field: string
  readonly before: Figure
  readonly after: Figure
}
