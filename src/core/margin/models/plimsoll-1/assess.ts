import { add, isLess } from '../../../quantity/arithmetic.ts'
import { houseSide, type InitialInput, type MarginInput, type Side } from '../../model.ts'
import { initialTerms } from './initial-terms.ts'
import { maintenanceAddOns, maintenanceTerms } from './maintenance-terms.ts'
import type { PreparedEpoch } from './prepared-epoch.ts'
import { initialRequirement, maintenanceRequirement } from './requirement.ts'
import { measuredOf, riskBook } from './risk-book.ts'
import { sizeFreeBound } from './upper-bound.ts'

/** MM of METHODOLOGY 5 against NLV: decides liquidation. */
export function maintenance({ portfolio, market, parameters }: MarginInput<PreparedEpoch>): Side {
  const book = riskBook(portfolio, market, parameters)
  return houseSide(book.value, maintenanceRequirement(maintenanceTerms(book, parameters).terms))
}

/** Whether NLV reaches an upper bound of MM that takes no root, scenario or window: true is certain, false says nothing. */
export function isSurelySufficient({ portfolio, market, parameters }: MarginInput<PreparedEpoch>): boolean {
  const { value, items } = riskBook(portfolio, market, parameters)
  const bound = sizeFreeBound(measuredOf(items, parameters), parameters)
  if (bound === undefined) return false
  const { liquidity, inFull, keeper, shortOptionMinimum } = maintenanceAddOns(items, parameters)
  const most = add(add(bound, liquidity), add(inFull, add(keeper, shortOptionMinimum)))
  return !isLess(value, most)
}

/** IM of METHODOLOGY 5, open orders at their worst side, against the same NLV: decides new risk and withdrawals. */
export function initial(input: InitialInput<PreparedEpoch>): Side {
  const { book, terms } = initialTerms(input)
  return houseSide(book.value, initialRequirement(terms, input.parameters.parameters.initialFactor))
}
