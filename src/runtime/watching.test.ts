import { expect, test } from 'vitest'
import { rate } from '../core/quantity/rate.ts'
import { timestamp } from '../core/quantity/timestamp.ts'
import { accountId, type AssetId, senderId } from '../core/instrument/identifier.ts'
import type { Command } from '../core/clearing/command.ts'
import { genesis } from '../core/clearing/state.ts'
import { fill, leg, OPENING, priceReport, usualRole } from '../../simulator/workload/desk.ts'
import {
  BTC,
  BTC_PERP,
  standardEpoch,
  units,
  USDT,
  WORLD_ASSETS,
  WORLD_MARKETS,
  WORLD_PRICES,
} from '../../simulator/workload/world.ts'
import { createSequencer, KEEPER } from './sequencer.ts'
import { createSweep } from './sweep.ts'
import { watchEveryone } from './watch.ts'
import type { Decided } from './ports.ts'
import { listing } from '../../simulator/workload/listing.ts'

const [alice, bob] = [accountId('alice'), accountId('bob')]
const MINUTE = 60_000
const YEAR = 365 * 86_400_000

/** The small world behind a sequencer; bob lends a million USDT and takes the other side. */
function worldDesk() {
  const rows: Decided[] = []
  let [now, counter] = [OPENING as number, 0]
  const sequencer = createSequencer({
    state: genesis(),
    journal: { append: (batch) => void rows.push(...batch) },
    clock: { now: () => timestamp(now) },
    watch: watchEveryone,
    sweep: createSweep(),
  })
  const send = (command: Command) => {
    counter += 1
    const role = usualRole(command)
    const [outcome] = sequencer.submit([{ sender: senderId(`the-${role}`), role, counter, command }])
    if (outcome?.kind !== 'decided' || !outcome.decision.ok)
      throw new RangeError(`${command.type}: ${JSON.stringify(outcome)}`)
  }
  const deposit = (account: typeof alice, asset: AssetId, amount: string) => {
    if (sequencer.state.accounts.get(account) === undefined) send({ type: 'openAccount', account })
    send({ type: 'deposit', account, bucket: 0, asset, quantity: units(amount) })
  }
  const marked = (btc: string) =>
    send(
      priceReport(timestamp(now), {
        assets: [
          [BTC, btc],
          [USDT, '1'],
        ],
        marks: [[BTC_PERP, btc]],
      }),
    )
  for (const asset of WORLD_ASSETS) send(listing(asset))
  for (const market of WORLD_MARKETS) send({ type: 'listMarket', market })
  send({ type: 'adoptEpoch', epoch: standardEpoch('first') })
  send(priceReport(timestamp(now), WORLD_PRICES))
  deposit(bob, USDT, '1000000')
  const pass = (ms: number) => {
    now += ms
  }
  /** Who the engine liquidated by itself. */
  const liquidated = () =>
    rows.flatMap(({ sequenced: { envelope } }) =>
      envelope.sender === KEEPER && 'account' in envelope.command ? [envelope.command.account] : [],
    )
  return { send, deposit, marked, pass, liquidated }
}

/** Long 1 from 50,000 with 2,600 USDT, the mark at 48,950: NLV 1,550, MM 3% of 48,950 = 1,468.50. */
function longAlice() {
  const desk = worldDesk()
  desk.deposit(alice, USDT, '2600')
  desk.send(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
  desk.marked('48950')
  expect(desk.liquidated()).toEqual([])
  return desk
}

test('who falls below maintenance margin by a price is liquidated at once', () => {
  const desk = longAlice()
  // NLV 1,500, MM 1,467, then NLV 1,400, MM 1,464.
  desk.marked('48900')
  expect(desk.liquidated()).toEqual([])
  desk.marked('48800')
  expect(desk.liquidated()).toEqual([alice])
})

test('who falls below it by funding is liquidated at once', () => {
  const desk = longAlice()
  // 0.1% of 48,950 is 48.95: NLV 1,501.05. Twice that leaves 1,452.10.
  desk.send({ type: 'accrueFunding', market: BTC_PERP, rate: rate(10n ** 15n) })
  expect(desk.liquidated()).toEqual([])
  desk.send({ type: 'accrueFunding', market: BTC_PERP, rate: rate(10n ** 15n) })
  expect(desk.liquidated()).toEqual([alice])
})

/** Long alice with an epoch coming in for a day: from 3% of 48,950, 1,468.50, to 4%, 1,958. NLV 1,550 is reached at minute 240. */
function rampedAlice() {
  const desk = longAlice()
  desk.send({
    type: 'adoptEpoch',
    epoch: standardEpoch('dearer', { markets: { 'BTC-PERP': [['0', 40_000, 50_000]] } }),
  })
  expect(desk.liquidated()).toEqual([])
  // 1,468.50 + 489.50 * 239 / 1,440 = 1,549.74, a minute later 1,550.08.
  desk.pass(239 * MINUTE)
  desk.marked('48950')
  expect(desk.liquidated()).toEqual([])
  desk.pass(MINUTE)
  return desk
}

test('nobody is liquidated by an epoch; who falls below it as it comes in is found by the next price, though nothing else moved', () => {
  const desk = rampedAlice()
  expect(desk.liquidated()).toEqual([])
  desk.marked('48950')
  expect(desk.liquidated()).toEqual([alice])
})

test('or by the next epoch', () => {
  const desk = rampedAlice()
  desk.send({ type: 'adoptEpoch', epoch: standardEpoch('same figures'), ramp: { emergency: true } })
  expect(desk.liquidated()).toEqual([alice])
})

test('who falls below it by interest alone is liquidated at once, though no account was touched', () => {
  const desk = worldDesk()
  desk.deposit(alice, BTC, '1')
  desk.send({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('40000') })
  // 43,000 less 40,000; MM 5% of 43,000 and 2% of 40,000: 2,950 of 3,000. Any year's interest on 40,000 above 0.2% is too much.
  desk.marked('43000')
  desk.pass(YEAR)
  desk.marked('43000')
  expect(desk.liquidated()).toEqual([])
  desk.send({ type: 'accrueInterest' })
  expect(desk.liquidated()).toEqual([alice])
})
