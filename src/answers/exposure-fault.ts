import { absolute, add, isLess } from '../core/quantity/arithmetic.ts'
import { cashFlowOf, costOf, worthOf } from '../core/quantity/product.ts'
import { EXPOSURE_BOUND, NO_WIDE_VALUE, type WideValue } from '../core/quantity/value.ts'
import { indexPrice, valuedContract } from '../core/market/listing.ts'
import type { Fault, FieldPath } from './fault.ts'
import type { FileMarket } from './market-of-file.ts'
import type { NettingSet } from './netting-sets.ts'

/** What is too large to be margined: all a netting set holds, owes, is long or short or has ordered, at 1e12 USD in all. */
export function exposureFault(
  { portfolio, orders }: Pick<NettingSet, 'portfolio' | 'orders'>,
  market: FileMarket,
  path: FieldPath,
): Fault | undefined {
  let total: WideValue = NO_WIDE_VALUE
  for (const { asset, quantity } of portfolio.holdings) {
    const price = indexPrice(market, asset)
    if (price !== undefined) total = add(total, absolute(worthOf(cashFlowOf(quantity), price)))
  }
  for (const { market: id, quantity, cost, fundingBasis } of portfolio.positions) {
    const contract = valuedContract(market, id)
    if (contract === undefined) continue
    for (const flow of [costOf(quantity, contract.mark), cost, fundingBasis])
      total = add(total, absolute(worthOf(flow, contract.settlementPrice)))
  }
  for (const { market: id, remaining, limit } of orders) {
    const contract = valuedContract(market, id)
    if (contract === undefined) continue
    for (const at of [limit, contract.mark])
      total = add(total, worthOf(costOf(remaining, at), contract.settlementPrice))
  }
  if (isLess(total, EXPOSURE_BOUND)) return undefined
  return {
    document: 'portfolio',
    path,
    code: 'BadDecimal',
    expected: 'balances, positions and orders that are worth less than 1000000000000 USD together',
    got: 'more',
    remedy: 'look for a quantity or a price with too many digits',
  }
}
