import { expect, test } from 'vitest'
import { ppm } from '../../src/core/quantity/ppm.ts'
import { quantity, type Quantity } from '../../src/core/quantity/quantity.ts'
import { rate } from '../../src/core/quantity/rate.ts'
import { senderId } from '../../src/core/instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../../src/core/ledger/account.ts'
import { putBucket, requireAssetBook, requireBucket } from '../../src/core/ledger/books.ts'
import type { Command } from '../../src/core/clearing/command.ts'
import type { Decision } from '../../src/core/clearing/decision.ts'
import type { Event } from '../../src/core/clearing/event.ts'
import type { State } from '../../src/core/clearing/state.ts'
import { emptyDesk, fill, leg, member, MS_PER_DAY, priceReport, usualRole } from '../workload/desk.ts'
import {
  at,
  atoms,
  BTC,
  BTC_PERP,
  BTC_USDT,
  standardEpoch,
  units,
  usd,
  USDT,
  WORLD_ASSETS,
  WORLD_MARKETS,
  WORLD_PRICES,
} from '../workload/world.ts'
import { openBooks } from './audit-books.ts'
import { compare } from './compare.ts'
import { observe } from './observe.ts'
import { listing } from '../workload/listing.ts'

/** A desk whose every command the accountant sees. `alice` and `bob` have 10,000 USDT each, `bob` a BTC as well. */
function auditedDesk() {
  const desk = emptyDesk()
  const books = openBooks()
  function audited(command: Command): readonly string[] {
    const decision: Decision = desk.send(command)
    if (!decision.ok) throw new Error(`${command.type}: ${decision.rejection.reason}`)
    const role = usualRole(command)
    const envelope = { sender: senderId(role), role, counter: desk.state.sequence, command }
    return observe(books, { envelope, sequence: desk.state.sequence, time: desk.now() }, decision)
  }
  for (const asset of WORLD_ASSETS) audited(listing(asset))
  for (const market of WORLD_MARKETS) audited({ type: 'listMarket', market })
  audited({ type: 'adoptEpoch', epoch: standardEpoch('first') })
  audited(priceReport(desk.now(), WORLD_PRICES))
  const recorder = { ...desk, accept: (command: Command) => (audited(command), []) }
  const alice = member(recorder, 'alice', [USDT, '10000'])
  const bob = member(recorder, 'bob', [USDT, '10000'], [BTC, '1'])
  return { desk, books, audited, alice, bob }
}

const trade = ({ alice, bob }: ReturnType<typeof auditedDesk>) =>
  fill(BTC_PERP, {
    quantity: '0.003',
    price: '50000.1',
    buyer: leg(alice, { fee: '0.075' }),
    seller: leg(bob, { fee: '-0.015' }),
  })

test('agrees with the clearinghouse after deposits, trades, funding, settlement and interest', () => {
  const world = auditedDesk()
  const { audited, alice, bob, desk, books } = world
  const commands: Command[] = [
    trade(world),
    { type: 'accrueFunding', market: BTC_PERP, rate: rate(-123_456_789_012_345n) },
    priceReport(desk.now(), { marks: [[BTC_PERP, '49999.7']] }),
    { type: 'settle', market: BTC_PERP },
    { type: 'withdraw', account: alice, bucket: 0, asset: BTC, quantity: units('0.01') },
    fill(BTC_USDT, { quantity: '0.00123', price: '50000.1', buyer: leg(bob), seller: leg(MARKET_ACCOUNT) }),
  ]
  for (const command of commands) {
    expect(audited(command)).toEqual([])
    expect(compare(books, desk.state)).toEqual([])
  }
  desk.pass(MS_PER_DAY)
  expect(audited({ type: 'accrueInterest' })).toEqual([])
  expect(compare(books, desk.state)).toEqual([])
})

/** Moves an amount between two places of the ledger as a broken engine might: totals may still add up. */
function bend(state: State, change: Partial<Record<'fees' | 'buckets' | 'interestReserve', bigint>>): void {
  const book = requireAssetBook(state, USDT)
  const ledger = { ...book.ledger }
  for (const [column, amount] of Object.entries(change) as [keyof typeof ledger, bigint][])
    ledger[column] = quantity(ledger[column] + amount)
  state.assetBooks.set(USDT, { ...book, ledger })
}

function bendBalance(state: State, name: 'alice' | 'bob', amount: bigint): void {
  const account = [...state.accounts.values()].find(({ id }) => id === name)
  if (account === undefined) throw new Error(`no ${name}`)
  const bucket = requireBucket(state, account.id, 0)
  const entry = bucket.balances.get(USDT)
  if (entry === undefined) throw new Error(`${name} has no USDT`)
  const bent: Quantity = quantity(entry.principal + amount)
  const balances = new Map(bucket.balances).set(USDT, { ...entry, principal: bent })
  putBucket(state, account.id, 0, { ...bucket, balances })
}

const bugs: readonly (readonly [name: string, bend: (state: State) => void, differences: readonly string[]])[] = [
  [
    'a fee leg that was dropped',
    (state) => {
      bendBalance(state, 'alice', atoms('0.075'))
      bend(state, { fees: -atoms('0.075'), buckets: atoms('0.075') })
    },
    ['USDT of alice 0', 'fees of USDT'],
  ],
  [
    'a rebate with its sign flipped',
    (state) => {
      bendBalance(state, 'bob', -atoms('0.03'))
      bend(state, { fees: atoms('0.03'), buckets: -atoms('0.03') })
    },
    ['USDT of bob 0', 'fees of USDT'],
  ],
  ['one atom of a remainder that was lost', (state) => bend(state, { fees: -1n }), ['fees of USDT']],
  ['one atom made from nothing', (state) => bendBalance(state, 'bob', 1n), ['USDT of bob 0']],
  [
    'a position booked the wrong way round',
    (state) => {
      const account = [...state.accounts.values()].find(({ id }) => id === 'alice')
      if (account === undefined) throw new Error('no alice')
      const bucket = requireBucket(state, account.id, 0)
      const position = bucket.positions.get(BTC_PERP)
      if (position === undefined) throw new Error('no position')
      const flipped = { ...position, quantity: quantity(-position.quantity) }
      putBucket(state, account.id, 0, { ...bucket, positions: new Map(bucket.positions).set(BTC_PERP, flipped) })
    },
    ['contracts of BTC-PERP of alice 0'],
  ],
]

test.each(bugs)('notices %s', (_name, change, differences) => {
  const world = auditedDesk()
  world.audited(trade(world))
  expect(compare(world.books, world.desk.state)).toEqual([])
  change(world.desk.state)
  expect(compare(world.books, world.desk.state).map((line) => line.split(':')[0])).toEqual(differences)
})

test('notices a bucket that it does not know', () => {
  const world = auditedDesk()
  world.desk.accept({ type: 'setBucketMode', account: world.alice, bucket: 1, mode: 'isolated' })
  expect(compare(world.books, world.desk.state)).toEqual([
    'mode of alice 1: engine isolated, accountant undefined',
    'number of buckets: engine 4, accountant 3',
  ])
})

test('notices a line that the engine has and it has not', () => {
  const world = auditedDesk()
  world.audited({ type: 'setBucketMode', account: world.alice, bucket: 1, mode: 'line' })
  world.audited({ type: 'setBucketLine', account: world.alice, bucket: 1, limit: usd('5') })
  expect(compare(world.books, world.desk.state)).toEqual([])
  world.desk.accept({ type: 'setBucketLine', account: world.alice, bucket: 1, limit: usd('6') })
  expect(compare(world.books, world.desk.state)).toEqual([
    `line of alice 1: engine ${usd('6')}, accountant ${usd('5')}`,
  ])
})

/** alice, with 10,000 in the pool, is long 1 bitcoin in a line bucket with 3,000 of its own; the mark falls to 46,000. */
function calledLine(line: string) {
  const world = auditedDesk()
  const { alice, bob, desk, audited } = world
  audited({ type: 'setBucketMode', account: alice, bucket: 1, mode: 'line' })
  audited({ type: 'setBucketLine', account: alice, bucket: 1, limit: usd(line) })
  audited({ type: 'deposit', account: alice, bucket: 1, asset: USDT, quantity: units('3000') })
  audited(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice, { bucket: 1 }), seller: leg(bob) }))
  audited(priceReport(desk.now(), { marks: [[BTC_PERP, '46000']] }))
  return world
}

test('agrees with a payment of a line; notices one of another amount, of another debt, and one that is left out', () => {
  const sound = calledLine('500')
  expect(sound.audited({ type: 'liquidate', account: sound.alice, bucket: 1 })).toEqual([])
  expect(compare(sound.books, sound.desk.state)).toEqual([])
  const bent = (change: (event: Event) => readonly Event[]) => {
    const { books, desk, alice } = calledLine('500')
    const command: Command = { type: 'liquidate', account: alice, bucket: 1 }
    const decision = desk.send(command)
    if (!decision.ok) throw new Error(decision.rejection.reason)
    const envelope = { sender: senderId('keeper'), role: 'keeper', counter: 1, command } as const
    const events = decision.events.flatMap(change)
    return observe(books, { envelope, sequence: desk.state.sequence, time: desk.now() }, { ok: true, events }).join(
      '; ',
    )
  }
  expect(bent((event) => [event])).toBe('')
  expect(bent((event) => (event.type === 'LinePaid' ? [{ ...event, value: usd('499') }] : [event]))).toMatch(
    /what the pool pays/,
  )
  expect(bent((event) => (event.type === 'LinePaid' ? [{ ...event, debts: [] }] : [event]))).toMatch(/debts the pool/)
  expect(bent((event) => (event.type === 'LinePaid' ? [] : [event]))).toMatch(/yet to pay before the waterfall/)
  expect(
    bent((event) => (event.type === 'LiquidationStarted' ? [{ ...event, granted: usd('499') }] : [event])),
  ).toMatch(/what the pool grants/)
})

test('notices a liquidation that closes too much, at a better price, or of somebody who is sound', () => {
  const world = auditedDesk()
  world.audited(trade(world))
  const { alice } = world
  const events: Decision = {
    ok: true,
    events: [
      {
        type: 'LiquidationStarted',
        account: alice,
        bucket: 0,
        // 10,000 - 0.075 - 0.003 * 0.1 = 9,999.9247 at the mark of 50,000; MM is 3% of 150.
        netLiquidationValue: usd('9999.9247'),
        maintenanceMargin: usd('4.5'),
        extent: 'partial',
        fractionPpm: ppm(500_000n),
      },
      {
        type: 'ContractsClosed',
        account: alice,
        bucket: 0,
        market: BTC_PERP,
        bought: units('-0.003'),
        price: at('50000'),
        notional: usd('150'),
      },
    ],
  }
  const role = 'keeper'
  const command: Command = { type: 'liquidate', account: alice, bucket: 0 }
  const envelope = { sender: senderId(role), role, counter: 1, command } as const
  const found = observe(world.books, { envelope, sequence: 1, time: world.desk.now() }, events)
  expect(found).toEqual([
    'not so: NLV < MM at the start',
    // Half of 0.003 is 0.0015: two lots of 0.001.
    'contracts closed: -3000000000000000, should be -2000000000000000',
    'notional: 150000000000000000000, should be 100000000000000000000',
    // Half spread 500 ppm and an impact of 1,000 ppm * sqrt(100 / 1,000,000) = 10 ppm: 50,000 * (1 - 0.00051).
    'close-out price: 50000000000000000000000, should be 49974500000000000000000',
    'it does not end with LiquidationEnded',
  ])
})

test('notices who draws on more than is lent, who is refused for nothing, and a wrong amount available', () => {
  const { books, desk, alice } = auditedDesk()
  const role = 'venue'
  function told(command: Command, decision: Decision): readonly string[] {
    const envelope = { sender: senderId(role), role, counter: 1, command } as const
    return observe(books, { envelope, sequence: 1, time: desk.now() }, decision)
  }
  function refused(requested: Quantity, available: Quantity): Decision {
    return { ok: false, rejection: { reason: 'InsufficientLiquidity', asset: BTC, requested, available } }
  }
  const borrow = (amount: string) => ({ account: alice, bucket: 0, asset: BTC, quantity: units(amount) })
  const withdraw = (amount: string): Command => ({ type: 'withdraw', ...borrow(amount) })
  // bob lends 1 BTC and the cap is all of it; BTC have 8 decimals.
  expect(told(withdraw('1'), refused(units('1'), units('0.99999999')))).toEqual([
    'a withdrawal within the cap was refused',
    'available: 999999990000000000, should be 1000000000000000000',
  ])
  expect(told(withdraw('1.5'), refused(units('1.5'), units('1')))).toEqual([])
  const { account, bucket, asset, quantity: amount } = borrow('1.5')
  const event = { type: 'Withdrawn', account, bucket, asset, quantity: amount } as const
  expect(told(withdraw('1.5'), { ok: true, events: [event] })).toEqual([
    'INV-LENDING-4: 1500000000000000000 BTC withdrawn, 1000000000000000000 were available',
  ])
  const moved = { type: 'transfer', account: alice, from: 0, to: 1, asset: BTC, quantity: units('1') } as const
  const transferred = { type: 'Transferred', account, from: 0, to: 1, asset, quantity: units('1') } as const
  expect(told(moved, { ok: true, events: [transferred] })).toEqual(['INV-LENDING-4: transfer draws BTC beyond its cap'])
})
