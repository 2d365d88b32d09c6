import { MARKET_ACCOUNT } from '../ledger/account.ts'
import type { Command, Envelope, Role } from './command.ts'

/** Which roles may send what. What is not listed is denied. */
const ALLOWED: { readonly [Type in Command['type']]: readonly Role[] } = {
  openAccount: ['venue', 'owner'],
  deposit: ['custodian'],
  withdraw: ['venue', 'owner'],
  transfer: ['venue', 'owner'],
  setBucketMode: ['venue', 'owner'],
  fill: ['venue'],
  placeOrder: ['venue', 'owner'],
  cancelOrder: ['venue', 'owner'],
  reportPrices: ['oracle'],
  accrueFunding: ['venue', 'oracle'],
  settle: ['venue', 'keeper'],
  accrueInterest: ['keeper'],
  adoptEpoch: ['risk'],
  fundInsurance: ['custodian'],
  writeOffDeficit: ['risk'],
  liquidate: ['keeper'],
  setMarketStatus: ['venue', 'risk'],
  listAsset: ['risk'],
  listMarket: ['risk'],
  delistAsset: ['risk'],
  delistMarket: ['risk'],
  upgradeProtocol: ['risk'],
}

/** Whether the sender may send this: the role allows it, and an owner acts on the account of its own name only. */
export function isAuthorised({ sender, role, command }: Envelope): boolean {
  if (!ALLOWED[command.type].includes(role)) return false
  if (role !== 'owner') return true
  return 'account' in command && command.account !== MARKET_ACCOUNT && String(command.account) === String(sender)
}
