import type { Price } from '../../core/quantity/price.ts'
import type { Rate } from '../../core/quantity/rate.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import type { Value } from '../../core/quantity/value.ts'

/** A price of an asset in USD, or of a market in its quote per unit of the underlying. */
export interface FilePrice {
  readonly mark: Price
  readonly index: Price | undefined
  readonly smoothed: Price | undefined
  readonly bid: Price | undefined
  readonly ask: Price | undefined
  /** Of an option: the implied volatility of this mark, a year. */
  readonly vol: Rate | undefined
  readonly observed: Observed
  /** From 0 to 1, certain. */
  readonly confidence: Rate
  /** Half-width of the source's interval, in the unit of the price. */
  readonly interval: Value | undefined
  readonly sources: number | undefined
}

/** When a price was seen: at a time, or so long before the moment of valuation. */
export type Observed =
  | { readonly kind: 'at'; readonly at: Timestamp }
  | { readonly kind: 'age'; readonly ageMs: number }

/** Implied volatility of an underlying, a year: the same for all its options, or by expiry. */
export type FileVols =
  | { readonly kind: 'flat'; readonly vol: Rate }
  | { readonly kind: 'slices'; readonly slices: readonly VolSlice[] }

export interface VolSlice {
  readonly expiry: Timestamp
  readonly forward: Price | undefined
  readonly rate: Rate | undefined
  readonly confidence: Rate | undefined
  readonly at: Timestamp | undefined
  readonly smile: Smile
}

export type Smile =
  | { readonly kind: 'points'; readonly points: readonly VolPoint[] }
  | { readonly kind: 'svi'; readonly svi: Svi }

export type VolPoint =
  | { readonly kind: 'strike'; readonly strike: Price; readonly vol: Rate }
  /** Call deltas are above zero, put deltas below. */
  | { readonly kind: 'delta'; readonly delta: Rate; readonly vol: Rate }

/** Parameters of total variance: a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2)); `tau` in years. */
export interface Svi {
  readonly a: Rate
  readonly b: Rate
  readonly rho: Rate
  readonly m: Rate
  readonly sigma: Rate
  readonly tau: Rate | undefined
}

/** Funding of a perpetual: positive rates are paid by longs, once an interval. */
export interface FileFunding {
  readonly rate: Rate
  readonly intervalMs: number
  readonly nextAt: Timestamp | undefined
}

export const CERTAIN_AGE: Observed = { kind: 'age', ageMs: 0 }
