import { accountId } from '../../src/core/instrument/identifier.ts'
import { maintenanceOf, viewNettingSet } from '../../src/core/clearing/margin-check.ts'
import { nettingSets } from '../auditor/audit-margin.ts'
import type { Check } from './observed.ts'

/**
 * INV-RAMP-1: adopting an epoch moves no maintenance margin, but for what it lowers without any delay. All epochs of the workload
 * know the same assets and markets.
 */
export const adoptingMovesNothing: Check = ({ sequenced, decision, before, after, books }) => {
  const [was, is] = [before.risk, after.risk]
  if (sequenced.envelope.command.type !== 'adoptEpoch' || !decision.ok || was === undefined || is === undefined)
    return []
  return nettingSets(books).flatMap(({ account, bucket }) => {
    const view = viewNettingSet(after, accountId(account), bucket)
    if (view === undefined) return []
    const [old, now] = [was, is].map((risk) => maintenanceOf(after, risk, view, after.time).requirement)
    const isLowered = is.ramp?.terms.looseningDelayMs === 0 && old !== undefined && now !== undefined && now < old
    return old === now || isLowered ? [] : [`adopting moved the margin of ${account}/${bucket} from ${old} to ${now}`]
  })
}
