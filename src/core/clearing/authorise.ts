import { MARKET_ACCOUNT } from '../ledger/account.ts'
import type { Command, Envelope, Role } from './command.ts'

/** Which roles may send what. What is not listed is denied. */
const ALLOWED: { readonly [Type in Command['type']]: readonly Role[] } = {
  openAccount: ['venue', 'owner'],
  deposit: ['custodian'],
  withdraw: ['venue', 'owner'],
  transfer: ['venue', 'owner'],
  setBucketMode: ['venue', 'owner'],
  setBucketLine: ['venue', 'owner'],
  fill: ['venue'],
  placeOrder: ['venue', 'owner'],
  cancelOrder: ['venue', 'owner'],
  reportPrices: ['oracle'],
  reportVolatilities: ['oracle'],
  reprice: ['keeper', 'oracle'],
  accrueFunding: ['venue', 'oracle'],
  settle: ['venue', 'keeper'],
  expire: ['venue', 'keeper'],
  accrueInterest: ['keeper'],
  adoptEpoch: ['risk'],
  fundInsurance: ['custodian'],
  writeOffDeficit: ['risk', 'custodian'],
  liquidate: ['keeper'],
  setMarketStatus: ['venue', 'risk'],
  listAsset: ['risk'],
  listMarket: ['risk'],
  reviewAsset: ['risk'],
  delistAsset: ['risk'],
  delistMarket: ['risk'],
  upgradeProtocol: ['risk'],
}

/** What may be done to the market account's own balances, and by whom: it is outside margin, so nobody else moves them. */
const ALLOWED_ON_MARKET: { readonly [Type in Command['type']]?: readonly Role[] } = {
  deposit: ['custodian'],
  withdraw: ['custodian'],
}

/**
 * Whether the sender may send this: the role allows it, an owner acts on the account of its own name only, the market
 * account is the custodian's, a deficit is written off with money from outside by the custodian alone, and an index to expire
 * at is named by the risk role alone.
 */
export function isAuthorised({ sender, role, command }: Envelope): boolean {
  if ('account' in command && command.account === MARKET_ACCOUNT)
    return ALLOWED_ON_MARKET[command.type]?.includes(role) === true
  if (command.type === 'writeOffDeficit') return role === (command.source === 'custody' ? 'custodian' : 'risk')
  if (command.type === 'expire' && command.index !== undefined) return role === 'risk'
  if (!ALLOWED[command.type].includes(role)) return false
  return role !== 'owner' || ('account' in command && String(command.account) === String(sender))
}
