import { type CashFlow, cashFlow } from './cash-flow.ts'
import type { Price } from './price.ts'
import type { Quantity } from './quantity.ts'

/** What European options of one kind pay at their expiry to who holds them (negative: what who wrote them pays). Exact. */
export function exerciseOf(
  contracts: Quantity,
  { right, strike, index }: { readonly right: 'call' | 'put'; readonly strike: Price; readonly index: Price },
): CashFlow {
  const perContract = right === 'call' ? index - strike : strike - index
  return cashFlow(perContract > 0n ? contracts * perContract : 0n)
}
