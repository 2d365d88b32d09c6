/**
 * What a person or a calibration says of an epoch of model plimsoll-1: plain figures, shares of one where not said otherwise.
 * All the rest of the epoch's section follows from it.
 */
export interface EpochDescription {
  /** Where the figures come from. */
  readonly source: string
  /** c, w_one and w_break of METHODOLOGY 2 and 3; iota of 5. */
  readonly creditedShare: number
  readonly oneWeight: number
  readonly breakWeight: number
  readonly initialFactor: number
  /** By name, such as `ETH`, `ETH/vol`, `ETH/basis/perpetual`, `USDC/peg`. */
  readonly factors: Readonly<Record<string, FactorDescription>>
  readonly assets: Readonly<Record<string, AssetDescription>>
  /** By underlying. */
  readonly contracts: Readonly<Record<string, ContractDescription>>
  readonly crashes: readonly CrashDescription[]
  /** By factor, one a window, all as long: log returns in standard deviations of their own day. */
  readonly windows: Readonly<Record<string, readonly number[]>>
  readonly basis: SlipDescription
  readonly jumps: Readonly<Record<Tier, JumpDescription>>
  /** USD, and a share of what is closed. */
  readonly keeper: { readonly flatFeeUsd: number; readonly share: number }
  readonly confidenceThreshold: number
  readonly warnUsage: number
  readonly reduceOnlyUsage: number
}

export interface FactorDescription {
  /** Standard deviation of a day's log return, as it is today. */
  readonly dailySigma: number
  /** x: the log move at the target coverage over the margin period of risk; Infinity for a risk weight of one. */
  readonly logMove: number
  readonly loadings: readonly [number, number, number, number]
  readonly inMarketFall: 'down' | 'up'
  readonly earnsOffset: boolean
}

export type Tier = 'major' | 'large' | 'other'

export interface AssetDescription {
  readonly isCollateral: boolean
  readonly tier: Tier
  readonly trading: TradingDescription
  /** Of what the venue holds beyond the free units this share is charged. */
  readonly concentration: { readonly freeUnits: number; readonly surcharge: number }
  readonly claim?: ClaimDescription
}

export interface ClaimDescription {
  /** The asset it stands for; without one it is the unit of account. */
  readonly reference?: string
  readonly beta: number
  readonly slip: SlipDescription
}

export interface SlipDescription {
  readonly maintenance: number
  readonly initial: number
}

/** What closing costs: half the spread, Y in daily standard deviations, and what a day trades on average. */
export interface TradingDescription {
  readonly halfSpread: number
  readonly impactFactor: number
  /** Whole units. */
  readonly dailyVolumeUnits: number
}

export interface ContractDescription {
  readonly perpetual?: TradingDescription
  readonly future?: TradingDescription
  readonly option?: OptionDescription
}

export interface OptionDescription {
  readonly trading: TradingDescription
  /** Least charge of a short option, share of the index. */
  readonly minimum: number
  /** Relative moves of the volatility of an option with 30 days to go, below and above 0. */
  readonly volatilityDown: number
  readonly volatilityUp: number
  /** Quarters of the power by which that move falls with the time to expiry. */
  readonly termPowerQuarters: number
  /** A year's, as a decimal string. */
  readonly volatilityFloor: string
}

/** A day that has a name. */
export interface CrashDescription {
  readonly id: string
  readonly damp: number
  /** Simple returns by factor; one that is not named stood still. */
  readonly returns: Readonly<Record<string, number>>
}

export interface JumpDescription {
  readonly long: number
  readonly short: number
}
