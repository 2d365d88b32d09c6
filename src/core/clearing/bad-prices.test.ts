import { describe, expect, test } from 'vitest'
import { timestamp } from '../quantity/timestamp.ts'
import { value } from '../quantity/value.ts'
import { accountId, type AssetId, assetId, type MarketId } from '../instrument/identifier.ts'
import {
  type Desk,
  fill,
  leg,
  member,
  MS_PER_DAY,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import {
  assetTerms,
  at,
  atoms,
  BTC,
  BTC_PERP,
  ETH,
  ETH_PERP,
  units,
  usd,
  USDT,
} from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'
import { listing } from '../../../simulator/workload/listing.ts'

/** METHODOLOGY 1b: what a bad price may stop. Prices are fresh for a minute, of low confidence beyond 1%, and move 4% a day. */

const alice = accountId('alice')
const bob = accountId('bob')
type Condition = 'fresh' | 'stale' | 'lowConfidence' | 'guarded' | 'none'
const CONDITIONS: readonly Condition[] = ['fresh', 'stale', 'lowConfidence', 'guarded', 'none']

/** An asset listed beside the others, at 2,500 when it has a price. */
const COIN = assetId('COIN')

/** alice has 10,000 USDT and 1 COIN whose price is in a certain condition, and is long 1 bitcoin; bob can lend COIN. */
function deskIn(condition: Condition): Desk {
  const desk = tradingDesk()
  desk.accept(listing(assetTerms({ id: COIN })))
  member(desk, 'alice', [USDT, '10000'])
  member(desk, 'bob', [USDT, '100000'])
  member(desk, 'carol', [COIN, '100'])
  desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
  desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: COIN, quantity: units('1') })
  report(desk, COIN, '2500', condition)
  return desk
}

/** Brings a price into a condition; everything else is reported anew, so that it is fresh. */
function report(desk: Desk, asset: AssetId, price: string, condition: Condition): void {
  const observedAt = desk.now()
  if (condition === 'stale') desk.pass(60_001)
  const others: [AssetId, string][] = [
    [USDT, '1'],
    [BTC, '50000'],
    [ETH, '2500'],
  ]
  const marks: [MarketId, string][] = [
    [BTC_PERP, '50000'],
    [ETH_PERP, '2500'],
  ]
  desk.accept(priceReport(desk.now(), { assets: others, marks }))
  if (condition === 'none') return
  // 1% of 2,500 is 25: an atom more is low confidence.
  const halfWidth = condition === 'lowConfidence' ? value(atoms('25') + 1n) : usd('25')
  const quote = { asset, price: at(price), halfWidth, guarded: condition === 'guarded' }
  desk.accept({ type: 'reportPrices', observedAt, assets: [quote], marks: [] })
}

const actions: { readonly [name: string]: Command } = {
  deposit: { type: 'deposit', account: alice, bucket: 0, asset: COIN, quantity: units('1') },
  'withdraw it': { type: 'withdraw', account: alice, bucket: 0, asset: COIN, quantity: units('0.5') },
  'withdraw all of it': { type: 'withdraw', account: alice, bucket: 0, asset: COIN, quantity: units('1') },
  'withdraw another': { type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('1') },
  'borrow another': { type: 'withdraw', account: bob, bucket: 0, asset: COIN, quantity: units('1') },
  'take new risk': fill(ETH_PERP, { quantity: '0.1', price: '2500', buyer: leg(alice), seller: leg(bob) }),
  reduce: fill(BTC_PERP, { quantity: '0.5', price: '50000', buyer: leg(bob), seller: leg(alice) }),
}

/** The table, row by row. Reducing another contract is never stopped: one bad feed degrades one asset. */
const STOPPED: { readonly [action: string]: readonly Condition[] } = {
  deposit: [],
  'withdraw it': ['stale', 'guarded', 'none'],
  'withdraw all of it': ['stale', 'guarded', 'none'],
  'withdraw another': ['stale', 'guarded', 'none'],
  'borrow another': ['stale', 'guarded', 'none'],
  'take new risk': ['stale', 'guarded', 'none'],
  reduce: [],
}

const everyCell = Object.entries(actions).flatMap(([action, command]) =>
  CONDITIONS.map((condition) => [action, condition, STOPPED[action]?.includes(condition) === true, command] as const),
)

describe('holding an asset whose price is in some condition', () => {
  test.each(everyCell)('%s, price %s: refused %s', (_action, condition, refused, command) => {
    const decision = deskIn(condition).send(command)
    if (refused)
      expect(decision).toEqual({
        ok: false,
        rejection: { reason: 'PriceUnusable', key: { kind: 'index', asset: COIN }, condition },
      })
    else expect(outcome(decision)).toBe('ok')
  })

  test.each([
    ['of 60,000 ms', 60_000, 'ok'],
    ['of 60,001 ms', 60_001, 'PriceUnusable'],
  ])('a price is fresh up to an age %s', (_name, age, want) => {
    const desk = deskIn('fresh')
    desk.pass(age)
    const others: [AssetId, string][] = [[USDT, '1']]
    desk.accept(priceReport(desk.now(), { assets: others, marks: [[BTC_PERP, '50000']] }))
    const withdrawal: Command = { type: 'withdraw', account: alice, bucket: 0, asset: COIN, quantity: units('1') }
    expect(outcome(desk.send(withdrawal))).toBe(want)
  })

  test('who does not hold it is not stopped', () => {
    const desk = deskIn('stale')
    const withdrawal: Command = { type: 'withdraw', account: bob, bucket: 0, asset: USDT, quantity: units('1') }
    expect(outcome(desk.send(withdrawal))).toBe('ok')
  })

  test('of several bad prices the first by name is told, whatever order they were deposited in', () => {
    // Regression: it was the first in the order of a Map, which a snapshot does not keep.
    for (const order of [
      [ETH, BTC],
      [BTC, ETH],
    ]) {
      const desk = tradingDesk()
      member(desk, 'alice', [USDT, '10'], ...order.map((asset) => [asset, '1'] as const))
      desk.pass(60_001)
      desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
      const withdrawal: Command = { type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('1') }
      expect(desk.send(withdrawal)).toMatchObject({ rejection: { key: { kind: 'index', asset: BTC } } })
    }
  })
})

describe('a contract whose mark is in some condition', () => {
  /** alice is long 1 bitcoin; its mark is in a condition, everything else is fresh. */
  function deskMarked(condition: Condition): Desk {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    member(desk, 'bob', [USDT, '100000'])
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(bob) }))
    const observedAt = desk.now()
    desk.pass(condition === 'stale' ? 60_001 : 1)
    desk.accept(
      priceReport(desk.now(), {
        assets: [
          [USDT, '1'],
          [ETH, '2500'],
        ],
        marks: [[ETH_PERP, '2500']],
      }),
    )
    const halfWidth = condition === 'lowConfidence' ? value(atoms('500') + 1n) : usd('500')
    const mark = { market: BTC_PERP, price: at('50000'), halfWidth, guarded: condition === 'guarded' }
    desk.accept({ type: 'reportPrices', observedAt, assets: [], marks: [mark] })
    return desk
  }
  const trade = (side: 'buy' | 'sell'): Command =>
    fill(BTC_PERP, {
      quantity: '0.5',
      price: '50000',
      buyer: leg(side === 'buy' ? alice : bob),
      seller: leg(side === 'buy' ? bob : alice),
    })
  const turn: Command = fill(BTC_PERP, { quantity: '1.001', price: '50000', buyer: leg(bob), seller: leg(alice) })
  const other: Command = fill(ETH_PERP, { quantity: '0.1', price: '2500', buyer: leg(alice), seller: leg(bob) })
  const table: [name: string, command: Command, stopped: readonly Condition[]][] = [
    ['reduce it', trade('sell'), []],
    ['add to it', trade('buy'), ['stale', 'guarded']],
    ['turn it', turn, ['stale', 'guarded']],
    ['open another', other, ['stale', 'guarded']],
  ]
  const cells = table.flatMap(([name, command, stopped]) =>
    CONDITIONS.filter((condition) => condition !== 'none').map(
      (condition) => [name, condition, stopped.includes(condition) ? 'PriceUnusable' : 'ok', command] as const,
    ),
  )
  test.each(cells)('%s, mark %s: %s', (_name, condition, want, command) => {
    expect(outcome(deskMarked(condition).send(command))).toBe(want)
  })
})

describe('liquidation: the benefit of the doubt', () => {
  /**
   * alice has a bitcoin and owes `debt` USDT, borrowed when it was at 60,000 (60,000 - debt >= 6,000 + 5% of it up to 51,428).
   * Then it is at 51,000, with an interval, a guard, or an age. NLV 51,000 - D, MM 5% of 51,000 + 2% of D.
   */
  function indebted(debt: string, quote: { halfWidth?: bigint; guarded?: boolean; ageMs?: number }): Desk {
    const desk = tradingDesk()
    desk.accept(priceReport(desk.now(), { assets: [[BTC, '60000']] }))
    member(desk, 'alice', [BTC, '1'])
    member(desk, 'bob', [USDT, '60000'])
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units(debt) })
    const { halfWidth = 0n, guarded = false, ageMs = 0 } = quote
    const observedAt = timestamp(desk.now())
    const bitcoin = { asset: BTC, price: at('51000'), halfWidth: value(halfWidth), guarded }
    desk.accept({ type: 'reportPrices', observedAt, assets: [bitcoin], marks: [] })
    desk.pass(ageMs)
    desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
    return desk
  }
  const liquidate: Command = { type: 'liquidate', account: alice, bucket: 0 }
  const wide = atoms('765')
  const table: [name: string, debt: string, quote: Parameters<typeof indebted>[1], want: string][] = [
    // Fresh: 51,000 - D < 2,550 + 0.02 D from D > 48,450 / 1.02 = 47,500 on.
    ['fresh, NLV at MM', '47500', {}, 'NotLiquidatable'],
    ['fresh, a native unit below', '47500.000001', {}, 'ok'],
    // An interval of 1% is still fresh, an atom more gives its whole half-width: 510.
    ['an interval of 1% gives nothing', '47500.000001', { halfWidth: atoms('510') }, 'ok'],
    ['an atom more does', '47500.000001', { halfWidth: atoms('510') + 1n }, 'PriceDoubtful'],
    // Low confidence or guarded, half-width 765: 51,765 - D < 2,550 + 0.02 D from D > 49,215 / 1.02 = 48,250 on.
    ['low confidence, NLV and benefit at MM', '48250', { halfWidth: wide }, 'PriceDoubtful'],
    ['low confidence, a native unit below', '48250.000001', { halfWidth: wide }, 'ok'],
    ['guarded, NLV and benefit at MM', '48250', { halfWidth: wide, guarded: true }, 'PriceDoubtful'],
    ['guarded, a native unit below', '48250.000001', { halfWidth: wide, guarded: true }, 'ok'],
    ['guarded without an interval gives nothing', '47500.000001', { guarded: true }, 'ok'],
    // Stale for a day: 4% of 51,000 is 2,040; 53,040 - D < 2,550 + 0.02 D from D > 50,490 / 1.02 = 49,500 on.
    ['a day old, NLV and benefit at MM', '49500', { ageMs: MS_PER_DAY }, 'PriceDoubtful'],
    ['a day old, a native unit below', '49500.000001', { ageMs: MS_PER_DAY }, 'ok'],
    // A quarter of a day: half of that, 1,020; 52,020 - D < 2,550 + 0.02 D from D > 49,470 / 1.02 = 48,500 on.
    ['six hours old, NLV and benefit at MM', '48500', { ageMs: MS_PER_DAY / 4 }, 'PriceDoubtful'],
    ['six hours old, a native unit below', '48500.000001', { ageMs: MS_PER_DAY / 4 }, 'ok'],
    // Old prices say nothing of their confidence: the age alone counts.
    ['a day old and wide', '49500.000001', { ageMs: MS_PER_DAY, halfWidth: atoms('20000') }, 'ok'],
    ['a minute old is fresh', '47500.000001', { ageMs: 60_000 }, 'ok'],
    ['a millisecond older is not', '47500.000001', { ageMs: 60_001 }, 'PriceDoubtful'],
  ]
  test.each(table)('%s', (_name, debt, quote, want) => {
    expect(outcome(indebted(debt, quote).send(liquidate))).toBe(want)
  })

  test('says how much the doubt is worth', () => {
    expect(indebted('48250', { halfWidth: wide }).send(liquidate)).toEqual({
      ok: false,
      rejection: {
        reason: 'PriceDoubtful',
        account: alice,
        bucket: 0,
        value: atoms('2750'),
        benefit: atoms('765'),
        // 2,550 + 965.
        maintenanceMargin: atoms('3515'),
      },
    })
  })

  // Short 1 bitcoin from 50,000 with `money` USDT, the mark at 52,000 a sixteenth of a day ago: NLV money - 2,000, MM 3% of
  // 52,000 = 1,560, and a quarter of 4% of 52,000 = 520 of doubt. Liquidated when money - 1,480 < 1,560: below 3,040.
  test.each([
    ['NLV and benefit at MM', '3040', 'PriceDoubtful'],
    ['a native unit below', '3039.999999', 'ok'],
  ])('a contract counts at its whole size, also a short one: %s', (_name, money, want) => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, money])
    member(desk, 'bob', [USDT, '100000'])
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(bob), seller: leg(alice) }))
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '52000']] }))
    desk.pass(MS_PER_DAY / 16)
    desk.accept(priceReport(desk.now(), { assets: [[USDT, '1']] }))
    expect(outcome(desk.send(liquidate))).toBe(want)
  })
})
