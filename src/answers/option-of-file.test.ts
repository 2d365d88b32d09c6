import { expect, test } from 'vitest'
import { assetId, marketId } from '../core/instrument/identifier.ts'
import { judgedOf, problemsOf, reportOf, TRADER } from './trader.test-data.ts'

const AT_THE_MONEY = 'ETH-06FEB27-2000-C'

/** Valued exactly a year before the option ends. */
function withOption(over: object, held = AT_THE_MONEY) {
  return { ...TRADER, positions: [{ market: held, quantity: '-2' }], ...over }
}

function markOf(over: object): number {
  return Number(reportOf(withOption(over)).nettingSets[0]?.positions[0]?.markPrice)
}

// At the money the Black-76 call is F (2 N(v/2) - 1), v = vol * root of the years: with F = 2000, v = 0.6 and
// N(0.3) = 0.617911422188953 (tables of the normal distribution) it is 471.645688755811.
const CALL = 471.645688755811

test('an option with a volatility is worth its Black-76 value, whichever way the volatility is said', () => {
  const expiry = '2027-02-06T08:00:00Z'
  expect(markOf({ vols: { ETH: '0.6' } })).toBeCloseTo(CALL, 6)
  const points = [{ strike: '2000', vol: '0.6' }]
  expect(markOf({ vols: { ETH: [{ expiry, points }] } })).toBeCloseTo(CALL, 6)
  expect(
    markOf({ vols: { ETH: [{ expiry, forward: '2000', points }] }, prices: { ...TRADER.prices, ETH: '1000' } }),
  ).toBeCloseTo(CALL, 6)
  // At k = 0, m = 0 and rho = 0 the variance is a + b sigma = 0.26 + 0.5 * 0.2 = 0.36.
  const svi = { a: '0.26', b: '0.5', rho: '0', m: '0', sigma: '0.2' }
  expect(markOf({ vols: { ETH: [{ expiry, svi }] } })).toBeCloseTo(CALL, 6)
})

test('the forward is the mark of the future that ends with the option, if no slice says it', () => {
  const prices = { ...TRADER.prices, ETH: '1900', 'ETH-06FEB27': '2000' }
  expect(markOf({ vols: { ETH: '0.6' }, prices })).toBeCloseTo(CALL, 6)
})

test('what an option is worth is its mark, whatever was paid for it', () => {
  const [set] = reportOf(withOption({ prices: { ...TRADER.prices, [AT_THE_MONEY]: '500' } })).nettingSets
  // -2 * 500 * 0.9998
  expect(set?.positions[0]).toMatchObject({ value: '-999.8', notional: '-999.8', entryPrice: null })
})

test('a mark without volatility implies one', () => {
  const prices = { ...TRADER.prices, [AT_THE_MONEY]: '471.645688755811' }
  const { market } = judgedOf(withOption({ prices }))
  const pricing = market.markets.get(marketId(AT_THE_MONEY))?.pricing
  expect(Number(pricing?.volatility) / 1e18).toBeCloseTo(0.6, 9)
  expect(pricing?.forward).toBe(market.assets.get(assetId('ETH'))?.index?.price)
})

test('a surface with arbitrage is told of with its points', () => {
  const points = [
    { strike: '1900', vol: '0.1' },
    { strike: '2000', vol: '3' },
    { strike: '2100', vol: '0.1' },
  ]
  const vols = { ETH: [{ expiry: '2027-02-06T08:00:00Z', points }] }
  const warnings = reportOf(withOption({ vols })).warnings.filter(({ code }) => code === 'ArbitrageInVols')
  expect(warnings.length).toBeGreaterThan(0)
  expect(warnings[0]).toMatchObject({ path: '$.vols.ETH' })
  expect(warnings.map(({ message }) => message).join(' ')).toMatch(/strike 2000 vol 3/)
})

test.each([
  ['a volatility no option is priced at', { vols: { ETH: '1000' } }, ['MissingVol $.positions[0].market']],
  [
    'an end beyond a hundred years',
    {
      positions: [{ market: 'ETH/FAR', quantity: '1' }],
      markets: {
        'ETH/FAR': { kind: 'option', underlying: 'ETH', strike: '2000', right: 'call', expiry: '2200-01-01T00:00:00Z' },
      },
      vols: { ETH: '0.6' },
    },
    ['MissingVol $.positions[0].market'],
  ],
])('%s leaves an option without a mark', (_, over, expected) => {
  expect(problemsOf(withOption(over))).toEqual(expected)
})
