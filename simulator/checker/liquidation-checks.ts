import { MARKET_ACCOUNT } from '../../src/core/ledger/account.ts'
import { viewNettingSet } from '../../src/core/clearing/margin-check.ts'
import type { Event } from '../../src/core/clearing/event.ts'
import type { Check, Observed } from './observed.ts'

/** INV-LIQUIDATION-2: a liquidation raises NLV - MM; the figures are the accountant's too, or it would have said so. */
export const liquidationHelps: Check = (step) => {
  const [started, ended] = [eventOf(step, 'LiquidationStarted'), eventOf(step, 'LiquidationEnded')]
  if (started === undefined || ended === undefined) return []
  const was = started.netLiquidationValue - started.maintenanceMargin
  const is = ended.netLiquidationValue - ended.maintenanceMargin
  return is > was ? [] : [`the excess went from ${was} to ${is}`]
}

/** INV-LIQUIDATION-5: who owes nothing, neither an asset nor a contract, is never liquidated. */
export const onlyDebtorsAreLiquidated: Check = (step) => {
  const { command } = step.sequenced.envelope
  if (command.type !== 'liquidate' || !step.decision.ok) return []
  const view = viewNettingSet(step.before, command.account, command.bucket)
  const owes = (view?.buckets ?? []).some(
    ({ bucket }) => bucket.positions.size > 0 || [...bucket.balances.values()].some(({ principal }) => principal < 0n),
  )
  return owes ? [] : [`${command.account}/${command.bucket} owes nothing and was liquidated`]
}

/**
 * INV-ISOLATION-1: liquidating a netting set changes no other bucket of its owner, no other account but the market's, no
 * price, no market but its open interest, and of no asset the interest index.
 */
export const othersAreUntouched: Check = ({ sequenced, decision, before, after }) => {
  const { command } = sequenced.envelope
  if (command.type !== 'liquidate' || !decision.ok) return []
  const faults: string[] = []
  const view = viewNettingSet(before, command.account, command.bucket)
  const own = new Set(view?.buckets.map(({ number }) => number))
  for (const [id, account] of before.accounts.entries()) {
    const now = after.accounts.get(id)
    if (id === MARKET_ACCOUNT || now === account) continue
    if (id !== command.account) faults.push(`account ${id} was touched`)
    for (const [number, bucket] of account.buckets) {
      if (!own.has(number) && now?.buckets.get(number) !== bucket) faults.push(`bucket ${id}/${number} was touched`)
    }
  }
  for (const [id, listed] of before.assets.entries()) {
    if (after.assets.get(id) !== listed) faults.push(`asset ${id} was touched`)
  }
  for (const [id, { lending }] of before.assetBooks.entries()) {
    const now = after.assetBooks.get(id)?.lending
    if (now?.supplyIndex !== lending.supplyIndex || now.borrowIndex !== lending.borrowIndex)
      faults.push(`interest of ${id} was touched`)
  }
  for (const [id, listed] of before.markets.entries()) {
    const now = after.markets.get(id)
    const same = now?.mark === listed.mark && now?.status === listed.status && now.fundingIndex === listed.fundingIndex
    if (!same) faults.push(`market ${id} was touched`)
  }
  return faults
}

function eventOf<Type extends Event['type']>(
  { decision }: Observed,
  type: Type,
): Extract<Event, { type: Type }> | undefined {
  if (!decision.ok) return undefined
  return decision.events.find((event): event is Extract<Event, { type: Type }> => event.type === type)
}
