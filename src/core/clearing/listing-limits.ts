import { isLess, positivePart, subtract } from '../quantity/arithmetic.ts'
import { quantityForDown, valueUp } from '../quantity/product.ts'
import type { AssetId } from '../instrument/identifier.ts'
import { assetsOf } from '../instrument/market.ts'
import { indexPrice, type ListedMarket } from '../market/listing.ts'
import { requireAssetBook } from '../ledger/books.ts'
import type { Event } from './event.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'

/** Whether positions of a market may only shrink: by its own status, or because one of its assets is no longer eligible. */
export function isReduceOnly(state: ReadonlyState, { status, terms }: ListedMarket): boolean {
  return status === 'reduceOnly' || assetsOf(terms).some((asset) => !isEligible(state, asset))
}

/** Whether an asset may be owed by its terms and by the last verdict on it. */
export function mayBeBorrowed(state: ReadonlyState, asset: AssetId): boolean {
  return state.assets.get(asset)?.terms.borrowable === true && isEligible(state, asset)
}

/**
 * Why a deposit may not be made: members together would hold more of the asset than its cap, at the market's price. What only
 * repays is never refused; without a price or a cap there is nothing to judge. `after` is the state with the deposit, its bounds
 * checked. What is available rounds down.
 */
export function supplyCapRejection(
  state: ReadonlyState,
  after: ReadonlyState,
  { asset, quantity }: Extract<Event, { type: 'Deposited' }>,
): Rejection | undefined {
  const capUsd = state.assets.get(asset)?.listing?.holdingCapUsd
  const price = indexPrice(state, asset)
  if (capUsd === undefined || price === undefined) return undefined
  const held = requireAssetBook(state, asset).lending.suppliedAtMost
  const now = requireAssetBook(after, asset).lending.suppliedAtMost
  if (!isLess(held, now) || !isLess(capUsd, valueUp(now, price))) return undefined
  // Below what is held now, so within the bounds of a quantity.
  const available = positivePart(subtract(quantityForDown(capUsd, price), held))
  return { reason: 'SupplyCapReached', asset, requested: quantity, available, capUsd }
}

/** Why debts in an asset may not grow: together they would pass what its terms allow. */
export function borrowCapRejection(state: ReadonlyState, after: ReadonlyState, asset: AssetId): Rejection | undefined {
  const cap = state.assets.get(asset)?.terms.borrowCap
  if (cap === undefined) return undefined
  const owed = requireAssetBook(state, asset).lending.borrowedAtLeast
  const borrowed = requireAssetBook(after, asset).lending.borrowedAtLeast
  if (!isLess(owed, borrowed) || !isLess(cap, borrowed)) return undefined
  return { reason: 'BorrowCapReached', asset, borrowed, cap, available: positivePart(subtract(cap, owed)) }
}

function isEligible(state: ReadonlyState, asset: AssetId): boolean {
  return state.assets.get(asset)?.listing?.eligible !== false
}
