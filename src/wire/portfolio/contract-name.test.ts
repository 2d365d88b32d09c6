import { describe, expect, test } from 'vitest'
import { assetId, marketId } from '../../core/instrument/identifier.ts'
import { contractNamed, nameSays } from './contract-name.ts'

const ONE = 10n ** 18n
const USDC = assetId('USDC')
const linear = { settlement: USDC, payoff: { kind: 'linear', contractSize: ONE }, status: 'open' }

function named(id: string) {
  return contractNamed(marketId(id), USDC)
}

const table: [id: string, terms: object][] = [
  ['BTC-PERP', { kind: 'perpetual', underlying: 'BTC' }],
  ['1000PEPE.e-PERP', { kind: 'perpetual', underlying: '1000PEPE.e' }],
  ['BTC-27MAR26', { kind: 'future', underlying: 'BTC', expiry: Date.UTC(2026, 2, 27, 8) }],
  ['BTC-5DEC30', { kind: 'future', underlying: 'BTC', expiry: Date.UTC(2030, 11, 5, 8) }],
  ['BTC-05DEC30', { kind: 'future', underlying: 'BTC', expiry: Date.UTC(2030, 11, 5, 8) }],
  [
    'ETH-27MAR26-2400-C',
    { kind: 'option', underlying: 'ETH', expiry: Date.UTC(2026, 2, 27, 8), strike: 2400n * ONE, right: 'call' },
  ],
  [
    'XRP-29FEB28-0.55-P',
    { kind: 'option', underlying: 'XRP', expiry: Date.UTC(2028, 1, 29, 8), strike: (55n * ONE) / 100n, right: 'put' },
  ],
]
test.each(table)('%s says its terms', (id, terms) => {
  expect(named(id)).toMatchObject({ id, ...linear, ...terms })
})

describe('says nothing:', () => {
  const others = [
    'BTC-perp',
    'BTC-PERPETUAL',
    'BTC/USDT:USDT',
    'BTC-29FEB26',
    'BTC-0MAR26',
    'BTC-32MAR26',
    'BTC-27MRZ26',
    'BTC-27mar26',
    'BTC-27MAR2026',
    'BTC-27MAR26-2400',
    'BTC-27MAR26-2400-X',
    'BTC-27MAR26-0-C',
    'BTC-27MAR26-02400-C',
    'BTC-27MAR26-2400.-C',
    'BTC-27MAR26-1000000000000-C',
    'BTC-27MAR26-1.0000000000000000001-C',
    'BTC-USD-PERP',
    'ABCDEFGHIJKLMNOPQRSTU-PERP',
  ]
  test.each(others)('%s', (id) => {
    expect(named(id)).toBeUndefined()
  })
})

test('a default tells what was read from a name', () => {
  const contract = named('ETH-27MAR26-2400-C')
  expect(contract && nameSays(contract)).toBe(
    'read from its name: linear European option on ETH, contract size 1, settled in USDC',
  )
})
