/** The section `plimsoll-1` of an epoch, as JSON: its README in core has the meaning, unit and range of each field. */
export interface Section {
  readonly source: string
  readonly creditedSharePpm: number
  readonly oneWeightPpm: number
  readonly breakWeightPpm: number
  readonly factors: Readonly<Record<string, FactorRow>>
  readonly initialFactorPpm: number
  readonly assets: Readonly<Record<string, AssetRow>>
  readonly contracts: Readonly<Record<string, ContractRow>>
  readonly scenarios: readonly ScenarioRow[]
  readonly windows: { readonly count: number; readonly columns: Readonly<Record<string, readonly number[]>> }
  readonly basis: { readonly maintenancePpm: number; readonly initialPpm: number }
  readonly jumps: Readonly<Record<string, { readonly longPpm: number; readonly shortPpm: number }>>
  readonly keeper: { readonly flatFeeUsd: string; readonly keeperPpm: number }
  readonly confidenceThresholdPpm: number
  readonly warnUsagePpm: number
  readonly reduceOnlyUsagePpm: number
}

export interface FactorRow {
  readonly riskWeightPpm: number
  readonly loadingsPpm: readonly number[]
  readonly marketFallSign: -1 | 1
  readonly earnsOffset: boolean
}

export interface DepthRow {
  readonly halfSpreadPpm: number
  readonly impactFactorPpm: number
  readonly dailyVolatilityPpm: number
  readonly dailyVolumeUnits: string
}

export interface AssetRow {
  readonly isCollateral: boolean
  readonly jumpClass: string
  readonly depth: DepthRow
  readonly concentration: { readonly freeUnits: string; readonly surchargePpm: number }
  readonly claim?: {
    readonly reference?: string
    readonly betaPpm: number
    readonly maintenanceSlipPpm: number
    readonly initialSlipPpm: number
  }
}

export interface ContractRow {
  readonly perpetual?: DepthRow
  readonly future?: DepthRow
  readonly option?: { readonly depth: DepthRow; readonly minimumPpm: number; readonly grid: GridRow }
}

export interface GridRow {
  readonly priceMovesPpm: readonly number[]
  readonly volatilityDownPpm: number
  readonly volatilityUpPpm: number
  readonly termPowerQuarters: number
  readonly volatilityFloor: string
}

export interface ScenarioRow {
  readonly id: string
  readonly dampPpm: number
  readonly initialOnly: boolean
  readonly movesPpm: Readonly<Record<string, number>>
}
