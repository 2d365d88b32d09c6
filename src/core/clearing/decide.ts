import { rejected, accepted, type Decision } from './decision.ts'
import { isAuthorised } from './authorise.ts'
import type { Command, Sequenced } from './command.ts'
import {
  decideDeposit,
  decideFundInsurance,
  decideSetBucketLine,
  decideSetBucketMode,
  decideTransfer,
  decideWithdraw,
  decideWriteOffDeficit,
} from './decide-cash.ts'
import { decideExpire } from './decide-expire.ts'
import { decideFill } from './decide-fill.ts'
import { decideLiquidate } from './decide-liquidate.ts'
import { decideAccrueFunding, decideReportPrices, decideSettle } from './decide-market.ts'
import { decideCancelOrder, decidePlaceOrder } from './decide-order.ts'
import {
  decideAdoptEpoch,
  decideDelistAsset,
  decideDelistMarket,
  decideListAsset,
  decideListMarket,
  decideReviewAsset,
  decideSetMarketStatus,
  decideUpgradeProtocol,
} from './decide-risk.ts'
import { decideReprice } from './decide-reprice.ts'
import { decideReportVolatilities } from './decide-volatilities.ts'
import type { ReadonlyState } from './state.ts'
import type { Timestamp } from '../quantity/timestamp.ts'

/**
 * What the clearinghouse makes of a command: a pure function of the state and the command's place in the order of things.
 * Authority is checked before anything else; each kind of command documents the order of its own checks.
 */
export function decide(state: ReadonlyState, { envelope, time }: Sequenced): Decision {
  const { sender, role, command } = envelope
  if (!isAuthorised(envelope)) return rejected({ reason: 'NotAuthorised', sender, role, command: command.type })
  return decideCommand(state, command, time)
}

function decideCommand(state: ReadonlyState, command: Command, time: Timestamp): Decision {
  switch (command.type) {
    case 'openAccount':
      if (state.accounts.get(command.account) !== undefined)
        return rejected({ reason: 'AccountExists', account: command.account })
      return accepted({ type: 'AccountOpened', account: command.account })
    case 'deposit':
      return decideDeposit(state, command)
    case 'withdraw':
      return decideWithdraw(state, command, time)
    case 'transfer':
      return decideTransfer(state, command, time)
    case 'setBucketMode':
      return decideSetBucketMode(state, command, time)
    case 'setBucketLine':
      return decideSetBucketLine(state, command, time)
    case 'fill':
      return decideFill(state, command, time)
    case 'placeOrder':
      return decidePlaceOrder(state, command, time)
    case 'cancelOrder':
      return decideCancelOrder(state, command)
    case 'reportPrices':
      return decideReportPrices(state, command, time)
    case 'reportVolatilities':
      return decideReportVolatilities(state, command, time)
    case 'reprice':
      return decideReprice(state, command, time)
    case 'accrueFunding':
      return decideAccrueFunding(state, command)
    case 'settle':
      return decideSettle(state, command)
    case 'expire':
      return decideExpire(state, command, time)
    case 'accrueInterest':
      return accepted({ type: 'InterestAccrued', time })
    case 'adoptEpoch':
      return decideAdoptEpoch(state, command, time)
    case 'fundInsurance':
      return decideFundInsurance(state, command)
    case 'writeOffDeficit':
      return decideWriteOffDeficit(state, command)
    case 'liquidate':
      return decideLiquidate(state, command, time)
    case 'setMarketStatus':
      return decideSetMarketStatus(state, command)
    case 'listAsset':
      return decideListAsset(state, command, time)
    case 'reviewAsset':
      return decideReviewAsset(state, command)
    case 'listMarket':
      return decideListMarket(state, command, time)
    case 'delistAsset':
      return decideDelistAsset(state, command)
    case 'delistMarket':
      return decideDelistMarket(state, command)
    case 'upgradeProtocol':
      return decideUpgradeProtocol(state, command)
    default:
      return command satisfies never
  }
}
