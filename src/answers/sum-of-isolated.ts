import { add } from '../core/quantity/arithmetic.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import type { Portfolio } from '../core/portfolio/portfolio.ts'
import { maintenanceInput, type Valuation } from './assess.ts'
import type { NettingSet } from './netting-sets.ts'

/**
 * Maintenance margin of the items of a netting set, each as if it were all there is, added up. An item is the whole balance of one
 * asset, held or owed, or the whole position in one market with its unsettled profit, loss and funding: both as the netting set
 * has them, buckets that net merged. What pooling saves is this less the maintenance margin; it may be negative.
 */
export function sumOfIsolated({ portfolio }: NettingSet, under: Valuation): Value {
  const items: Portfolio[] = [
    ...portfolio.holdings.map((holding) => ({ holdings: [holding], positions: [] })),
    ...portfolio.positions.map((position) => ({ holdings: [], positions: [position] })),
  ]
  let total = NO_VALUE
  for (const item of items) total = add(total, under.model.maintenance(maintenanceInput(item, under)).requirement)
  return total
}
