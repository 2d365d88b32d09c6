import { add } from '../../../quantity/arithmetic.ts'
import { NO_VALUE, NO_WIDE_VALUE } from '../../../quantity/value.ts'
import { keeperNotional, maintenanceCharge, shortOptionMinimumUp } from './add-on.ts'
import { keeperFeeUp } from './keeper.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import type { MaintenanceAddOns, MaintenanceTerms } from './requirement.ts'
import { measuredOf, optionItems, type RiskBook } from './risk-book.ts'
import { figuresOf, type SizeFreeMaintenance, sizeFreeMaintenance } from './size-free.ts'
import type { RiskItem } from './risk-item.ts'

/** What a maintenance margin is made of, with where each size-free figure comes from. */
export interface MaintenanceFigures {
  readonly terms: MaintenanceTerms
  readonly sizeFree: SizeFreeMaintenance
}

export function maintenanceTerms({ items }: Pick<RiskBook, 'items'>, epoch: PreparedEpoch): MaintenanceFigures {
  const sizeFree = sizeFreeMaintenance(measuredOf(items, epoch), epoch)
  return { sizeFree, terms: { ...figuresOf(sizeFree), ...maintenanceAddOns(items, epoch) } }
}

/** Everything but what the risk measure asks. */
export function maintenanceAddOns(items: readonly RiskItem[], { parameters }: PreparedEpoch): MaintenanceAddOns {
  let [liquidity, inFull] = [NO_VALUE, NO_VALUE]
  let notional = NO_WIDE_VALUE
  for (const item of items) {
    const charge = maintenanceCharge(item)
    liquidity = add(liquidity, charge.closing)
    inFull = add(inFull, charge.inFull)
    notional = add(notional, keeperNotional(item))
  }
  const keeper = keeperFeeUp(notional, parameters.keeper)
  return { liquidity, inFull, keeper, shortOptionMinimum: shortOptionMinimumUp(optionItems(items)) }
}
