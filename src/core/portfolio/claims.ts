import { add, isPositive } from '../quantity/arithmetic.ts'
import type { CashFlow } from '../quantity/cash-flow.ts'
import type { Price } from '../quantity/price.ts'
import { cashFlowOf, narrowDown, narrowUp, worthOf } from '../quantity/product.ts'
import { NO_WIDE_VALUE, type Value, type WideValue } from '../quantity/value.ts'
import type { AssetId } from '../instrument/identifier.ts'
import { indexPrice, type MarketView, type ValuedContract, valuedContract } from '../market/listing.ts'
import { unsettledCash } from '../ledger/position.ts'
import type { OpenPosition, Portfolio } from './portfolio.ts'

/**
 * What a netting set has or owes of one asset: its balance, and the profit, loss and funding that contracts settling
 * in the asset have not paid yet. Exact; worth its price in USD.
 */
export interface Claim {
  readonly asset: AssetId
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
  const claims: { asset: AssetId; flow: CashFlow; price: Price }[] = []
  for (const { asset, quantity } of holdings) {
    const price = indexPrice(view, asset)
    if (price !== undefined) claims.push({ asset, flow: cashFlowOf(quantity), price })
  }
  for (const { position, contract } of valued) {
    const flow = unsettledCash(position, { price: contract.mark, fundingIndex: contract.fundingIndex })
    const claim = claims.find(({ asset }) => asset === contract.terms.settlement)
    if (claim === undefined) claims.push({ asset: contract.terms.settlement, flow, price: contract.settlementPrice })
    else claim.flow = add(claim.flow, flow)
  }
  return claims
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

/** Profit not settled yet of all contracts that have any, losses left out, in USD rounded up: not withdrawable. */
export function unsettledProfits(portfolio: Portfolio, view: MarketView): Value {
  let total = NO_WIDE_VALUE
  for (const { position, contract } of valuedPositions(portfolio, view)) {
    const flow = unsettledCash(position, { price: contract.mark, fundingIndex: contract.fundingIndex })
    if (isPositive(flow)) total = add(total, worthOf(flow, contract.settlementPrice))
  }
  return narrowUp(total)
}
