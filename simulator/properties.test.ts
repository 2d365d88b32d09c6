import { expect, test } from 'vitest'
import { encodeState, stateHash } from '../src/journal/state-codec.ts'
import { encodeJson } from '../src/wire/encode.ts'
import { applyDecision } from '../src/core/clearing/apply.ts'
import type { Sequenced } from '../src/core/clearing/command.ts'
import { decide } from '../src/core/clearing/decide.ts'
import type { Decision } from '../src/core/clearing/decision.ts'
import type { Event } from '../src/core/clearing/event.ts'
import type { Rejection } from '../src/core/clearing/rejection.ts'
import { genesis, type State } from '../src/core/clearing/state.ts'
import { reversedCopy } from './checker/reversed-copy.ts'
import { CHECK_IDS, type Run, run } from './checker/run.ts'
import { sumOf } from './checker/seen.ts'

const SEEDS = Array.from({ length: 20 }, (_, i) => BigInt(i + 11))
const STEPS = 2_000

const done = new Map<bigint, Run>()

/** Each seed is run once; what a run throws fails the test that asked for it. */
function runOf(seed: bigint): Run {
  const known = done.get(seed) ?? run(seed, STEPS)
  done.set(seed, known)
  return known
}

test.each(SEEDS)('seed %s runs to its end', (seed) => {
  const { faults, commands } = runOf(seed)
  expect(faults).toEqual([])
  expect(commands).toHaveLength(STEPS)
})

test.each(CHECK_IDS)('%s: holds after every command of every seed', (id) => {
  expect(SEEDS.flatMap((seed) => runOf(seed).faults.filter((fault) => fault.id === id))).toEqual([])
})

test.each(SEEDS.slice(0, 4))('INV-CLEARING-4: seed %s gives the same events and the same state twice', (seed) => {
  const [once, twice] = [runOf(seed), run(seed, STEPS)]
  expect(twice.decisions.map(encodeJson)).toEqual(once.decisions.map(encodeJson))
  expect(encodeState(twice.state)).toBe(encodeState(once.state))
})

test('INV-CLEARING-5: to decide changes nothing', () => {
  const state = genesis()
  for (const sequenced of runOf(43n).commands.slice(0, 250)) {
    const before = stateHash(state)
    const decision = decide(state, sequenced)
    expect(stateHash(state)).toBe(before)
    applyDecision(state, sequenced, decision)
  }
})

// Seeds whose last commands hold liquidations of several contracts and debts, and payments of lines: see the test after these.
const REPLAYED = [22n, 23n, 30n]
const CUTS = 200

test.each(REPLAYED)('INV-REPLAY-1: seed %s comes out the same from every prefix, the Maps reversed', (seed) => {
  const { commands, decisions, state: wanted } = runOf(seed)
  const rest = commands.slice(-CUTS)
  const answers = decisions.slice(-CUTS).map(encodeJson)
  const end = encodeState(wanted)
  const state = genesis()
  replay(state, commands.slice(0, -CUTS))
  rest.forEach((sequenced, k) => {
    const copy = reversedCopy(state)
    expect(replay(copy, rest.slice(k)).map(encodeJson), `decisions after cut ${k}`).toEqual(answers.slice(k))
    expect(encodeState(copy), `state after cut ${k}`).toBe(end)
    replay(state, [sequenced])
  })
})

test('what is replayed holds decisions that an order could change', () => {
  const decisions = REPLAYED.flatMap((seed) => runOf(seed).decisions.slice(-CUTS))
  const events = decisions.flatMap((decision) => (decision.ok ? [decision.events.map(({ type }) => type)] : []))
  const several = (type: Event['type']) => events.filter((types) => types.filter((of) => of === type).length > 1).length
  const unusable = decisions.filter((decision) => !decision.ok && decision.rejection.reason === 'PriceUnusable')
  expect(several('ContractsClosed')).toBeGreaterThan(2)
  expect(several('DebtRepaid')).toBeGreaterThan(2)
  expect(several('InsuranceDrawn')).toBeGreaterThan(0)
  expect(events.filter((types) => types.includes('LinePaid')).length).toBeGreaterThan(1)
  expect(unusable.length).toBeGreaterThan(10)
})

function replay(state: State, commands: readonly Sequenced[]): readonly Decision[] {
  return commands.map((sequenced) => {
    const decision = decide(state, sequenced)
    applyDecision(state, sequenced, decision)
    return decision
  })
}

/** What the runs together must have seen, and how often at least: a property that nothing tried would pass as well. */
const ATTEMPTED: readonly (readonly [what: string, atLeast: number])[] = [
  ['accepted fill', 1_000],
  ['accepted withdraw', 100],
  ['accepted transfer', 100],
  ['accepted deposit', 500],
  ['accepted settle', 300],
  ['accepted expire', 100],
  ['accepted reportVolatilities', 100],
  ['options priced', 300],
  ['arbitrage reported', 50],
  ['expiry of options that pay', 5],
  ['expiry of options that pay nothing', 6],
  ['expiry of futures', 20],
  ['liquidation OptionsClosed', 4],
  ['accepted writeOffDeficit', 10],
  ['accepted delistAsset', 2],
  ['accepted setBucketMode', 100],
  ['accepted setBucketLine', 100],
  ['an emergency cut in on a ramp', 10],
  ['a ramp was over', 20],
  ['liquidation during a ramp', 20],
  ['fill judged by three epochs', 50],
  ['settlement moved cash', 200],
  ['settlement left a remainder', 100],
  ['rejected InsufficientLiquidity', 40],
  ['accepted reviewAsset', 100],
  ['rejected SupplyCapReached', 3],
  ['rejected BorrowCapReached', 3],
  ['a claim valued at what it redeems for', 500],
  ['a claim valued at its market price', 500],
  ['a claim owed', 20],
  ['lenders earned', 300],
  ['borrowers paid', 300],
  ['liquidation partial', 20],
  ['liquidation full', 20],
  ['liquidation OrderCancelled', 5],
  ['liquidation Transferred', 3],
  ['liquidation DebtRepaid', 20],
  ['liquidation PenaltyPaid', 20],
  ['liquidation LinePaid', 5],
  ['liquidation spared by a line', 5],
  ['liquidation of a line that its pool could not serve', 3],
  ['liquidation InsuranceDrawn', 10],
  ['liquidation InsuranceExchanged', 5],
  ['liquidation DeficitRecorded', 10],
]

const seen = () => sumOf(SEEDS.map(runOf))

test.each(ATTEMPTED)('the runs have seen "%s" at least %i times', (what, atLeast) => {
  expect(seen().get(what) ?? 0).toBeGreaterThanOrEqual(atLeast)
})

/** Reasons the workload does not reach: no preset is registered, and only to or from one an epoch cannot ramp. */
const NEVER_REACHED: readonly Rejection['reason'][] = ['EpochCannotRamp']

/** Every reason there is: a new one does not compile until it is here. */
const REASONS: Readonly<Record<Rejection['reason'], true>> = {
  NotAuthorised: true,
  UnknownAccount: true,
  AccountExists: true,
  UnknownBucket: true,
  BucketOutOfRange: true,
  PoolStaysCross: true,
  NotALineBucket: true,
  NegativeLine: true,
  SameBucket: true,
  UnknownAsset: true,
  UnknownMarket: true,
  AlreadyListed: true,
  StillHeld: true,
  StillTraded: true,
  StillReferenced: true,
  NotEligible: true,
  SupplyCapReached: true,
  BorrowCapReached: true,
  NotAClaim: true,
  ExchangeRateJumped: true,
  BadTerms: true,
  QuantityNotPositive: true,
  NotNativeUnits: true,
  NotAMultipleOfLot: true,
  BelowMinimumQuantity: true,
  NotAMultipleOfTick: true,
  OutsidePriceBand: true,
  MarketNotOpen: true,
  ContractExpired: true,
  NotExpired: true,
  NoSettlementIndex: true,
  SettlementIndexKnown: true,
  MarkedBySurface: true,
  BadVolatilities: true,
  NoVolatilities: true,
  WrongMarketKind: true,
  OpenInterestCapReached: true,
  SelfTrade: true,
  NegativeTotalFee: true,
  OrderExists: true,
  UnknownOrder: true,
  OrderMismatch: true,
  PriceUnusable: true,
  OlderThanKnownPrice: true,
  ObservedInTheFuture: true,
  DuplicateEntry: true,
  HalfWidthOutOfRange: true,
  BidAboveAsk: true,
  ExposureOutOfBounds: true,
  QuantityOutOfBounds: true,
  FundingRateOutOfRange: true,
  NoEpoch: true,
  EpochExists: true,
  EpochRamping: true,
  EpochCannotRamp: true,
  UnknownModel: true,
  BadEpoch: true,
  NotBorrowable: true,
  InsufficientLiquidity: true,
  InsufficientFunds: true,
  InitialMarginBreached: true,
  LineExceeded: true,
  LinesNotCovered: true,
  UnsettledProfitNotWithdrawable: true,
  NotLiquidatable: true,
  PriceDoubtful: true,
  UnknownProtocolVersion: true,
}

test('the runs have been refused for every reason there is', () => {
  const unseen = Object.keys(REASONS).filter((reason) => !seen().has(`rejected ${reason}`))
  expect(unseen).toEqual(NEVER_REACHED)
})
