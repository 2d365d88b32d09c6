import { describe, expect, test } from 'vitest'
import { quantity } from '../quantity/quantity.ts'
import { accountId, assetId, marketId, orderId } from '../instrument/identifier.ts'
import type { Epoch } from '../market/epoch.ts'
import { MARKET_ACCOUNT } from '../ledger/account.ts'
import {
  type Desk,
  emptyDesk,
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
  BTC_USDT,
  ETH,
  GOLD,
  perpetualTerms,
  spotTerms,
  standardEpoch,
  units,
  usd,
  USDT,
} from '../../../simulator/workload/world.ts'
import type { Command } from './command.ts'
import { ppm } from '../quantity/ppm.ts'
import { listing } from '../../../simulator/workload/listing.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const COIN = assetId('COIN')
const COIN_PERP = marketId('COIN-PERP')

test('openAccount: once for each name, the market account is there already', () => {
  const desk = emptyDesk()
  const open = (name: string): Command => ({ type: 'openAccount', account: accountId(name) })
  expect(outcome(desk.send(open('alice')))).toBe('ok')
  expect(desk.send(open('alice'))).toEqual({ ok: false, rejection: { reason: 'AccountExists', account: alice } })
  expect(desk.state.accounts.get(alice)?.buckets.size).toBe(1)
  expect(desk.state.accounts.get(MARKET_ACCOUNT)?.buckets.get(0)?.mode).toBe('cross')
})

describe('adoptEpoch', () => {
  const adopt = (epoch: Epoch): Command => ({ type: 'adoptEpoch', epoch })
  const good = standardEpoch('second')
  const table: [name: string, epoch: Epoch, want: string][] = [
    ['another one', good, 'ok'],
    ['the one in force', standardEpoch('first'), 'EpochExists'],
    ['a model of another build', { ...good, model: 'astrology' }, 'UnknownModel'],
    ['a section that is not there', { ...good, sections: {} }, 'BadEpoch'],
    ['a section that cannot be read', { ...good, sections: { standard: { assets: {}, markets: [] } } }, 'BadEpoch'],
    ['the one in force, unreadable', { ...standardEpoch('first'), model: 'astrology' }, 'EpochExists'],
  ]
  test.each(table)('%s', (_name, epoch, want) => {
    const desk = tradingDesk()
    expect(outcome(desk.send(adopt(epoch)))).toBe(want)
    expect(desk.state.risk?.epoch.id).toBe(want === 'ok' ? 'second' : 'first')
  })

  test('refusals say what would do', () => {
    const desk = tradingDesk()
    expect(desk.send(adopt({ ...good, model: 'astrology' }))).toMatchObject({
      rejection: { model: 'astrology', known: expect.arrayContaining(['standard']) },
    })
    expect(desk.send(adopt({ ...good, sections: { standard: { assets: {}, markets: [] } } }))).toMatchObject({
      rejection: { field: 'sections.standard.markets', found: '[]' },
    })
  })

  test('the first one may come back after another', () => {
    const desk = tradingDesk()
    desk.accept(adopt(good))
    desk.pass(MS_PER_DAY)
    expect(outcome(desk.send(adopt(standardEpoch('first'))))).toBe('ok')
  })

  test('new risk is judged by it from then on', () => {
    // 10,000 carry 4 bitcoins at 5%, 2 at 10%.
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    member(desk, 'bob', [USDT, '100000'])
    desk.accept(adopt(standardEpoch('second', { markets: { 'BTC-PERP': [['0', 50_000, 100_000]] } })))
    const buy = (size: string) =>
      fill(BTC_PERP, { quantity: size, price: '50000', buyer: leg(alice), seller: leg(bob) })
    expect(outcome(desk.send(buy('2.001')))).toBe('InitialMarginBreached')
    expect(outcome(desk.send(buy('2')))).toBe('ok')
  })
})

describe('listing', () => {
  const coin = assetTerms({ id: COIN })
  const assets: [name: string, terms: Partial<typeof coin>, field: string][] = [
    ['decimals below nothing', { nativeDecimals: -1 }, 'nativeDecimals'],
    ['more decimals than there are', { nativeDecimals: 19 }, 'nativeDecimals'],
    ['half a decimal', { nativeDecimals: 1.5 }, 'nativeDecimals'],
    ['prices never fresh', { priceRules: { ...coin.priceRules, freshForMs: 0 } }, 'priceRules.freshForMs'],
    [
      'prices fresh for half a millisecond',
      { priceRules: { ...coin.priceRules, freshForMs: 0.5 } },
      'priceRules.freshForMs',
    ],
    ['a kink at nothing', { borrowCurve: { ...coin.borrowCurve, kinkPpm: ppm(0n) } }, 'borrowCurve.kinkPpm'],
    ['a kink at the whole', { borrowCurve: { ...coin.borrowCurve, kinkPpm: ppm(1_000_000n) } }, 'borrowCurve.kinkPpm'],
    ['a curve that falls', { borrowCurve: { ...coin.borrowCurve, atKinkPpm: ppm(49_999n) } }, 'borrowCurve.atKinkPpm'],
    [
      'a curve that falls beyond its kink',
      { borrowCurve: { ...coin.borrowCurve, atFullPpm: ppm(49_999n) } },
      'borrowCurve.atFullPpm',
    ],
    ['a cap above the whole', { borrowCurve: { ...coin.borrowCurve, capPpm: ppm(1_000_001n) } }, 'borrowCurve.capPpm'],
    [
      'impact of no size',
      { closeOutCost: { ...coin.closeOutCost, impactNotional: usd('0') } },
      'closeOutCost.impactNotional',
    ],
  ]
  test.each(assets)('no asset with %s', (_name, terms, field) => {
    const desk = tradingDesk()
    expect(desk.send(listing({ ...coin, ...terms }))).toMatchObject({
      ok: false,
      rejection: { reason: 'BadTerms', field },
    })
    expect(desk.state.assets.get(COIN)).toBeUndefined()
  })

  test.each([0, 18])('an asset with %i decimals', (nativeDecimals) => {
    expect(outcome(tradingDesk().send(listing({ ...coin, nativeDecimals })))).toBe('ok')
  })

  test('a price may be fresh for a millisecond', () => {
    const asset = { ...coin, priceRules: { ...coin.priceRules, freshForMs: 1 } }
    expect(outcome(tradingDesk().send(listing(asset)))).toBe('ok')
  })

  test('an asset starts without a price, without interest so far, without money', () => {
    const desk = tradingDesk()
    desk.pass(MS_PER_DAY)
    desk.accept(listing(coin))
    expect(desk.state.assets.get(COIN)?.index).toBeUndefined()
    expect(desk.state.assetBooks.get(COIN)?.lending.accruedAt).toBe(desk.now())
    expect(desk.send(listing({ ...coin, nativeDecimals: 99 }))).toEqual({
      ok: false,
      rejection: { reason: 'AlreadyListed', id: COIN },
    })
  })

  const perp = perpetualTerms({ id: COIN_PERP })
  const markets: [name: string, market: typeof perp | ReturnType<typeof spotTerms>, want: string][] = [
    ['as it should be', perp, 'ok'],
    ['a spot pair', spotTerms({ id: COIN_PERP }), 'ok'],
    ['a name that is taken', { ...perp, id: BTC_PERP }, 'AlreadyListed'],
    ['a name that is taken, of nothing known', { ...perp, id: BTC_PERP, underlying: COIN }, 'AlreadyListed'],
    ['an underlying nobody listed', { ...perp, underlying: COIN }, 'UnknownAsset'],
    ['a settlement asset nobody listed', { ...perp, settlement: COIN }, 'UnknownAsset'],
    ['a base nobody listed', spotTerms({ id: COIN_PERP, base: COIN }), 'UnknownAsset'],
    ['a quote nobody listed', spotTerms({ id: COIN_PERP, quote: COIN }), 'UnknownAsset'],
    ['lots of nothing', { ...perp, lot: units('0') }, 'lot'],
    ['negative lots', { ...perp, lot: units('-1') }, 'lot'],
    ['no least size', { ...perp, minimumQuantity: units('0') }, 'minimumQuantity'],
    ['settled in its own underlying', { ...perp, settlement: BTC }, 'settlement'],
    ['an asset against itself', spotTerms({ id: COIN_PERP, quote: BTC }), 'quote'],
    [
      'impact of no size',
      { ...perp, closeOutCost: { halfSpreadPpm: ppm(1n), impactPpm: ppm(1n), impactNotional: usd('0') } },
      'closeOutCost.impactNotional',
    ],
  ]
  test.each(markets)('a market: %s', (_name, market, want) => {
    const decision = tradingDesk().send({ type: 'listMarket', market })
    const field = !decision.ok && decision.rejection.reason === 'BadTerms' ? decision.rejection.field : undefined
    expect(field ?? outcome(decision)).toBe(want)
  })

  test('a market starts open, without a mark, funding or contracts', () => {
    const desk = tradingDesk()
    desk.accept({ type: 'listMarket', market: perp })
    expect(desk.state.markets.get(COIN_PERP)).toEqual({
      terms: perp,
      status: 'open',
      mark: undefined,
      fundingIndex: 0n,
      openInterest: 0n,
    })
  })

  test('a status is set for a market that is there', () => {
    const desk = tradingDesk()
    expect(outcome(desk.send({ type: 'setMarketStatus', market: COIN_PERP, status: 'paused' }))).toBe('UnknownMarket')
    desk.accept({ type: 'setMarketStatus', market: BTC_PERP, status: 'paused' })
    expect(desk.state.markets.get(BTC_PERP)?.status).toBe('paused')
  })
})

describe('delisting an asset', () => {
  const delist = (asset = COIN): Command => ({ type: 'delistAsset', asset, reason: 'Legal' })
  function deskWithCoin(): Desk {
    const desk = tradingDesk()
    desk.accept(listing(assetTerms({ id: COIN })))
    desk.accept(priceReport(desk.now(), { assets: [[COIN, '10']] }))
    member(desk, 'alice', [USDT, '1000'])
    return desk
  }
  test('one that nobody has goes, one that is not there does not', () => {
    const desk = deskWithCoin()
    expect(outcome(desk.send(delist()))).toBe('ok')
    expect(desk.state.assetBooks.get(COIN)).toBeUndefined()
    expect(outcome(desk.send(delist()))).toBe('UnknownAsset')
  })

  test('not while somebody holds an atom of it: the refusal names the largest amount', () => {
    const desk = deskWithCoin()
    const bobs = member(desk, 'bob', [COIN, '3'])
    desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: COIN, quantity: quantity(1n) })
    expect(desk.send(delist())).toEqual({
      ok: false,
      // Custody holds both.
      rejection: { reason: 'StillHeld', id: COIN, quantity: atoms('3') + 1n },
    })
    desk.accept({ type: 'withdraw', account: bobs, bucket: 0, asset: COIN, quantity: units('3') })
    expect(desk.send(delist())).toMatchObject({ rejection: { reason: 'StillHeld', quantity: 1n } })
    desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: COIN, quantity: quantity(1n) })
    expect(outcome(desk.send(delist()))).toBe('ok')
  })

  test('not while balances merely sum to nothing', () => {
    // alice lent 2 from her pool to her bucket: the totals of the asset are all zero.
    const desk = deskWithCoin()
    desk.accept({
      type: 'adoptEpoch',
      epoch: standardEpoch('second', { assets: { USDT: [0, 0, 0, 0], COIN: [0, 0, 0, 0] } }),
    })
    desk.accept({ type: 'setBucketMode', account: alice, bucket: 1, mode: 'isolated' })
    desk.accept({ type: 'transfer', account: alice, from: 0, to: 1, asset: COIN, quantity: units('2') })
    expect(desk.state.assetBooks.get(COIN)?.ledger.buckets).toBe(0n)
    expect(desk.send(delist())).toEqual({
      ok: false,
      rejection: { reason: 'StillHeld', id: COIN, quantity: atoms('2') },
    })
  })

  test('not while the insurance fund has any', () => {
    const desk = deskWithCoin()
    desk.accept({ type: 'fundInsurance', asset: COIN, quantity: quantity(1n) })
    expect(outcome(desk.send(delist()))).toBe('StillHeld')
  })

  test('not while a market needs it, held or not: the refusal names the first by name', () => {
    const desk = tradingDesk()
    member(desk, 'alice', [BTC, '1'])
    expect(desk.send(delist(BTC))).toEqual({
      ok: false,
      rejection: { reason: 'StillTraded', asset: BTC, market: BTC_PERP },
    })
    desk.accept({ type: 'delistMarket', market: BTC_PERP })
    expect(desk.send(delist(BTC))).toMatchObject({ rejection: { reason: 'StillTraded', market: BTC_USDT } })
    desk.accept({ type: 'delistMarket', market: BTC_USDT })
    expect(outcome(desk.send(delist(BTC)))).toBe('StillHeld')
    expect(outcome(desk.send(delist(USDT)))).toBe('StillTraded')
    expect(outcome(desk.send(delist(ETH)))).toBe('StillTraded')
    expect(outcome(desk.send(delist(GOLD)))).toBe('StillTraded')
  })
})

describe('delisting a market', () => {
  const delist: Command = { type: 'delistMarket', market: BTC_PERP }
  function deskForTwo(): Desk {
    const desk = tradingDesk()
    member(desk, 'alice', [USDT, '10000'])
    member(desk, 'bob', [USDT, '10000'])
    return desk
  }
  const trade = (side: 'open' | 'close', price: string) =>
    fill(BTC_PERP, {
      quantity: '0.1',
      price,
      buyer: leg(side === 'open' ? alice : bob),
      seller: leg(side === 'open' ? bob : alice),
    })

  test('one that nobody is in goes', () => {
    const desk = deskForTwo()
    expect(outcome(desk.send(delist))).toBe('ok')
    expect(outcome(desk.send(delist))).toBe('UnknownMarket')
  })

  test('not while contracts are held, nor while closed ones are to be settled', () => {
    const desk = deskForTwo()
    desk.accept(trade('open', '50000'))
    expect(desk.send(delist)).toEqual({
      ok: false,
      rejection: { reason: 'StillHeld', id: BTC_PERP, quantity: atoms('0.1') },
    })
    desk.accept(trade('close', '50100'))
    expect(desk.send(delist)).toMatchObject({ rejection: { reason: 'StillHeld', quantity: 0n } })
    desk.accept({ type: 'settle', market: BTC_PERP })
    expect(outcome(desk.send(delist))).toBe('ok')
  })

  test('not while an order rests', () => {
    const desk = deskForTwo()
    const order = orderId('o1')
    desk.accept({
      type: 'placeOrder',
      account: alice,
      bucket: 0,
      order,
      market: BTC_PERP,
      side: 'sell',
      quantity: units('0.2'),
      limit: at('50000'),
    })
    expect(desk.send(delist)).toMatchObject({ rejection: { reason: 'StillHeld', quantity: atoms('0.2') } })
    desk.accept({ type: 'cancelOrder', account: alice, bucket: 0, order })
    expect(outcome(desk.send(delist))).toBe('ok')
  })
})

test('upgradeProtocol: only to a later version that this build knows, and there is none yet', () => {
  const desk = emptyDesk()
  for (const version of [0, 1, 2])
    expect(desk.send({ type: 'upgradeProtocol', version })).toEqual({
      ok: false,
      rejection: { reason: 'UnknownProtocolVersion', version, known: [] },
    })
})
