import { houseSide, type InitialInput, type MarginInput, type Side } from '../../model.ts'
import { initialTerms } from './initial-terms.ts'
import { maintenanceTerms } from './maintenance-terms.ts'
import type { PreparedEpoch } from './prepared-epoch.ts'
import { initialRequirement, maintenanceRequirement } from './requirement.ts'
import { riskBook } from './risk-book.ts'

/** MM of METHODOLOGY 5 against NLV: decides liquidation. */
export function maintenance({ portfolio, market, parameters }: MarginInput<PreparedEpoch>): Side {
  const book = riskBook(portfolio, market, parameters)
  return houseSide(book.value, maintenanceRequirement(maintenanceTerms(book, parameters).terms))
}

/** IM of METHODOLOGY 5, open orders at their worst side, against the same NLV: decides new risk and withdrawals. */
export function initial(input: InitialInput<PreparedEpoch>): Side {
  const { book, terms } = initialTerms(input)
  return houseSide(book.value, initialRequirement(terms, input.parameters.parameters.initialFactor))
}
