import { describe, expect, test } from 'vitest'
import { assetId } from '../instrument/identifier.ts'
import { netLiquidationValue } from '../portfolio/claims.ts'
import { bucketOf, type Desk, emptyDesk, held, member, outcome, priceReport } from '../../../simulator/workload/desk.ts'
import { listing, soundEvidence } from '../../../simulator/workload/listing.ts'
import {
  assetTerms,
  at,
  BTC,
  ETH,
  perpetualTerms,
  STAKED,
  standardEpoch,
  units,
  usd,
  USDT,
} from '../../../simulator/workload/world.ts'
import { marketId } from '../instrument/identifier.ts'
import { benefitOfDoubt } from './benefit-of-doubt.ts'
import type { Command } from './command.ts'
import { initialOf, maintenanceOf, viewNettingSet } from './margin-check.ts'

const staked = assetTerms({ id: STAKED, backing: { reference: ETH, redeemable: true } })
const DAY = 86_400_000

/** Ether at 2,000; STAKED at 2,300 and redeems for 1.1 ether, 2,200; dollars at 1 that redeem for 1. Haircut of STAKED 10%, debts 20%. */
function claimDesk(): Desk {
  const desk = emptyDesk()
  const dollar = assetTerms({ id: USDT, nativeDecimals: 6, backing: { redeemable: true } })
  for (const asset of [dollar, assetTerms({ id: ETH }), assetTerms({ id: BTC }), staked]) desk.accept(listing(asset))
  const row = [100_000, 100_000, 200_000, 200_000] as const
  desk.accept({
    type: 'adoptEpoch',
    epoch: standardEpoch('first', { assets: { USDT: [0, 0, 0, 0], ETH: row, STAKED: row } }),
  })
  desk.accept(report(desk, '2300', '1.1'))
  return desk
}

function report(desk: Desk, market: string, rate?: string, usdt = '1'): Extract<Command, { type: 'reportPrices' }> {
  const prices = priceReport(desk.now(), {
    assets: [
      [USDT, usdt],
      [ETH, '2000'],
      [STAKED, market],
    ],
  })
  return rate === undefined ? prices : { ...prices, exchangeRates: [{ asset: STAKED, rate: at(rate) }] }
}

function sides(desk: Desk, account: ReturnType<typeof member>) {
  const { risk } = desk.state
  const view = viewNettingSet(desk.state, account, 0)
  if (risk === undefined || view === undefined) throw new RangeError('nothing to see')
  const maintenance = maintenanceOf(desk.state, risk, view, desk.now())
  const initial = initialOf(desk.state, risk, view, desk.now())
  return { value: maintenance.value, maintenance: maintenance.requirement, initial: initial.requirement, view }
}

describe('a claim', () => {
  test('is worth what it redeems for while the market pays more, to who owns it', () => {
    const desk = claimDesk()
    // 2 * 2200 = 4400; 10% of it.
    const alice = member(desk, 'alice', [STAKED, '2'])
    expect(sides(desk, alice)).toMatchObject({ value: usd('4400'), maintenance: usd('440') })
    // Under it the market decides: 2 * 2100 = 4200.
    desk.accept(report(desk, '2100'))
    expect(sides(desk, alice).value).toBe(usd('4200'))
  })

  test('costs the higher of both to who owes it', () => {
    const desk = claimDesk()
    member(desk, 'lender', [STAKED, '10'])
    const bob = member(desk, 'bob', [USDT, '10000'])
    desk.accept({ type: 'withdraw', account: bob, bucket: 0, asset: STAKED, quantity: units('1') })
    // 10000 - 2300; 20% of 2300. Then 10000 - 2200 at a market price of 2100.
    expect(sides(desk, bob)).toMatchObject({ value: usd('7700'), maintenance: usd('460') })
    desk.accept(report(desk, '2100'))
    expect(sides(desk, bob).value).toBe(usd('7800'))
  })

  test('is owned or owed by the whole of the netting set, not bucket by bucket', () => {
    const desk = claimDesk()
    const alice = member(desk, 'alice', [STAKED, '2'])
    bucketOf(desk, alice, 1, 'cross', [STAKED, '1'])
    expect(sides(desk, alice).value).toBe(usd('6600'))
  })

  test('charges the initial side what it could be worth less at the worse bound of its reference', () => {
    const desk = claimDesk()
    const alice = member(desk, 'alice', [STAKED, '2'])
    const certain = sides(desk, alice)
    // 30 of 2000 is 1.5%, above the 1% of low confidence: 2200 may be 2167, so 33 less for each of 2.
    const prices = report(desk, '2300')
    const doubted = prices.assets.map((row) => (row.asset === ETH ? { ...row, halfWidth: usd('30') } : row))
    desk.accept({ ...prices, assets: doubted })
    const now = sides(desk, alice)
    expect([now.value, now.maintenance]).toEqual([certain.value, certain.maintenance])
    expect(now.initial).toBe(certain.initial + usd('66'))
    // The same doubt in its favour: 2233 is still below the market's 2300.
    expect(benefitOfDoubt(desk.state, now.view.portfolio, desk.now())).toBe(usd('66'))
  })

  test('gives no benefit of a doubt that the market has settled: a fresh price below an old rate decides', () => {
    const desk = claimDesk()
    const alice = member(desk, 'alice', [STAKED, '2'])
    desk.pass(DAY)
    desk.accept(report(desk, '2100'))
    expect(benefitOfDoubt(desk.state, sides(desk, alice).view.portfolio, desk.now())).toBe(0n)
    // Over it, the rate is a day old and one day is 4% of 2200: 88 for each of 2.
    desk.accept(report(desk, '2300'))
    expect(benefitOfDoubt(desk.state, sides(desk, alice).view.portfolio, desk.now())).toBe(usd('176'))
  })

  test('a stale rate stops what a stale price stops', () => {
    const desk = claimDesk()
    const alice = member(desk, 'alice', [STAKED, '2'])
    desk.pass(60_001)
    desk.accept(report(desk, '2300'))
    const withdraw = { type: 'withdraw', account: alice, bucket: 0, asset: STAKED, quantity: units('1') } as const
    expect(desk.send(withdraw)).toMatchObject({ rejection: { reason: 'PriceUnusable', condition: 'stale' } })
    desk.accept(report(desk, '2300', '1.1'))
    expect(outcome(desk.send(withdraw))).toBe('ok')
  })

  test('in which contracts settle: profit beside it is one flow, and the sign of the whole decides', () => {
    const desk = claimDesk()
    desk.accept(report(desk, '2300', undefined, '0.9'))
    const alice = member(desk, 'alice', [USDT, '100'])
    // Owned at 0.9 though it redeems for 1.
    expect(netLiquidationValue(sides(desk, alice).view.portfolio, desk.state)).toBe(usd('90'))
  })
})

describe('an exchange rate', () => {
  const send = (desk: Desk, rate: string) => outcome(desk.send(report(desk, '2300', rate)))

  test('moves by at most 1% for each day begun since the last', () => {
    const desk = claimDesk()
    // 1% of 1.1 is 0.011.
    expect(send(desk, '1.111000000000000001')).toBe('ExchangeRateJumped')
    expect(send(desk, '1.088999999999999999')).toBe('ExchangeRateJumped')
    expect(send(desk, '1.111')).toBe('ok')
    desk.pass(DAY + 1)
    expect(desk.send(report(desk, '2300', '1.2'))).toMatchObject({
      rejection: { reason: 'ExchangeRateJumped', asset: STAKED, known: at('1.111'), allowedPpm: 20_000n },
    })
    expect(send(desk, '1.13322')).toBe('ok')
  })

  test('of a claim on the unit of account begins at 1', () => {
    const desk = claimDesk()
    const told = (rate: string) =>
      outcome(desk.send({ ...report(desk, '2300'), exchangeRates: [{ asset: USDT, rate: at(rate) }] }))
    expect([told('1.02'), told('1.01')]).toEqual(['ExchangeRateJumped', 'ok'])
  })

  test('is refused of what is no claim, is not listed, or is named twice', () => {
    const desk = claimDesk()
    const told = (...assets: string[]) => {
      const exchangeRates = assets.map((name) => ({ asset: assetId(name), rate: at('1.1') }))
      return outcome(desk.send({ ...report(desk, '2300'), exchangeRates }))
    }
    expect([told('ETH'), told('NOTHING'), told('STAKED', 'STAKED')]).toEqual([
      'NotAClaim',
      'UnknownAsset',
      'DuplicateEntry',
    ])
  })

  test('is no older than the last, and a refused one changes nothing of the batch', () => {
    const desk = claimDesk()
    const before = desk.state.assets.get(STAKED)
    desk.pass(1_000)
    const late = { ...report(desk, '2400', '1.2') }
    expect(outcome(desk.send(late))).toBe('ExchangeRateJumped')
    expect(desk.state.assets.get(STAKED)).toEqual(before)
  })

  test('is refused if all that is held of the claim would pass the bound at it', () => {
    const desk = claimDesk()
    member(desk, 'whale', [STAKED, '430000000'])
    // 430 million at 2,300 are 989 billion. At 1.1 ether of 2,115 each, 2,326.50, they would be 1.0004 trillion.
    const prices = priceReport(desk.now(), { assets: [[ETH, '2115']] })
    expect(outcome(desk.send(prices))).toBe('ExposureOutOfBounds')
  })
})

describe('listing a claim', () => {
  const second = (backing: typeof staked.backing) => assetTerms({ id: assetId('SECOND'), ...(backing && { backing }) })

  test('on a claim, on nothing listed, or without evidence of its peg is refused', () => {
    const desk = claimDesk()
    const list = (backing: typeof staked.backing) => desk.send(listing(second(backing)))
    expect(list({ reference: STAKED, redeemable: true })).toMatchObject({ rejection: { field: 'backing.reference' } })
    expect(list({ reference: assetId('NOTHING'), redeemable: true })).toMatchObject({
      rejection: { reason: 'UnknownAsset' },
    })
    const { peg: _, ...unproven } = soundEvidence(staked)
    expect(
      desk.send({ type: 'listAsset', asset: second({ reference: ETH, redeemable: true }), evidence: unproven }),
    ).toMatchObject({ rejection: { field: 'evidence.peg' } })
    expect(desk.send({ type: 'listAsset', asset: second(undefined), evidence: soundEvidence(staked) })).toMatchObject({
      rejection: { field: 'evidence.peg' },
    })
  })

  test('keeps its reference listed', () => {
    const desk = claimDesk()
    expect(desk.send({ type: 'delistAsset', asset: ETH, reason: 'Legal' })).toEqual({
      ok: false,
      rejection: { reason: 'StillReferenced', asset: ETH, claim: STAKED },
    })
  })

  test('lets contracts settle in it only if it stands for the unit of account', () => {
    const desk = claimDesk()
    const list = (settlement: typeof STAKED) =>
      desk.send({ type: 'listMarket', market: perpetualTerms({ id: marketId('P'), underlying: BTC, settlement }) })
    expect(list(STAKED)).toMatchObject({ rejection: { reason: 'BadTerms', field: 'settlement' } })
    expect(outcome(list(USDT))).toBe('ok')
  })
})

test('forced sales are at the market price, whatever a claim redeems for', () => {
  const desk = claimDesk()
  member(desk, 'lender', [USDT, '100000'])
  const alice = member(desk, 'alice', [STAKED, '2'])
  desk.accept({ type: 'withdraw', account: alice, bucket: 0, asset: USDT, quantity: units('3900') })
  // Ether falls by 5%: 2 * 2090 = 4180 less 3900 is 280, below 10% of 4180. The market still pays 2300.
  const prices = priceReport(desk.now(), { assets: [[ETH, '1900']] })
  desk.accept(prices)
  const events = desk.accept({ type: 'liquidate', account: alice, bucket: 0 })
  const repaid = events.find((event) => event.type === 'DebtRepaid')
  if (repaid?.type !== 'DebtRepaid') throw new RangeError('no debt was repaid')
  // Less than 2300 by half a spread of 500 ppm and an impact below 100 ppm, and far above 2090.
  const paid = (repaid.value * 10n ** 18n) / repaid.given.quantity
  expect(paid > usd('2298')).toBe(true)
  expect(paid < usd('2300')).toBe(true)
  expect(held(desk.state, alice, STAKED)).toBeGreaterThan(0n)
})
