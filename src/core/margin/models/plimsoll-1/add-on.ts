import { absolute, add, larger, negativePart } from '../../../quantity/arithmetic.ts'

import { narrowShareUp, shareOf } from '../../../quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../../../quantity/quantity.ts'
import { NO_VALUE, NO_WIDE_VALUE, type Value, type WideValue } from '../../../quantity/value.ts'

import { openLiquidityUp, ownedInitialUp, ownedMaintenanceUp } from './liquidity.ts'
import type { OptionItem, RiskItem } from './risk-item.ts'

/** What closing an item costs, and what of it is charged in full because nothing else is known or useful; USD, >= 0. */
export interface ItemCharge {
  readonly closing: Value
  readonly inFull: Value
}

const NO_CHARGE: ItemCharge = { closing: NO_VALUE, inFull: NO_VALUE }

/** Maintenance side: an item's own size sets the impact of closing it. */
export function maintenanceCharge(item: RiskItem): ItemCharge {
  if (item.kind !== 'owned') return openCharge(item, openSize(item))
  const { closing, beyond } = ownedMaintenanceUp(item.owned, item.depth)
  return { closing, inFull: beyond }
}

/** Initial side: what the owner has on the same side in other netting sets, >= 0, adds to the impact. */
export function initialCharge(item: RiskItem, elsewhereOnSide: Quantity): ItemCharge {
  if (item.kind !== 'owned') return openCharge(item, add(openSize(item), elsewhereOnSide))
  const { closing, beyond } = ownedInitialUp(item.owned, item.depth, add(item.owned.balance, elsewhereOnSide))
  return { closing, inFull: beyond }
}

/** What an item adds to N, by which a keeper is paid: contracts and debts, never collateral. Exact. */
export function keeperNotional(item: RiskItem): WideValue {
  switch (item.kind) {
    case 'owned':
      return NO_WIDE_VALUE
    case 'debt':
    case 'contract':
      return absolute(item.open.worth)
    case 'option':
      return absolute(item.notional)
    case 'unmeasured':
      return item.sort === 'collateral' ? NO_WIDE_VALUE : absolute(item.notional)
    case 'cash':
      return negativePart(item.worth)
    default:
      return item satisfies never
  }
}

/** Per underlying, a share of the index times the larger of net short calls and net short puts, over all strikes and expiries; rounded up once. */
export function shortOptionMinimumUp(options: readonly OptionItem[]): Value {
  let sum = NO_WIDE_VALUE
  for (const held of Map.groupBy(options, ({ terms }) => terms.underlying).values()) {
    const share = held[0]?.risk.minimum
    if (share !== undefined) sum = add(sum, shareOf(larger(netShort(held, 'call'), netShort(held, 'put')), share))
  }
  return narrowShareUp(sum)
}

function netShort(options: readonly OptionItem[], right: 'call' | 'put'): WideValue {
  let net = NO_WIDE_VALUE
  for (const { terms, notional } of options) if (terms.right === right) net = add(net, notional)
  return negativePart(net)
}

type OpenItem = Exclude<RiskItem, { kind: 'owned' }>

function openSize(item: RiskItem): Quantity {
  return 'open' in item ? absolute(item.open.size) : NO_QUANTITY
}

function openCharge(item: OpenItem, totalOnSide: Quantity): ItemCharge {
  switch (item.kind) {
    case 'debt':
    case 'contract':
      return { closing: openLiquidityUp(item.open, item.depth, totalOnSide), inFull: NO_VALUE }
    case 'option':
      return { closing: openLiquidityUp(item.open, item.risk.depth, totalOnSide), inFull: NO_VALUE }
    case 'unmeasured':
      return { closing: NO_VALUE, inFull: item.charge }
    case 'cash':
      return NO_CHARGE
    default:
      return item satisfies never
  }
}
