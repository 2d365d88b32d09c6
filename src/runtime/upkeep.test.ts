import { expect, test } from 'vitest'
import { rate } from '../core/quantity/rate.ts'
import { timestamp } from '../core/quantity/timestamp.ts'
import { accountId, marketId, senderId } from '../core/instrument/identifier.ts'
import type { Command } from '../core/clearing/command.ts'
import { genesis } from '../core/clearing/state.ts'
import { fill, leg, OPENING, priceReport, usualRole } from '../../simulator/workload/desk.ts'
import { listing } from '../../simulator/workload/listing.ts'
import {
  at,
  BTC,
  BTC_PERP,
  ETH,
  futureTerms,
  optionTerms,
  standardEpoch,
  units,
  USDT,
  WORLD_ASSETS,
  WORLD_PRICES,
} from '../../simulator/workload/world.ts'
import type { Decided } from './ports.ts'
import { createSequencer, KEEPER } from './sequencer.ts'
import { createSweep } from './sweep.ts'
import { watchEveryone } from './watch.ts'

const [FUTURE, CALL] = [marketId('BTC-FUT'), marketId('BTC-CALL')]
const [alice, bob] = [accountId('alice'), accountId('bob')]
const HOUR = 3_600_000
const EXPIRY = timestamp(OPENING + HOUR)

/** A sequencer with a future and a call that end in an hour; alice and bob bring what is given. */
function upkeepDesk(money: { readonly alice: string; readonly bob: string }) {
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
    sequencer.submit([{ sender: senderId(`the-${role}`), role, counter, command }])
  }
  for (const asset of WORLD_ASSETS) send(listing(asset))
  send({ type: 'listMarket', market: futureTerms({ id: FUTURE, expiry: EXPIRY }) })
  send({ type: 'listMarket', market: optionTerms({ id: CALL, expiry: EXPIRY }) })
  send({ type: 'adoptEpoch', epoch: standardEpoch('first') })
  send(priceReport(timestamp(now), { assets: WORLD_PRICES.assets, marks: [[FUTURE, '50000']] }))
  for (const account of [alice, bob]) {
    send({ type: 'openAccount', account })
    const quantity = units(account === alice ? money.alice : money.bob)
    send({ type: 'deposit', account, bucket: 0, asset: USDT, quantity })
  }
  const volatilities = (volatility: bigint): Command => ({
    type: 'reportVolatilities',
    underlying: BTC,
    observedAt: timestamp(now),
    slices: [{ expiry: EXPIRY, forward: at('50000'), points: [{ strike: at('50000'), volatility: rate(volatility) }] }],
  })
  return {
    send,
    state: sequencer.state,
    pass: (ms: number) => void (now += ms),
    reach: (ms: number) => void (now = EXPIRY + ms),
    volatilities: (volatility: bigint) => send(volatilities(volatility)),
    prices: (btc: string) =>
      send(
        priceReport(timestamp(now), {
          assets: [
            [BTC, btc],
            [USDT, '1'],
          ],
        }),
      ),
    /** What the engine sent by itself since this was last asked. */
    kept: () => {
      const found = rows.filter(({ sequenced }) => sequenced.envelope.sender === KEEPER)
      rows.length = 0
      return found.map(
        ({ sequenced, decision }) =>
          `${sequenced.envelope.command.type} ${decision.ok ? 'ok' : decision.rejection.reason}`,
      )
    },
  }
}

const RICH = { alice: '100000', bob: '1000000' }

test('options are priced after every report of volatilities', () => {
  const desk = upkeepDesk(RICH)
  expect(desk.kept()).toEqual([])
  desk.volatilities(6n * 10n ** 17n)
  expect(desk.kept()).toEqual(['reprice ok'])
  desk.volatilities(7n * 10n ** 17n)
  expect(desk.kept()).toEqual(['reprice ok'])
  expect(desk.state.markets.get(CALL)?.pricing?.volatility).toBe(7n * 10n ** 17n)
})

test('options are priced when their underlying has moved by more than 0.25%, or marks are 10 s old', () => {
  const desk = upkeepDesk(RICH)
  desk.volatilities(6n * 10n ** 17n)
  desk.kept()
  const priced = (btc: string) => {
    desk.prices(btc)
    return desk.kept()
  }
  expect(priced('50125')).toEqual([])
  expect(priced('49875')).toEqual([])
  expect(priced('50125.1')).toEqual(['reprice ok'])
  // From 50,125.10 on: 125.31 is 0.25%.
  expect(priced('50000')).toEqual([])
  desk.pass(9_999)
  expect(priced('50000')).toEqual([])
  desk.pass(1)
  expect(priced('50000')).toEqual(['reprice ok'])
})

test('without options nothing is priced', () => {
  const desk = upkeepDesk(RICH)
  desk.send({ type: 'delistMarket', market: CALL })
  desk.volatilities(6n * 10n ** 17n)
  expect(desk.kept()).toEqual([])
})

test('contracts end with the first command at their time, whatever it is', () => {
  const desk = upkeepDesk(RICH)
  desk.reach(-60_000)
  desk.prices('50100')
  desk.reach(-1)
  desk.send({ type: 'accrueInterest' })
  expect(desk.kept()).toEqual([])
  desk.reach(0)
  desk.send({ type: 'openAccount', account: alice })
  expect(desk.kept()).toEqual(['expire ok', 'expire ok'])
  expect([CALL, FUTURE].map((market) => desk.state.markets.get(market)?.settledAt)).toEqual([at('50100'), at('50100')])
  desk.send({ type: 'accrueInterest' })
  expect(desk.kept()).toEqual([])
})

test('a contract without an index waits for it, and is not tried in vain', () => {
  const desk = upkeepDesk(RICH)
  desk.reach(0)
  desk.prices('50100')
  desk.send({ type: 'accrueInterest' })
  expect(desk.kept()).toEqual([])
  desk.send(priceReport(timestamp(EXPIRY - 1), { assets: [[BTC, '50200']] }))
  // Older than what is known of it: the window stays empty.
  expect(desk.kept()).toEqual([])
})

test('a late report that fills the window ends the contract', () => {
  const desk = upkeepDesk(RICH)
  desk.reach(5_000)
  const assets = [
    [BTC, '50200'],
    [USDT, '1'],
  ] as const
  desk.send(priceReport(timestamp(EXPIRY - 1_000), { assets }))
  expect(desk.kept()).toEqual(['expire ok', 'expire ok'])
})

test('who cannot pay at an expiry is liquidated at once', () => {
  const desk = upkeepDesk({ alice: '3000', bob: '1000000' })
  desk.send({ type: 'deposit', account: alice, bucket: 0, asset: ETH, quantity: units('2') })
  desk.send(fill(FUTURE, { quantity: '0.09', price: '50000', buyer: leg(alice), seller: leg(bob) }))
  desk.send({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('2800') })
  // The future is not in the epoch: all of 4,500 is required, and 6% of 4,590, of 4,590 and 200. Its mark stays.
  desk.reach(-1_000)
  const assets = [
    [BTC, '100'],
    [ETH, '2295'],
    [USDT, '1'],
  ] as const
  desk.send(priceReport(timestamp(EXPIRY - 1_000), { assets }))
  expect(desk.kept()).toEqual([])
  // 0.09 * 49,900 = 4,491 leave 299: less than 275.40 and 2% of 4,291.
  desk.reach(0)
  desk.send({ type: 'openAccount', account: alice })
  expect(desk.kept()).toEqual(['expire ok', 'expire ok', 'liquidate ok'])
})

test('a repricing that takes somebody below maintenance margin liquidates at once', () => {
  const desk = upkeepDesk({ alice: '50300', bob: '1000000' })
  desk.volatilities(6n * 10n ** 17n)
  desk.send(fill(CALL, { quantity: '1', price: '130', buyer: leg(bob), seller: leg(alice) }))
  expect(desk.state.markets.get(CALL)?.openInterest).toBe(units('1'))
  desk.kept()
  // An hour at 200% is worth about 2.1% of 50,000.
  desk.volatilities(20n * 10n ** 17n)
  expect(desk.kept()).toEqual(['reprice ok', 'liquidate ok'])
})

test('a market that is listed later ends as well', () => {
  const desk = upkeepDesk(RICH)
  desk.send({ type: 'listMarket', market: futureTerms({ id: BTC_PERP, expiry: timestamp(OPENING + 60_000) }) })
  desk.pass(30_000)
  desk.prices('50000')
  desk.pass(30_000)
  desk.send({ type: 'accrueInterest' })
  expect(desk.kept()).toEqual(['expire ok'])
})
