import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assetId, marketId } from '../../../instrument/identifier.ts'
import { decodeStandard, UNKNOWN_ASSET, UNKNOWN_MARKET } from './parameters.ts'

const ASSET = {
  maintenanceHaircutPpm: 100_000,
  initialHaircutPpm: 150_000,
  maintenanceBorrowPpm: 20_000,
  initialBorrowPpm: 40_000,
  source: 'judgement',
}
const TIER = { aboveUsd: '0', maintenancePpm: 20_000, initialPpm: 40_000, source: 'judgement' }
const SECOND = { aboveUsd: '1000000', maintenancePpm: 50_000, initialPpm: 100_000, source: 'judgement' }

function assets(row: unknown): unknown {
  return { assets: { BTC: row }, markets: {} }
}

function tiers(...rows: readonly unknown[]): unknown {
  return { assets: {}, markets: { 'BTC-PERP': { tiers: rows } } }
}

const SHARE = 'a whole number of ppm from 0 to 1000000'
const HALF_WIDE = '500000000000000'

const wrong: [name: string, section: unknown, field: string, expected: string, found: string][] = [
  ['no section', undefined, '$', 'an object', 'nothing'],
  ['a section that is null', null, '$', 'an object', 'null'],
  ['a section that is a list', [], '$', 'an object', '[]'],
  ['a section that is text', 'x', '$', 'an object', '"x"'],
  ['a function', () => 1, '$', 'an object', 'function'],
  ['a field nobody knows', { assets: {}, markets: {}, extra: 1 }, '$.extra', 'one of: assets, markets', '"extra"'],
  ['no assets', { markets: {} }, 'assets', 'an object', 'nothing'],
  ['no markets', { assets: {} }, 'markets', 'an object', 'nothing'],
  ['a number too large for JSON', { assets: 1n, markets: {} }, 'assets', 'an object', '"1n"'],
  [
    'an asset name that is none',
    { assets: { 'a b': ASSET }, markets: {} },
    'assets',
    'names of letters, digits and . _ : / -',
    '"a b"',
  ],
  ['an asset row that is no object', assets(5), 'assets.BTC', 'an object', '5'],
  [
    'a field of an asset nobody knows',
    assets({ ...ASSET, haircut: 1 }),
    'assets.BTC.haircut',
    'one of: maintenanceHaircutPpm, initialHaircutPpm, maintenanceBorrowPpm, initialBorrowPpm, source',
    '"haircut"',
  ],
  [
    'an asset without a source',
    assets({ ...ASSET, source: '' }),
    'assets.BTC.source',
    'where the figure comes from',
    '""',
  ],
  [
    'a missing haircut',
    assets({ ...ASSET, maintenanceHaircutPpm: undefined }),
    'assets.BTC.maintenanceHaircutPpm',
    SHARE,
    'nothing',
  ],
  [
    'a haircut above the whole',
    assets({ ...ASSET, initialHaircutPpm: 1_000_001 }),
    'assets.BTC.initialHaircutPpm',
    SHARE,
    '1000001',
  ],
  [
    'a negative haircut',
    assets({ ...ASSET, maintenanceHaircutPpm: -1 }),
    'assets.BTC.maintenanceHaircutPpm',
    SHARE,
    '-1',
  ],
  [
    'a fraction of a ppm',
    assets({ ...ASSET, maintenanceBorrowPpm: 0.5 }),
    'assets.BTC.maintenanceBorrowPpm',
    SHARE,
    '0.5',
  ],
  [
    'a weight that is no number',
    assets({ ...ASSET, initialBorrowPpm: NaN }),
    'assets.BTC.initialBorrowPpm',
    SHARE,
    'null',
  ],
  [
    'a weight in text',
    assets({ ...ASSET, initialBorrowPpm: '40000' }),
    'assets.BTC.initialBorrowPpm',
    SHARE,
    '"40000"',
  ],
  [
    'an initial haircut below maintenance',
    assets({ ...ASSET, initialHaircutPpm: 99_999 }),
    'assets.BTC.initialHaircutPpm',
    'at least 100000',
    '99999',
  ],
  [
    'an initial borrow weight below maintenance',
    assets({ ...ASSET, initialBorrowPpm: 19_999 }),
    'assets.BTC.initialBorrowPpm',
    'at least 20000',
    '19999',
  ],
  [
    'a market name that is none',
    { assets: {}, markets: { '': { tiers: [TIER] } } },
    'markets',
    'names of letters, digits and . _ : / -',
    '""',
  ],
  ['a market row that is no object', { assets: {}, markets: { X: null } }, 'markets.X', 'an object', 'null'],
  [
    'a field of a market nobody knows',
    { assets: {}, markets: { X: { tiers: [TIER], fee: 1 } } },
    'markets.X.fee',
    'one of: tiers',
    '"fee"',
  ],
  ['no tiers', { assets: {}, markets: { X: {} } }, 'markets.X.tiers', 'a list of at least one tier', 'nothing'],
  ['an empty list of tiers', tiers(), 'markets.BTC-PERP.tiers', 'a list of at least one tier', '[]'],
  ['a tier that is no object', tiers('x'), 'markets.BTC-PERP.tiers[0]', 'an object', '"x"'],
  [
    'a field of a tier nobody knows',
    tiers({ ...TIER, cap: 1 }),
    'markets.BTC-PERP.tiers[0].cap',
    'one of: aboveUsd, maintenancePpm, initialPpm, source',
    '"cap"',
  ],
  [
    'a tier without a source',
    tiers({ ...TIER, source: undefined }),
    'markets.BTC-PERP.tiers[0].source',
    'where the figure comes from',
    'nothing',
  ],
  [
    'a threshold that is a number',
    tiers({ ...TIER, aboveUsd: 0 }),
    'markets.BTC-PERP.tiers[0].aboveUsd',
    'a decimal string >= 0',
    '0',
  ],
  [
    'a threshold nobody can read',
    tiers({ ...TIER, aboveUsd: '1e6' }),
    'markets.BTC-PERP.tiers[0].aboveUsd',
    'a decimal string >= 0',
    '"1e6"',
  ],
  [
    'a negative threshold',
    tiers({ ...TIER, aboveUsd: '-1' }),
    'markets.BTC-PERP.tiers[0].aboveUsd',
    'a decimal string >= 0',
    '"-1"',
  ],
  [
    'a threshold beyond the bound of a value',
    tiers(TIER, { ...SECOND, aboveUsd: '1000000000000000' }),
    'markets.BTC-PERP.tiers[1].aboveUsd',
    'a decimal string >= 0',
    '"1000000000000000"',
  ],
  [
    'a rate above the whole',
    tiers({ ...TIER, maintenancePpm: 1_000_001 }),
    'markets.BTC-PERP.tiers[0].maintenancePpm',
    SHARE,
    '1000001',
  ],
  [
    'a rate that is no number',
    tiers({ ...TIER, initialPpm: null }),
    'markets.BTC-PERP.tiers[0].initialPpm',
    SHARE,
    'null',
  ],
  [
    'an initial rate below maintenance',
    tiers({ ...TIER, initialPpm: 19_999 }),
    'markets.BTC-PERP.tiers[0].initialPpm',
    'at least 20000',
    '19999',
  ],
  [
    'a first tier that does not start at nothing',
    tiers({ ...TIER, aboveUsd: '1' }),
    'markets.BTC-PERP.tiers[0].aboveUsd',
    'the first tier to start at "0"',
    '"1"',
  ],
  [
    'a threshold that repeats',
    tiers(TIER, { ...SECOND, aboveUsd: '0' }),
    'markets.BTC-PERP.tiers[1].aboveUsd',
    'more than the tier before',
    '"0"',
  ],
  [
    'a threshold that falls',
    tiers(TIER, SECOND, { ...SECOND, aboveUsd: '999999' }),
    'markets.BTC-PERP.tiers[2].aboveUsd',
    'more than the tier before',
    '"999999"',
  ],
  [
    'a maintenance rate that falls',
    tiers(TIER, { ...SECOND, maintenancePpm: 19_999 }),
    'markets.BTC-PERP.tiers[1].maintenancePpm',
    'at least 20000',
    '19999',
  ],
  [
    'an initial rate that falls',
    tiers({ ...SECOND, aboveUsd: '0' }, { ...SECOND, initialPpm: 99_999 }),
    'markets.BTC-PERP.tiers[1].initialPpm',
    'at least 100000',
    '99999',
  ],
]
test.each(wrong)('refuses %s', (_name, section, field, expected, found) => {
  expect(decodeStandard(section)).toEqual({ ok: false, field, expected, found })
})

test('reads assets and tiers into both sides', () => {
  const decoded = decodeStandard({ assets: { BTC: ASSET }, markets: { 'BTC-PERP': { tiers: [TIER, SECOND] } } })
  if (!decoded.ok) throw new Error(decoded.field)
  const { maintenance, initial } = decoded.parameters
  expect(maintenance.assets.get(assetId('BTC'))).toEqual({ haircut: 100_000n, borrowWeight: 20_000n })
  expect(initial.assets.get(assetId('BTC'))).toEqual({ haircut: 150_000n, borrowWeight: 40_000n })
  expect(maintenance.markets.get(marketId('BTC-PERP'))?.map(({ rate }) => rate)).toEqual([20_000n, 50_000n])
  expect(initial.markets.get(marketId('BTC-PERP'))?.map(({ rate }) => rate)).toEqual([40_000n, 100_000n])
})

test('accepts every figure at its bounds', () => {
  const none = {
    ...ASSET,
    maintenanceHaircutPpm: 0,
    initialHaircutPpm: 0,
    maintenanceBorrowPpm: 0,
    initialBorrowPpm: 0,
  }
  const all = { ...ASSET, maintenanceHaircutPpm: 1_000_000, initialHaircutPpm: 1_000_000 }
  const flat = { ...TIER, aboveUsd: HALF_WIDE }
  expect(decodeStandard({ assets: { A: none, B: all }, markets: { M: { tiers: [TIER, flat] } } }).ok).toBe(true)
  expect(decodeStandard({ assets: {}, markets: {} }).ok).toBe(true)
})

test('what is not in the table counts for nothing and is required in full', () => {
  expect(UNKNOWN_ASSET).toEqual({ haircut: 1_000_000n, borrowWeight: 1_000_000n })
  expect(UNKNOWN_MARKET).toEqual([{ above: 0n, rate: 1_000_000n, offset: 0n }])
})

test('INV-MARGIN-7: whatever a section holds, decoding answers and never throws', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (section) => {
      expect(typeof decodeStandard(section).ok).toBe('boolean')
      expect(typeof decodeStandard({ assets: { BTC: section }, markets: {} }).ok).toBe('boolean')
      expect(typeof decodeStandard({ assets: {}, markets: { M: { tiers: section } } }).ok).toBe('boolean')
    }),
    { numRuns: 500 },
  )
})
