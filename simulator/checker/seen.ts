import type { Timestamp } from '../../src/core/quantity/timestamp.ts'
import type { ListedMarket } from '../../src/core/market/listing.ts'
import { isRampOver } from '../../src/core/market/ramp-terms.ts'
import { ownedPrice } from '../../src/core/market/redemption.ts'
import type { ReadonlyState } from '../../src/core/clearing/state.ts'
import type { Observed } from './observed.ts'

/** What a run has really seen, by name: without it, invariants that nothing ever tried would pass too. */
export type Seen = Map<string, number>

/** Counts what one command did: "accepted TYPE", "rejected REASON", the events of liquidations, money that moved. */
export function countOf(seen: Seen, { sequenced, decision, before, after }: Observed): void {
  const { command } = sequenced.envelope
  if (!decision.ok) {
    const { rejection } = decision
    if (rejection.reason === 'NotLiquidatable' && rejection.value < rejection.maintenanceMargin)
      if (rejection.granted !== undefined) add(seen, 'liquidation spared by a line')
    return add(seen, `rejected ${rejection.reason}`)
  }
  add(seen, `accepted ${command.type}`)
  const ramping = isRamping(before.risk, after.time)
  if (command.type === 'adoptEpoch' && ramping) add(seen, 'an emergency cut in on a ramp')
  if (command.type === 'adoptEpoch' && before.risk?.ramp !== undefined && !ramping) add(seen, 'a ramp was over')
  if (command.type === 'liquidate' && ramping) add(seen, 'liquidation during a ramp')
  if (command.type === 'fill' && ramping && before.risk?.ramp?.from.ramp !== undefined)
    add(seen, 'fill judged by three epochs')
  if (command.type === 'reportPrices') countClaims(seen, after)
  for (const event of decision.events) {
    if (event.type === 'OptionFilled' && event.paid > event.received) add(seen, 'premium that left an atom')
    if (event.type === 'Repriced') add(seen, 'options priced', event.marks.length)
    if (event.type === 'VolatilitiesReported' && event.findings.length > 0) add(seen, 'arbitrage reported')
    if (event.type === 'ContractExpired') add(seen, expiryText(before.markets.get(event.market), event.index))
    if (event.type === 'LiquidationStarted') {
      add(seen, `liquidation ${event.extent}`)
      const line = before.accounts.get(event.account)?.buckets.get(event.bucket)?.line
      if (event.granted !== undefined && line !== undefined && event.granted < line)
        add(seen, 'liquidation of a line that its pool could not serve')
    } else if (command.type === 'liquidate') add(seen, `liquidation ${event.type}`)
  }
  for (const [asset, book] of after.assetBooks.entries()) {
    const was = before.assetBooks.get(asset)
    if (was === undefined) continue
    if (book.lending.supplyIndex > was.lending.supplyIndex) add(seen, 'lenders earned')
    if (book.lending.borrowIndex > was.lending.borrowIndex && was.lending.borrowedAtLeast > 0n)
      add(seen, 'borrowers paid')
    if (command.type === 'settle' && book.ledger.fees > was.ledger.fees) add(seen, 'settlement left a remainder')
    if (command.type === 'settle' && book.ledger.buckets !== was.ledger.buckets) add(seen, 'settlement moved cash')
  }
}

function isRamping(risk: ReadonlyState['risk'], time: Timestamp): boolean {
  return risk?.ramp !== undefined && !isRampOver(risk.ramp.terms, time)
}

/** Which price of a claim counts after a report, and whether anybody owes one. */
function countClaims(seen: Seen, after: Observed['after']): void {
  for (const [asset, { terms, index }] of after.assets.entries()) {
    if (terms.backing?.reference === undefined || index === undefined) continue
    const owned = ownedPrice(after, asset)
    add(seen, owned === index.price ? 'a claim valued at its market price' : 'a claim valued at what it redeems for')
    if ((after.assetBooks.get(asset)?.lending.borrowedAtLeast ?? 0n) > 0n) add(seen, 'a claim owed')
  }
}

/** Sums what several runs have seen. */
export function sumOf(runs: readonly { readonly seen: Seen }[]): Seen {
  const total: Seen = new Map()
  for (const { seen } of runs) for (const [what, count] of seen) add(total, what, count)
  return total
}

function expiryText(listed: ListedMarket | undefined, index: bigint): string {
  if (listed === undefined || listed.openInterest === 0n) return 'expiry of what nobody held'
  const { terms } = listed
  if (terms.kind !== 'option') return 'expiry of futures'
  const pays = terms.right === 'call' ? index > terms.strike : index < terms.strike
  return pays ? 'expiry of options that pay' : 'expiry of options that pay nothing'
}

function add(seen: Seen, what: string, count = 1): void {
  seen.set(what, (seen.get(what) ?? 0) + count)
}
