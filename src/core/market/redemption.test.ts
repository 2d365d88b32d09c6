import { describe, expect, test } from 'vitest'
import { ppm } from '../quantity/ppm.ts'
import { price } from '../quantity/price.ts'
import { allowanceUp, narrowedDown, redeemedDown, redeemedUp, widenedUp } from '../quantity/redemption.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, value } from '../quantity/value.ts'
import type { Backing } from '../instrument/asset.ts'
import { at, assetTerms, ETH, STAKED, USDT } from '../../../simulator/workload/world.ts'
import type { ListedAsset } from './listing.ts'
import { indexCondition, owedPrice, ownedPrice } from './redemption.ts'

const NOW = timestamp(1_000_000)
const DAY = 86_400_000

function quote(
  text: string,
  given: { readonly age?: number; readonly halfWidth?: string; readonly guarded?: true } = {},
) {
  const { age = 0, halfWidth, guarded = false } = given
  const width = halfWidth === undefined ? NO_VALUE : value(at(halfWidth))
  return { price: at(text), halfWidth: width, guarded, observedAt: timestamp(NOW - age) }
}

interface Given {
  readonly backing?: Backing
  readonly rate?: string
  readonly rateAge?: number
  readonly reference?: ListedAsset['index']
  readonly market?: ListedAsset['index']
}

/** A claim at 2,600 that redeems for 1.1 ether at 2,400, unless told otherwise. Prices are fresh for a minute. */
function view(given: Given = {}) {
  const backing = given.backing ?? { reference: ETH, redeemable: true }
  const rated =
    given.rate === undefined
      ? {}
      : { exchangeRate: { rate: at(given.rate), observedAt: timestamp(NOW - (given.rateAge ?? 0)) } }
  const market = 'market' in given ? given.market : quote('2600')
  const reference = 'reference' in given ? given.reference : quote('2400')
  return {
    assets: new Map<typeof ETH, ListedAsset>([
      [STAKED, { terms: assetTerms({ id: STAKED, backing }), index: market, ...rated }],
      [ETH, { terms: assetTerms({ id: ETH }), index: reference }],
    ]),
    markets: new Map(),
  }
}

describe('a claim', () => {
  const dollar = { redeemable: true }
  const table: [name: string, given: Given, owned: string, owed: string][] = [
    // 1.1 * 2400 = 2640
    ['under what it redeems for: owned at the market', { rate: '1.1' }, '2600', '2640'],
    ['over it: owned at what it redeems for', { rate: '1.05' }, '2520', '2600'],
    [
      'that nobody redeems: at the market',
      { rate: '1.1', backing: { reference: ETH, redeemable: false } },
      '2600',
      '2600',
    ],
    ['without a rate: at the market', {}, '2600', '2600'],
    ['whose reference has no price: at the market', { rate: '1.1', reference: undefined }, '2600', '2600'],
    ['on the unit of account redeems for 1', { backing: dollar, market: quote('0.97') }, '0.97', '1'],
    ['the same above 1', { backing: dollar, market: quote('1.02') }, '1', '1.02'],
    ['the same at another rate', { backing: dollar, rate: '0.9', market: quote('0.97') }, '0.9', '0.97'],
  ]
  test.each(table)('%s', (_name, given, owned, owed) => {
    const seen = view(given)
    expect([ownedPrice(seen, STAKED), owedPrice(seen, STAKED)]).toEqual([at(owned), at(owed)])
  })

  test('without a price of its own has none, whatever it redeems for', () => {
    const seen = view({ rate: '1.1', market: undefined })
    expect([ownedPrice(seen, STAKED), owedPrice(seen, STAKED)]).toEqual([undefined, undefined])
    expect(ownedPrice(seen, USDT)).toBeUndefined()
  })
})

const conditions: [name: string, given: Given, condition: string][] = [
  ['everything fresh', { rate: '1.1' }, 'fresh'],
  ['a rate as old as a price may be', { rate: '1.1', rateAge: 60_000 }, 'fresh'],
  ['a rate older than that', { rate: '1.1', rateAge: 60_001 }, 'stale'],
  ['a reference that is stale', { rate: '1.1', reference: quote('2400', { age: 60_001 }) }, 'stale'],
  ['a reference that is guarded', { rate: '1.1', reference: quote('2400', { guarded: true }) }, 'guarded'],
  ['a reference of low confidence', { rate: '1.1', reference: quote('2400', { halfWidth: '25' }) }, 'lowConfidence'],
  ['a market price worse than its reference', { rate: '1.1', market: quote('2600', { guarded: true }) }, 'guarded'],
  ['no rate: the reference does not matter', { reference: quote('2400', { age: 60_001 }) }, 'fresh'],
  ['a rate of 1 by definition', { backing: { redeemable: true }, market: quote('1') }, 'fresh'],
  ['no price', { rate: '1.1', market: undefined }, 'none'],
]
test.each(conditions)('a claim is as good as the worst of what it is worth by: %s', (_name, given, condition) => {
  expect(indexCondition(view(given), STAKED, NOW)).toBe(condition)
})

test('a redemption value is rounded against the member, and stays a price', () => {
  // 1.000000000000000001 * 0.5 = 0.5000000000000000005
  const [rate, half] = [at('1.000000000000000001'), at('0.5')]
  expect([redeemedDown(rate, half), redeemedUp(rate, half)]).toEqual([half, half + 1n])
  expect(redeemedDown(price(1n), price(1n))).toBe(1n)
  expect(redeemedUp(at('1000000'), at('999999999999'))).toBe(10n ** 30n - 1n)
})

test('a price moves by a width of its own size, rounded outward, and stays a price', () => {
  const tenth = 10n ** 17n
  expect([narrowedDown(price(11n), tenth), widenedUp(price(11n), tenth)]).toEqual([9n, 13n])
  expect(narrowedDown(price(11n), 10n ** 19n)).toBe(1n)
})

test('a rate may move by the daily share for each day begun, at least for one, at most by all of it', () => {
  const daily = ppm(10_000n)
  const ages = [0, DAY, DAY + 1, 5 * DAY, 1_000 * DAY]
  expect(ages.map((age) => allowanceUp(daily, age))).toEqual([10_000n, 10_000n, 20_000n, 50_000n, 1_000_000n])
})
