import { expect, test } from 'vitest'
import { printProblems } from '../wire/portfolio/problem.ts'
import type { WhatIfReport } from '../wire/what-if-report.ts'
import { request, TRADER } from './trader.test-data.ts'
import { answerWhatIf } from './what-if.ts'

const FORMAT = 'plimsoll changes v1'

function answerOf(
  document: object,
  changes: object,
  over: { readonly account?: string; readonly bucket?: string } = {},
) {
  return answerWhatIf({
    ...request(document),
    changes: [{ name: 'changes.json', text: JSON.stringify({ format: FORMAT, ...changes }) }],
    account: over.account,
    bucket: over.bucket,
    search: undefined,
  })
}

function changed(document: object, changes: object, over: Parameters<typeof answerOf>[2] = {}): WhatIfReport {
  const answer = answerOf(document, changes, over)
  if (!answer.ok) throw new Error(printProblems(answer.problems))
  return answer.report
}

function problemsOf(document: object, changes: object): readonly string[] {
  const answer = answerOf(document, changes)
  return answer.ok ? [] : answer.problems.kept.map(({ code, path }) => `${code} ${path}`)
}

/*
 * The short trader (NLV 5735.4528, MM 2103.719184, IM 4207.438368) buys 3 ETH-PERP back at 2001, 4 basis points of 6003:
 *   fee   6003 * 0.0004 = 2.4012 USDC, in USD 2.40071976 (0.9998)
 *   NLV   5735.4528 - 2.40071976                                   = 5733.05208024
 *   MM    1 % of the claim 0.9998 (2736 - 2.4012) = 2733.05208024  = 27.3305208024
 *         300 + 816.076752 + 4 % of 9 * 2001 * 0.9998 = 18005.3982 = 720.215928
 *         together                                                 = 1863.6232008024
 */
test('a trade at its price with its fee is what is worked out by hand', () => {
  const report = changed(
    { ...TRADER, fees: { taker: '0.0004' } },
    { addPositions: [{ market: 'ETH-PERP', quantity: '3', price: '2001' }] },
  )
  expect(report.after.nettingSets[0]).toMatchObject({
    netLiquidationValue: '5733.05208024',
    maintenanceMargin: '1863.6232008024',
  })
  expect(report.cost).toEqual({
    feesUsd: '2.40071976',
    trades: [
      {
        account: 'main',
        bucket: 0,
        market: 'ETH-PERP',
        quantity: '3',
        price: '2001',
        asset: 'USDC',
        fee: '2.4012',
        premium: '0',
        // 6003 * 0.9998
        notionalUsd: '6001.7994',
      },
    ],
  })
  expect(report.change[0]).toMatchObject({
    touched: true,
    netLiquidationValue: '-2.40071976',
    // 1863.6232008024 - 2103.719184
    maintenanceMargin: '-240.0959831976',
  })
  expect(report).toMatchObject({
    allowed: true,
    rejection: null,
    before: { nettingSets: [{ maintenanceMargin: '2103.719184' }] },
  })
})

test('without a price a trade is done at the mark: nothing is unsettled', () => {
  const { after } = changed(TRADER, { addPositions: [{ market: 'ETH-PERP', quantity: '-1' }] })
  expect(after.nettingSets[0]?.netLiquidationValue).toBe('5735.4528')
})

test('a deposit and a withdrawal are worth their price', () => {
  const { change } = changed(TRADER, {
    addBalances: [
      { asset: 'USDC', quantity: '100' },
      { asset: 'ETH', quantity: '-0.5' },
    ],
  })
  // 100 * 0.9998 - 0.5 * 2000
  expect(change[0]?.netLiquidationValue).toBe('-900.02')
})

/*
 * IM of the short trader is twice MM: 4207.438368 of 5735.4528, free 1528.014432. Of an ETH withdrawn 2000 of NLV and 400 of IM leave: at
 * most 0.955 may. Unsettled profit in USDC is 588 of ETH-PERP, 587.8824 USD, and does not count: then 940.132032 / 1600 = 0.5875... may.
 */
test.each([
  ['-0.5', true, null],
  ['-0.6', false, 'UnsettledProfitNotWithdrawable'],
  ['-1', false, 'InitialMarginBreached'],
])('a withdrawal of %s ETH is allowed: %s', (quantity, allowed, reason) => {
  const report = changed(TRADER, { addBalances: [{ asset: 'ETH', quantity }] })
  expect([report.allowed, report.rejection?.reason ?? null]).toEqual([allowed, reason])
})

/*
 * 40 more short: notional 52 * 2001 * 0.9998 = 104031.1896, IM 2 (27.354528 + 300 + 816.076752 + 4161.247584) = 10609.357728 of
 * 5735.4528: 4873.904928 are missing.
 */
test('new risk beyond the initial margin is refused with what is missing', () => {
  const report = changed(TRADER, { addPositions: [{ market: 'ETH-PERP', quantity: '-40' }] })
  expect(report).toMatchObject({
    allowed: false,
    rejection: { reason: 'InitialMarginBreached', account: 'main', bucket: 0, missing: '4873.904928' },
  })
})

test('who is below initial margin may lower risk and not raise it', () => {
  const short = { ...TRADER, balances: { USDC: '500', ETH: '1.5' } }
  const trade = (quantity: string) => changed(short, { addPositions: [{ market: 'ETH-PERP', quantity }] }).allowed
  expect(changed(short, { priceMoves: {} }).before.nettingSets[0]?.newRiskAllowed).toBe(false)
  expect([trade('1'), trade('-1')]).toEqual([true, false])
})

test('the exception looks at the risk before the trade under the moved market', () => {
  // ETH 15 % up leaves the trader below IM; the purchase lowers risk there all the same.
  const report = changed(TRADER, { priceMoves: { ETH: '0.1' }, addPositions: [{ market: 'ETH-PERP', quantity: '1' }] })
  expect(report.after.nettingSets[0]?.newRiskAllowed).toBe(false)
  expect(report.allowed).toBe(true)
})

test('a market that moves is asked for by nobody and refused to nobody', () => {
  expect(changed(TRADER, { priceMoves: { ETH: '0.5' } })).toMatchObject({ allowed: true, change: [{ touched: false }] })
})

/*
 * ETH 10 % down: ETH 1800, ETH-PERP 1800.9, smoothed, bid and ask alike.
 *   claim 2500 - 352 - 12 (1800.9 - 2050) = 5137.2, NLV 0.9998 * 5137.2 + 1.5 * 1800 = 7836.17256
 */
test('a price moves the asset and the contracts on it', () => {
  const byShare = changed(TRADER, { priceMoves: { ETH: '-0.1' } }).after
  expect(byShare.nettingSets[0]?.netLiquidationValue).toBe('7836.17256')
  const toLevel = changed(TRADER, { priceMoves: { ETH: { to: '1800' } } }).after
  expect(toLevel.nettingSets[0]?.netLiquidationValue).toBe('7836.17256')
})

test('a claim moves with what it is a claim on', () => {
  const staked = {
    ...TRADER,
    balances: { USDC: '2500', stETH: '1' },
    assets: { stETH: { kind: 'yield-bearing', reference: 'ETH', exchangeRate: '1' } },
    prices: { ...TRADER.prices, stETH: '1990' },
  }
  const { after } = changed(staked, { priceMoves: { ETH: '-0.1' } })
  expect(after.nettingSets[0]?.collateral.find(({ asset }) => asset === 'stETH')?.price).toBe('1791')
})

test('an order counts in the initial margin alone', () => {
  const { change } = changed(TRADER, { addOrders: [{ market: 'ETH-PERP', quantity: '-1', limitPrice: '2001' }] })
  // 8 % of 2001 * 0.9998
  expect(change[0]).toMatchObject({ maintenanceMargin: '0', initialMargin: '160.047984', netLiquidationValue: '0' })
})

test('an option is paid for at its price and worth its mark', () => {
  const prices = { ...TRADER.prices, 'ETH-27MAR26-2400-C': '60' }
  const { cost, change } = changed(
    { ...TRADER, prices },
    { addPositions: [{ market: 'ETH-27MAR26-2400-C', quantity: '2', price: '65' }] },
  )
  // 2 * 65 paid for what is worth 2 * 60, at 0.9998
  expect([cost.trades[0]?.premium, change[0]?.netLiquidationValue]).toEqual(['130', '-9.998'])
})

const TWO = {
  format: TRADER.format,
  model: TRADER.model,
  settlementAsset: 'USDC',
  prices: TRADER.prices,
  accounts: [
    {
      id: 'a',
      balances: { USDC: '1000' },
      buckets: [{ id: 3, name: 'side', mode: 'isolated', balances: { USDC: '5' } }],
    },
    { id: 'b', balances: { USDC: '1000' } },
  ],
}

test('of several accounts one is named, and a bucket by number or name', () => {
  expect(problemsOf(TWO, { addBalances: [{ asset: 'USDC', quantity: '1' }] })).toEqual([
    'MissingField $.addBalances[0].account',
  ])
  const touchedBy = (over: object, target: Parameters<typeof answerOf>[2]) =>
    changed(TWO, { addBalances: [{ asset: 'USDC', quantity: '1', ...over }] }, target)
      .change.filter(({ touched }) => touched)
      .map(({ account, buckets }) => `${account} ${buckets.join()}`)
  expect(touchedBy({}, { account: 'b' })).toEqual(['b 0'])
  expect(touchedBy({ account: 'a', bucket: 'side' }, {})).toEqual(['a 3'])
  expect(touchedBy({ bucket: 3 }, { account: 'a' })).toEqual(['a 3'])
})

const refused: [name: string, changes: object, problem: string][] = [
  ['an unknown field', { addPosition: [] }, 'UnknownField $.addPosition'],
  [
    'a market nobody knows',
    { addPositions: [{ market: 'A/B', quantity: '1' }] },
    'UnknownMarket $.addPositions[0].market',
  ],
  [
    'a market without a price',
    { addPositions: [{ market: 'SOL-PERP', quantity: '1' }] },
    'MissingPrice $.addPositions[0].market',
  ],
  ['a fall by more than everything', { priceMoves: { ETH: '-1' } }, 'BadDecimal $.priceMoves.ETH'],
  ['a move of what has no price', { priceMoves: { SOL: '0.1' } }, 'MissingPrice $.priceMoves.SOL'],
  ['a regime of a model that has none', { regime: 'break' }, 'NotOneOf $'],
]
test.each(refused)('refuses %s', (_, changes, problem) => {
  expect(problemsOf(TRADER, changes)).toEqual([problem])
})

test('a market that the file did not speak of is known by its name', () => {
  const prices = { ...TRADER.prices, SOL: '86' }
  const { after } = changed(
    { ...TRADER, prices },
    { addPositions: [{ market: 'SOL-PERP', quantity: '1', price: '80' }] },
  )
  // (86 - 80) * 0.9998 more
  expect(after.nettingSets[0]?.netLiquidationValue).toBe('5741.4516')
})
