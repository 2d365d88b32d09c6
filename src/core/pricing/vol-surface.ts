import type { Price } from '../quantity/price.ts'
import type { Rate } from '../quantity/rate.ts'
import type { Timestamp } from '../quantity/timestamp.ts'

/** Volatilities of an underlying by expiry and strike, 1e-18 per root of a year. */
export interface VolatilitySurface {
  /** Ascending by expiry, each once. */
  readonly slices: readonly VolatilitySlice[]
}

export interface VolatilitySlice {
  readonly expiry: Timestamp
  readonly forward: Price
  readonly smile: Smile
}

export type Smile = StrikeSmile | DeltaSmile | SviSmile | FlatSmile

export interface StrikeSmile {
  readonly kind: 'strikes'
  /** Ascending by strike, each once, at least one. */
  readonly pillars: readonly { readonly strike: Price; readonly volatility: Rate }[]
}

export interface DeltaSmile {
  readonly kind: 'deltas'
  /**
   * At least one. A delta is undiscounted and of the forward: N(d1) of a call, above 0 and below 1; N(d1) - 1 of a put, below 0
   * and above -1.
   */
  readonly pillars: readonly { readonly delta: Rate; readonly volatility: Rate }[]
}

/** Total variance w(k) = a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2)) at k = ln(K/F): Gatheral and Jacquier 2014, "raw". */
export interface SviSmile {
  readonly kind: 'svi'
  readonly a: Rate
  readonly b: Rate
  readonly rho: Rate
  readonly m: Rate
  readonly sigma: Rate
  /** Years that w is the variance of, above 0; undefined for the time to the slice's expiry. */
  readonly tau: Rate | undefined
}

export interface FlatSmile {
  readonly kind: 'flat'
  readonly volatility: Rate
}
