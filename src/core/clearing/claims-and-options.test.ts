import { describe, expect, test } from 'vitest'
import { rate } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { accountId, marketId } from '../instrument/identifier.ts'
import {
  contracts,
  type Desk,
  fill,
  held,
  leg,
  member,
  MS_PER_DAY,
  outcome,
  priceReport,
  tradingDesk,
} from '../../../simulator/workload/desk.ts'
import { soundEvidence } from '../../../simulator/workload/listing.ts'
import { markOption } from '../../../simulator/workload/option-desk.ts'
import {
  assetTerms,
  at,
  atoms,
  BTC,
  ETH,
  optionTerms,
  STAKED,
  standardEpoch,
  units,
  usd,
  USDT,
  USUAL_EXPIRY,
} from '../../../simulator/workload/world.ts'
import { benefitOfDoubt } from './benefit-of-doubt.ts'
import { initialOf, maintenanceOf, viewNettingSet } from './margin-check.ts'
import { requireMarket } from './state.ts'

const alice = accountId('alice')
const bob = accountId('bob')
const CALL = marketId('BTC-CALL')
const ON_CLAIM = marketId('STAKED-CALL')
const MINUTE = 60_000

interface Given {
  readonly usdt?: Partial<Parameters<typeof assetTerms>[0]>
  readonly alice?: readonly (readonly [typeof USDT, string])[]
  readonly bob?: readonly (readonly [typeof USDT, string])[]
}

/** Options at 50,000 and on STAKED (1.1 ETH of 2,000), settled in dollars that redeem for 1; the first marked at 600. Dollars without haircut. */
function desk({ usdt = {}, ...deposits }: Given = {}): Desk {
  const dollar = assetTerms({ id: USDT, backing: { redeemable: true }, ...usdt })
  const staked = assetTerms({ id: STAKED, backing: { reference: ETH, redeemable: true } })
  const found = tradingDesk({
    assets: [dollar, assetTerms({ id: BTC }), assetTerms({ id: ETH }), staked],
    markets: [optionTerms({ id: CALL }), optionTerms({ id: ON_CLAIM, underlying: STAKED, strike: at('2000') })],
    epoch: standardEpoch('first', { assets: { USDT: [0, 0, 0, 0], BTC: [0, 0, 0, 0] } }),
    prices: {
      assets: [
        [USDT, '1'],
        [BTC, '50000'],
        [ETH, '2000'],
        [STAKED, '2300'],
      ],
    },
  })
  found.accept({ ...priceReport(found.now(), {}), exchangeRates: [{ asset: STAKED, rate: at('1.1') }] })
  markOption(found, CALL, '600')
  member(found, 'alice', ...(deposits.alice ?? [[USDT, '10000']]))
  member(found, 'bob', ...(deposits.bob ?? [[USDT, '200000']]))
  return found
}

/** alice buys one from bob. */
const buy = (price = '600') => fill(CALL, { quantity: '1', price, buyer: leg(alice), seller: leg(bob) })

function viewOf(at: Desk, who: typeof alice) {
  const { risk } = at.state
  const view = viewNettingSet(at.state, who, 0)
  if (risk === undefined || view === undefined) throw new RangeError('nothing to see')
  return {
    view,
    maintenance: maintenanceOf(at.state, risk, view, at.now()),
    initial: initialOf(at.state, risk, view, at.now()),
  }
}

const dollarAt = (at: Desk, price: string, btc = '50000') =>
  at.accept(
    priceReport(at.now(), {
      assets: [
        [USDT, price],
        [BTC, btc],
      ],
    }),
  )

describe('options settled in a dollar that costs 0.8 and redeems for 1', () => {
  test('are charged what is lost of them as if it were owed', () => {
    const given = desk()
    given.accept(buy())
    dollarAt(given, '0.8')
    // The underlying is worth 50,000 / 0.8 = 62,500 of them, each 1 if owed, and the mark 600 of them.
    expect(viewOf(given, bob).maintenance.requirement).toBe(usd('63100'))
    expect(viewOf(given, alice).maintenance.requirement).toBe(usd('600'))
    // 200,600 had less 600: owned, at 0.8.
    expect(viewOf(given, bob).maintenance.value).toBe(usd('160000'))
  })

  test('give the benefit of a move of the underlying while they are stale, in what is owed', () => {
    const given = desk()
    given.accept(buy())
    given.pass(MS_PER_DAY - MINUTE)
    dollarAt(given, '0.8')
    given.pass(MINUTE)
    // 4% of 62,500 for a day: the assets are still fresh.
    expect(benefitOfDoubt(given.state, viewOf(given, bob).view.portfolio, given.now())).toBe(usd('2500'))
  })

  test('end at the index in the price at which the dollar trades: nobody redeems to be paid', () => {
    const given = desk()
    given.accept(buy())
    given.pass(USUAL_EXPIRY - 10_000 - given.now())
    dollarAt(given, '0.8', '41000')
    given.pass(10_000)
    given.accept({ type: 'expire', market: CALL })
    // 41,000 / 0.8 = 51,250: the call pays 1,250.
    expect(held(given.state, alice, USDT)).toBe(atoms('10650'))
    expect(held(given.state, bob, USDT)).toBe(atoms('199350'))
  })

  test('take the bid of their mark from what is owned, and what is then owed at what it redeems for', () => {
    const given = desk({ alice: [[USDT, '600']] })
    given.accept(buy())
    dollarAt(given, '0.8')
    const listed = requireMarket(given.state, CALL)
    if (listed.mark === undefined) throw new RangeError('no mark')
    given.state.markets.set(CALL, { ...listed, mark: { ...listed.mark, bid: at('590') } })
    // alice has the option alone: 600 at 0.8, at the bid 590 at 0.8. 600 are charged for it, 8 for the bid.
    expect(viewOf(given, alice).initial.requirement).toBe(usd('608'))
    // bob owes it at the mark, for there is no ask: 63,100 and nothing else.
    expect(viewOf(given, bob).initial.requirement).toBe(usd('63100'))
  })

  test('may not pass the bound on exposures by a new rate alone', () => {
    const given = desk()
    dollarAt(given, '0.8')
    given.state.markets.set(CALL, { ...requireMarket(given.state, CALL), openInterest: units('19900000') })
    // 19.9 million at a strike of 50,000 are 995 billion; at 1.01 more than 1,000 billion.
    const told = (text: string) =>
      given.send({ ...priceReport(given.now(), {}), exchangeRates: [{ asset: USDT, rate: at(text) }] })
    expect(told('1.01')).toMatchObject({ rejection: { reason: 'ExposureOutOfBounds', id: CALL } })
    expect(outcome(told('1.001'))).toBe('ok')
  })
})

describe('prices of a claim', () => {
  const quoted = (given: Desk, asset: typeof STAKED, price: string, more: object) => {
    const report = priceReport(given.now(), { assets: [[asset, price]] })
    given.accept({ ...report, assets: report.assets.map((row) => ({ ...row, ...more })) })
  }

  test('are to its owner the bid of its reference at the rate, or its own slow average, whichever is lower', () => {
    const given = desk({ alice: [[STAKED, '2']] })
    const before = viewOf(given, alice)
    expect(before.maintenance.value).toBe(usd('4400'))
    quoted(given, ETH, '2000', { bid: at('1980'), ask: at('2100') })
    // 1.1 * 20 for each of 2; the ask is nothing to who owns it.
    expect(viewOf(given, alice).initial.requirement).toBe(before.initial.requirement + usd('44'))
    quoted(given, STAKED, '2300', { smoothed: at('2150') })
    expect(viewOf(given, alice).initial.requirement).toBe(before.initial.requirement + usd('100'))
  })

  test('are to who owes it the ask of its reference at the rate, where the market asks for less', () => {
    const given = desk({ alice: [[USDT, '10000']], bob: [[STAKED, '10']] })
    given.accept({ type: 'withdraw', account: alice, bucket: 0, asset: STAKED, quantity: units('1') })
    const before = viewOf(given, alice)
    quoted(given, ETH, '2000', { bid: at('1900'), ask: at('2200') })
    // 1.1 * 2,200 = 2,420, which is 120 above the market's 2,300.
    expect(viewOf(given, alice).initial.requirement).toBe(before.initial.requirement + usd('120'))
    expect(viewOf(given, alice).maintenance).toEqual(before.maintenance)
  })

  test('leave the mark of an option on it as doubtful as its own price, also when its rate is old', () => {
    const given = desk()
    given.pass(2 * MINUTE)
    quoted(given, STAKED, '2300', { halfWidth: usd('30') })
    const points = [
      { strike: at('2000'), volatility: rate(6n * 10n ** 17n) },
      { strike: at('2500'), volatility: rate(6n * 10n ** 17n) },
    ]
    const slices = [{ expiry: timestamp(USUAL_EXPIRY), forward: at('2300'), points }]
    given.accept({ type: 'reportVolatilities', underlying: STAKED, observedAt: given.now(), slices })
    given.accept({ type: 'reprice', underlying: STAKED })
    // In the money by 300, so worth more than 30 in a dollar at 1.
    expect(requireMarket(given.state, ON_CLAIM).mark).toMatchObject({ halfWidth: usd('30') })
  })
})

describe('a verdict', () => {
  const collapse = (given: Desk, asset: typeof BTC) => {
    const terms = given.state.assets.get(asset)?.terms
    if (terms === undefined) throw new RangeError(`${asset} is not listed`)
    given.accept({ type: 'reviewAsset', asset, evidence: soundEvidence(terms, { halted: true }) })
  }

  test('against the underlying lets options only shrink', () => {
    const given = desk()
    given.accept(buy())
    collapse(given, BTC)
    expect(given.send(buy())).toMatchObject({ rejection: { reason: 'MarketNotOpen', status: 'reduceOnly' } })
    given.accept(fill(CALL, { quantity: '1', price: '600', buyer: leg(bob), seller: leg(alice) }))
    expect(contracts(given.state, bob, CALL).quantity).toBe(0n)
  })

  test('against what they settle in stops a premium from being borrowed, even to close', () => {
    const back = (given: Desk) =>
      given.send(fill(CALL, { quantity: '1', price: '610', buyer: leg(bob), seller: leg(alice) }))
    const open = () => {
      const given = desk({ bob: [[BTC, '10']] })
      given.accept(buy())
      return given
    }
    // bob has the 600 he got, and lacks 10.
    expect(outcome(back(open()))).toBe('ok')
    const given = open()
    collapse(given, USDT)
    expect(back(given)).toMatchObject({ rejection: { reason: 'NotBorrowable', asset: USDT } })
  })

  test('and the cap on what may be owed holds for premiums as well', () => {
    const given = desk({ usdt: { borrowCap: units('599') }, alice: [[BTC, '1']] })
    expect(given.send(buy())).toMatchObject({ rejection: { reason: 'BorrowCapReached', asset: USDT } })
    const enough = desk({ usdt: { borrowCap: units('600') }, alice: [[BTC, '1']] })
    expect(outcome(enough.send(buy()))).toBe('ok')
  })
})
