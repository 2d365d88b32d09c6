import { add, isPositive } from '../quantity/arithmetic.ts'
import type { CashFlow } from '../quantity/cash-flow.ts'
import type { Price } from '../quantity/price.ts'
import { cashFlowOf, narrowDown, narrowUp, worthOf } from '../quantity/product.ts'
import { NO_WIDE_VALUE, type Value, type WideValue } from '../quantity/value.ts'
import type { AssetId } from '../instrument/identifier.ts'
import { type ListedAsset, type MarketView, type ValuedContract, valuedContract } from '../market/listing.ts'
import { owedPrice, sidedPriceOf } from '../market/redemption.ts'
import { unsettledCash } from '../ledger/position.ts'
import type { OpenPosition, Portfolio } from './portfolio.ts'

/**
 * What a netting set has or owes of one asset: its balance, and the profit, loss and funding that contracts settling
 * in the asset have not paid yet. Exact; worth its price in USD, which for a claim on another asset that can be redeemed is the
 * lower of market price and redemption value if the flow is owned, the higher if it is owed.
 */
export interface Claim {
  readonly asset: AssetId
  readonly listed: ListedAsset
  readonly flow: CashFlow
  readonly price: Price
}

/** A position whose contract can be valued. */
export interface ValuedPosition {
  readonly position: OpenPosition
  readonly contract: ValuedContract
}

/** The positions that have a mark and a settlement price, with both: the others count as nothing. */
export function valuedPositions({ positions }: Portfolio, view: MarketView): readonly ValuedPosition[] {
  const valued: ValuedPosition[] = []
  for (const position of positions) {
    const contract = valuedContract(view, position.market)
    if (contract !== undefined) valued.push({ position, contract })
  }
  return valued
}

/** Claims by asset, balances first. What has no price counts as nothing (METHODOLOGY 1b) and is left out. */
export function claimsOf(portfolio: Portfolio, view: MarketView): readonly Claim[] {
  return claimsWith(portfolio, valuedPositions(portfolio, view), view)
}

/** Claims where the portfolio's positions are valued already. */
export function claimsWith(
  { holdings }: Portfolio,
  valued: readonly ValuedPosition[],
  view: MarketView,
): readonly Claim[] {
  const claims: Draft[] = []
  let isOneSided = true
  for (const { asset, quantity } of holdings) {
    const listed = view.assets.get(asset)
    if (listed?.index === undefined) continue
    if (listed.terms.backing !== undefined) isOneSided = false
    claims.push({ asset, listed, flow: cashFlowOf(quantity), price: listed.index.price })
  }
  for (const { position, contract } of valued) {
    const { settlement } = contract.terms
    const flow = unsettledCash(position, { price: contract.mark, fundingIndex: contract.fundingIndex })
    const claim = claims.find(({ asset }) => asset === settlement)
    if (claim !== undefined) {
      claim.flow = add(claim.flow, flow)
      continue
    }
    const listed = view.assets.get(settlement)
    if (listed === undefined) continue
    if (listed.terms.backing !== undefined) isOneSided = false
    claims.push({ asset: settlement, listed, flow, price: contract.settlementPrice })
  }
  // Only the whole flow tells whether an asset is owned or owed.
  if (!isOneSided) for (const claim of claims) claim.price = sidedPriceOf(view, claim.listed, claim.price, claim.flow)
  return claims
}

interface Draft {
  readonly asset: AssetId
  readonly listed: ListedAsset
  flow: CashFlow
  price: Price
}

/** Exact sum of what the claims are worth. */
export function worthOfClaims(claims: readonly Claim[]): WideValue {
  let total = NO_WIDE_VALUE
  for (const { flow, price } of claims) total = add(total, worthOf(flow, price))
  return total
}

/** Net liquidation value: balances and contracts at their price, no haircut inside. Rounds down, once. */
export function netLiquidationValue(portfolio: Portfolio, view: MarketView): Value {
  return narrowDown(worthOfClaims(claimsOf(portfolio, view)))
}

/**
 * Profit not settled yet of all contracts that have any, losses left out, in USD rounded up: not withdrawable. Of a claim that can be
 * redeemed it is worth what it would cost if it were owed: without it, what is left may be.
 */
export function unsettledProfits(portfolio: Portfolio, view: MarketView): Value {
  let total = NO_WIDE_VALUE
  for (const { position, contract } of valuedPositions(portfolio, view)) {
    const flow = unsettledCash(position, { price: contract.mark, fundingIndex: contract.fundingIndex })
    if (!isPositive(flow)) continue
    total = add(total, worthOf(flow, owedPrice(view, contract.terms.settlement) ?? contract.settlementPrice))
  }
  return narrowUp(total)
}
