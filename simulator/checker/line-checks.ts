import { accountId } from '../../src/core/instrument/identifier.ts'
import { grantedTo } from '../../src/core/clearing/line-check.ts'
import { viewNettingSet } from '../../src/core/clearing/margin-check.ts'
import { auditGrant, lineBuckets } from '../auditor/audit-lines.ts'
import { auditMargin, owesSomething } from '../auditor/audit-margin.ts'
import type { Check } from './observed.ts'

/**
 * INV-LINE-1: all that the lines of an owner draw at maintenance margin leaves its pool at its own: a draw never makes a pool
 * liquidatable, and a pool below grants nothing. Engine and accountant find the same grants.
 */
export const drawsAreServed: Check = ({ after, books, sequenced }) => {
  const { risk, time } = after
  const { command } = sequenced.envelope
  if (risk === undefined || books.lines.size === 0) return []
  const everybody = sequenced.sequence % 25 === 0 || command.type === 'reportPrices'
  const owners = new Set([...books.lines.keys()].map((at) => at.split(' ')[0] ?? ''))
  const touched = 'account' in command ? String(command.account) : undefined
  return [...owners].flatMap((owner) => {
    if (!everybody && owner !== touched) return []
    const faults: string[] = []
    let drawn = 0n
    for (const bucket of lineBuckets(books, owner)) {
      const view = viewNettingSet(after, accountId(owner), bucket)
      const granted = view === undefined ? undefined : grantedTo(after, risk, view, time)
      const expected = auditGrant(books, owner, bucket)
      if (granted !== expected) faults.push(`${owner}/${bucket} is granted ${granted}, the accountant has ${expected}`)
      const { value, requirement } = auditMargin(books, owner, bucket, 'maintenance')
      const short = owesSomething(books, owner, bucket) && value < requirement ? requirement - value : 0n
      drawn += short < expected ? short : expected
    }
    const pool = auditMargin(books, owner, 0, 'maintenance')
    const spare = pool.value > pool.requirement ? pool.value - pool.requirement : 0n
    return drawn > spare ? [...faults, `${owner} draws ${drawn} of a pool that can spare ${spare}`] : faults
  })
}
