import { describe, expect, test } from 'vitest'
import { rate } from '../quantity/rate.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { accountId, assetId, marketId } from '../instrument/identifier.ts'
import { referenceCall, REFERENCE_ONE } from '../../../simulator/pricing/reference.ts'
import { type Desk, outcome, priceReport, tradingDesk } from '../../../simulator/workload/desk.ts'
import type { BTC_PERP } from '../../../simulator/workload/world.ts'
import {
  at,
  atoms,
  BTC,
  ETH,
  futureTerms,
  optionTerms,
  usd,
  USDT,
  USUAL_EXPIRY,
  WORLD_PRICES,
} from '../../../simulator/workload/world.ts'
import type { ReportedSlice } from '../market/volatility-report.ts'
import type { Command } from './command.ts'

const [CALL, PUT, FAR] = ['BTC-CALL', 'BTC-PUT', 'BTC-FAR'].map(marketId) as [
  typeof BTC_PERP,
  typeof BTC_PERP,
  typeof BTC_PERP,
]
const DAY = 86_400_000
const alice = accountId('alice')

/** Calls and puts at 50,000 a day from now, and a call two days from now. */
function optionDesk(): Desk {
  return tradingDesk({
    markets: [
      optionTerms({ id: CALL }),
      optionTerms({ id: PUT, right: 'put' }),
      optionTerms({ id: FAR, expiry: timestamp(USUAL_EXPIRY + DAY) }),
      futureTerms({ id: marketId('BTC-FUT') }),
    ],
    prices: { assets: WORLD_PRICES.assets },
  })
}

const slice = (given: Partial<ReportedSlice> = {}): ReportedSlice => ({
  expiry: USUAL_EXPIRY,
  forward: at('50000'),
  points: [{ strike: at('50000'), volatility: rate(6n * 10n ** 17n) }],
  ...given,
})

const report = (desk: Desk, slices: readonly ReportedSlice[], observedAt = desk.now()): Command => ({
  type: 'reportVolatilities',
  underlying: BTC,
  observedAt,
  slices,
})
const reprice = (underlying = BTC): Command => ({ type: 'reprice', underlying })
const listed = (desk: Desk, market = CALL) => desk.state.markets.get(market)
const mark = (desk: Desk, market = CALL) => listed(desk, market)?.mark

/** The true value in atoms, rounded down: by an implementation that shares nothing with the code. */
function trueCall(given: { forward: string; strike?: string; volatility?: bigint; ms?: number }): bigint {
  const { value } = referenceCall({
    forward: atoms(given.forward),
    strike: atoms(given.strike ?? '50000'),
    volatility: given.volatility ?? 6n * 10n ** 17n,
    timeMs: BigInt(given.ms ?? DAY),
  })
  return value / REFERENCE_ONE
}

function expectNear(found: bigint | undefined, wanted: bigint): void {
  const gap = (found ?? -10n) - wanted
  expect(gap >= -2n && gap <= 2n, `${found}, should be ${wanted}`).toBe(true)
}

describe('a repricing', () => {
  test('marks an option at its Black-76 value, and says from what', () => {
    const desk = optionDesk()
    desk.accept(report(desk, [slice()]))
    desk.accept(reprice())
    expectNear(mark(desk)?.price, trueCall({ forward: '50000' }))
    // Call less put is forward less strike: nothing here.
    expectNear(mark(desk, PUT)?.price, trueCall({ forward: '50000' }))
    expect(listed(desk)?.pricing).toEqual({
      forward: atoms('50000'),
      volatility: 6n * 10n ** 17n,
      pricedAt: desk.now(),
    })
    expect(mark(desk)).toMatchObject({ halfWidth: 0n, guarded: false, observedAt: desk.now() })
  })

  test('moves the forward as far as the index has moved since the report: 50,500 * 51,000 / 50,000', () => {
    const desk = optionDesk()
    desk.accept(report(desk, [slice({ forward: at('50500') })]))
    desk.accept(priceReport(desk.now(), { assets: [[BTC, '51000']] }))
    desk.accept(reprice())
    expect(listed(desk)?.pricing?.forward).toBe(atoms('51510'))
    expectNear(mark(desk)?.price, trueCall({ forward: '51510' }))
    // The put is worth the call less forward plus strike.
    expectNear(mark(desk, PUT)?.price, trueCall({ forward: '51510' }) - atoms('1510'))
  })

  test('counts in what the option settles in: a forward of 50,000 USD is 62,500 at 0.8, and a strike of 50,000 is 40,000 USD', () => {
    const desk = optionDesk()
    const points = [
      { strike: at('40000'), volatility: rate(7n * 10n ** 17n) },
      { strike: at('50000'), volatility: rate(6n * 10n ** 17n) },
    ]
    desk.accept(priceReport(desk.now(), { assets: [[USDT, '0.8']] }))
    desk.accept(report(desk, [slice({ points })]))
    desk.accept(reprice())
    expect(listed(desk)?.pricing).toMatchObject({ forward: atoms('62500'), volatility: 7n * 10n ** 17n })
    expectNear(mark(desk)?.price, trueCall({ forward: '62500', volatility: 7n * 10n ** 17n }))
  })

  test('an option worth less than an atom is marked at one', () => {
    const desk = optionDesk()
    desk.accept(
      report(desk, [slice({ forward: at('30000'), points: [{ strike: at('50000'), volatility: rate(10n ** 16n) }] })]),
    )
    desk.accept(reprice())
    expect(mark(desk)?.price).toBe(1n)
  })

  test('a mark is as old as the older of index and volatilities', () => {
    const desk = optionDesk()
    const early = desk.now()
    desk.pass(5_000)
    desk.accept(report(desk, [slice()]))
    desk.accept(reprice())
    expect(mark(desk)?.observedAt).toBe(early)
    desk.pass(5_000)
    desk.accept(priceReport(desk.now(), { assets: [[BTC, '50000']] }))
    desk.accept(reprice())
    expect(mark(desk)?.observedAt).toBe(early + 5_000)
  })

  test('a mark is as doubtful as the index: its interval, and what a guard says', () => {
    const desk = optionDesk()
    desk.accept(report(desk, [slice()]))
    const doubtful = (halfWidth: string, guarded: boolean) => {
      const quoted = { asset: BTC, price: at('50000'), halfWidth: usd(halfWidth), guarded }
      desk.accept({ type: 'reportPrices', observedAt: desk.now(), assets: [quoted], marks: [] })
      desk.accept(reprice())
      return mark(desk)
    }
    // Low confidence begins above 1%: 500.
    expect(doubtful('500', false)).toMatchObject({ halfWidth: 0n, guarded: false })
    expect(doubtful('500.5', false)).toMatchObject({ halfWidth: atoms('500.5'), guarded: false })
    expect(doubtful('500.5', true)).toMatchObject({ halfWidth: 0n, guarded: true })
    // Never wider than the mark: a day at 60% of 50,000 is about 626.
    const wide = doubtful('40000', false)
    expect(wide?.halfWidth).toBe(wide?.price)
  })

  test('leaves out what has expired, and what is not of the underlying', () => {
    const desk = optionDesk()
    desk.accept(report(desk, [slice({ expiry: timestamp(USUAL_EXPIRY + DAY) })]))
    desk.pass(DAY)
    const [event] = desk.accept(reprice())
    expect(event).toMatchObject({ type: 'Repriced', marks: [{ market: FAR }], unpriced: [] })
  })

  test('what nothing is known of keeps the mark it has', () => {
    const desk = optionDesk()
    desk.accept(report(desk, [slice()]))
    desk.accept(reprice())
    const before = mark(desk, FAR)
    desk.pass(DAY)
    const [event] = desk.accept(reprice())
    expect(event).toMatchObject({ marks: [], unpriced: [FAR] })
    expect(mark(desk, FAR)).toBe(before)
  })

  test('needs volatilities', () => {
    const desk = optionDesk()
    expect(outcome(desk.send(reprice()))).toBe('NoVolatilities')
    expect(outcome(desk.send(reprice(ETH)))).toBe('NoVolatilities')
    expect(outcome(desk.send(reprice(assetId('NOTHING'))))).toBe('UnknownAsset')
  })

  test('is the only source of an option mark', () => {
    const desk = optionDesk()
    expect(desk.send(priceReport(desk.now(), { assets: [[BTC, '51000']], marks: [[CALL, '600']] }))).toEqual({
      ok: false,
      rejection: { reason: 'MarkedBySurface', market: CALL },
    })
    expect(desk.state.assets.get(BTC)?.index?.price).toBe(atoms('50000'))
  })
})

describe('reported volatilities', () => {
  const point = (strike: string, volatility = 6n * 10n ** 17n) => ({ strike: at(strike), volatility: rate(volatility) })
  const later = slice({ expiry: timestamp(USUAL_EXPIRY + 1) })
  const table: [name: string, slices: readonly ReportedSlice[], want: string][] = [
    ['one slice', [slice()], 'ok'],
    ['no slice', [], 'slices'],
    ['33 slices', Array.from({ length: 33 }, (_, i) => slice({ expiry: timestamp(USUAL_EXPIRY + i) })), 'slices'],
    ['two expiries', [slice(), later], 'ok'],
    ['one expiry twice', [slice(), slice()], 'slices[1].expiry'],
    ['expiries that descend', [later, slice()], 'slices[1].expiry'],
    ['an expiry that has passed', [slice({ expiry: timestamp(1) }), slice()], 'ok'],
    ['one beyond a century', [slice({ expiry: timestamp(USUAL_EXPIRY + 36_500 * DAY) })], 'slices[0].expiry'],
    ['the lowest forward', [slice({ forward: at('25000') })], 'ok'],
    ['an atom lower', [slice({ forward: at('24999.999999999999999999') })], 'slices[0].forward'],
    ['the highest forward', [slice({ forward: at('75000') })], 'ok'],
    ['an atom higher', [slice({ forward: at('75000.000000000000000001') })], 'slices[0].forward'],
    ['no point', [slice({ points: [] })], 'slices[0].points'],
    [
      '65 points',
      [slice({ points: Array.from({ length: 65 }, (_, i) => point(`${40_000 + i}`)) })],
      'slices[0].points',
    ],
    ['one strike twice', [slice({ points: [point('50000'), point('50000')] })], 'slices[0].points[1].strike'],
    ['no volatility', [slice({ points: [point('50000', 0n)] })], 'slices[0].points[0].volatility'],
    ['the least volatility', [slice({ points: [point('50000', 1n)] })], 'ok'],
    ['the largest', [slice({ points: [point('50000', 1_000n * 10n ** 18n - 1n)] })], 'ok'],
    ['an atom more', [slice({ points: [point('50000', 1_000n * 10n ** 18n)] })], 'slices[0].points[0].volatility'],
  ]
  test.each(table)('%s', (_name, slices, want) => {
    const desk = optionDesk()
    const decision = desk.send(report(desk, slices))
    const found = decision.ok
      ? 'ok'
      : 'field' in decision.rejection
        ? decision.rejection.field
        : decision.rejection.reason
    expect(found).toBe(want)
    expect(desk.state.volatilities.get(BTC)?.slices).toEqual(want === 'ok' ? slices : undefined)
  })

  test('are taken with their arbitrage, which is told', () => {
    const desk = optionDesk()
    const clean = desk.accept(report(desk, [slice(), later]))
    expect(clean).toMatchObject([{ findings: [] }])
    // A year at 60% after a year and a day at 50%: total variance falls.
    const falling = slice({ expiry: timestamp(USUAL_EXPIRY + DAY), points: [point('50000', 3n * 10n ** 17n)] })
    expect(desk.accept(report(desk, [slice(), falling]))).toMatchObject([{ findings: [{ kind: 'calendar' }] }])
    expect(desk.state.volatilities.get(BTC)?.slices).toHaveLength(2)
  })

  test('are of a listed asset with an index, not of the future, and never older than what is known', () => {
    const desk = optionDesk()
    const known = desk.now()
    desk.pass(1_000)
    expect(outcome(desk.send(report(desk, [slice()], timestamp(known + 1_001))))).toBe('ObservedInTheFuture')
    expect(outcome(desk.send({ ...report(desk, [slice()]), underlying: assetId('NOTHING') } as Command))).toBe(
      'UnknownAsset',
    )
    desk.accept(report(desk, [slice()], timestamp(known + 500)))
    expect(outcome(desk.send(report(desk, [slice()], timestamp(known + 499))))).toBe('OlderThanKnownPrice')
    expect(outcome(desk.send(report(desk, [slice()], timestamp(known + 500))))).toBe('ok')
    const unpriced = tradingDesk({ markets: [], prices: {} })
    expect(outcome(unpriced.send(report(unpriced, [slice()])))).toBe('PriceUnusable')
  })

  test('go with their underlying', () => {
    const desk = tradingDesk({ markets: [], prices: { assets: WORLD_PRICES.assets } })
    desk.accept(report(desk, [slice()]))
    desk.accept({ type: 'delistAsset', asset: BTC, reason: 'Legal' })
    expect(desk.state.volatilities.get(BTC)).toBeUndefined()
  })
})

test('an option whose underlying is suspect takes no new risk', () => {
  const desk = optionDesk()
  desk.accept({ type: 'openAccount', account: alice })
  desk.accept({ type: 'deposit', account: alice, bucket: 0, asset: USDT, quantity: (10n ** 22n) as never })
  desk.accept(report(desk, [slice()]))
  desk.accept(reprice())
  const order: Command = {
    type: 'placeOrder',
    account: alice,
    bucket: 0,
    order: 'o' as never,
    market: CALL,
    side: 'buy',
    quantity: (10n ** 15n) as never,
    limit: at('600'),
  }
  const quoted = { asset: BTC, price: at('50000'), halfWidth: usd('0'), guarded: true }
  desk.accept({ type: 'reportPrices', observedAt: desk.now(), assets: [quoted], marks: [] })
  expect(desk.send(order)).toEqual({
    ok: false,
    rejection: { reason: 'PriceUnusable', key: { kind: 'index', asset: BTC }, condition: 'guarded' },
  })
})
