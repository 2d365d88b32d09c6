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

/** What a netting set has, and a figure its maintenance requirement never exceeds. */
export interface MarginBound {
  readonly value: Value
  readonly atMost: Value
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
 * Both requirements and where they come from: pure functions of their input. Maintenance and initial margin are two functions,
 * not one, because the sweep after every price asks for maintenance alone, and initial margin costs as much again.
 */
export interface Requirements<Parameters> {
  /** A cheap look that saves most work: true only if `maintenance(input).sufficient`; false says nothing. Absent: there is none. */
  isSurelySufficient?(input: MarginInput<Parameters>): boolean
  /** A cheap bound of `maintenance(input)` with the same value; undefined where there is none for the portfolio. Absent: there never is. */
  boundMaintenance?(input: MarginInput<Parameters>): MarginBound | undefined
  /** Decides liquidation. Orders play no part. */
  maintenance(input: MarginInput<Parameters>): Side
  /** Decides new risk, withdrawals and transfers: open orders at their worst side. */
  initial(input: InitialInput<Parameters>): Side
  /** Where the maintenance requirement comes from: it adds up to `maintenance(input).requirement`, always. */
  explainMaintenance(input: MarginInput<Parameters>): Explanation
  /** Where the initial requirement comes from: it adds up to `initial(input).requirement`, always. */
  explainInitial(input: InitialInput<Parameters>): Explanation
}

/** A margin methodology. */
export interface MarginModel<Parameters> extends Requirements<Parameters> {
  readonly id: MarginModelId
  /** Reads the model's own section of an epoch; says what is wrong with it by field. */
  decodeParameters(section: unknown): DecodedParameters<Parameters>
  /** What must have a price before the portfolio can be margined. */
  requires(portfolio: Portfolio, market: MarketView): readonly MarketDataKey[]
  /**
   * Older parameters with the rows that only newer ones have, so that what the older ones do not know is charged by the newer at
   * once (METHODOLOGY 2, "Ramp"). It changes nothing of what they know. Absent from a preset, whose `value` is not the NLV: its
   * requirement cannot be blended with another, so no epoch ramps from or to it.
   */
  completed?(older: Parameters, newer: Parameters): Parameters
}

/** What charges at one moment: requirements with the parameters they are computed by. */
export interface MarginRule {
  readonly model: Requirements<unknown>
  readonly parameters: unknown
}

/** Side of a house model: sufficient iff value >= requirement. */
export function houseSide(value: Value, requirement: Value): Side {
  return { value, requirement, sufficient: !isLess(value, requirement) }
}
