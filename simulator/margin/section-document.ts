/** The section `plimsoll-1` of an epoch as its text has it: plain JSON. */
export interface SectionDocument {
  readonly source: string
  readonly creditedSharePpm: number
  readonly oneWeightPpm: number
  readonly breakWeightPpm: number
  readonly factors: Readonly<Record<string, FactorDocument>>
  readonly initialFactorPpm: number
  readonly assets: Readonly<Record<string, AssetDocument>>
  readonly contracts: Readonly<Record<string, ContractDocument>>
  readonly scenarios: readonly ScenarioDocument[]
  readonly windows: { readonly count: number; readonly columns: Readonly<Record<string, readonly number[]>> }
  readonly basis: { readonly maintenancePpm: number; readonly initialPpm: number }
  readonly jumps: Readonly<Record<JumpName, { readonly longPpm: number; readonly shortPpm: number }>>
  readonly keeper: { readonly flatFeeUsd: string; readonly keeperPpm: number }
  readonly confidenceThresholdPpm: number
  readonly warnUsagePpm: number
  readonly reduceOnlyUsagePpm: number
}

export type JumpName = 'major' | 'large' | 'other'

export interface FactorDocument {
  readonly riskWeightPpm: number
  readonly loadingsPpm: readonly number[]
  readonly marketFallSign: number
  readonly earnsOffset: boolean
}

export interface DepthDocument {
  readonly halfSpreadPpm: number
  readonly impactFactorPpm: number
  readonly dailyVolatilityPpm: number
  readonly dailyVolumeUnits: string
}

export interface AssetDocument {
  readonly isCollateral: boolean
  readonly jumpClass: JumpName
  readonly depth: DepthDocument
  readonly concentration: { readonly freeUnits: string; readonly surchargePpm: number }
  readonly claim?: {
    readonly reference?: string
    readonly betaPpm: number
    readonly maintenanceSlipPpm: number
    readonly initialSlipPpm: number
  }
}

export interface GridDocument {
  readonly priceMovesPpm: readonly number[]
  readonly volatilityDownPpm: number
  readonly volatilityUpPpm: number
  readonly termPowerQuarters: number
  readonly volatilityFloor: string
}

export interface ContractDocument {
  readonly perpetual?: DepthDocument
  readonly future?: DepthDocument
  readonly option?: { readonly depth: DepthDocument; readonly minimumPpm: number; readonly grid: GridDocument }
}

export interface ScenarioDocument {
  readonly id: string
  readonly dampPpm: number
  readonly initialOnly: boolean
  readonly movesPpm: Readonly<Record<string, number>>
}
