import { ONE } from './unit.ts'
import { divCeil } from './rounding.ts'
import type { CashFlow } from './cash-flow.ts'
import { type Quantity, quantity } from './quantity.ts'
import type { Rate } from './rate.ts'

/** What a trade of so much turnover (>= 0) pays at a fee rate, in the settlement asset: rounds UP (against the payer); a rebate is below zero. */
export function tradingFeeUp(turnover: CashFlow, feeRate: Rate): Quantity {
  return quantity(divCeil(turnover * feeRate, ONE * ONE))
}
