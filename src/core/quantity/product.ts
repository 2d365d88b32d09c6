import { type CashFlow, cashFlow } from './cash-flow.ts'
import type { FundingIndex } from './funding-index.ts'
import type { Ppm } from './ppm.ts'
import { type Price, PRICE_BOUND, price } from './price.ts'
import { type Quantity, quantity, QUANTITY_BOUND } from './quantity.ts'
import { divCeil, divFloor } from './rounding.ts'
import { MILLION, ONE } from './unit.ts'
import { type Value, type WideValue, value, wideValue } from './value.ts'

const WIDE = ONE * ONE

/** Quantity times price: exact, no rounding. */
export function costOf(quantityTraded: Quantity, at: Price): CashFlow {
  return cashFlow(quantityTraded * at)
}

/** Quantity of an asset as an exact cash flow of the same asset. */
export function cashFlowOf(amount: Quantity): CashFlow {
  return cashFlow(amount * ONE)
}

/** Contracts times a funding index: exact. */
export function fundingOf(contracts: Quantity, index: FundingIndex): CashFlow {
  return cashFlow(contracts * index)
}

/** Cash flow in whole atoms of its asset, rounded down (against whoever receives it). */
export function quantityDown(flow: CashFlow): Quantity {
  return quantity(divFloor(flow, ONE))
}

/** Cash flow in whole atoms of its asset, rounded up (against whoever pays it). */
export function quantityUp(flow: CashFlow): Quantity {
  return quantity(divCeil(flow, ONE))
}

/** Exact worth in USD of a cash flow of an asset at that asset's price. */
export function worthOf(flow: CashFlow, at: Price): WideValue {
  return wideValue(flow * at)
}

/** Share of an exact worth, times a million: kept exact by scaling up, see `narrowShareUp`. */
export function shareOf(worth: WideValue, share: Ppm): WideValue {
  return wideValue(worth * share)
}

/** Rounds down: what a member owns. */
export function narrowDown(worth: WideValue): Value {
  return value(divFloor(worth, WIDE))
}

/** Rounds up: what a member owes or must hold. */
export function narrowUp(worth: WideValue): Value {
  return value(divCeil(worth, WIDE))
}

/** Narrows a sum of `shareOf` terms (a million times too large); rounds up. */
export function narrowShareUp(shares: WideValue): Value {
  return value(divCeil(shares, WIDE * MILLION))
}

/** Narrows a sum of `shareOf` terms to the nearest, halves away from zero: an exposure, of which neither direction is safe. */
export function narrowShareNearest(shares: WideValue): Value {
  const unit = WIDE * MILLION
  const size = shares < 0n ? -shares : shares
  const rounded = divFloor(2n * size + unit, 2n * unit)
  return value(shares < 0n ? -rounded : rounded)
}

/** A value at full scale: exact. */
export function widen(narrow: Value): WideValue {
  return wideValue(narrow * WIDE)
}

/** Worth of a quantity at a price in USD, rounded down. */
export function valueDown(amount: Quantity, at: Price): Value {
  return value(divFloor(amount * at, ONE))
}

/** Worth of a quantity at a price in USD, rounded up. */
export function valueUp(amount: Quantity, at: Price): Value {
  return value(divCeil(amount * at, ONE))
}

/** Share of a value, rounded down. */
export function shareDown(whole: Value, share: Ppm): Value {
  return value(divFloor(whole * share, MILLION))
}

/** Share of a value, rounded up. */
export function shareUp(whole: Value, share: Ppm): Value {
  return value(divCeil(whole * share, MILLION))
}

/** Share of a quantity, rounded up to whole steps; never beyond the quantity itself. For quantities >= 0. */
export function shareOfQuantityUp(whole: Quantity, share: Ppm, step: Quantity): Quantity {
  const steps = divCeil(whole * share, MILLION * step)
  const rounded = steps * step
  return quantity(rounded < whole ? rounded : whole)
}

/** Price lowered by a share, rounded down, at least one atom: what a seller gets. */
export function priceLessDown(at: Price, share: Ppm): Price {
  const lowered = divFloor(at * (MILLION - share), MILLION)
  return price(lowered > 0n ? lowered : 1n)
}

/** Price raised by a share, rounded up, at most the highest price there is: what a buyer pays. */
export function pricePlusUp(at: Price, share: Ppm): Price {
  const raised = divCeil(at * (MILLION + share), MILLION)
  return price(raised < PRICE_BOUND ? raised : PRICE_BOUND - 1n)
}

/** Least quantity whose worth at the price reaches a value: rounded up. */
export function quantityForUp(worth: Value, at: Price): Quantity {
  return quantity(divCeil(worth * ONE, at))
}

/** The same of either sign, but within the largest quantity there is: no fill moves more. */
export function payableForUp(worth: Value, at: Price): Quantity {
  const least = divCeil(worth * ONE, at)
  const most = QUANTITY_BOUND - 1n
  return quantity(least > most ? most : least < -most ? -most : least)
}

/** Greatest quantity whose worth at the price stays within a value: rounded down. */
export function quantityForDown(worth: Value, at: Price): Quantity {
  return quantity(divFloor(worth * ONE, at))
}
