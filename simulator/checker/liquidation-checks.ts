import type { AccountId } from '../../src/core/instrument/identifier.ts'
import { balanceOf, lineOf, MARKET_ACCOUNT, POOL } from '../../src/core/ledger/account.ts'
import { lendingFor, requireBucket } from '../../src/core/ledger/books.ts'
import { viewNettingSet } from '../../src/core/clearing/margin-check.ts'
import type { Event } from '../../src/core/clearing/event.ts'
import type { Check, Observed } from './observed.ts'

const ONE = 10n ** 18n

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
 * INV-ISOLATION-1: liquidating a netting set changes no other bucket of its owner but the balances of a pool that pays for a
 * line, no other account but the market's, no price, no market but its open interest, and of no asset the interest index.
 */
export const othersAreUntouched: Check = ({ sequenced, decision, before, after }) => {
  const { command } = sequenced.envelope
  if (command.type !== 'liquidate' || !decision.ok) return []
  const faults: string[] = []
  const view = viewNettingSet(before, command.account, command.bucket)
  const own = new Set(view?.buckets.map(({ number }) => number))
  const poolPays = decision.events.some(({ type }) => type === 'LinePaid')
  if (poolPays) faults.push(...poolLosesItsLine({ before, after }, command.account, command.bucket))
  for (const [id, account] of before.accounts.entries()) {
    const now = after.accounts.get(id)
    if (id === MARKET_ACCOUNT || now === account) continue
    if (id !== command.account) faults.push(`account ${id} was touched`)
    for (const [number, bucket] of account.buckets) {
      const isPayer = poolPays && id === command.account && number === POOL
      if (!own.has(number) && !isPayer && now?.buckets.get(number) !== bucket)
        faults.push(`bucket ${id}/${number} was touched`)
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

/**
 * INV-LINE-4: of the pool that pays for a line only balances change, and what it takes over is worth no more than the line was,
 * but for a unit of value and a unit of quantity for each debt; the line falls by no less than that.
 */
function poolLosesItsLine(
  { before, after }: Pick<Observed, 'before' | 'after'>,
  account: AccountId,
  bucket: number,
): readonly string[] {
  const [was, is] = [before, after].map((state) => requireBucket(state, account, POOL))
  const [line, left] = [before, after].map((state) => lineOf(requireBucket(state, account, bucket)))
  if (was === undefined || is === undefined || line === undefined || left === undefined) return ['no pool']
  const faults: string[] = []
  if (is.positions !== was.positions || is.orders !== was.orders || is.mode !== was.mode)
    faults.push(`more than balances of the pool of ${account} was touched`)
  let lost = 0n
  let slack = 0n
  for (const asset of new Set([...was.balances.keys(), ...is.balances.keys()])) {
    const price = after.assets.get(asset)?.index?.price ?? 0n
    const fell =
      balanceOf(was, asset, lendingFor(before, account, asset)) -
      balanceOf(is, asset, lendingFor(after, account, asset))
    lost += fell * price
    if (fell !== 0n) slack += price + ONE
  }
  if (lost > (line - left) * ONE + slack)
    faults.push(`the pool of ${account} lost ${lost} for ${line - left} of a line`)
  if (left < 0n || left >= line) faults.push(`a line of ${line} became ${left}`)
  return faults
}

function eventOf<Type extends Event['type']>(
  { decision }: Observed,
  type: Type,
): Extract<Event, { type: Type }> | undefined {
  if (!decision.ok) return undefined
  return decision.events.find((event): event is Extract<Event, { type: Type }> => event.type === type)
}
