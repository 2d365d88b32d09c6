import { isLess, isPositive, isZero, negate, positivePart, smaller, subtract } from '../quantity/arithmetic.ts'
import { quantityForUp, valueDown } from '../quantity/product.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { NO_VALUE, type Value } from '../quantity/value.ts'
import type { AssetId } from '../instrument/identifier.ts'
import type { MarketView } from '../market/listing.ts'
import { owedPrice } from '../market/redemption.ts'
import type { Shortfall } from './cover-shortfall.ts'

/** What a closed bucket with a line asks of its pool: NLVs in USD, the debts in the order of their assets' names. */
export interface LineCall {
  readonly line: Value
  readonly bucketValue: Value
  readonly poolValue: Value
  readonly shortfalls: readonly Shortfall[]
}

/** What the pool pays, USD, and the debts it takes over for it. */
export interface LinePayment {
  readonly value: Value
  readonly debts: readonly { readonly asset: AssetId; readonly quantity: Quantity }[]
}

/**
 * METHODOLOGY 7: the pool pays the least of what the bucket is below zero, its line and what the pool is worth, by taking over
 * debts worth that at the prices at which they are owed, in the order given. A whole debt counts for its value rounded down, the last part is
 * rounded up: against the pool, by less than a unit each. A debt without a price is not taken over. Undefined: nothing is paid.
 */
export function linePayment(
  { line, bucketValue, poolValue, shortfalls }: LineCall,
  market: MarketView,
): LinePayment | undefined {
  const value = smaller(positivePart(negate(bucketValue)), smaller(line, positivePart(poolValue)))
  const debts: { asset: AssetId; quantity: Quantity }[] = []
  let left = value
  for (const { asset, quantity } of shortfalls) {
    const price = owedPrice(market, asset)
    if (price === undefined || isZero(left)) continue
    const worth = valueDown(quantity, price)
    const isPart = isLess(left, worth)
    debts.push({ asset, quantity: isPart ? quantityForUp(left, price) : quantity })
    left = isPart ? NO_VALUE : subtract(left, worth)
  }
  return isPositive(value) && debts.length > 0 ? { value, debts } : undefined
}
