import { isLess, isPositive, smaller } from '../quantity/arithmetic.ts'
import type { Price } from '../quantity/price.ts'
import { quantityForDown, quantityForUp, valueDown, valueUp } from '../quantity/product.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Value } from '../quantity/value.ts'
import type { CloseOutCost } from '../instrument/close-out-cost.ts'
import { forcedPurchasePrice, forcedSalePrice } from './close-out-price.ts'

/** An asset as the outside world trades it at once. */
export interface TradedAsset {
  readonly price: Price
  readonly closeOutCost: CloseOutCost
}

/** What is given of one asset for what is got of another, and what changed hands in USD. */
export interface ForcedExchange {
  readonly given: Quantity
  readonly got: Quantity
  readonly value: Value
}

/**
 * One asset sold for another to the outside world, both at forced prices: `wanted` of the target, or as much as all of the source
 * buys if that is less. What is given rounds up, what is got rounds down. Undefined if it buys nothing.
 */
export function forcedExchange(
  source: TradedAsset & { readonly quantity: Quantity },
  target: TradedAsset,
  wanted: Quantity,
): ForcedExchange | undefined {
  const buyAt = forcedPurchasePrice(target.price, valueUp(wanted, target.price), target.closeOutCost)
  const bill = valueUp(wanted, buyAt)
  const sellAt = forcedSalePrice(source.price, bill, source.closeOutCost)
  // Compared by value: what the bill needs of a worthless asset is beyond the bounds of a quantity.
  if (!isLess(valueDown(source.quantity, sellAt), bill))
    return { given: quantityForUp(bill, sellAt), got: wanted, value: bill }
  const sellAllAt = forcedSalePrice(source.price, valueUp(source.quantity, source.price), source.closeOutCost)
  const proceeds = valueDown(source.quantity, sellAllAt)
  const got = smaller(wanted, quantityForDown(proceeds, buyAt))
  return isPositive(got) ? { given: source.quantity, got, value: proceeds } : undefined
}
