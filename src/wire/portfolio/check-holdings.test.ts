import { describe, expect, test } from 'vitest'
import { accepted, complaints, decodeFields, type Fields } from './decode-fields.test-data.ts'

const NOON = Date.UTC(2026, 0, 2, 12)

describe('what cannot be valued', () => {
  const option = 'ETH-27MAR26-2400-C'
  const held = { asOf: NOON, balances: {}, positions: [{ market: option, quantity: '-1' }] }
  const slice = (expiry: string, forward?: string) => ({ expiry, forward, points: [{ strike: '2400', vol: '0.7' }] })
  const table: [name: string, fields: Fields, problems: string[]][] = [
    ['an option without mark and vol', { ...held, prices: { ETH: '2000' } }, ['MissingVol $.positions[0].market']],
    ['an option with a mark', { ...held, prices: { [option]: '50' } }, []],
    ['an option with a flat vol', { ...held, prices: { ETH: '2000' }, vols: { ETH: '0.7' } }, []],
    [
      'an option with a vol, but nothing to value it on',
      { ...held, vols: { ETH: '0.7' } },
      ['MissingPrice $.positions[0].market'],
    ],
    ['an option with a slice and its forward', { ...held, vols: { ETH: [slice('2026-03-27T08:00:00Z', '2000')] } }, []],
    [
      'an option with a slice without forward',
      { ...held, vols: { ETH: [slice('2026-03-27T08:00:00Z')] } },
      ['MissingPrice $.positions[0].market'],
    ],
    [
      'an option between two slices',
      {
        ...held,
        prices: { ETH: '2000' },
        vols: { ETH: [slice('2026-02-27T08:00:00Z'), slice('2026-06-26T08:00:00Z')] },
      },
      [],
    ],
    [
      'an option after the last slice',
      { ...held, prices: { ETH: '2000' }, vols: { ETH: [slice('2026-02-27T08:00:00Z')] } },
      ['MissingVol $.positions[0].market'],
    ],
    [
      'a perpetual of which nothing has a price',
      { balances: {}, positions: [{ market: 'ETH-PERP', quantity: '1' }] },
      ['MissingPrice $.positions[0].market'],
    ],
    [
      'an order for it',
      { balances: {}, orders: [{ market: 'ETH-PERP', quantity: '1' }] },
      ['MissingPrice $.orders[0].market'],
    ],
    [
      'what it settles in',
      {
        balances: {},
        settlementAsset: 'USDC',
        positions: [
          { market: 'ETH-PERP', quantity: '1' },
          { market: 'ETH-PERP', quantity: '1' },
        ],
        prices: { ETH: '1' },
      },
      ['MissingPrice $.positions[0].market'],
    ],
    ['a balance of nothing', { balances: { ETH: '0' } }, ['MissingPrice $.balances.ETH']],
    ['dollars', { balances: { USD: '5' } }, []],
    [
      'a claim that is redeemed for what has no price',
      {
        balances: { wstETH: '1' },
        prices: { wstETH: '5' },
        assets: { wstETH: { kind: 'yield-bearing', reference: 'ETH', exchangeRate: '1.2', redemptionDelayMs: 0 } },
      },
      ['MissingPrice $.balances.wstETH'],
    ],
    [
      'a claim that cannot be redeemed',
      {
        balances: { wstETH: '1' },
        prices: { wstETH: '5' },
        assets: { wstETH: { kind: 'yield-bearing', reference: 'ETH', exchangeRate: '1.2' } },
      },
      [],
    ],
    [
      'more decimals than the asset has',
      {
        balances: { USDC: '-0.0000001' },
        prices: { USDC: '1' },
        assets: { USDC: { kind: 'stable', reference: 'USD', decimals: 6 } },
      },
      ['TooManyDecimals $.balances.USDC'],
    ],
    [
      'as many as it has',
      {
        balances: { USDC: '-0.0000010' },
        prices: { USDC: '1' },
        assets: { USDC: { kind: 'stable', reference: 'USD', decimals: 6 } },
      },
      [],
    ],
    [
      'a market that nobody knows',
      { balances: {}, positions: [{ market: 'ETH/USD', quantity: '1' }] },
      ['UnknownMarket $.positions[0].market'],
    ],
  ]
  test.each(table)('%s', (_name, fields, problems) => {
    expect(complaints(decodeFields(fields))).toEqual(problems)
  })
})

test('a market that may only be reduced is a warning where it is held', () => {
  const markets = { 'ETH-PERP': { kind: 'perpetual', underlying: 'ETH', status: 'reduce-only' } }
  const decoded = decodeFields({
    balances: {},
    markets,
    positions: [{ market: 'ETH-PERP', quantity: '1' }],
    prices: { 'ETH-PERP': '1' },
  })
  expect(accepted(decoded).warnings).toEqual([
    { code: 'ReduceOnlyMarket', path: '$.positions[0].market', message: 'ETH-PERP may only be reduced' },
  ])
})
