import { isLess } from '../quantity/arithmetic.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import type { Timestamp } from '../quantity/timestamp.ts'
import type { Value } from '../quantity/value.ts'
import type { AssetId, MarketId } from '../instrument/identifier.ts'
import type { MarketView } from '../market/listing.ts'
import type { Order } from '../ledger/order.ts'
import type { Portfolio } from '../portfolio/portfolio.ts'
import type { Explanation } from './explanation.ts'

/** Name of a methodology, such as `standard`. Never edited once live: a change is a new id. */
export type MarginModelId = string

/** Everything a requirement depends on. The same input gives the same integers on every machine. */
export interface MarginInput<Parameters> {
  readonly portfolio: Portfolio
  readonly orders: readonly Order[]
  readonly market: MarketView
  readonly parameters: Parameters
  readonly time: Timestamp
}

/**
 * One comparison of what a netting set has with what is required of it. `value` is the net liquidation value in house
 * models and the venue's own weighted collateral in presets; `sufficient` is the model's own comparison.
 */
export interface Side {
  readonly value: Value
  readonly requirement: Value
  readonly sufficient: boolean
}

/** A market datum a portfolio cannot be margined without. */
export type MarketDataKey =
  | { readonly kind: 'index'; readonly asset: AssetId }
  | { readonly kind: 'mark'; readonly market: MarketId }

export type DecodedParameters<Parameters> =
  | { readonly ok: true; readonly parameters: Parameters }
  | { readonly ok: false; readonly field: string; readonly expected: string; readonly found: string }

/** What the initial side looks at beyond the netting set itself: nothing of it ever changes a maintenance margin. */
export interface Elsewhere {
  /** The owner's other netting sets: their sizes count in what closing this one costs. */
  readonly others: () => readonly Portfolio[]
  /** What all accounts of the venue together own of an asset, units, >= 0. */
  readonly venueHolding: (asset: AssetId) => Quantity
}

/** Nothing is held elsewhere. */
export const NOWHERE_ELSE: Elsewhere = { others: () => [], venueHolding: () => NO_QUANTITY }

export interface InitialInput<Parameters> extends MarginInput<Parameters> {
  readonly elsewhere: Elsewhere
}

/**
 * A margin methodology: pure functions of its input. Maintenance and initial margin are two functions, not one, because
 * the sweep after every price asks for maintenance alone, and initial margin costs as much again.
 */
export interface MarginModel<Parameters> {
  readonly id: MarginModelId
  /** Reads the model's own section of an epoch; says what is wrong with it by field. */
  decodeParameters(section: unknown): DecodedParameters<Parameters>
  /** What must have a price before the portfolio can be margined. */
  requires(portfolio: Portfolio, market: MarketView): readonly MarketDataKey[]
  /** A cheap look that saves most work: true only if `maintenance(input).sufficient`; false says nothing. Absent: there is none. */
  isSurelySufficient?(input: MarginInput<Parameters>): boolean
  /** Decides liquidation. Orders play no part. */
  maintenance(input: MarginInput<Parameters>): Side
  /** Decides new risk, withdrawals and transfers: open orders at their worst side. */
  initial(input: InitialInput<Parameters>): Side
  /** Where the maintenance requirement comes from: it adds up to `maintenance(input).requirement`, always. */
  explainMaintenance(input: MarginInput<Parameters>): Explanation
  /** Where the initial requirement comes from: it adds up to `initial(input).requirement`, always. */
  explainInitial(input: InitialInput<Parameters>): Explanation
}

/** Side of a house model: sufficient iff value >= requirement. */
export function houseSide(value: Value, requirement: Value): Side {
  return { value, requirement, sufficient: !isLess(value, requirement) }
}
