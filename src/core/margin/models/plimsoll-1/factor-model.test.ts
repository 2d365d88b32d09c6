import fc from 'fast-check'
import { expect, test } from 'vitest'
import { factorId } from '../../../instrument/identifier.ts'
import { decodeFactorModel, UNKNOWN_FACTOR } from './factor-model.ts'

const FACTOR = {
  riskWeightPpm: 100_000,
  loadingsPpm: [800_000, -400_000, 0, 0],
  marketFallSign: -1,
  earnsOffset: true,
}
const SECTION = { creditedSharePpm: 800_000, oneWeightPpm: 200_000, breakWeightPpm: 100_000, factors: { BTC: FACTOR } }
const SHARE = 'a whole number of ppm from 0 to 1000000'
const LOADING = 'a whole number of ppm from -1000000 to 1000000'

function factor(change: object): unknown {
  return { ...SECTION, factors: { BTC: { ...FACTOR, ...change } } }
}

const wrong: [name: string, section: unknown, field: string, expected: string, found: string][] = [
  ['no section', undefined, '$', 'an object', 'nothing'],
  ['a section that is null', null, '$', 'an object', 'null'],
  ['a section that is a list', [], '$', 'an object', '[]'],
  [
    'a field nobody knows',
    { ...SECTION, tailPpm: 1 },
    '$.tailPpm',
    'one of: creditedSharePpm, oneWeightPpm, breakWeightPpm, factors',
    '"tailPpm"',
  ],
  ['no credited share', { ...SECTION, creditedSharePpm: undefined }, 'creditedSharePpm', SHARE, 'nothing'],
  ['more credit than there is', { ...SECTION, creditedSharePpm: 1_000_001 }, 'creditedSharePpm', SHARE, '1000001'],
  ['a negative weight', { ...SECTION, oneWeightPpm: -1 }, 'oneWeightPpm', SHARE, '-1'],
  ['a weight above the whole', { ...SECTION, oneWeightPpm: 1_000_001 }, 'oneWeightPpm', SHARE, '1000001'],
  ['a fraction of a ppm', { ...SECTION, breakWeightPpm: 0.5 }, 'breakWeightPpm', SHARE, '0.5'],
  ['a weight in text', { ...SECTION, breakWeightPpm: '1' }, 'breakWeightPpm', SHARE, '"1"'],
  ['no factors', { ...SECTION, factors: undefined }, 'factors', 'an object', 'nothing'],
  [
    'a factor name that is none',
    { ...SECTION, factors: { 'a b': FACTOR } },
    'factors',
    'names of letters, digits and . _ : / -',
    '"a b"',
  ],
  ['a factor that is no object', { ...SECTION, factors: { BTC: 5 } }, 'factors.BTC', 'an object', '5'],
  [
    'a field of a factor nobody knows',
    factor({ riskWeight: 1 }),
    'factors.BTC.riskWeight',
    'one of: riskWeightPpm, loadingsPpm, marketFallSign, earnsOffset',
    '"riskWeight"',
  ],
  [
    'a risk weight above the whole',
    factor({ riskWeightPpm: 1_000_001 }),
    'factors.BTC.riskWeightPpm',
    SHARE,
    '1000001',
  ],
  ['a risk weight that is no number', factor({ riskWeightPpm: NaN }), 'factors.BTC.riskWeightPpm', SHARE, 'null'],
  ['no loadings', factor({ loadingsPpm: undefined }), 'factors.BTC.loadingsPpm', 'a list of four loadings', 'nothing'],
  [
    'three loadings',
    factor({ loadingsPpm: [0, 0, 0] }),
    'factors.BTC.loadingsPpm',
    'a list of four loadings',
    '[0,0,0]',
  ],
  [
    'five loadings',
    factor({ loadingsPpm: [0, 0, 0, 0, 0] }),
    'factors.BTC.loadingsPpm',
    'a list of four loadings',
    '[0,0,0,0,0]',
  ],
  ['half a loading', factor({ loadingsPpm: [0, 0, 0.5, 0] }), 'factors.BTC.loadingsPpm[2]', LOADING, '0.5'],
  [
    'a loading above 1',
    factor({ loadingsPpm: [0, 0, 0, 1_000_001] }),
    'factors.BTC.loadingsPpm[3]',
    LOADING,
    '1000001',
  ],
  ['a bigint', factor({ loadingsPpm: [0, 1n, 0, 0] }), 'factors.BTC.loadingsPpm[1]', LOADING, '"1n"'],
  [
    'squares that add up to 1: 0.36 + 0.64',
    factor({ loadingsPpm: [600_000, 0, -800_000, 0] }),
    'factors.BTC.loadingsPpm',
    'squares that add up to less than 1',
    '[600000,0,-800000,0]',
  ],
  [
    'squares that add up to more than 1',
    factor({ loadingsPpm: [600_000, 0, 800_000, 1] }),
    'factors.BTC.loadingsPpm',
    'squares that add up to less than 1',
    '[600000,0,800000,1]',
  ],
  ['no sign', factor({ marketFallSign: 0 }), 'factors.BTC.marketFallSign', '-1 or 1', '0'],
  ['half a truth', factor({ earnsOffset: 1 }), 'factors.BTC.earnsOffset', 'true or false', '1'],
  ['a function', () => 1, '$', 'an object', 'function'],
]

test.each(wrong)('refuses %s and says where', (_name, section, field, expected, found) => {
  expect(decodeFactorModel(section)).toEqual({ ok: false, field, expected, found })
})

test('reads a section: shares, weights, loadings and what they leave', () => {
  const decoded = decodeFactorModel(factor({ marketFallSign: 1, earnsOffset: false }))
  if (!decoded.ok) throw new Error(decoded.field)
  const { factors, ...shares } = decoded.parameters
  expect(shares).toEqual({ creditedShare: 800_000n, oneWeight: 200_000n, breakWeight: 100_000n })
  // 1 - 0.64 - 0.16 = 0.2, in 1e-12.
  expect(factors.get(factorId('BTC'))).toEqual({
    riskWeight: 100_000n,
    loadings: [800_000n, -400_000n, 0n, 0n],
    ownShare: 200_000_000_000n,
    inMarketFall: 'up',
    earnsOffset: false,
  })
})

test('takes every figure at its bounds, and squares that fall short of 1 by the least there is', () => {
  // 999999^2 = 1e12 - 1999999, and 1411^2 + 89^2 + 34^2 = 1990921 + 7921 + 1156 = 1999998.
  const loadingsPpm = [999_999, -1_411, 89, 34]
  const rest = loadingsPpm.reduce((left, one) => left - BigInt(one) * BigInt(one), 10n ** 12n)
  expect(rest).toBe(1n)
  for (const bound of [0, 1_000_000]) {
    const shares = { creditedSharePpm: bound, oneWeightPpm: bound, breakWeightPpm: bound }
    const factors = { BTC: { ...FACTOR, riskWeightPpm: bound, loadingsPpm } }
    expect(decodeFactorModel({ ...shares, factors }).ok).toBe(true)
  }
})

test('a factor that is not in the epoch: all of it, correlated with nothing', () => {
  expect(UNKNOWN_FACTOR).toMatchObject({ riskWeight: 1_000_000n, ownShare: 10n ** 12n, earnsOffset: false })
})

test('INV-MARGIN-7: whatever a section holds, decoding answers and never throws', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true }), (anything) => {
      expect(typeof decodeFactorModel(anything).ok).toBe('boolean')
      expect(typeof decodeFactorModel({ ...SECTION, factors: anything }).ok).toBe('boolean')
      expect(typeof decodeFactorModel(factor({ loadingsPpm: anything })).ok).toBe('boolean')
    }),
    { numRuns: 500 },
  )
})
