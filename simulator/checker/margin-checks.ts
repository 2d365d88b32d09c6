import { type AccountId, accountId } from '../../src/core/instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../../src/core/ledger/account.ts'
import { initialOf, maintenanceOf, viewNettingSet } from '../../src/core/clearing/margin-check.ts'
import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import type { Side } from '../../src/core/margin/model.ts'
import { auditMargin, nettingSets } from '../auditor/audit-margin.ts'
import type { Check, Observed } from './observed.ts'

/**
 * INV-CLEARING-3: no accepted withdrawal, transfer, order, fill or lowered line leaves a member below its initial margin, a pool
 * with what its lines would draw, but for a fill that does not raise it and makes the gap to it smaller, and an order that does
 * not raise it.
 */
export const initialMarginKept: Check = (step) => {
  if (!step.decision.ok) return []
  const { command } = step.sequenced.envelope
  switch (command.type) {
    case 'withdraw':
      return covered(step, command.account, command.bucket)
    case 'transfer':
      return sameSet(step, command) ? [] : covered(step, command.account, command.from)
    case 'setBucketLine':
      return command.limit < (lineIn(step.before, command.account, command.bucket) ?? 0n)
        ? covered(step, command.account, command.bucket)
        : []
    case 'placeOrder':
      return coveredOrNoDearer(step, command.account, command.bucket)
    case 'fill':
      return [command.buyer, command.seller].flatMap(({ account, bucket }) => coveredOrBetter(step, account, bucket))
    default:
      return []
  }
}

/** INV-MARGIN-1: a deposit never lowers its netting set's excess by more than one atom: NLV and MM are rounded once each. */
export const depositHelps: Check = ({ sequenced, decision, before, after }) => {
  const { command } = sequenced.envelope
  if (!decision.ok || command.type !== 'deposit' || command.account === MARKET_ACCOUNT) return []
  const [was, is] = [before, after].map((state) =>
    excess({ ...state, time: after.time }, command.account, command.bucket, 'maintenance'),
  )
  if (was === undefined || is === undefined || is >= was - 1n) return []
  return [`a deposit of ${command.quantity} ${command.asset} lowers the excess from ${was} to ${is}`]
}

/** Engine and accountant find the same value and maintenance margin, and the same initial margin where no order rests. */
export const marginAgrees: Check = ({ after, books, sequenced }) => {
  const { risk, time } = after
  if (risk === undefined) return []
  const { command } = sequenced.envelope
  const touched = new Set('account' in command ? [command.account] : [])
  if (command.type === 'fill') touched.add(command.buyer.account).add(command.seller.account)
  const everybody = sequenced.sequence % 25 === 0
  return nettingSets(books).flatMap(({ account, bucket }) => {
    const id = accountId(account)
    const view = everybody || touched.has(id) ? viewNettingSet(after, id, bucket) : undefined
    if (view === undefined) return []
    const hasOrders = view.buckets.some((row) => row.bucket.orders.size > 0)
    return [
      ...differs(
        `${account}/${bucket}`,
        maintenanceOf(after, risk, view, time),
        auditMargin(books, account, bucket, 'maintenance'),
        false,
      ),
      ...differs(
        `${account}/${bucket} initial`,
        initialOf(after, risk, view, time),
        auditMargin(books, account, bucket, 'initial'),
        hasOrders,
      ),
    ]
  })
}

function differs(
  what: string,
  engine: Side,
  audit: { readonly value: bigint; readonly requirement: bigint },
  mayBeMore: boolean,
): readonly string[] {
  const required = mayBeMore ? engine.requirement >= audit.requirement : engine.requirement === audit.requirement
  if (required && engine.value === audit.value && engine.sufficient === engine.value >= engine.requirement) return []
  return [
    `${what}: value ${engine.value}, requirement ${engine.requirement}, sufficient ${engine.sufficient}; ` +
      `the accountant has ${audit.value} and ${audit.requirement}`,
  ]
}

function covered({ after }: Observed, account: AccountId, bucket: number): readonly string[] {
  if (account === MARKET_ACCOUNT) return []
  const mode = after.accounts.get(account)?.buckets.get(bucket)?.mode
  const left = (excess(after, account, bucket, 'initial') ?? 0n) + (lineIn(after, account, bucket) ?? 0n)
  const own = left >= 0n ? [] : [`${account}/${bucket} is left ${-left} below its initial margin`]
  if (mode === 'isolated') return own
  const drawn = [...(after.accounts.get(account)?.buckets.keys() ?? [])].reduce((sum, number) => {
    const line = lineIn(after, account, number) ?? 0n
    const gap = -(excess(after, account, number, 'initial') ?? 0n)
    return line === 0n || gap <= 0n ? sum : sum + (gap < line ? gap : line)
  }, 0n)
  const spare = (excess(after, account, 0, 'initial') ?? 0n) - drawn
  return spare >= 0n ? own : [...own, `the pool of ${account} is left ${-spare} below its initial margin and its lines`]
}

function lineIn(state: ReadonlyState, account: AccountId, bucket: number): bigint | undefined {
  return state.accounts.get(account)?.buckets.get(bucket)?.line
}

function coveredOrBetter(step: Observed, account: AccountId, bucket: number): readonly string[] {
  const faults = covered(step, account, bucket)
  if (faults.length === 0) return faults
  const { time } = step.after
  const [was, is] = [step.before, step.after].map((state) => sideOf({ ...state, time }, account, bucket, 'initial'))
  if (was === undefined || is === undefined) return faults
  const better = is.requirement <= was.requirement && is.requirement - is.value < was.requirement - was.value
  return better ? [] : faults
}

/** An order changes no value: below initial margin it may rest if it does not raise it. */
function coveredOrNoDearer(step: Observed, account: AccountId, bucket: number): readonly string[] {
  const faults = covered(step, account, bucket)
  if (faults.length === 0) return faults
  const { time } = step.after
  const [was, is] = [step.before, step.after].map((state) => sideOf({ ...state, time }, account, bucket, 'initial'))
  return was !== undefined && is !== undefined && is.requirement <= was.requirement ? [] : faults
}

function sameSet({ before }: Observed, command: { account: AccountId; from: number; to: number }): boolean {
  const [a, b] = [command.from, command.to].map((bucket) => viewNettingSet(before, command.account, bucket)?.bucket)
  return a === b
}

type SideName = 'maintenance' | 'initial'

function excess(state: ReadonlyState, account: AccountId, bucket: number, side: SideName): bigint | undefined {
  const found = sideOf(state, account, bucket, side)
  return found === undefined ? undefined : found.value - found.requirement
}

function sideOf(state: ReadonlyState, account: AccountId, bucket: number, side: SideName): Side | undefined {
  const view = viewNettingSet(state, account, bucket)
  if (state.risk === undefined || view === undefined) return undefined
  return (side === 'initial' ? initialOf : maintenanceOf)(state, state.risk, view, state.time)
}
