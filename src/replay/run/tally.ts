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

/** Sums of a run, taken from the events as they are decided. */
export interface Tally {
  record(decided: Decided, state: ReadonlyState): void
  readonly accounts: ReadonlyMap<AccountId, AccountTally>
  readonly liquidations: number
  readonly notionalClosed: Value
  readonly penalties: Value
  readonly insuranceDrawn: Value
  readonly deficit: Value
}

export function createTally(): Tally {
  const accounts = new Map<AccountId, AccountTally>()
  const sums = {
    liquidations: 0,
    notionalClosed: NO_VALUE,
    penalties: NO_VALUE,
    insuranceDrawn: NO_VALUE,
    deficit: NO_VALUE,
  }

  function change(account: AccountId, by: (before: AccountTally) => Partial<AccountTally>): void {
    const before = accounts.get(account)
    if (before !== undefined) accounts.set(account, { ...before, ...by(before) })
  }

  function recordEvent(event: Event, { sequenced }: Decided, state: ReadonlyState): void {
    switch (event.type) {
      case 'LiquidationStarted': {
        const { account, bucket, netLiquidationValue, maintenanceMargin } = event
        const { sequence, time } = sequenced
        const first = { bucket, sequence, time, netLiquidationValue, maintenanceMargin }
        const before = accounts.get(account) ?? {
          account,
          first,
          buckets: new Set<number>(),
          closed: NO_VALUE,
          penalty: NO_VALUE,
          unpaid: NO_VALUE,
        }
        accounts.set(account, { ...before, buckets: new Set([...before.buckets, bucket]) })
        sums.liquidations += 1
        return
      }
      case 'ContractsClosed':
        sums.notionalClosed = add(sums.notionalClosed, event.notional)
        return change(event.account, ({ closed }) => ({ closed: add(closed, event.notional) }))
      case 'DebtRepaid':
        sums.notionalClosed = add(sums.notionalClosed, event.value)
        return change(event.account, ({ closed }) => ({ closed: add(closed, event.value) }))
      case 'PenaltyPaid':
        sums.penalties = add(sums.penalties, event.value)
        return change(event.account, ({ penalty }) => ({ penalty: add(penalty, event.value) }))
      case 'InsuranceDrawn': {
        const drawn = worth(state, event.asset, event.quantity)
        sums.insuranceDrawn = add(sums.insuranceDrawn, drawn)
        return change(event.account, ({ unpaid }) => ({ unpaid: add(unpaid, drawn) }))
      }
      case 'DeficitRecorded': {
        const lacking = worth(state, event.asset, event.quantity)
        sums.deficit = add(sums.deficit, lacking)
        return change(event.account, ({ unpaid }) => ({ unpaid: add(unpaid, lacking) }))
      }
      default:
    }
  }

  return {
    record: (decided, state) => {
      if (decided.decision.ok) for (const event of decided.decision.events) recordEvent(event, decided, state)
    },
    accounts,
    get liquidations() {
      return sums.liquidations
    },
    get notionalClosed() {
      return sums.notionalClosed
    },
    get penalties() {
      return sums.penalties
    },
    get insuranceDrawn() {
      return sums.insuranceDrawn
    },
    get deficit() {
      return sums.deficit
    },
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
