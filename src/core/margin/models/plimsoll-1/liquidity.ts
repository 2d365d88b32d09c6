import { absolute, isLess, smaller, subtract } from '../../../quantity/arithmetic.ts'
import { type Depth, liquidityUp, liquidityWithinWorthUp } from '../../../quantity/liquidity.ts'
import type { Price } from '../../../quantity/price.ts'
import { cashFlowOf, valueUp, worthOf } from '../../../quantity/product.ts'
import type { Quantity } from '../../../quantity/quantity.ts'
import type { Value, WideValue } from '../../../quantity/value.ts'
import { invariant } from '../../../ledger/invariant.ts'

/** What must be bought or sold to be rid of it: contracts of one market, or a debt of one asset. */
export interface OpenSize {
  /** Q, signed. */
  readonly size: Quantity
  /** Q p in USD, exact, of either sign. */
  readonly worth: WideValue
}

/** A positive balance of one asset. */
export interface OwnedSize {
  readonly balance: Quantity
  readonly price: Price
  /** q*, by `usefulSizeDown`; 0 for what is not collateral. */
  readonly usefulSize: Quantity
}

/** What a positive balance costs, and how much of it the risk measure may see. */
export interface OwnedLiquidity {
  /** Units up to q*: these alone are an exposure. */
  readonly credited: Quantity
  /** Cost of selling them, never above their value. */
  readonly closing: Value
  /** Value of the units beyond q*, which cost exactly what they are worth. */
  readonly beyond: Value
}

/**
 * Cost of closing contracts or a debt, rounded up once. The total on its side is |Q| itself for maintenance, and what the
 * owner has on the same side over all netting sets for the initial side.
 */
export function openLiquidityUp({ size, worth }: OpenSize, depth: Depth, totalOnSide: Quantity): Value {
  requireWhole(absolute(size), totalOnSide)
  return liquidityUp(worth, totalOnSide, depth)
}

/**
 * Maintenance side of a positive balance: its own credited size sets the impact, so that a unit beyond q* adds its own
 * value and nothing else. Both parts are rounded up, against the member.
 */
export function ownedMaintenanceUp(owned: OwnedSize, depth: Depth): OwnedLiquidity {
  return split(owned, depth, smaller(owned.balance, owned.usefulSize))
}

/** Initial side of a positive balance: all that its owner has of the asset sets the impact, up to the balance's value. */
export function ownedInitialUp(owned: OwnedSize, depth: Depth, totalOnSide: Quantity): OwnedLiquidity {
  requireWhole(owned.balance, totalOnSide)
  return split(owned, depth, totalOnSide)
}

function split({ balance, price, usefulSize }: OwnedSize, depth: Depth, impactSize: Quantity): OwnedLiquidity {
  const credited = smaller(balance, usefulSize)
  const closing = liquidityWithinWorthUp(worthOf(cashFlowOf(credited), price), impactSize, depth)
  return { credited, closing, beyond: valueUp(subtract(balance, credited), price) }
}

/** With a total below its own part, the initial side would charge less than the maintenance side. */
function requireWhole(part: Quantity, total: Quantity): void {
  invariant(!isLess(total, part), 'INV-ADD-1', () => `${total} on the side is less than the netting set's own ${part}`)
}
