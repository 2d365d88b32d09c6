import { describe, expect, test } from 'vitest'
import { price } from '../quantity/price.ts'
import { rate } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { value } from '../quantity/value.ts'
import { accountId, assetId, marketId } from '../instrument/identifier.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import { requireAssetBook } from '../ledger/books.ts'
import {
  contracts,
  type Desk,
  fill,
  held,
  leg,
  member,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import {
  at,
  atoms,
  BTC,
  BTC_PERP,
  BTC_USDT,
  ETH,
  ETH_PERP,
  perpetualTerms,
  usd,
  USDT,
  WORLD_PRICES,
} from '../../../simulator/workload/world.ts'
import type { AssetPriceReport, Command } from './command.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const carol = accountId('carol')

describe('reportPrices', () => {
  const btc = (given: Partial<AssetPriceReport> = {}): AssetPriceReport => ({
    asset: BTC,
    price: at('50000'),
    halfWidth: usd('0'),
    guarded: false,
    ...given,
  })
  const mark = { market: BTC_PERP, price: at('50000'), halfWidth: usd('0'), guarded: false }
  const report = (desk: Desk, given: Partial<Extract<Command, { type: 'reportPrices' }>>): Command => ({
    type: 'reportPrices',
    observedAt: desk.now(),
    assets: [],
    marks: [],
    ...given,
  })

  const table: [name: string, given: Partial<Extract<Command, { type: 'reportPrices' }>>, want: string][] = [
    ['nothing at all', {}, 'ok'],
    ['an interval of no width', { assets: [btc()] }, 'ok'],
    ['an interval down to zero', { assets: [btc({ halfWidth: usd('50000') })] }, 'ok'],
    ['an interval below zero', { assets: [btc({ halfWidth: value(atoms('50000') + 1n) })] }, 'HalfWidthOutOfRange'],
    ['a negative width', { assets: [btc({ halfWidth: value(-1n) })] }, 'HalfWidthOutOfRange'],
    ['a mark as wide as that', { marks: [{ ...mark, halfWidth: usd('50001') }] }, 'HalfWidthOutOfRange'],
    ['an asset nobody listed', { assets: [btc({ asset: assetId('NOTHING') })] }, 'UnknownAsset'],
    ['a market nobody listed', { marks: [{ ...mark, market: marketId('NOWHERE') }] }, 'UnknownMarket'],
    ['a mark of a spot pair', { marks: [{ ...mark, market: BTC_USDT }] }, 'UnknownMarket'],
    ['an asset twice', { assets: [btc(), btc()] }, 'DuplicateEntry'],
    ['a mark twice', { marks: [mark, mark] }, 'DuplicateEntry'],
    ['one bad entry behind a good one', { assets: [btc(), btc({ asset: assetId('NOTHING') })] }, 'UnknownAsset'],
  ]
  test.each(table)('%s', (_name, given, want) => {
    const desk = tradingDesk()
    const before = desk.state.assets.get(BTC)
    const command = report(desk, given)
    expect(outcome(desk.send(command))).toBe(want)
    if (want !== 'ok') expect(desk.state.assets.get(BTC)).toBe(before)
  })

  test('an asset and a contract may bear one name', () => {
    const name = 'BTC'
    const markets = [perpetualTerms({ id: marketId(name) })]
    const desk = tradingDesk({ markets, prices: { assets: [[USDT, '1']] } })
    const command = report(desk, { assets: [btc()], marks: [{ ...mark, market: marketId(name) }] })
    expect(outcome(desk.send(command))).toBe('ok')
  })

  test('as new as what is known, or newer, and never from the future', () => {
    const desk = tradingDesk()
    const known = desk.now()
    desk.pass(1_000)
    const observed = (ms: number, marks: readonly (typeof mark)[] = []) =>
      report(desk, { observedAt: timestamp(ms), assets: marks.length === 0 ? [btc()] : [], marks })
    expect(desk.send(observed(known + 1_001))).toEqual({
      ok: false,
      rejection: { reason: 'ObservedInTheFuture', observedAt: known + 1_001, time: known + 1_000 },
    })
    expect(desk.send(observed(known - 1))).toEqual({
      ok: false,
      rejection: { reason: 'OlderThanKnownPrice', id: 'asset BTC', observedAt: known - 1, knownAt: known },
    })
    expect(outcome(desk.send(observed(known - 1, [mark])))).toBe('OlderThanKnownPrice')
    expect(outcome(desk.send(observed(known)))).toBe('ok')
    expect(outcome(desk.send(observed(known + 1_000)))).toBe('ok')
    expect(outcome(desk.send(observed(known + 999)))).toBe('OlderThanKnownPrice')
  })

  test('keeps what was said, and leaves what was not mentioned alone', () => {
    const desk = tradingDesk()
    const ether = desk.state.assets.get(ETH)
    desk.pass(5)
    desk.accept(report(desk, { assets: [btc({ price: at('51000'), halfWidth: usd('7'), guarded: true })] }))
    expect(desk.state.assets.get(BTC)?.index).toEqual({
      price: at('51000'),
      halfWidth: usd('7'),
      guarded: true,
      observedAt: desk.now(),
    })
    expect(desk.state.assets.get(ETH)).toBe(ether)
    expect(desk.state.markets.get(BTC_PERP)?.mark?.price).toBe(at('50000'))
  })

  test('checks the time first, then entry by entry: name, double, interval, age, bound', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [BTC, '1000'])
    const dear = price(10n ** 30n - 1n)
    const older = timestamp(desk.now() - 1)
    const nothing = btc({ asset: assetId('NOTHING'), halfWidth: value(-1n) })
    const future = timestamp(desk.now() + 1)
    const outcomes = [
      report(desk, { observedAt: future, assets: [nothing] }),
      report(desk, { assets: [nothing, nothing] }),
      report(desk, { assets: [btc(), btc({ halfWidth: value(-1n) })] }),
      report(desk, { observedAt: older, assets: [btc({ halfWidth: value(-1n), price: dear })] }),
      report(desk, { observedAt: older, assets: [btc({ price: dear })] }),
      report(desk, { assets: [btc({ price: dear })], marks: [{ ...mark, market: BTC_USDT }] }),
      report(desk, { assets: [btc()], marks: [{ ...mark, market: BTC_USDT }] }),
    ].map((command) => outcome(desk.send(command)))
    expect(outcomes).toEqual([
      'ObservedInTheFuture',
      'UnknownAsset',
      'DuplicateEntry',
      'HalfWidthOutOfRange',
      'OlderThanKnownPrice',
      'ExposureOutOfBounds',
      'UnknownMarket',
    ])
  })

  // All that is held of an asset, and all that is open in a contract, stays below 1e12 USD.
  test('a price that would make what is held worth a trillion dollars is refused', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [BTC, '1000'])
    const command = (text: string) => report(desk, { assets: [btc({ price: at(text) })] })
    expect(outcome(desk.send(command('1000000000')))).toBe('ExposureOutOfBounds')
    expect(outcome(desk.send(command('999999999.999999999999999999')))).toBe('ok')
  })

  /** 100 contracts are open between alice and bob, who have a million USDT each. */
  function deskWithOpenInterest(): Desk {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '1000000'])
    member(desk, 'bob', [USDT, '1000000'])
    desk.accept(fill(BTC_PERP, { quantity: '100', price: '50000', buyer: leg(alice), seller: leg(bob) }))
    return desk
  }
  const marked = (text: string) => ({ marks: [{ ...mark, price: at(text) }] })
  const dollar = (text: string) => ({ assets: [btc({ asset: USDT, price: at(text) })] })
  const bounds: [name: string, given: Partial<Extract<Command, { type: 'reportPrices' }>>, want: string][] = [
    ['a mark that makes it a trillion', marked('10000000000'), 'ExposureOutOfBounds'],
    ['an atom less', marked('9999999999.999999999999999999'), 'ok'],
    [
      'half the mark, with the settlement asset at two',
      { ...marked('5000000000'), ...dollar('2') },
      'ExposureOutOfBounds',
    ],
    ['the same with the settlement asset as it was', marked('5000000000'), 'ok'],
    // Regression: only marks in the same report were looked at. 100 * 50,000 at 200,000 are a trillion.
    ['the settlement asset alone makes it a trillion', dollar('200000'), 'ExposureOutOfBounds'],
    ['an atom less of it', dollar('199999.999999999999999999'), 'ok'],
  ]
  test.each(bounds)('open interest: %s', (_name, given, want) => {
    const desk = deskWithOpenInterest()
    expect(outcome(desk.send(report(desk, given)))).toBe(want)
  })
})

describe('accrueFunding', () => {
  const accrue = (rateAtoms: bigint, market = BTC_PERP): Command => ({
    type: 'accrueFunding',
    market,
    rate: rate(rateAtoms),
  })
  const tenth = 10n ** 17n
  const table: [name: string, command: Command, want: string][] = [
    ['ten percent', accrue(tenth), 'ok'],
    ['an atom more', accrue(tenth + 1n), 'FundingRateOutOfRange'],
    ['ten percent the other way', accrue(-tenth), 'ok'],
    ['an atom more of it', accrue(-tenth - 1n), 'FundingRateOutOfRange'],
    ['nothing', accrue(0n), 'ok'],
    ['a market nobody listed', accrue(1n, marketId('NOWHERE')), 'UnknownMarket'],
    ['a spot pair', accrue(1n, BTC_USDT), 'UnknownMarket'],
  ]
  test.each(table)('%s', (_name, command, want) => {
    expect(outcome(tradingDesk().send(command))).toBe(want)
  })

  test('without a mark there is nothing to take a share of', () => {
    const desk = tradingDesk({ prices: { assets: WORLD_PRICES.assets } })
    expect(desk.send(accrue(tenth + 1n))).toEqual({
      ok: false,
      rejection: { reason: 'PriceUnusable', key: { kind: 'mark', market: BTC_PERP }, condition: 'none' },
    })
  })

  test('the index is the sum of mark times rate, rounded down each time', () => {
    const desk = tradingDesk()
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '50000.5']] }))
    const index = () => desk.state.markets.get(BTC_PERP)?.fundingIndex
    desk.accept(accrue(10n ** 14n))
    // 50,000.5 * 0.0001 = 5.00005.
    expect(index()).toBe(atoms('5.00005'))
    // 50,000.5 atoms are 50,000 up and 50,001 down.
    desk.accept(accrue(1n))
    expect(index()).toBe(atoms('5.00005') + 50_000n)
    desk.accept(accrue(-1n))
    expect(index()).toBe(atoms('5.00005') - 1n)
  })
})

describe('settle', () => {
  const settle = (market = BTC_PERP): Command => ({ type: 'settle', market })
  test.each([
    ['a market nobody listed', marketId('NOWHERE'), 'UnknownMarket'],
    ['a spot pair', BTC_USDT, 'UnknownMarket'],
    ['a contract without a mark', ETH_PERP, 'PriceUnusable'],
    ['a contract nobody holds', BTC_PERP, 'ok'],
  ])('%s', (_name, market, want) => {
    const desk = tradingDesk({ prices: { ...WORLD_PRICES, marks: [[BTC_PERP, '50000']] } })
    expect(outcome(desk.send(settle(market)))).toBe(want)
  })

  /** alice is long 2 from 50,000; bob is short 1.5 and carol 0.5 against her. Everybody has 20,000 USDT. */
  function deskOfThree(): Desk {
    const desk = tradingDesk()
    for (const name of ['alice', 'bob', 'carol']) member(desk, name, [USDT, '20000'])
    const from = (seller: typeof bob, size: string) =>
      fill(BTC_PERP, { quantity: size, price: '50000', buyer: leg(alice), seller: leg(seller) })
    desk.accept(from(bob, '1.5'))
    desk.accept(from(carol, '0.5'))
    return desk
  }
  const cash = (desk: Desk) => [alice, bob, carol].map((who) => held(desk.state, who, USDT))

  test('longs pay shorts: 0.01% of 50,000 is 5 a contract', () => {
    const desk = deskOfThree()
    desk.accept({ type: 'accrueFunding', market: BTC_PERP, rate: rate(10n ** 14n) })
    expect(cash(desk)).toEqual([atoms('20000'), atoms('20000'), atoms('20000')])
    desk.accept(settle())
    expect(cash(desk)).toEqual([atoms('19990'), atoms('20007.5'), atoms('20002.5')])
    expect(requireAssetBook(desk.state, USDT).ledger).toMatchObject({ fees: 0n, buckets: atoms('60000') })
  })

  test('a negative rate has shorts pay longs', () => {
    const desk = deskOfThree()
    desk.accept({ type: 'accrueFunding', market: BTC_PERP, rate: rate(-(10n ** 14n)) })
    desk.accept(settle())
    expect(cash(desk)).toEqual([atoms('20010'), atoms('19992.5'), atoms('19997.5')])
  })

  test('profit and loss and funding together; the contracts stay, worth nothing at the mark', () => {
    // The mark rises by 1,000; funding of 5 and then 0.0001 * 51,000 = 5.1 a contract is paid by longs.
    // alice: 2 * (1,000 - 10.1) = 1,979.8; bob -1.5 * 989.9 = -1,484.85; carol -494.95.
    const desk = deskOfThree()
    desk.accept({ type: 'accrueFunding', market: BTC_PERP, rate: rate(10n ** 14n) })
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '51000']] }))
    desk.accept({ type: 'accrueFunding', market: BTC_PERP, rate: rate(10n ** 14n) })
    desk.accept(settle())
    expect(cash(desk)).toEqual([atoms('21979.8'), atoms('18515.15'), atoms('19505.05')])
    expect(contracts(desk.state, alice, BTC_PERP)).toEqual({
      quantity: atoms('2'),
      cost: atoms('2') * atoms('51000'),
      fundingBasis: atoms('2') * atoms('10.1'),
    })
    desk.accept(settle())
    expect(cash(desk)).toEqual([atoms('21979.8'), atoms('18515.15'), atoms('19505.05')])
  })

  test('who joined after an accrual does not pay for it', () => {
    const desk = deskOfThree()
    desk.accept({ type: 'accrueFunding', market: BTC_PERP, rate: rate(10n ** 14n) })
    // carol takes alice's place for 1 of her 2: alice has paid 5 on each, carol goes from -0.5 to 0.5.
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(carol), seller: leg(alice) }))
    desk.accept(settle())
    expect(cash(desk)).toEqual([atoms('19990'), atoms('20007.5'), atoms('20002.5')])
  })

  test('each amount is rounded down and what is left over goes to the fees', () => {
    // Index 1 atom a contract: alice -2 atoms, bob +1.5, carol +0.5. Down: -2, 1 and 0; one atom is left.
    const desk = deskOfThree()
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '0.5']] }))
    desk.accept({ type: 'accrueFunding', market: BTC_PERP, rate: rate(2n) })
    expect(desk.state.markets.get(BTC_PERP)?.fundingIndex).toBe(1n)
    desk.accept(settle())
    // The fall to 0.5 itself moves 2 * 49,999.5 = 99,999, of which bob gets 74,999.25 and carol 24,999.75.
    expect(cash(desk)).toEqual([
      atoms('20000') - atoms('99999') - 2n,
      atoms('20000') + atoms('74999.25') + 1n,
      atoms('20000') + atoms('24999.75'),
    ])
    expect(requireAssetBook(desk.state, USDT).ledger).toMatchObject({ fees: 1n, buckets: atoms('60000') - 1n })
  })

  test('a member that cannot pay goes into debt; the winners are paid all the same', () => {
    const desk = deskOfThree()
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '39000']] }))
    desk.accept(settle())
    // alice loses 2 * 11,000 = 22,000 of 20,000.
    expect(cash(desk)).toEqual([-atoms('2000'), atoms('36500'), atoms('25500')])
    expect(requireAssetBook(desk.state, USDT).lending).toMatchObject({
      borrowedAtLeast: atoms('2000'),
      suppliedAtMost: atoms('62000'),
    })
  })

  test('the market account is settled like everybody else', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '20000'])
    desk.accept(fill(BTC_PERP, { quantity: '1', price: '50000', buyer: leg(alice), seller: leg(MARKET_ACCOUNT) }))
    desk.accept(priceReport(desk.now(), { marks: [[BTC_PERP, '50100']] }))
    desk.accept(settle())
    expect(held(desk.state, MARKET_ACCOUNT, USDT)).toBe(-atoms('100'))
    expect(held(desk.state, alice, USDT)).toBe(atoms('20100'))
  })
})
