import type { Ppm } from '../quantity/ppm.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { BorrowCurve } from './borrow-curve.ts'
import type { CloseOutCost } from './close-out-cost.ts'
import type { AssetId } from './identifier.ts'

/** When a price of the asset, or a mark of a contract on it, may be relied upon (METHODOLOGY 1b). */
export interface PriceRules {
  /** A price older than this is stale, milliseconds. */
  readonly freshForMs: number
  /** A half-width above this share of the price is low confidence. */
  readonly lowConfidencePpm: Ppm
  /** Standard deviation of one day's return: the benefit of the doubt widens with it while a price is stale. */
  readonly dailyVolatilityPpm: Ppm
}

/** What a claim stands for: a staked token for its coin, a stablecoin for the unit of account. */
export interface Backing {
  /** Absent: the unit of account. */
  readonly reference?: AssetId
  /** Whether its issuer takes it back at the exchange rate: then what is owned is worth no more than that, and what is owed no less. */
  readonly redeemable: boolean
}

/** Terms of an asset that can be held or owed. */
export interface Asset {
  readonly id: AssetId
  /** Decimals of the asset where it is kept: deposits and withdrawals are whole native units (at most 18). */
  readonly nativeDecimals: number
  readonly borrowable: boolean
  /** Most that members together may owe, units; absent: as much as is lent. */
  readonly borrowCap?: Quantity
  /** What negative balances pay and positive ones share. */
  readonly borrowCurve: BorrowCurve
  readonly priceRules: PriceRules
  /** Undefined: it stands for itself. */
  readonly backing?: Backing
  /** Of selling it as collateral, or buying it to repay a debt. */
  readonly closeOutCost: CloseOutCost
}
