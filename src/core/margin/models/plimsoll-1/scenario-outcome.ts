import { compare } from '../../../quantity/arithmetic.ts'
import { allocateFairly } from '../../../quantity/allocation.ts'
import { profitDown } from '../../../quantity/moved-worth.ts'
import { shareOf, widen } from '../../../quantity/product.ts'
import type { Value } from '../../../quantity/value.ts'
import { profitIn, type RowProfits } from '../../../quantity/worst-rows.ts'
import type { ScenarioOutcome } from '../../explanation.ts'
import { measuredAlone } from './item-exposure.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { measuredOf } from './risk-book.ts'
import type { RiskItem } from './risk-item.ts'
import { profitsIn } from './scenario-loss.ts'

/**
 * The whole scenario list with what the items make of it, the worst damped loss first, in the order of the list among equals. What
 * each item adds is worked out when it is asked for: few readers do, and it is most of the work.
 */
export function scenarioOutcomes(items: readonly RiskItem[], epoch: PreparedEpoch): readonly ScenarioOutcome[] {
  const measured = measuredOf(items, epoch)
  const outcomes = epoch.scenarios.flatMap(({ scenarios, damp, initialOnly, moves }) => {
    const together = profitsIn(measured, moves)
    let alone: readonly RowProfits[] | undefined
    const contributions = (profit: Value, row: number) => {
      alone ??= items.map((item) => profitsIn(measuredAlone(item, epoch), moves))
      const shares = allocateFairly(
        profit,
        alone.map((profits) => profitIn(profits, row)),
      )
      return items.map((item, i) => ({ id: item.id, value: shares[i] ?? profit }))
    }
    return scenarios.map(({ id, moves: named }, row): ScenarioOutcome => {
      const profit = profitDown(profitIn(together, row))
      return {
        id,
        moves: named,
        damp,
        initialOnly,
        profit,
        get contributions() {
          return contributions(profit, row)
        },
      }
    })
  })
  return outcomes.sort((a, b) => compare(charged(a), charged(b)))
}

function charged({ profit, damp }: ScenarioOutcome) {
  return shareOf(widen(profit), damp)
}
