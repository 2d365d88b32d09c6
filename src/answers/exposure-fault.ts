import { absolute, add, isLess, larger } from '../core/quantity/arithmetic.ts'
import { cashFlowOf, costOf, worthOf } from '../core/quantity/product.ts'
import { ONE_DOLLAR, type Price } from '../core/quantity/price.ts'
import { EXPOSURE_BOUND, NO_WIDE_VALUE, type WideValue } from '../core/quantity/value.ts'
import type { AssetId, MarketId } from '../core/instrument/identifier.ts'
import { type ValuedContract, valuedContract } from '../core/market/listing.ts'
import { owedPriceOf } from '../core/market/redemption.ts'
import type { Quote } from '../core/market/quote.ts'
import type { Fault, FieldPath } from './fault.ts'
import type { FileMarket } from './market-of-file.ts'
import type { NettingSet } from './netting-sets.ts'

/**
 * What is too large to be margined: all a netting set holds, owes, is long or short or has ordered, at 1e12 USD in all. Each counts at
 * the highest price at which anything of it is worked out: of a claim what it costs if it is owed, of a quote the worst that the
 * initial side may take, of an option also what it is written on. So no sum of a margin leaves the bounds of a value.
 */
export function exposureFault(
  { portfolio, orders }: Pick<NettingSet, 'portfolio' | 'orders'>,
  market: FileMarket,
  path: FieldPath,
): Fault | undefined {
  let total: WideValue = NO_WIDE_VALUE
  for (const { asset, quantity } of portfolio.holdings) {
    const price = highestOfAsset(market, asset)
    if (price !== undefined) total = add(total, absolute(worthOf(cashFlowOf(quantity), price)))
  }
  for (const { market: id, quantity, cost, fundingBasis } of portfolio.positions) {
    const priced = highestOfContract(market, id)
    if (priced === undefined) continue
    for (const flow of [costOf(quantity, priced.price), cost, fundingBasis])
      total = add(total, absolute(worthOf(flow, priced.settlementPrice)))
  }
  for (const { market: id, remaining, limit } of orders) {
    const priced = highestOfContract(market, id)
    if (priced === undefined) continue
    for (const at of [limit, priced.price]) total = add(total, worthOf(costOf(remaining, at), priced.settlementPrice))
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

function highestOfAsset(market: FileMarket, asset: AssetId): Price | undefined {
  const listed = market.assets.get(asset)
  return listed?.index === undefined ? undefined : owedPriceOf(market, listed, highestOf(listed.index))
}

function highestOfContract(market: FileMarket, id: MarketId) {
  const contract = valuedContract(market, id)
  const listed = market.markets.get(id)
  if (contract === undefined || listed?.mark === undefined) return undefined
  const settlementPrice = highestOfAsset(market, contract.terms.settlement) ?? contract.settlementPrice
  const own = highestOf(listed.mark)
  if (contract.terms.kind !== 'option') return { price: own, settlementPrice }
  const written = [contract.terms.strike, listed.pricing?.forward ?? own, indexOf(market, contract)].reduce(larger)
  // What an option is written on counts in USD, and what it settles in may be worth less than that.
  return { price: larger(own, written), settlementPrice: larger(settlementPrice, ONE_DOLLAR) }
}

function indexOf(market: FileMarket, { terms, mark }: ValuedContract): Price {
  return highestOfAsset(market, terms.underlying) ?? mark
}

function highestOf({ price, smoothed, bid, ask }: Quote): Price {
  return [smoothed, bid, ask].reduce<Price>((most, one) => (one === undefined ? most : larger(most, one)), price)
}
