import { add, isLess } from '../../core/quantity/arithmetic.ts'
import { valueUp } from '../../core/quantity/product.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import { NO_VALUE, type Value } from '../../core/quantity/value.ts'
import type { AccountId, AssetId } from '../../core/instrument/identifier.ts'
import { indexPrice } from '../../core/market/listing.ts'
import type { Event } from '../../core/clearing/event.ts'
import type { ReadonlyState } from '../../core/clearing/state.ts'
import type { Decided } from '../../runtime/ports.ts'

/** What liquidations did to one account, in USD at the prices of their moment. */
export interface AccountTally {
  readonly account: AccountId
  /** The first liquidation: where it stands in the journal, when, and with what. */
  readonly first: {
    readonly bucket: number
    readonly sequence: number
    readonly time: number
    readonly netLiquidationValue: Value
    readonly maintenanceMargin: Value
  }
  readonly buckets: ReadonlySet<number>
  readonly closed: Value
  readonly penalty: Value
  /** Taken from the insurance fund or left as a deficit. */
  readonly unpaid: Value
}

/** Sums of a run. */
export interface TallySums {
  readonly liquidations: number
  readonly notionalClosed: Value
  readonly penalties: Value
  readonly insuranceDrawn: Value
  readonly deficit: Value
}

/** Sums and accounts, taken from the events as they are decided. */
export interface Tally {
  record(decided: Decided, state: ReadonlyState): void
  readonly accounts: ReadonlyMap<AccountId, AccountTally>
  sums(): TallySums
}

const NOTHING: TallySums = {
  liquidations: 0,
  notionalClosed: NO_VALUE,
  penalties: NO_VALUE,
  insuranceDrawn: NO_VALUE,
  deficit: NO_VALUE,
}

export function createTally(): Tally {
  const accounts = new Map<AccountId, AccountTally>()
  let sums = NOTHING

  function raise(account: AccountId, field: 'closed' | 'penalty' | 'unpaid', by: Value): void {
    const before = accounts.get(account)
    if (before !== undefined) accounts.set(account, { ...before, [field]: add(before[field], by) })
  }

  function recordEvent(event: Event, decided: Decided, state: ReadonlyState): void {
    sums = summed(sums, event, state)
    if (event.type === 'LiquidationStarted') {
      const before = accounts.get(event.account) ?? firstLiquidation(event, decided)
      accounts.set(event.account, { ...before, buckets: new Set([...before.buckets, event.bucket]) })
    } else if (event.type === 'ContractsClosed') raise(event.account, 'closed', event.notional)
    else if (event.type === 'DebtRepaid') raise(event.account, 'closed', event.value)
    else if (event.type === 'PenaltyPaid') raise(event.account, 'penalty', event.value)
    else if (event.type === 'InsuranceDrawn' || event.type === 'DeficitRecorded')
      raise(event.account, 'unpaid', worth(state, event.asset, event.quantity))
  }

  return {
    record: (decided, state) => {
      if (decided.decision.ok) for (const event of decided.decision.events) recordEvent(event, decided, state)
    },
    accounts,
    sums: () => sums,
  }
}

function firstLiquidation(event: Extract<Event, { type: 'LiquidationStarted' }>, { sequenced }: Decided): AccountTally {
  const { account, bucket, netLiquidationValue, maintenanceMargin } = event
  const { sequence, time } = sequenced
  const first = { bucket, sequence, time, netLiquidationValue, maintenanceMargin }
  return { account, first, buckets: new Set(), closed: NO_VALUE, penalty: NO_VALUE, unpaid: NO_VALUE }
}

function summed(sums: TallySums, event: Event, state: ReadonlyState): TallySums {
  switch (event.type) {
    case 'LiquidationStarted':
      return { ...sums, liquidations: sums.liquidations + 1 }
    case 'ContractsClosed':
      return { ...sums, notionalClosed: add(sums.notionalClosed, event.notional) }
    case 'DebtRepaid':
      return { ...sums, notionalClosed: add(sums.notionalClosed, event.value) }
    case 'PenaltyPaid':
      return { ...sums, penalties: add(sums.penalties, event.value) }
    case 'InsuranceDrawn':
      return { ...sums, insuranceDrawn: add(sums.insuranceDrawn, worth(state, event.asset, event.quantity)) }
    case 'DeficitRecorded':
      return { ...sums, deficit: add(sums.deficit, worth(state, event.asset, event.quantity)) }
    default:
      return sums
  }
}

/** Worst first: by unpaid loss, then by size closed, then by name. */
export function worstAccounts(tally: Tally, count: number): readonly AccountTally[] {
  const all = [...tally.accounts.values()]
  all.sort(
    (a, b) => descending(a.unpaid, b.unpaid) || descending(a.closed, b.closed) || (a.account < b.account ? -1 : 1),
  )
  return all.slice(0, count)
}

function worth(state: ReadonlyState, asset: AssetId, quantity: Quantity): Value {
  const at = indexPrice(state, asset)
  return at === undefined ? NO_VALUE : valueUp(quantity, at)
}

function descending(a: Value, b: Value): number {
  return isLess(b, a) ? -1 : isLess(a, b) ? 1 : 0
}
