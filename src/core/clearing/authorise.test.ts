import { describe, expect, test } from 'vitest'
import { rate } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { accountId, orderId, senderId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { leg, member, outcome, tradingDesk } from '../../../simulator/workload/desk.ts'
import {
  at,
  assetTerms,
  BTC,
  BTC_PERP,
  perpetualTerms,
  standardEpoch,
  units,
  usd,
  USDT,
} from '../../../simulator/workload/world.ts'
import { isAuthorised } from './authorise.ts'
import type { Command, Role } from './command.ts'
import { listing, soundEvidence } from '../../../simulator/workload/listing.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const ROLES: readonly Role[] = ['owner', 'venue', 'custodian', 'oracle', 'risk', 'keeper']

/**
 * Who may send what. A custodian reports money that arrived from outside; an oracle reports prices; risk lists things and sets
 * their parameters; a keeper starts what is due; a venue acts for its members and matches them; an owner acts for itself.
 */
const MAY: { readonly [Type in Command['type']]: readonly Role[] } = {
  openAccount: ['owner', 'venue'],
  deposit: ['custodian'],
  withdraw: ['owner', 'venue'],
  transfer: ['owner', 'venue'],
  setBucketMode: ['owner', 'venue'],
  setBucketLine: ['owner', 'venue'],
  fill: ['venue'],
  placeOrder: ['owner', 'venue'],
  cancelOrder: ['owner', 'venue'],
  reportPrices: ['oracle'],
  reportVolatilities: ['oracle'],
  reprice: ['oracle', 'keeper'],
  accrueFunding: ['venue', 'oracle'],
  settle: ['venue', 'keeper'],
  // At the index that was observed; one that is named see below.
  expire: ['venue', 'keeper'],
  accrueInterest: ['keeper'],
  adoptEpoch: ['risk'],
  fundInsurance: ['custodian'],
  // From the fees or the fund; with money from outside see below.
  writeOffDeficit: ['risk'],
  liquidate: ['keeper'],
  setMarketStatus: ['venue', 'risk'],
  listAsset: ['risk'],
  listMarket: ['risk'],
  reviewAsset: ['risk'],
  delistAsset: ['risk'],
  delistMarket: ['risk'],
  upgradeProtocol: ['risk'],
}

const inPool = { account: alice, bucket: 0 }
const amount = { asset: USDT, quantity: units('1') }
const EXAMPLES: { readonly [Type in Command['type']]: Extract<Command, { type: Type }> } = {
  openAccount: { type: 'openAccount', account: alice },
  deposit: { type: 'deposit', ...inPool, ...amount },
  withdraw: { type: 'withdraw', ...inPool, ...amount },
  transfer: { type: 'transfer', account: alice, from: 0, to: 1, ...amount },
  setBucketMode: { type: 'setBucketMode', account: alice, bucket: 1, mode: 'isolated' },
  setBucketLine: { type: 'setBucketLine', account: alice, bucket: 1, limit: usd('1') },
  fill: {
    type: 'fill',
    market: BTC_PERP,
    price: at('50000'),
    quantity: units('0.001'),
    buyer: leg(alice),
    seller: leg(bob),
  },
  placeOrder: {
    type: 'placeOrder',
    ...inPool,
    order: orderId('o1'),
    market: BTC_PERP,
    side: 'buy',
    quantity: units('0.001'),
    limit: at('50000'),
  },
  cancelOrder: { type: 'cancelOrder', ...inPool, order: orderId('o1') },
  reportPrices: { type: 'reportPrices', observedAt: timestamp(0), assets: [], marks: [] },
  reportVolatilities: { type: 'reportVolatilities', underlying: BTC, observedAt: timestamp(0), slices: [] },
  reprice: { type: 'reprice', underlying: BTC },
  accrueFunding: { type: 'accrueFunding', market: BTC_PERP, rate: rate(1n) },
  settle: { type: 'settle', market: BTC_PERP },
  expire: { type: 'expire', market: BTC_PERP },
  accrueInterest: { type: 'accrueInterest' },
  adoptEpoch: { type: 'adoptEpoch', epoch: standardEpoch('another') },
  fundInsurance: { type: 'fundInsurance', ...amount },
  writeOffDeficit: { type: 'writeOffDeficit', ...amount, source: 'fees' },
  liquidate: { type: 'liquidate', ...inPool },
  setMarketStatus: { type: 'setMarketStatus', market: BTC_PERP, status: 'paused' },
  listAsset: listing(assetTerms({ id: BTC })),
  listMarket: { type: 'listMarket', market: perpetualTerms({ id: BTC_PERP }) },
  reviewAsset: { type: 'reviewAsset', asset: BTC, evidence: soundEvidence(assetTerms({ id: BTC })) },
  delistAsset: { type: 'delistAsset', asset: BTC, reason: 'Legal' },
  delistMarket: { type: 'delistMarket', market: BTC_PERP },
  upgradeProtocol: { type: 'upgradeProtocol', version: 2 },
}

const everyPair = Object.values(EXAMPLES).flatMap((command) =>
  ROLES.map((role) => [command.type, role, MAY[command.type].includes(role), command] as const),
)

describe('every command from every role', () => {
  test.each(everyPair)('%s by %s: %s', (_type, role, want, command) => {
    // The sender bears the name of the account, so that only the role decides.
    expect(isAuthorised({ sender: senderId('alice'), role, counter: 1, command })).toBe(want)
  })
})

test.each(ROLES)('an index to expire at is named by risk alone, not by %s', (role) => {
  const command: Command = { ...EXAMPLES.expire, index: at('50000') }
  expect(isAuthorised({ sender: senderId('alice'), role, counter: 1, command })).toBe(role === 'risk')
})

describe('an owner', () => {
  const own = Object.values(EXAMPLES).filter((command) => MAY[command.type].includes('owner'))
  test.each(own.map((command) => [command.type, command] as const))(
    'may %s only on its own account',
    (_type, command) => {
      const by = (sender: string) => isAuthorised({ sender: senderId(sender), role: 'owner', counter: 1, command })
      expect([by('alice'), by('bob'), by('alic'), by('Alice')]).toEqual([true, false, false, false])
    },
  )
})

describe('the market account, which is outside margin', () => {
  // Regression: a keeper that liquidated it had its margin worked out, which stops the engine once what it has is worth more
  // than 1e15 USD: it has no bounds as members have.
  const MAY_ON_MARKET: Partial<Record<Command['type'], readonly Role[]>> = {
    deposit: ['custodian'],
    withdraw: ['custodian'],
  }
  const onMarket = Object.values(EXAMPLES).flatMap((command) =>
    'account' in command
      ? ROLES.map(
          (role) => [command.type, role, MAY_ON_MARKET[command.type]?.includes(role) === true, command] as const,
        )
      : [],
  )
  test.each(onMarket)('%s by %s: %s', (_type, role, want, command) => {
    const sender = senderId('market')
    expect(isAuthorised({ sender, role, counter: 1, command: { ...command, account: MARKET_ACCOUNT } })).toBe(want)
  })
  test('is a side of a fill like any other', () => {
    const command = { ...EXAMPLES.fill, seller: leg(MARKET_ACCOUNT) }
    expect(isAuthorised({ sender: senderId('venue'), role: 'venue', counter: 1, command })).toBe(true)
  })
})

test.each([
  ['fees', 'risk'],
  ['insuranceFund', 'risk'],
  ['custody', 'custodian'],
] as const)('a deficit is written off from %s by %s alone', (source, wanted) => {
  const command: Command = { ...EXAMPLES.writeOffDeficit, source }
  const may = ROLES.filter((role) => isAuthorised({ sender: senderId('alice'), role, counter: 1, command }))
  expect(may).toEqual([wanted])
})

test('authority is checked before anything else, and a refusal says who asked for what', () => {
  const desk = tradingDesk()
  member(desk, 'alice')
  const nonsense: Command = { type: 'withdraw', account: bob, bucket: 99, asset: BTC, quantity: units('-1') }
  expect(desk.send(nonsense, { role: 'keeper', sender: senderId('k') })).toEqual({
    ok: false,
    rejection: { reason: 'NotAuthorised', sender: 'k', role: 'keeper', command: 'withdraw' },
  })
  expect(outcome(desk.send(nonsense, { role: 'venue' }))).not.toBe('NotAuthorised')
})
