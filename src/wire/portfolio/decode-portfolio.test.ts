import { describe, expect, test } from 'vitest'
import { assetId, marketId } from '../../core/instrument/identifier.ts'
import { accepted, complaints, decodeFields, type Fields } from './decode-fields.test-data.ts'
import { decodePortfolio } from './decode-portfolio.ts'

const ONE = 10n ** 18n
const NOON = Date.UTC(2026, 0, 2, 12)
const ETH = assetId('ETH')
const ETH_PERP = marketId('ETH-PERP')

describe('the short form', () => {
  const { portfolio, assumptions, warnings } = accepted(
    decodeFields({
      asOf: NOON,
      balances: { USDC: '2500', ETH: '-1.5' },
      positions: [
        { market: 'ETH-PERP', quantity: '-12', entryPrice: '2050.25' },
        { market: 'ETH-PERP', quantity: '3', unsettledPnl: '-40', accruedFunding: '-0.5' },
      ],
      orders: [{ market: 'ETH-PERP', quantity: '1' }],
      settlementAsset: 'USDC',
      prices: { USDC: '0.9998', ETH: { mark: '2000', confidence: '0.99', ageMs: 5 } },
    }),
  )
  test('is one account with a pool', () => {
    expect(portfolio.accounts).toEqual([
      {
        id: 'main',
        owner: undefined,
        buckets: [],
        pool: {
          balances: new Map([
            ['USDC', 2500n * ONE],
            ['ETH', (-15n * ONE) / 10n],
          ]),
          positions: [
            {
              market: 'ETH-PERP',
              quantity: -12n * ONE,
              unsettled: { kind: 'entryPrice', price: (205_025n * ONE) / 100n },
              accruedFunding: 0n,
            },
            {
              market: 'ETH-PERP',
              quantity: 3n * ONE,
              unsettled: { kind: 'amount', amount: -40n * ONE },
              accruedFunding: -ONE / 2n,
            },
          ],
          orders: [{ id: undefined, market: 'ETH-PERP', quantity: ONE, limit: undefined, reduceOnly: false }],
        },
      },
    ])
  })
  test('has the terms of all it holds', () => {
    expect([...portfolio.assets.keys()].toSorted()).toEqual(['ETH', 'USDC'])
    expect(portfolio.contracts.get(ETH_PERP)).toMatchObject({ kind: 'perpetual', settlement: 'USDC', status: 'open' })
    expect(portfolio.model).toEqual({ id: 'plimsoll-1', parameters: { kind: 'builtIn' } })
    expect(portfolio.assetPrices.get(ETH)).toMatchObject({ mark: 2000n * ONE, observed: { kind: 'age', ageMs: 5 } })
  })
  test('every default it used is listed', () => {
    expect(assumptions.map(({ path, message }) => `${path}: ${message}`).toSorted()).toEqual([
      '$.assets.ETH: volatile, 18 decimals, serves as collateral',
      '$.assets.USDC: volatile, 18 decimals, serves as collateral',
      '$.markets["ETH-PERP"]: read from its name: linear perpetual on ETH, contract size 1, settled in USDC',
      '$.model: plimsoll-1 with its built-in epoch',
      '$.orders[0].limitPrice: a market order',
      '$.orders[0].reduceOnly: false',
      '$.positions[0].accruedFunding: 0: no funding is open',
      '$.prices.USDC: confidence 1, age 0',
    ])
  })
  test('a market without price takes that of its underlying, which is a warning for each', () => {
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'NoPriceUsedUnderlying $.positions[0].market',
      'NoPriceUsedUnderlying $.positions[1].market',
      'NoPriceUsedUnderlying $.orders[0].market',
    ])
  })
})

describe('what is missing altogether', () => {
  const table: [name: string, fields: Fields, problems: string[]][] = [
    ['nothing is held', {}, ['MissingField $.balances']],
    ['no account in the list', { accounts: [] }, ['WrongType $.accounts']],
    [
      'a position of nothing',
      { positions: [{}] },
      ['MissingField $.positions[0].market', 'MissingField $.positions[0].quantity'],
    ],
    ['an account without id', { accounts: [{}] }, ['MissingField $.accounts[0].id']],
    ['a bucket without mode', { balances: {}, buckets: [{ id: 1 }] }, ['MissingField $.buckets[0].mode']],
    ['a price without mark', { balances: {}, prices: { ETH: {} } }, ['MissingField $.prices.ETH.mark']],
    [
      'a hash without its file',
      { balances: {}, model: { id: 'm', epochHash: `sha256:${'0'.repeat(64)}` } },
      ['MissingField $.model.epoch'],
    ],
    [
      'a slice without vols',
      { balances: {}, vols: { ETH: [{ expiry: NOON }] } },
      ['MissingField $.vols.ETH[0].points'],
    ],
  ]
  test.each(table)('%s', (_name, fields, problems) => {
    expect(complaints(decodeFields(fields))).toEqual(problems)
  })
})

describe('what excludes or repeats each other', () => {
  const table: [name: string, fields: Fields, problems: string[]][] = [
    [
      'a line that no line bucket has',
      { balances: {}, buckets: [{ id: 1, mode: 'cross', line: '5' }] },
      ['FieldConflict $.buckets[0].line'],
    ],
    [
      'a volatile asset with a reference',
      { balances: {}, assets: { ETH: { kind: 'volatile', reference: 'USD' } } },
      ['FieldConflict $.assets.ETH.reference'],
    ],
    [
      'a perpetual with an expiry',
      { balances: {}, markets: { 'a-b': { kind: 'perpetual', underlying: 'ETH', expiry: 5 } } },
      ['FieldConflict $.markets["a-b"].expiry'],
    ],
    [
      'a price with time and age',
      { balances: {}, prices: { ETH: { mark: '1', at: 5, ageMs: 5 } } },
      ['FieldConflict $.prices.ETH.ageMs'],
    ],
    [
      'points and a surface',
      {
        balances: {},
        vols: {
          ETH: [
            { expiry: 9, points: [{ delta: '0.5', vol: '1' }], svi: { a: '0', b: '0', rho: '0', m: '0', sigma: '1' } },
          ],
        },
      },
      ['FieldConflict $.vols.ETH[0].points'],
    ],
    [
      'one strike twice',
      {
        balances: {},
        vols: {
          ETH: [
            {
              expiry: 9,
              points: [
                { strike: '5', vol: '1' },
                { strike: '5.0', vol: '2' },
              ],
            },
          ],
        },
      },
      ['DuplicateKey $.vols.ETH[0].points'],
    ],
    [
      'one expiry twice',
      {
        balances: {},
        vols: {
          ETH: [
            { expiry: 9, points: [{ strike: '5', vol: '1' }] },
            { expiry: 9, points: [{ strike: '5', vol: '1' }] },
          ],
        },
      },
      ['DuplicateKey $.vols.ETH'],
    ],
    [
      'one bucket twice',
      {
        balances: {},
        buckets: [
          { id: 1, mode: 'cross' },
          { id: 1, mode: 'cross' },
        ],
      },
      ['DuplicateBucket $.buckets[1]'],
    ],
    [
      'one bucket name twice',
      {
        balances: {},
        buckets: [
          { id: 1, name: 'a', mode: 'cross' },
          { id: 2, name: 'a', mode: 'cross' },
        ],
      },
      ['DuplicateBucket $.buckets[1]'],
    ],
    ['one account twice', { accounts: [{ id: 'a' }, { id: 'a' }] }, ['DuplicateKey $.accounts[1]']],
    ['terms of the dollar', { balances: {}, assets: { USD: { kind: 'volatile' } } }, ['FieldConflict $.assets.USD']],
    ['a dollar that is none', { balances: {}, prices: { USD: '0.99' } }, ['FieldConflict $.prices.USD']],
    [
      'an inverse contract that pays in another asset',
      {
        balances: {},
        settlementAsset: 'USDC',
        markets: { 'a-b': { kind: 'perpetual', underlying: 'ETH', payoff: 'inverse' } },
      },
      ['FieldConflict $.markets'],
    ],
  ]
  test.each(table)('%s', (_name, fields, problems) => {
    expect(complaints(decodeFields(fields))).toEqual(problems)
  })
  test('buckets of two accounts may have one number and name', () => {
    const buckets = [{ id: 1, name: 'a', mode: 'cross' }]
    expect(
      complaints(
        decodeFields({
          accounts: [
            { id: 'a', buckets },
            { id: 'b', buckets },
          ],
        }),
      ),
    ).toEqual([])
  })
})

describe('values of another kind', () => {
  const table: [fields: Fields, problems: string[]][] = [
    [{ balances: [] }, ['WrongType $.balances']],
    [{ balances: {}, positions: {} }, ['WrongType $.positions']],
    [{ balances: {}, name: 5 }, ['WrongType $.name']],
    [{ balances: {}, name: 'x'.repeat(121) }, ['WrongType $.name']],
    [{ balances: {}, settlementAsset: 'BTC-PERP' }, ['BadName $.settlementAsset']],
    [{ balances: {}, positions: [{ market: 'ETH', quantity: '1' }] }, ['BadName $.positions[0].market']],
    [{ balances: { 'ETH-PERP': '1' } }, ['BadName $.balances["ETH-PERP"]']],
    [{ accounts: [{ id: 'two words' }] }, ['BadName $.accounts[0].id']],
    [{ balances: {}, buckets: [{ id: 256, mode: 'cross' }] }, ['WrongType $.buckets[0].id']],
    [{ balances: {}, buckets: [{ id: '1', mode: 'cross' }] }, ['WrongType $.buckets[0].id']],
    [{ balances: {}, buckets: [{ id: 1, mode: 'Cross' }] }, ['NotOneOf $.buckets[0].mode']],
    [{ balances: {}, assets: { ETH: { kind: 'volatile', decimals: 19 } } }, ['WrongType $.assets.ETH.decimals']],
    [{ balances: {}, assets: { ETH: { kind: 'volatile', collateral: 'yes' } } }, ['WrongType $.assets.ETH.collateral']],
    [{ balances: {}, model: 5 }, ['WrongType $.model']],
    [{ balances: {}, unitOfAccount: 'EUR' }, ['NotOneOf $.unitOfAccount']],
  ]
  test.each(table)('%j', (fields, problems) => {
    expect(complaints(decodeFields(fields))).toEqual(problems)
  })
  test('whole numbers are written in digits', () => {
    const text =
      '{"format":"plimsoll portfolio v1","balances":{},"buckets":[{"id":1.0,"mode":"cross"},{"id":1e0,"mode":"cross"}]}'
    const decoded = decodePortfolio(
      { name: 'a', text },
      { asOf: undefined, prices: [], readFile: () => ({ ok: false, reason: '' }) },
    )
    expect(complaints(decoded)).toEqual(['WrongType $.buckets[0].id', 'WrongType $.buckets[1].id'])
  })
})

describe('comments', () => {
  test('may stand in every object', () => {
    const noted = { '//': ['anything'], '// why': null }
    const fields = {
      ...noted,
      asOf: NOON,
      model: { id: 'm', ...noted },
      balances: { ETH: '1', ...noted },
      prices: { ETH: { mark: '2', ...noted }, ...noted },
      vols: { ETH: [{ expiry: 9, points: [{ strike: '5', vol: '1', ...noted }], ...noted }], ...noted },
      assets: {
        ETH: { kind: 'volatile', depth: { levels: [{ within: '0', usd: '1', ...noted }], ...noted }, ...noted },
        ...noted,
      },
    }
    expect(complaints(decodeFields(fields))).toEqual([])
  })
})

test('the size of an inverse contract is in USD, of a linear one in the underlying', () => {
  const terms = { kind: 'perpetual', underlying: 'ETH', settlementAsset: 'ETH', contractSize: '10' }
  const markets = { 'a-linear': terms, 'an-inverse': { ...terms, payoff: 'inverse' } }
  const { contracts } = accepted(decodeFields({ balances: {}, markets })).portfolio
  expect([...contracts.values()].map(({ payoff }) => payoff)).toEqual([
    { kind: 'linear', contractSize: 10n * ONE },
    { kind: 'inverse', contractSize: 10n * ONE },
  ])
})
