import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assetId, factorId } from '../../../instrument/identifier.ts'
import { decodePlimsoll1 } from './decode-parameters.ts'
import { ASSET, DEPTH, FACTOR, SECTION } from './section.test-data.ts'

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null

/** The section with the value at a path replaced; without it if `to` is undefined. */
function changed(path: readonly string[], to: unknown): unknown {
  const section = structuredClone(SECTION) as unknown as Record<string, Json>
  const parent = path.slice(0, -1).reduce<Record<string, Json>>((at, key) => at[key] as Record<string, Json>, section)
  const last = path.at(-1) ?? ''
  if (to === undefined) delete parent[last]
  else parent[last] = to as Json
  return section
}

function pathsIn(json: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof json !== 'object' || json === null) return [path]
  const below = Object.entries(json).flatMap(([key, part]) => pathsIn(part, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}

const SHARE = 'a whole number of ppm from 0 to 1000000'
const TENFOLD = 'a whole number of ppm from 0 to 10000000'
const MOVE = 'a whole number of ppm from -1000000 to 10000000000'
const FROM_ZERO = 'a decimal string >= 0, at most 18 digits after the point, in bounds'
const KNOWN = 'a factor of this epoch'
const NAME = 'names of at most 40 letters, digits and . _ : / -'

const wrong: [name: string, path: string, to: unknown, field: string, expected: string, found?: string][] = [
  ['a share of the factor model', 'oneWeightPpm', 2_000_000, 'oneWeightPpm', SHARE],
  [
    'iota one ppm below the whole',
    'initialFactorPpm',
    999_999,
    'initialFactorPpm',
    'a whole number of ppm from 1000000 to 10000000',
  ],
  ['an asset without its price factor', 'factors.BTC', undefined, 'factors.BTC', KNOWN, '"BTC"'],
  ['a claim without its peg factor', 'factors.USDC/peg', undefined, 'factors.USDC/peg', KNOWN, '"USDC/peg"'],
  ['perpetuals without their basis', 'factors.BTC/basis/perpetual', undefined, 'factors.BTC/basis/perpetual', KNOWN],
  ['futures without their basis', 'factors.BTC/basis/future', undefined, 'factors.BTC/basis/future', KNOWN],
  ['options without a vol factor', 'factors.BTC/vol', undefined, 'factors.BTC/vol', KNOWN],
  ['an asset name too long for its factors', `assets.${'A'.repeat(41)}`, ASSET, 'assets', NAME],
  ['contracts on what is not listed', 'contracts.XRP', {}, 'contracts.XRP', 'an asset of this epoch', '"XRP"'],
  ['contracts on a claim', 'contracts.USDC', {}, 'factors.USDC', KNOWN],
  ['collateral maybe', 'assets.BTC.isCollateral', 'yes', 'assets.BTC.isCollateral', 'true or false', '"yes"'],
  ['a class there is not', 'assets.BTC.jumpClass', 'minor', 'assets.BTC.jumpClass', 'major, large or other'],
  [
    'half a spread above the whole',
    'assets.BTC.depth.halfSpreadPpm',
    1_000_001,
    'assets.BTC.depth.halfSpreadPpm',
    SHARE,
  ],
  ['a negative impact', 'assets.BTC.depth.impactFactorPpm', -1, 'assets.BTC.depth.impactFactorPpm', TENFOLD],
  [
    'no volatility',
    'assets.BTC.depth.dailyVolatilityPpm',
    undefined,
    'assets.BTC.depth.dailyVolatilityPpm',
    TENFOLD,
    'nothing',
  ],
  ['a volume in a number', 'assets.BTC.depth.dailyVolumeUnits', 5, 'assets.BTC.depth.dailyVolumeUnits', FROM_ZERO, '5'],
  ['no volume', 'assets.BTC.depth.dailyVolumeUnits', '0', 'assets.BTC.depth.dailyVolumeUnits', 'more than 0', '"0"'],
  [
    'a volume of 1e18',
    'assets.BTC.depth.dailyVolumeUnits',
    '1000000000000000000',
    'assets.BTC.depth.dailyVolumeUnits',
    FROM_ZERO,
  ],
  ['negative free units', 'assets.BTC.concentration.freeUnits', '-1', 'assets.BTC.concentration.freeUnits', FROM_ZERO],
  [
    'a surcharge above the whole',
    'assets.BTC.concentration.surchargePpm',
    1_000_001,
    'assets.BTC.concentration.surchargePpm',
    SHARE,
  ],
  ['a negative beta', 'assets.USDC.claim.betaPpm', -1, 'assets.USDC.claim.betaPpm', TENFOLD],
  [
    'an initial slip below that of maintenance',
    'assets.USDC.claim.initialSlipPpm',
    29_999,
    'assets.USDC.claim.initialSlipPpm',
    'at least 30000',
    '29999',
  ],
  ['a claim on nothing', 'assets.USDC.claim', null, 'assets.USDC.claim', 'an object', 'null'],
  [
    'a kind of contract there is not',
    'contracts.BTC.swap',
    DEPTH,
    'contracts.BTC.swap',
    'one of: perpetual, future, option',
  ],
  ['a minimum above the whole', 'contracts.BTC.option.minimumPpm', 1_000_001, 'contracts.BTC.option.minimumPpm', SHARE],
  [
    'an empty grid',
    'contracts.BTC.option.grid.priceMovesPpm',
    [],
    'contracts.BTC.option.grid.priceMovesPpm',
    'a list that is not empty',
    '[]',
  ],
  [
    'a grid without 0',
    'contracts.BTC.option.grid.priceMovesPpm',
    [-1, 1],
    'contracts.BTC.option.grid.priceMovesPpm',
    'moves with 0 among them',
    '[-1,1]',
  ],
  [
    'a grid with a node twice',
    'contracts.BTC.option.grid.priceMovesPpm',
    [0, 1, 1],
    'contracts.BTC.option.grid.priceMovesPpm[2]',
    'more than the one before',
    '1',
  ],
  [
    'a grid that descends',
    'contracts.BTC.option.grid.priceMovesPpm',
    [1, 0],
    'contracts.BTC.option.grid.priceMovesPpm[1]',
    'more than the one before',
    '0',
  ],
  [
    'volatility down by nothing',
    'contracts.BTC.option.grid.volatilityDownPpm',
    0,
    'contracts.BTC.option.grid.volatilityDownPpm',
    'below 0',
    '0',
  ],
  [
    'volatility up by nothing',
    'contracts.BTC.option.grid.volatilityUpPpm',
    0,
    'contracts.BTC.option.grid.volatilityUpPpm',
    'above 0',
    '0',
  ],
  [
    'a power above 1',
    'contracts.BTC.option.grid.termPowerQuarters',
    5,
    'contracts.BTC.option.grid.termPowerQuarters',
    'a whole number from 0 to 4',
  ],
  [
    'a volatility of 100',
    'contracts.BTC.option.grid.volatilityFloor',
    '100',
    'contracts.BTC.option.grid.volatilityFloor',
    FROM_ZERO,
  ],
  ['no scenarios', 'scenarios', [], 'scenarios', 'a list that is not empty'],
  ['a scenario without a name', 'scenarios.0.id', '', 'scenarios[0].id', 'a name of the row'],
  ['two of a name', 'scenarios.1.id', 'BTC +1', 'scenarios[1].id', 'an id that no row before has', '"BTC +1"'],
  ['a damp that amplifies', 'scenarios.0.dampPpm', 1_000_001, 'scenarios[0].dampPpm', SHARE],
  ['initial now and then', 'scenarios.1.initialOnly', 0, 'scenarios[1].initialOnly', 'true or false'],
  ['a move of a factor nobody weighs', 'scenarios.0.movesPpm.XRP', 1, 'scenarios[0].movesPpm.XRP', KNOWN],
  ['a move below -100%', 'scenarios.0.movesPpm.BTC', -1_000_001, 'scenarios[0].movesPpm.BTC', MOVE, '-1000001'],
  ['a move above ten thousand times', 'scenarios.0.movesPpm.BTC', 10_000_000_001, 'scenarios[0].movesPpm.BTC', MOVE],
  ['half a ppm', 'scenarios.0.movesPpm.BTC', 0.5, 'scenarios[0].movesPpm.BTC', MOVE],
  ['no windows', 'windows.count', 0, 'windows.count', 'a whole number from 1 to 10000'],
  [
    'a column one window short',
    'windows.columns.BTC',
    [0, 0],
    'windows.columns.BTC',
    'a list of 3 moves, one a window',
    '[0,0]',
  ],
  [
    'a column one window long',
    'windows.columns.BTC',
    [0, 0, 0, 0],
    'windows.columns.BTC',
    'a list of 3 moves, one a window',
  ],
  ['a window below -100%', 'windows.columns.BTC.1', -1_000_001, 'windows.columns.BTC', MOVE],
  ['a column of a factor nobody weighs', 'windows.columns.XRP', [0, 0, 0], 'windows.columns.XRP', KNOWN],
  [
    'an initial basis below that of maintenance',
    'basis.initialPpm',
    9_999,
    'basis.initialPpm',
    'at least 10000',
    '9999',
  ],
  ['a long jump above the whole', 'jumps.other.longPpm', 1_000_001, 'jumps.other.longPpm', SHARE],
  ['a short jump above ten times', 'jumps.other.shortPpm', 10_000_001, 'jumps.other.shortPpm', TENFOLD],
  ['a fee of 1e15', 'keeper.flatFeeUsd', '1000000000000000', 'keeper.flatFeeUsd', FROM_ZERO],
  ['a keeper share above the whole', 'keeper.keeperPpm', 1_000_001, 'keeper.keeperPpm', SHARE],
  ['no threshold', 'confidenceThresholdPpm', undefined, 'confidenceThresholdPpm', SHARE, 'nothing'],
  ['a warning after the end', 'warnUsagePpm', 1_000_001, 'warnUsagePpm', SHARE],
  [
    'reducing only before the warning',
    'reduceOnlyUsagePpm',
    799_999,
    'reduceOnlyUsagePpm',
    'at least 800000',
    '799999',
  ],
]

test.each(wrong)('refuses %s and says where', (_name, path, to, field, expected, found) => {
  const refusal = decodePlimsoll1(changed(splitPath(path), to))
  expect(refusal).toMatchObject({ ok: false, field, expected, ...(found === undefined ? {} : { found }) })
})

/** Names of factors have slashes, and no name here has a dot. */
function splitPath(path: string): readonly string[] {
  return path.split('.')
}

/** What an epoch may leave out: a column of windows, a move, a kind of contract, an asset nothing else needs, a row. */
const OPTIONAL =
  /^(assets\.USDC|assets\.USDC\.claim|contracts\.BTC|contracts\.BTC\.(perpetual|future|option)|scenarios\.\d|scenarios\.\d\.movesPpm\.[^.]+|windows\.columns\.[^.]+|contracts\.BTC\.option\.grid\.priceMovesPpm\.\d)$/

test('every field is needed, and refused by its own name if it is not there', () => {
  const paths = pathsIn(SECTION).filter((path) => !OPTIONAL.test(path.join('.')))
  // Sixteen fields of the section itself, and all that is in them.
  expect(paths.length).toBeGreaterThan(80)
  for (const path of paths) {
    const refusal = decodePlimsoll1(changed(path, undefined))
    expect([path.join('.'), refusal.ok]).toEqual([path.join('.'), false])
  }
})

test('no object takes a field that is not in the format', () => {
  const open = /^(factors|assets|contracts|scenarios\.\d\.movesPpm|windows\.columns)$/
  const objects = pathsIn(SECTION).filter((path) => {
    const part = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], SECTION)
    return typeof part === 'object' && !Array.isArray(part) && !open.test(path.join('.'))
  })
  expect(objects.length).toBeGreaterThan(20)
  for (const path of [[], ...objects]) {
    const refusal = decodePlimsoll1(changed([...path, 'surprise'], 1))
    expect(refusal).toMatchObject({ ok: false, found: '"surprise"' })
  }
})

test('reads a section: every figure in its unit', () => {
  const decoded = decodePlimsoll1(SECTION)
  if (!decoded.ok) throw new Error(`${decoded.field}: ${decoded.expected}`)
  const { factorModel, assets, contracts, scenarios, windows, ...rest } = decoded.parameters
  const depth = {
    halfSpread: 100n,
    impactFactor: 1_000_000n,
    dailyVolatility: 30_000n,
    dailyVolume: 500_005n * 10n ** 17n,
  }
  expect(factorModel).toMatchObject({ creditedShare: 800_000n, oneWeight: 200_000n, breakWeight: 100_000n })
  expect([...factorModel.factors.keys()]).toEqual(Object.keys(SECTION.factors))
  expect([...assets]).toEqual([
    [
      'BTC',
      {
        isCollateral: true,
        jumpClass: 'major',
        depth,
        concentration: { freeUnits: 10n ** 21n, surcharge: 50_000n },
        claim: undefined,
      },
    ],
    [
      'USDC',
      expect.objectContaining({ claim: { beta: 1_000_000n, slip: { maintenance: 30_000n, initial: 120_000n } } }),
    ],
  ])
  expect(contracts.get(assetId('BTC'))).toEqual({
    perpetual: depth,
    future: depth,
    option: {
      depth,
      minimum: 10_000n,
      grid: {
        priceMoves: [-104_403n, 0n, 116_537n],
        volatilityDown: -250_000n,
        volatilityUp: 500_000n,
        termPowerQuarters: 1,
        volatilityFloor: 3n * 10n ** 17n,
      },
    },
  })
  expect(scenarios).toEqual([
    {
      id: 'BTC +1',
      damp: 1_000_000n,
      initialOnly: false,
      moves: new Map([
        [factorId('BTC'), 116_537n],
        [factorId('BTC/vol'), -250_000n],
      ]),
    },
    { id: 'crash', damp: 500_000n, initialOnly: true, moves: new Map([[factorId('BTC'), -395_000n]]) },
  ])
  expect(windows).toEqual({
    count: 3,
    columns: new Map([
      [factorId('BTC'), [-1_000_000n, 0n, 10_000_000_000n]],
      [factorId('USDC/peg'), [1n, -1n, 0n]],
    ]),
  })
  expect(rest).toEqual({
    initialFactor: 1_250_000n,
    markets: new Map(),
    basis: { maintenance: 10_000n, initial: 50_000n },
    jumps: {
      major: { long: 150_000n, short: 150_000n },
      large: { long: 350_000n, short: 500_000n },
      other: { long: 500_000n, short: 800_000n },
    },
    keeper: { flatFee: 5n * 10n ** 18n, keeperShare: 500n },
    confidenceThreshold: 990_000n,
    warnUsage: 800_000n,
    reduceOnlyUsage: 900_000n,
  })
})

test('takes what is just allowed: iota of one, equal sides, equal usages', () => {
  const limits: [path: string, to: unknown][] = [
    ['initialFactorPpm', 1_000_000],
    ['basis.initialPpm', 10_000],
    ['assets.USDC.claim.initialSlipPpm', 30_000],
    ['reduceOnlyUsagePpm', 800_000],
    ['assets.BTC.depth.dailyVolumeUnits', '0.000000000000000001'],
    ['contracts.BTC.option.grid.priceMovesPpm', [0]],
    [`assets.${'A'.repeat(40)}`, { ...ASSET, claim: undefined }],
  ]
  const named = { ...SECTION.factors, ['A'.repeat(40)]: FACTOR }
  for (const [path, to] of limits) {
    const section = { ...(changed(splitPath(path), to) as object), factors: named }
    expect([path, decodePlimsoll1(section)]).toMatchObject([path, { ok: true }])
  }
})

test('INV-MARGIN-7: whatever stands at any place of a section, decoding answers and never throws', () => {
  const paths = pathsIn(SECTION)
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.anything({ withBigInt: true }), (path, anything) => {
      const section = structuredClone(SECTION) as unknown as Record<string, unknown>
      const parent = path
        .slice(0, -1)
        .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, section)
      parent[path.at(-1) ?? ''] = anything
      expect(typeof decodePlimsoll1(section).ok).toBe('boolean')
    }),
    { numRuns: 1_000 },
  )
})

test('a market may have a depth of its own, by name', () => {
  const decoded = decodePlimsoll1({ ...SECTION, markets: { 'BTC-PERP': { ...DEPTH, halfSpreadPpm: 7 } } })
  expect(decoded.ok && [...decoded.parameters.markets]).toMatchObject([['BTC-PERP', { halfSpread: 7n }]])
  expect(decodePlimsoll1({ ...SECTION, markets: { 'BTC PERP': DEPTH } })).toMatchObject({ ok: false, field: 'markets' })
  expect(decodePlimsoll1({ ...SECTION, markets: { 'BTC-PERP': {} } })).toMatchObject({
    ok: false,
    field: 'markets.BTC-PERP.halfSpreadPpm',
  })
})
