import type { Ppm } from '../quantity/ppm.ts'
import type { Value } from '../quantity/value.ts'

/**
 * Why an asset is listed as it is. Refuse a listing (METHODOLOGY 9 and 5): `TooFewPrices`, `OneSource`, `Collapsed`,
 * `AlgorithmicClaim`. Keep it from being collateral: `NoVolumeData`, `TooVolatile`, `PegSlipped`. Keep it from earning an offset
 * (METHODOLOGY 2): `ShortHistory`, `NoDepthData`, `ThinDepth`.
 */
export type ListingReason =
  | 'TooFewPrices'
  | 'OneSource'
  | 'Collapsed'
  | 'AlgorithmicClaim'
  | 'NoVolumeData'
  | 'TooVolatile'
  | 'PegSlipped'
  | 'ShortHistory'
  | 'NoDepthData'
  | 'ThinDepth'

/** What an asset may be, as judged from evidence. */
export interface ListingVerdict {
  /** Whether it may be listed; listed already and not eligible any more: its debts and positions may only shrink. */
  readonly eligible: boolean
  /** Whether what is owned of it counts toward a requirement. Never without being eligible. */
  readonly asCollateral: boolean
  /** Largest share of its value that may count, whatever an epoch says. Zero unless collateral. */
  readonly weightCapPpm: Ppm
  /** Most that all members together may hold by depositing, USD. Absent: nobody measured the volume it would follow from. */
  readonly holdingCapUsd?: Value
  /** In the order of `ListingReason`; empty: nothing to say against it. */
  readonly reasons: readonly ListingReason[]
}

/** Whether an asset fell too far or was halted: no hedge with it counts, and it is charged in full. Without a verdict it is not. */
export function isCollapsed(verdict: ListingVerdict | undefined): boolean {
  return verdict?.reasons.includes('Collapsed') ?? false
}
