import { isLess } from '../../../quantity/arithmetic.ts'
import { houseSide, type InitialInput, type MarginBound, type MarginInput, type Side } from '../../model.ts'
import { initialTerms } from './initial-terms.ts'
import { maintenanceAddOns } from './maintenance-terms.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { initialRequirement, withAddOns } from './requirement.ts'
import { measuredOf, riskBook } from './risk-book.ts'
import { requiredSizeFree } from './size-free.ts'
import { sizeFreeBound } from './upper-bound.ts'

/** MM of METHODOLOGY 5 against NLV: decides liquidation. */
export function maintenance({ portfolio, market, parameters }: MarginInput<PreparedEpoch>): Side {
  const { value, items } = riskBook(portfolio, market, parameters)
  const asked = requiredSizeFree(measuredOf(items, parameters), parameters)
  return houseSide(value, withAddOns(asked, maintenanceAddOns(items, parameters)))
}

/** NLV with an upper bound of MM that takes no root of a variance, scenario or window. Undefined with options. */
export function boundMaintenance({
  portfolio,
  market,
  parameters,
}: MarginInput<PreparedEpoch>): MarginBound | undefined {
  const { value, items } = riskBook(portfolio, market, parameters)
  const asked = sizeFreeBound(measuredOf(items, parameters), parameters)
  return asked === undefined ? undefined : { value, atMost: withAddOns(asked, maintenanceAddOns(items, parameters)) }
}

/** Whether NLV reaches that bound: true is certain, false says nothing. */
export function isSurelySufficient(input: MarginInput<PreparedEpoch>): boolean {
  const bound = boundMaintenance(input)
  return bound !== undefined && !isLess(bound.value, bound.atMost)
}

/** IM of METHODOLOGY 5, open orders at their worst side, against the same NLV: decides new risk and withdrawals. */
export function initial(input: InitialInput<PreparedEpoch>): Side {
  const { book, terms } = initialTerms(input)
  return houseSide(book.value, initialRequirement(terms, input.parameters.parameters.initialFactor))
}
