import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { ruleAt } from '../core/clearing/epoch-ramp.ts'
import { viewNettingSet } from '../core/clearing/margin-check.ts'
import type { ReadonlyState } from '../core/clearing/state.ts'
import type { JournalRow } from '../journal/row.ts'
import type { LiquidatedAccount } from '../replay/report/replay-report.ts'
import { accountId } from '../core/instrument/identifier.ts'

type Parts = LiquidatedAccount['derivation']

/** Collects, during a verification, the parts of the maintenance margin that some liquidations were decided on. */
export function derivationsBefore(sequences: ReadonlySet<number>) {
  const derivations = new Map<number, Parts>()
  function beforeRow(state: ReadonlyState, row: JournalRow): void {
    if (sequences.has(row.sequence)) derivations.set(row.sequence, partsOf(state, row))
  }
  return { derivations: derivations as ReadonlyMap<number, Parts>, beforeRow }
}

function partsOf(state: ReadonlyState, row: JournalRow): Parts {
  const command = JSON.parse(row.command) as { readonly account: string; readonly bucket: number }
  const view = viewNettingSet(state, accountId(command.account), command.bucket)
  const { risk, time } = state
  if (view === undefined || risk === undefined) return []
  const { model, parameters } = ruleAt(risk, time)
  return model
    .explainMaintenance({ portfolio: view.portfolio, orders: [], market: state, parameters, time })
    .derivation.terms.map(({ id, value, note }) => ({ id, value: formatDecimal18(value), note }))
}
