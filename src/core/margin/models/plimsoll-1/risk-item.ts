import { absolute, add, isNegative, isPositive, smaller } from '../../../quantity/arithmetic.ts'
import type { Depth } from '../../../quantity/liquidity.ts'
import { ONE_DOLLAR, type Price } from '../../../quantity/price.ts'
import { cashFlowOf, costOf, narrowUp, quantityUp, worthOf } from '../../../quantity/product.ts'
import { WHOLE } from '../../../quantity/ppm.ts'
import { NO_QUANTITY, type Quantity } from '../../../quantity/quantity.ts'
import type { Value, WideValue } from '../../../quantity/value.ts'
import { type AssetId, assetId, type MarketId } from '../../../instrument/identifier.ts'
import type { DatedFuture, EuropeanOption, Perpetual } from '../../../instrument/market.ts'
import { indexPrice, type MarketView, type OptionPricing, type ValuedContract } from '../../../market/listing.ts'
import { isCollapsed } from '../../../market/listing-verdict.ts'
import { hasNodes } from '../../../pricing/option-nodes.ts'
import type { Claim } from '../../../portfolio/claims.ts'
import type { OpenSize, OwnedSize } from './liquidity.ts'
import type { OptionRisk } from './parameters.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { factorsOfAsset, factorsOfContract, type RiskLine, riskLine } from './risk-line.ts'

/** One thing a netting set has or owes, as this model measures it. */
export type RiskItem = OwnedItem | DebtItem | ContractItem | OptionItem | CashItem | UnmeasuredItem

/** A positive claim on an asset of the epoch: balance and unsettled profit in it. */
export interface OwnedItem {
  readonly kind: 'owned'
  readonly id: AssetId
  readonly owned: OwnedSize
  readonly depth: Depth
  /** Of the units up to q*; of none for what is no collateral. */
  readonly line: RiskLine
}

/** A negative claim on an asset of the epoch. */
export interface DebtItem {
  readonly kind: 'debt'
  readonly id: AssetId
  readonly open: OpenSize
  readonly depth: Depth
  readonly line: RiskLine
}

/** Contracts whose value follows the price of the underlying. */
export interface ContractItem {
  readonly kind: 'contract'
  readonly id: MarketId
  readonly terms: Perpetual | DatedFuture
  readonly open: OpenSize
  readonly depth: Depth
  readonly line: RiskLine
}

export interface OptionItem {
  readonly kind: 'option'
  readonly id: MarketId
  readonly terms: EuropeanOption
  /** Signed, with its mark value. */
  readonly open: OpenSize
  readonly risk: OptionRisk
  readonly pricing: OptionPricing
  readonly settlementPrice: Price
  /** Quantity at the index of the underlying, signed. */
  readonly notional: WideValue
}

/** The unit of account itself: no price, so no risk. */
export interface CashItem {
  readonly kind: 'cash'
  readonly id: AssetId
  readonly worth: WideValue
}

/** Not in the epoch, collapsed (METHODOLOGY 9), owed while all of it may be lost, or without the data it needs: charged in full, no hedge for anything. */
export interface UnmeasuredItem {
  readonly kind: 'unmeasured'
  readonly id: AssetId | MarketId
  readonly sort: 'collateral' | 'borrow' | 'position'
  /** What it may lose at most, by convention for what may lose more than it is worth: rounded up. */
  readonly charge: Value
  /** What closing it would turn over, signed. */
  readonly notional: WideValue
}

const UNIT_OF_ACCOUNT = assetId('USD')

/** What a claim is to the model. */
export function assetItem({ asset, listed, flow, price }: Claim, epoch: PreparedEpoch): RiskItem {
  const worth = worthOf(flow, price)
  if (asset === UNIT_OF_ACCOUNT && price === ONE_DOLLAR) return { kind: 'cash', id: asset, worth }
  const risk = epoch.parameters.assets.get(asset)
  const isOwned = isPositive(flow)
  if (risk === undefined || isCollapsed(listed.listing)) {
    return unmeasured(asset, isOwned ? 'collateral' : 'borrow', worth)
  }
  const { depth } = risk
  const factors = factorsOfAsset(asset, risk)
  if (!isOwned) {
    // Each unit paid back would otherwise raise MM by more than it is worth, if the debt hedges something else.
    if (epoch.requiredAloneOf(asset) === WHOLE) return unmeasured(asset, 'borrow', worth)
    const open = { size: quantityUp(absolute(flow)), worth }
    return { kind: 'debt', id: asset, open, depth, line: riskLine(asset, worth, factors, epoch.parameters) }
  }
  const usefulSize = listed.listing?.asCollateral === false ? NO_QUANTITY : epoch.usefulSizeOf(asset)
  const credited = worthOf(smaller(flow, cashFlowOf(usefulSize)), price)
  const owned = { balance: quantityUp(flow), price, usefulSize }
  return { kind: 'owned', id: asset, owned, depth, line: riskLine(asset, credited, factors, epoch.parameters) }
}

function unmeasured(
  id: UnmeasuredItem['id'],
  sort: UnmeasuredItem['sort'],
  notional: WideValue,
  most = absolute(notional),
): UnmeasuredItem {
  return { kind: 'unmeasured', id, sort, charge: narrowUp(most), notional }
}

/** What contracts of one market are to the model. */
export function contractItem(
  quantity: Quantity,
  { terms, mark, settlementPrice }: ValuedContract,
  view: MarketView,
  { parameters }: PreparedEpoch,
): RiskItem {
  const hasCollapsed = isCollapsed(view.assets.get(terms.underlying)?.listing)
  const risk = hasCollapsed ? undefined : parameters.contracts.get(terms.underlying)
  const open = { size: quantity, worth: worthOf(costOf(quantity, mark), settlementPrice) }
  const own = parameters.markets.get(terms.id)
  if (terms.kind === 'option') {
    const ofKind = risk?.option
    const option = ofKind === undefined || own === undefined ? ofKind : { ...ofKind, depth: own }
    return optionItem({ terms, open, settlementPrice, risk: option }, view)
  }
  const ofKind = terms.kind === 'perpetual' ? risk?.perpetual : risk?.future
  if (ofKind === undefined) return unmeasured(terms.id, 'position', open.worth)
  const depth = own ?? ofKind
  const line = riskLine(terms.id, open.worth, factorsOfContract(terms), parameters)
  return { kind: 'contract', id: terms.id, terms, open, depth, line }
}

/**
 * Without figures of the epoch, a pricing that its grid can move, or an index it is charged what a holder may lose: its value; for a
 * writer also the whole of what it is written on, at the strike where there is no index.
 */
function optionItem(
  option: {
    readonly terms: EuropeanOption
    readonly open: OpenSize
    readonly settlementPrice: Price
    readonly risk: OptionRisk | undefined
  },
  view: MarketView,
): RiskItem {
  const { terms, open, settlementPrice, risk } = option
  const index = indexPrice(view, terms.underlying)
  const pricing = view.markets.get(terms.id)?.pricing
  const notional =
    index === undefined
      ? worthOf(costOf(open.size, terms.strike), settlementPrice)
      : worthOf(costOf(open.size, index), ONE_DOLLAR)
  const isPriced = risk !== undefined && pricing !== undefined && hasNodes(pricing, risk.grid)
  if (isPriced && index !== undefined)
    return { kind: 'option', id: terms.id, terms, open, risk, pricing, settlementPrice, notional }
  const most = isNegative(open.size) ? add(absolute(open.worth), absolute(notional)) : open.worth
  return unmeasured(terms.id, 'position', notional, most)
}
