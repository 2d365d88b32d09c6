import { absolute, add, negate } from '../../../quantity/arithmetic.ts'
import { allocateFairly } from '../../../quantity/allocation.ts'
import { type MovedWorth, NO_MOVED_WORTH } from '../../../quantity/moved-worth.ts'
import { NO_VALUE, NO_WIDE_VALUE, type Value, type WideValue } from '../../../quantity/value.ts'
import { profitIn } from '../../../quantity/worst-rows.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { attribution } from './attribution.ts'
import { itemExposures, measuredAlone } from './item-exposure.ts'
import type { Scenario } from './parameters.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import type { BindingTerm } from './requirement.ts'
import type { RiskItem } from './risk-item.ts'
import { profitsIn } from './scenario-loss.ts'
import type { SizeFreeInitial, SizeFreeMaintenance } from './size-free.ts'

/**
 * Who bears the size-free part, item by item, to the last unit: Euler contributions if the correlated component decides, each item's
 * loss in the scenario or windows that do; of a floor, each item's own size where it is charged.
 */
export function sizeFreeShares(
  items: readonly RiskItem[],
  { binding, asked }: { readonly binding: BindingTerm; readonly asked: Value },
  figures: SizeFreeMaintenance | SizeFreeInitial,
  epoch: PreparedEpoch,
): readonly Value[] {
  switch (binding) {
    case 'correlated':
      return allocateFairly(asked, eulerShares(items, figures, epoch))
    case 'scenario':
      return allocateFairly(asked, scenarioLosses(items, figures.scenario.scenario, epoch))
    case 'stress':
      return allocateFairly(
        asked,
        scenarioLosses(items, 'stress' in figures ? figures.stress.scenario : undefined, epoch),
      )
    case 'history':
      return allocateFairly(asked, windowLosses(items, figures, epoch))
    case 'peg':
      return allocateFairly(
        asked,
        sizesIn(items, epoch, (factor) => epoch.pegs.has(factor)),
      )
    case 'basis':
    case 'event':
      return allocateFairly(
        asked,
        sizesIn(items, epoch, (factor) => epoch.prices.has(factor)),
      )
    default:
      return binding satisfies never
  }
}

/** Contributions of factors, each split over the items that are exposed to it. */
function eulerShares(
  items: readonly RiskItem[],
  { exposures }: SizeFreeMaintenance,
  epoch: PreparedEpoch,
): readonly Value[] {
  const shares = items.map(() => NO_VALUE)
  const exposed = items.map((item) => itemExposures(item, epoch))
  for (const { factor, value } of attribution(exposures, epoch.parameters.factorModel)) {
    const parts = exposed.map((rows) => exposureTo(factor, rows))
    allocateFairly(value, parts).forEach((part, i) => {
      shares[i] = add(shares[i] ?? NO_VALUE, part)
    })
  }
  return shares
}

function exposureTo(factor: FactorId, rows: ReturnType<typeof itemExposures>): WideValue {
  let sum = NO_WIDE_VALUE
  for (const row of rows) if (row.factor === factor) sum = add(sum, row.exposure)
  return sum
}

function scenarioLosses(
  items: readonly RiskItem[],
  scenario: Scenario | undefined,
  epoch: PreparedEpoch,
): readonly MovedWorth[] {
  for (const { scenarios, moves } of epoch.scenarios) {
    const row = scenarios.findIndex((one) => one === scenario)
    if (row >= 0) return items.map((item) => negate(profitIn(profitsIn(measuredAlone(item, epoch), moves), row)))
  }
  return items.map(() => NO_MOVED_WORTH)
}

function windowLosses(
  items: readonly RiskItem[],
  { history }: SizeFreeMaintenance,
  epoch: PreparedEpoch,
): readonly MovedWorth[] {
  return items.map((item) => {
    const profits = profitsIn(measuredAlone(item, epoch), epoch.windows)
    let loss = NO_MOVED_WORTH
    for (const { row } of history.windows) loss = add(loss, negate(profitIn(profits, row)))
    return loss
  })
}

/** Sizes of exposures to some factors. */
function sizesIn(
  items: readonly RiskItem[],
  epoch: PreparedEpoch,
  counts: (factor: FactorId) => boolean,
): readonly WideValue[] {
  return items.map((item) => {
    let sum = NO_WIDE_VALUE
    for (const { factor, exposure } of itemExposures(item, epoch))
      if (counts(factor)) sum = add(sum, absolute(exposure))
    return sum
  })
}
