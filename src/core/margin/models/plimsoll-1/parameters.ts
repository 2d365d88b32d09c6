import type { Depth } from '../../../quantity/liquidity.ts'
import type { Move } from '../../../quantity/move.ts'
import type { Ppm } from '../../../quantity/ppm.ts'
import type { Quantity } from '../../../quantity/quantity.ts'
import type { AssetId, FactorId, MarketId } from '../../../instrument/identifier.ts'
import type { OptionGrid } from '../../../pricing/option-grid.ts'
import type { FactorModel } from './factor-model.ts'
import type { JumpClass, Jumps } from './floors.ts'
import type { KeeperParameters } from './keeper.ts'

/** What an epoch says to this model: METHODOLOGY 2 and 4. The JSON it is read from is described in the README beside this file. */
export interface Plimsoll1Parameters {
  readonly factorModel: FactorModel
  /** iota: the initial side asks this many times what the risk measure does. At least the whole. */
  readonly initialFactor: Ppm
  readonly assets: ReadonlyMap<AssetId, AssetRisk>
  /** By underlying. */
  readonly contracts: ReadonlyMap<AssetId, ContractRisk>
  /** Of single markets, before that of their kind of contract on the underlying. */
  readonly markets: ReadonlyMap<MarketId, Depth>
  readonly scenarios: readonly Scenario[]
  readonly windows: Windows
  /** Share of the smaller side of each underlying. */
  readonly basis: ShareBySide
  readonly jumps: Jumps
  readonly keeper: KeeperParameters
  /** Below this confidence a price is charged for what it lacks of certainty, on the initial side. */
  readonly confidenceThreshold: Ppm
  /** MM / NLV at which a report warns, and at which only reductions are advised. */
  readonly warnUsage: Ppm
  readonly reduceOnlyUsage: Ppm
}

export interface ShareBySide {
  readonly maintenance: Ppm
  /** At least that of maintenance. */
  readonly initial: Ppm
}

export interface AssetRisk {
  readonly isCollateral: boolean
  readonly jumpClass: JumpClass
  /** Of selling it, or of buying it back. */
  readonly depth: Depth
  readonly concentration: Concentration
  /** Of a claim; undefined for what stands for itself. */
  readonly claim: ClaimRisk | undefined
}

/** Of what the whole venue holds of an asset beyond the free units, this share is charged to who holds it, initially. */
export interface Concentration {
  readonly freeUnits: Quantity
  /** At most the whole. */
  readonly surcharge: Ppm
}

export interface ClaimRisk {
  /** What it is a claim on; undefined: the unit of account. */
  readonly reference: AssetId | undefined
  /** How far it moves with its reference. */
  readonly beta: Ppm
  /** What is lost when its peg slips. */
  readonly slip: ShareBySide
}

/** Of the contracts on one underlying. */
export interface ContractRisk {
  readonly perpetual: Depth | undefined
  readonly future: Depth | undefined
  readonly option: OptionRisk | undefined
}

export interface OptionRisk {
  readonly depth: Depth
  /** Least charge of a short option, share of the index. */
  readonly minimum: Ppm
  readonly grid: OptionGrid
}

/** A joint move of all factors. */
export interface Scenario {
  readonly id: string
  /** The share of its loss that is charged. */
  readonly damp: Ppm
  /** A named crash: counts on the initial side only. */
  readonly initialOnly: boolean
  /** A factor that is not named stands still. */
  readonly moves: ReadonlyMap<FactorId, Move>
}

/** Joint windows of history, one packed table for all accounts. */
export interface Windows {
  readonly count: number
  /** Moves of a factor, one a window; undefined for a factor without history. */
  readonly columns: ReadonlyMap<FactorId, readonly Move[]>
}
