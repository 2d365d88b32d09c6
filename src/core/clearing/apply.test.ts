import { expect, test } from 'vitest'
import { NO_FUNDING } from '../quantity/funding-index.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { accountId, marketId, orderId, senderId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { InvariantError } from '../ledger/invariant.ts'
import { contracts, fill, held, leg, member, tradingDesk } from '../../../simulator/workload/desk.ts'
import { at, atoms, BTC, BTC_PERP, BTC_USDT, standardEpoch, units, USDT } from '../../../simulator/workload/world.ts'
import { priorAnswer } from './answers.ts'
import { applyDecision } from './apply.ts'
import type { Sequenced } from './command.ts'
import { accepted, rejected } from './decision.ts'
import { evolve } from './evolve.ts'
import type { Event } from './event.ts'
import { genesis } from './state.ts'
import { tried } from './trial.ts'

const alice = accountId('alice')
const bob = accountId('bob')

const sequenced = (sequence: number, time: number): Sequenced => ({
  envelope: {
    sender: senderId('venue'),
    role: 'venue',
    counter: 41 + sequence,
    command: { type: 'openAccount', account: alice },
  },
  sequence,
  time: timestamp(time),
})

test('an accepted command leaves its events, its answer, its sequence and its time', () => {
  const state = genesis()
  applyDecision(state, sequenced(1, 7), accepted({ type: 'AccountOpened', account: alice }))
  expect(state.accounts.get(alice)?.id).toBe(alice)
  expect([state.sequence, state.time]).toEqual([1, 7])
  expect(priorAnswer(state.answers, senderId('venue'), 42)).toEqual({
    kind: 'repeated',
    answer: { sequence: 1, rejection: undefined },
  })
})

test('a rejected one leaves its answer, its sequence and its time', () => {
  const state = genesis()
  applyDecision(state, sequenced(1, 7), rejected({ reason: 'NoEpoch' }))
  expect(state.accounts.get(alice)).toBeUndefined()
  expect([state.sequence, state.time]).toEqual([1, 7])
  expect(priorAnswer(state.answers, senderId('venue'), 42)).toEqual({
    kind: 'repeated',
    answer: { sequence: 1, rejection: { reason: 'NoEpoch' } },
  })
})

test.each([
  ['INV-CLEARING-1: a gap in the sequence', 3, 7],
  ['INV-CLEARING-1: a sequence that was there before', 1, 7],
  ['INV-CLEARING-2: time that runs backwards', 2, 6],
])('%s stops the engine before anything is written', (name, sequence, time) => {
  const state = genesis()
  applyDecision(state, sequenced(1, 7), rejected({ reason: 'NoEpoch' }))
  const apply = () =>
    applyDecision(state, sequenced(sequence, time), accepted({ type: 'AccountOpened', account: alice }))
  expect(apply).toThrow(InvariantError)
  expect(apply).toThrow(name.slice(0, 'INV-CLEARING-1'.length))
  expect(state.accounts.get(alice)).toBeUndefined()
  expect([state.sequence, state.time]).toEqual([1, 7])
})

test('time may stand still', () => {
  const state = genesis()
  applyDecision(state, sequenced(1, 7), rejected({ reason: 'NoEpoch' }))
  applyDecision(state, sequenced(2, 7), rejected({ reason: 'NoEpoch' }))
  expect(state.sequence).toBe(2)
})

test('events are tried without touching the state', () => {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '10000'])
  member(desk, 'bob', [USDT, '10000'])
  const command = fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob, { fee: '3' }) })
  const event: Event = { ...command, type: 'ContractFilled' }
  const before = new Map(desk.state.accounts.entries())
  const after = tried(desk.state, [event, { type: 'MarketStatusSet', market: BTC_PERP, status: 'paused' }])
  expect(contracts(after, alice, BTC_PERP).quantity).toBe(atoms('1'))
  expect(held(after, bob, USDT)).toBe(atoms('9997'))
  expect(after.markets.get(BTC_PERP)).toMatchObject({ status: 'paused', openInterest: atoms('1') })
  expect(new Map(desk.state.accounts.entries())).toEqual(before)
  expect(contracts(desk.state, alice, BTC_PERP).quantity).toBe(0n)
  expect(desk.state.markets.get(BTC_PERP)).toMatchObject({ status: 'open', openInterest: 0n })
})

/** Events no decision makes: each stops the engine by the invariant it breaks. */
const impossible: readonly (readonly [id: string, event: Event])[] = [
  ['INV-LEDGER-3', { type: 'Deposited', account: accountId('nobody'), bucket: 0, asset: USDT, quantity: units('1') }],
  ['INV-LEDGER-3', { type: 'Deposited', account: alice, bucket: 9, asset: USDT, quantity: units('1') }],
  ['INV-LEDGER-3', { type: 'BucketModeSet', account: accountId('nobody'), bucket: 0, mode: 'cross' }],
  ['INV-LEDGER-4', { type: 'Deposited', account: alice, bucket: 0, asset: USDT, quantity: units('-1') }],
  ['INV-LEDGER-2', { type: 'Withdrawn', account: alice, bucket: 0, asset: USDT, quantity: units('10001') }],
  ['INV-LEDGER-2', { type: 'InsuranceDrawn', account: alice, bucket: 0, asset: USDT, quantity: units('1') }],
  ['INV-LEDGER-2', { type: 'DeficitWrittenOff', asset: USDT, quantity: units('1'), source: 'custody' }],
  ['INV-EPOCH-1', { type: 'EpochAdopted', epoch: { ...standardEpoch('bad'), model: 'astrology' } }],
  ['INV-MARKET-1', { type: 'MarketStatusSet', market: marketId('NOWHERE'), status: 'open' }],
  ['INV-MARKET-2', { type: 'ContractSettled', market: BTC_USDT, price: at('1'), index: NO_FUNDING }],
  [
    'INV-ORDER-1',
    {
      type: 'ContractFilled',
      market: BTC_PERP,
      price: at('50000'),
      quantity: units('1'),
      buyer: { ...leg(alice), order: orderId('none') },
      seller: leg(MARKET_ACCOUNT),
    },
  ],
]

test.each(impossible)('%s: %o', (id, event) => {
  const desk = tradingDesk()
  member(desk, 'alice', [USDT, '10000'], [BTC, '1'])
  const apply = () => evolve(desk.state, event)
  expect(apply).toThrow(InvariantError)
  expect(apply).toThrow(id)
})
