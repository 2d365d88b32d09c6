import type { AccountId } from '../core/instrument/identifier.ts'
import { compareNames } from '../core/instrument/identifier.ts'
import { type Account, MARKET_ACCOUNT } from '../core/ledger/account.ts'
import { isLiquidatable } from '../core/clearing/line-check.ts'
import { isSurelyMaintained, maintenanceOf, type NettingSetView } from '../core/clearing/margin-check.ts'
import type { ReadonlyState } from '../core/clearing/state.ts'
import { hasLiability, nettingSet, nettingSetNumbers, portfolioOf } from '../core/portfolio/portfolio.ts'

/** A netting set by its account and first bucket. */
export interface NettingSetName {
  readonly account: AccountId
  readonly bucket: number
}

/** Checks accounts exactly, and remembers what an account's record means for risk until the record is replaced. */
export interface Sweep {
  /**
   * Netting sets of these accounts whose NLV is below MM by more than a line reaches, in account order, then by bucket. Every set
   * is looked at, so that one whose pool weakened is found, though nothing of its own changed.
   */
  findBelowMaintenance(state: ReadonlyState, accounts: Iterable<Account>): readonly NettingSetName[]
  /** To be called when interest has accrued: balances changed though no account record did. */
  forget(): void
}

interface Remembered {
  readonly account: Account
  readonly views: readonly NettingSetView[]
}

export function createSweep(): Sweep {
  const remembered = new Map<AccountId, Remembered>()

  function viewsOf(state: ReadonlyState, account: Account): readonly NettingSetView[] {
    const known = remembered.get(account.id)
    if (known?.account === account) return known.views
    const views = account.id === MARKET_ACCOUNT ? [] : liableViews(state, account)
    remembered.set(account.id, { account, views })
    return views
  }

  return {
    findBelowMaintenance: (state, accounts) => {
      const { risk, time } = state
      const found: NettingSetName[] = []
      if (risk === undefined) return found
      for (const account of accounts) {
        for (const view of viewsOf(state, account)) {
          if (isSurelyMaintained(state, risk, view, time)) continue
          if (isLiquidatable(state, risk, view, maintenanceOf(state, risk, view, time), time))
            found.push({ account: account.id, bucket: view.bucket })
        }
      }
      return found.sort((a, b) => compareNames(a.account, b.account) || a.bucket - b.bucket)
    },
    forget: () => remembered.clear(),
  }
}

/** Netting sets that owe something: the others cannot be liquidated whatever prices do. */
function liableViews(state: ReadonlyState, account: Account): readonly NettingSetView[] {
  return nettingSetNumbers(account).flatMap((bucket) => {
    const buckets = nettingSet(account, bucket)
    const portfolio = portfolioOf(buckets, state.assetBooks)
    return hasLiability(portfolio, state) ? [{ account: account.id, bucket, buckets, portfolio }] : []
  })
}
