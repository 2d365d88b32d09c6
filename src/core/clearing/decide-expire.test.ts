import { describe, expect, test } from 'vitest'
import { timestamp } from '../quantity/timestamp.ts'
import { accountId, marketId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import {
  bucketOf,
  type Desk,
  fill,
  held,
  leg,
  member,
  OPENING,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import { markOption } from '../../../simulator/workload/option-desk.ts'
import {
  at,
  atoms,
  BTC,
  BTC_PERP,
  BTC_USDT,
  futureTerms,
  optionTerms,
  units,
  usd,
  USDT,
  WORLD_MARKETS,
  WORLD_PRICES,
} from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const [FUTURE, CALL, PUT] = ['BTC-FUT', 'BTC-CALL', 'BTC-PUT'].map(marketId) as [
  typeof BTC_PERP,
  typeof BTC_PERP,
  typeof BTC_PERP,
]

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Two hours after the desk opens; the window opens half an hour before. Prices are fresh for a minute. */
const EXPIRY = timestamp(OPENING + 2 * HOUR)

/** alice and bob have 100,000 USDT each; a future, a call at 50,000 and a put at 51,000, marked at 50,000, 600 and 900. */
function expiringDesk(): Desk {
  const desk = tradingDesk({
    markets: [
      ...WORLD_MARKETS,
      futureTerms({ id: FUTURE, expiry: EXPIRY }),
      optionTerms({ id: CALL, expiry: EXPIRY }),
      optionTerms({ id: PUT, expiry: EXPIRY, right: 'put', strike: at('51000') }),
    ],
    prices: {
      assets: WORLD_PRICES.assets,
      marks: [...WORLD_PRICES.marks, [FUTURE, '50000']],
    },
  })
  markOption(desk, CALL, '600')
  markOption(desk, PUT, '900')
  member(desk, 'alice', [USDT, '100000'])
  member(desk, 'bob', [USDT, '100000'])
  return desk
}

const buy = (market: typeof FUTURE, quantity: string, price: string) =>
  fill(market, { quantity, price, buyer: leg(alice), seller: leg(bob) })

/** Lets time pass until so many ms before expiry (negative: after it). */
const until = (desk: Desk, ms: number) => desk.pass(EXPIRY - ms - desk.now())

/** Reports bitcoin, and a dollar, so many ms before expiry. */
function reported(desk: Desk, ms: number, btc: string, usdt = '1'): void {
  until(desk, ms)
  desk.accept(
    priceReport(desk.now(), {
      assets: [
        [BTC, btc],
        [USDT, usdt],
      ],
    }),
  )
}

const expire = (market: typeof FUTURE, index?: string): Command =>
  index === undefined ? { type: 'expire', market } : { type: 'expire', market, index: at(index) }
const cash = (desk: Desk) => [held(desk.state, alice, USDT), held(desk.state, bob, USDT)]
const settledAt = (desk: Desk, market = FUTURE) => desk.state.markets.get(market)?.settledAt

describe('what a contract settles at', () => {
  // Each price counts for a minute at most: it is stale afterwards.
  const table: [name: string, reports: (desk: Desk) => void, want: string | undefined][] = [
    ['a price within the window', (desk) => reported(desk, 10 * MINUTE, '50100'), '50100'],
    [
      'two prices, the first for 20 s, the second for 60 s: (20 * 50,000 + 60 * 50,400) / 80',
      (desk) => {
        reported(desk, 10 * MINUTE, '50000')
        reported(desk, 10 * MINUTE - 20_000, '50400')
      },
      '50300',
    ],
    [
      'two prices an hour apart, each for its minute',
      (desk) => {
        reported(desk, 30 * MINUTE, '50000')
        reported(desk, MINUTE, '50400')
      },
      '50200',
    ],
    [
      'the last for its 10 s: (60 * 50,000 + 10 * 50,700) / 70',
      (desk) => {
        reported(desk, 5 * MINUTE, '50000')
        reported(desk, 10_000, '50700')
      },
      '50100',
    ],
    [
      'a price from before the window for what it is fresh in it: (20 * 50,000 + 60 * 50,400) / 80',
      (desk) => {
        reported(desk, 30 * MINUTE + 40_000, '50000')
        reported(desk, 10 * MINUTE, '50400')
      },
      '50300',
    ],
    ['a price that was stale when the window began', (desk) => reported(desk, 31 * MINUTE, '50000'), undefined],
    ['one that was fresh for a millisecond of it', (desk) => reported(desk, 31 * MINUTE - 1, '50000'), '50000'],
    ['a price observed at expiry', (desk) => reported(desk, 0, '50000'), undefined],
    ['one observed a millisecond before', (desk) => reported(desk, 1, '50000'), '50000'],
    ['nothing', () => undefined, undefined],
    ['bitcoin at 50,000 in a dollar that is worth 0.8', (desk) => reported(desk, MINUTE, '50000', '0.8'), '62500'],
    [
      'a report of the dollar alone: (30 * 50,000 + 30 * 62,500) / 60, bitcoin being stale after a minute',
      (desk) => {
        reported(desk, 10 * MINUTE, '50000')
        until(desk, 10 * MINUTE - 30_000)
        desk.accept(priceReport(desk.now(), { assets: [[USDT, '0.8']] }))
      },
      '56250',
    ],
    [
      'a report of something else does not end it',
      (desk) => {
        reported(desk, 10 * MINUTE, '50000')
        until(desk, 10 * MINUTE - 30_000)
        desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '50000']] }))
      },
      '50000',
    ],
  ]
  test.each(table)('%s', (_name, reports, want) => {
    const desk = expiringDesk()
    reports(desk)
    until(desk, 0)
    expect(outcome(desk.send(expire(FUTURE)))).toBe(want === undefined ? 'NoSettlementIndex' : 'ok')
    expect(settledAt(desk)).toBe(want === undefined ? undefined : atoms(want))
  })

  test('the average is rounded down to an atom', () => {
    const desk = expiringDesk()
    // (1 ms * 50,000 + 2 ms * 50,001) / 3 ms = 50,000.666...
    reported(desk, 3, '50000')
    reported(desk, 2, '50001')
    until(desk, 0)
    desk.accept(expire(FUTURE))
    expect(settledAt(desk)).toBe(50_000_666_666_666_666_666_666n)
  })

  test('what a guard suspects does not count, and does not end what was known before', () => {
    const desk = expiringDesk()
    reported(desk, 10 * MINUTE, '50000')
    until(desk, 10 * MINUTE - 10_000)
    const report = { asset: BTC, price: at('90000'), halfWidth: usd('0'), guarded: true }
    desk.accept({ type: 'reportPrices', observedAt: desk.now(), assets: [report], marks: [] })
    until(desk, 0)
    desk.accept(expire(FUTURE))
    expect(settledAt(desk)).toBe(atoms('50000'))
  })

  test('a late report of the window counts as long as the contract has not settled', () => {
    const desk = expiringDesk()
    until(desk, -5_000)
    expect(outcome(desk.send(expire(FUTURE)))).toBe('NoSettlementIndex')
    desk.accept(
      priceReport(timestamp(EXPIRY - 1_000), {
        assets: [
          [BTC, '50000'],
          [USDT, '1'],
        ],
      }),
    )
    expect(outcome(desk.send(expire(FUTURE)))).toBe('ok')
  })

  test('risk names the index where none was observed, and only there', () => {
    const silent = expiringDesk()
    until(silent, 0)
    expect(outcome(silent.send(expire(FUTURE, '49000'), { role: 'keeper' }))).toBe('NotAuthorised')
    expect(outcome(silent.send(expire(FUTURE, '49000')))).toBe('ok')
    expect(settledAt(silent)).toBe(atoms('49000'))
    const heard = expiringDesk()
    reported(heard, MINUTE, '50000')
    until(heard, 0)
    expect(heard.send(expire(FUTURE, '49000'))).toEqual({
      ok: false,
      rejection: { reason: 'SettlementIndexKnown', market: FUTURE, index: atoms('50000') },
    })
  })
})

describe('a future at its end', () => {
  test('pays quantity times index less cost, and nobody holds it any more', () => {
    const desk = expiringDesk()
    desk.accept(buy(FUTURE, '2', '50000'))
    reported(desk, MINUTE, '50300')
    until(desk, 0)
    desk.accept(expire(FUTURE))
    // 2 * 300.
    expect(cash(desk)).toEqual([atoms('100600'), atoms('99400')])
    expect(desk.state.accounts.get(alice)?.buckets.get(0)?.positions.size).toBe(0)
    expect(desk.state.markets.get(FUTURE)?.openInterest).toBe(0n)
    expect(outcome(desk.send({ type: 'delistMarket', market: FUTURE }))).toBe('ok')
  })

  test('what was settled before is not paid again', () => {
    const desk = expiringDesk()
    desk.accept(buy(FUTURE, '2', '50000'))
    desk.accept(priceReport(desk.now(), { marks: [[FUTURE, '50200']] }))
    desk.accept({ type: 'settle', market: FUTURE })
    expect(cash(desk)).toEqual([atoms('100400'), atoms('99600')])
    reported(desk, MINUTE, '50300')
    until(desk, 0)
    desk.accept(expire(FUTURE))
    expect(cash(desk)).toEqual([atoms('100600'), atoms('99400')])
  })

  test('rounding takes less than an atom of each holder and gives it to the fees', () => {
    const desk = expiringDesk()
    const carol = member(desk, 'carol', [USDT, '100000'])
    desk.accept(buy(FUTURE, '0.002', '50000'))
    desk.accept(fill(FUTURE, { quantity: '0.001', price: '50000', buyer: leg(carol), seller: leg(bob) }))
    // Two thirds of a dollar above 50,000, an atom below it: 0.002 * 0.666... = 0.001333333333333333|332.
    reported(desk, 3, '50000')
    reported(desk, 2, '50001')
    until(desk, 0)
    desk.accept(expire(FUTURE))
    const gains = [held(desk.state, alice, USDT), held(desk.state, carol, USDT), held(desk.state, bob, USDT)]
    expect(gains.map((amount) => amount - atoms('100000'))).toEqual([
      1_333_333_333_333_333n,
      666_666_666_666_666n,
      -2_000_000_000_000_000n,
    ])
    expect(requireAssetBook(desk.state, USDT).ledger.fees).toBe(1n)
  })
})

describe('options at their end', () => {
  const table: [name: string, market: typeof CALL, index: string, pays: string][] = [
    ['a call below its strike', CALL, '49999', '0'],
    ['a call at its strike', CALL, '50000', '0'],
    ['a call an atom above it', CALL, '50000.000000000000000001', '0.000000000000000002'],
    ['a call above it: 2 * 1,250', CALL, '51250', '2500'],
    ['a put above its strike', PUT, '51250', '0'],
    ['a put at its strike', PUT, '51000', '0'],
    ['a put below it: 2 * 1,000', PUT, '50000', '2000'],
  ]
  test.each(table)('%s', (_name, market, index, pays) => {
    const desk = expiringDesk()
    desk.accept({ type: 'deposit', account: bob, bucket: 0, asset: USDT, quantity: units('100000') })
    desk.accept(buy(market, '2', market === CALL ? '600' : '900'))
    const [before] = cash(desk)
    reported(desk, MINUTE, index)
    until(desk, 0)
    desk.accept(expire(market))
    expect((cash(desk)[0] ?? 0n) - (before ?? 0n)).toBe(atoms(pays))
    expect((cash(desk)[0] ?? 0n) + (cash(desk)[1] ?? 0n)).toBe(atoms('300000'))
    expect(desk.state.accounts.get(bob)?.buckets.get(0)?.positions.size).toBe(0)
  })
})

describe('what an expiry needs', () => {
  test('its time, a contract with an end, and that it has not happened', () => {
    const desk = expiringDesk()
    reported(desk, MINUTE, '50000')
    until(desk, 1)
    expect(desk.send(expire(FUTURE))).toEqual({
      ok: false,
      rejection: { reason: 'NotExpired', market: FUTURE, expiry: EXPIRY, time: EXPIRY - 1 },
    })
    until(desk, 0)
    expect(outcome(desk.send(expire(BTC_PERP)))).toBe('WrongMarketKind')
    expect(outcome(desk.send(expire(BTC_USDT)))).toBe('UnknownMarket')
    expect(outcome(desk.send(expire(marketId('NOWHERE'))))).toBe('UnknownMarket')
    expect(outcome(desk.send(expire(FUTURE)))).toBe('ok')
    expect(outcome(desk.send(expire(FUTURE)))).toBe('ContractExpired')
  })

  test('orders of the market are cancelled, by account, bucket and name; others stay', () => {
    const desk = expiringDesk()
    bucketOf(desk, alice, 1, 'isolated', [USDT, '1000'])
    const rest = (account: typeof alice, bucket: number, order: string, market = FUTURE): void => {
      const common = { side: 'buy', quantity: units('0.001'), limit: at('50000') } as const
      desk.accept({ type: 'placeOrder', account, bucket, order: order as never, market, ...common })
    }
    rest(bob, 0, 'b')
    rest(alice, 1, 'a')
    rest(alice, 0, 'd')
    rest(alice, 0, 'c')
    rest(alice, 0, 'perp', BTC_PERP)
    reported(desk, MINUTE, '50000')
    until(desk, 0)
    const names = desk
      .accept(expire(FUTURE))
      .map((event) =>
        event.type === 'OrderCancelled' ? `${event.account}/${event.bucket}/${event.order.id}` : event.type,
      )
    expect(names).toEqual(['alice/0/c', 'alice/0/d', 'alice/1/a', 'bob/0/b', 'ContractExpired'])
    expect([...(desk.state.accounts.get(alice)?.buckets.get(0)?.orders.keys() ?? [])]).toEqual(['perp'])
  })
})

describe('from its expiry on, settled or not', () => {
  test.each([FUTURE, CALL])('%s takes no fill and no order', (market) => {
    const desk = expiringDesk()
    const price = market === FUTURE ? '50000' : '600'
    const order = { type: 'placeOrder', account: alice, bucket: 0, order: 'o' as never, market, side: 'buy' } as const
    until(desk, 1)
    desk.accept(
      priceReport(desk.now(), {
        ...WORLD_PRICES,
        marks: [[FUTURE, '50000']],
      }),
    )
    markOption(desk, CALL, '600')
    expect(outcome(desk.send(buy(market, '0.001', price)))).toBe('ok')
    expect(outcome(desk.send({ ...order, quantity: units('0.001'), limit: at(price) }))).toBe('ok')
    until(desk, 0)
    expect(desk.send(buy(market, '0.001', price))).toEqual({
      ok: false,
      rejection: { reason: 'ContractExpired', market, expiry: EXPIRY },
    })
    const again = { ...order, order: 'p' as never, quantity: units('0.001'), limit: at(price) }
    expect(outcome(desk.send(again))).toBe('ContractExpired')
  })
})

test('a contract is listed before its end, by at most a hundred years', () => {
  const list = (expiry: number) => {
    const desk = tradingDesk()
    const market = futureTerms({ id: FUTURE, expiry: timestamp(expiry) })
    return outcome(desk.send({ type: 'listMarket', market }))
  }
  const century = 100 * 365 * 24 * HOUR
  expect([OPENING - 1, OPENING, OPENING + 1, OPENING + century, OPENING + century + 1].map(list)).toEqual([
    'BadTerms',
    'BadTerms',
    'ok',
    'ok',
    'BadTerms',
  ])
})

test('futures have no funding, and options nothing to settle', () => {
  const desk = expiringDesk()
  const funding = (market: typeof FUTURE): Command => ({ type: 'accrueFunding', market, rate: 1n as never })
  expect([FUTURE, CALL].map((market) => outcome(desk.send(funding(market))))).toEqual([
    'WrongMarketKind',
    'WrongMarketKind',
  ])
  expect([FUTURE, CALL].map((market) => outcome(desk.send({ type: 'settle', market })))).toEqual([
    'ok',
    'WrongMarketKind',
  ])
})

test('the outside world settles as anybody does', () => {
  const desk = expiringDesk()
  desk.accept(fill(FUTURE, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) }))
  reported(desk, MINUTE, '49000')
  until(desk, 0)
  desk.accept(expire(FUTURE))
  expect(held(desk.state, alice, USDT)).toBe(atoms('99000'))
  expect(held(desk.state, MARKET_ACCOUNT, USDT)).toBe(atoms('1000'))
})
