import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ownShareCheck } from './figure-faults.ts'
import { openEpoch } from './open-epoch.ts'
import { type Change, openedEpoch, READERS, type SectionToChange, twoCoins } from './two-coins-epoch.test-data.ts'
import { verifyEpoch } from './verify-epoch.ts'

function verified(change?: Change) {
  return verifyEpoch(openedEpoch(twoCoins(change)), undefined)
}

function faultsOf(change: Change) {
  return verified(change).checks.flatMap(({ id, faults }) => faults.map((fault) => ({ check: id, ...fault })))
}

/** The row of this id, to be changed. */
function rowOf(section: SectionToChange, id: string) {
  const row = section.scenarios.find((one) => one.id === id)
  if (row === undefined) throw new Error(`no row is called ${id}`)
  return row
}

test('two coins: everything that follows from something else does', () => {
  const { verified: isVerified, checks, counts, source, provenance } = verified()
  expect([isVerified, source, provenance]).toEqual([true, 'typed for tests', null])
  // Own rows 7 * 3 + 4 of A, 6 of B; two residuals each; eight common moves, two of the market; one crash: 46.
  expect(counts).toEqual({
    factors: 5,
    assets: 3,
    underlyings: 1,
    scenarios: 46,
    namedCrashes: 1,
    windows: 3,
    windowColumns: 2,
  })
  // Volatilities: C as B, the perpetual and the option of A as A.
  const compared = new Map(checks.map((check) => [check.id, check.compared]))
  expect([compared.get('ownShares'), compared.get('optionGrids'), compared.get('namedCrashes')]).toEqual([5, 11, 1])
  expect(compared.get('dailyVolatilities')).toBe(3)
})

const AT = '$.sections["plimsoll-1"]'
/** B with A one x up: correlation 0.8 * 0.6 + 0.2 * 0.5 = 0.58 of x = ln 2, so 2^0.58 - 1. */
const B_WITH_A = Math.round((2 ** 0.58 - 1) * 1e6)

const planted: [name: string, change: Change, want: { check: string; field: RegExp; expected: string; got: string }][] =
  [
    [
      'a move of a row',
      (_, section) => Object.assign(rowOf(section, 'A +1').movesPpm, { B: B_WITH_A + 2 }),
      {
        check: 'scenarios',
        field: /\.scenarios\[\d+\]\.movesPpm\.B$/,
        expected: `${B_WITH_A}`,
        got: `${B_WITH_A + 2}`,
      },
    ],
    [
      'a move that is left out',
      (_, section) => delete rowOf(section, 'A +1').movesPpm['A'],
      { check: 'scenarios', field: /\.movesPpm\.A$/, expected: '250000', got: '0' },
    ],
    [
      'a move of a factor that stands still',
      (_, section) => Object.assign(rowOf(section, 'B +1').movesPpm, { 'C/peg': -5 }),
      { check: 'scenarios', field: /\.movesPpm\["C\/peg"\]$/, expected: '0', got: '-5' },
    ],
    [
      'the damp of a tail',
      (_, section) => Object.assign(rowOf(section, 'A -2, volatility up'), { dampPpm: 400_000 }),
      { check: 'scenarios', field: /\.dampPpm$/, expected: '500000', got: '400000' },
    ],
    [
      'a row moved to the initial side',
      (_, section) => Object.assign(rowOf(section, 'market fall'), { initialOnly: true }),
      { check: 'scenarios', field: /\.initialOnly$/, expected: 'false', got: 'true' },
    ],
    [
      'a row that is left out',
      (_, section) => section.scenarios.splice(3, 1),
      { check: 'scenarios', field: /\.scenarios$/, expected: 'a row "A -2/3, volatility down"', got: 'nothing' },
    ],
    [
      'a row that no rule gives',
      (_, section) => Object.assign(rowOf(section, 'crash'), { initialOnly: false }),
      {
        check: 'scenarios',
        field: /\.scenarios\[45\]\.id$/,
        expected: 'a row of the published list, or one for the initial side alone',
        got: '"crash"',
      },
    ],
    [
      'two rows in each other’s place',
      (_, section) => {
        const rows = section.scenarios
        rows.splice(0, 2, ...[rows[1], rows[0]].filter((row) => row !== undefined))
      },
      { check: 'scenarios', field: /\.scenarios\[0\]\.id$/, expected: '"A -1, volatility down"', got: '"A -1"' },
    ],
    [
      'a named crash before other rows',
      (_, section) => section.scenarios.unshift(...section.scenarios.splice(45, 1)),
      {
        check: 'namedCrashes',
        field: /\.scenarios\[0\]\.id$/,
        expected: 'named crashes after row 45, the last of the others',
        got: '"crash"',
      },
    ],
    [
      // Three times x up: 1.25^3 - 1.
      'a price of an option grid',
      (_, section) => section.contracts['A']?.option?.grid.priceMovesPpm.splice(10, 1, 953_200),
      { check: 'optionGrids', field: /\.grid\.priceMovesPpm\[10\]$/, expected: '953125', got: '953200' },
    ],
    [
      'an option grid cut short',
      (_, section) => section.contracts['A']?.option?.grid.priceMovesPpm.pop(),
      { check: 'optionGrids', field: /\.grid\.priceMovesPpm$/, expected: '11 moves', got: '10' },
    ],
    [
      'the volatility of a contract',
      (_, section) => Object.assign(section.contracts['A']?.option?.depth ?? {}, { dailyVolatilityPpm: 49_999 }),
      {
        check: 'dailyVolatilities',
        field: /\.contracts\.A\.option\.depth\.dailyVolatilityPpm$/,
        expected: '50000',
        got: '49999',
      },
    ],
    [
      'the volatility of a claim',
      (_, section) => Object.assign(section.assets['C']?.depth ?? {}, { dailyVolatilityPpm: 1 }),
      { check: 'dailyVolatilities', field: /\.assets\.C\.depth\.dailyVolatilityPpm$/, expected: '100000', got: '1' },
    ],
  ]
test.each(planted)('%s is found and named, and nothing else is', (_name, change, want) => {
  const { verified: isVerified } = verified(change)
  const faults = faultsOf(change)
  expect([isVerified, faults.length]).toEqual([false, 1])
  expect(faults[0]).toMatchObject({ check: want.check, expected: want.expected, got: want.got })
  expect(faults[0]?.field).toMatch(want.field)
  expect(faults[0]?.field.startsWith(AT)).toBe(true)
})

test('a fault of a row names the row', () => {
  const faults = faultsOf((_, section) => Object.assign(rowOf(section, 'A +1').movesPpm, { B: 0 }))
  expect(faults.map(({ row }) => row)).toEqual(['A +1'])
})

test('one ppm is the last digit of exp on another machine', () => {
  const { verified: isVerified } = verified((_, section) => {
    Object.assign(rowOf(section, 'A +1').movesPpm, { B: B_WITH_A - 1 })
    section.contracts['A']?.option?.grid.priceMovesPpm.splice(10, 1, 953_126)
  })
  expect(isVerified).toBe(true)
})

test('a risk weight changed afterwards no longer gives the rows and the grid', () => {
  const faults = faultsOf((_, section) => Object.assign(section.factors['A'] ?? {}, { riskWeightPpm: 210_000 }))
  expect(new Set(faults.map(({ check }) => check))).toEqual(new Set(['optionGrids', 'scenarios']))
})

test('a document with sorted keys has its underlyings in another order, and verifies', () => {
  const { verified: isVerified } = verified((_, section) => {
    const { A, B, C } = section.assets
    Object.assign(section, { assets: { C, B, A } })
  })
  expect(isVerified).toBe(true)
})

test('the squares of loadings may not add up to one: 0.36 + 0.64', () => {
  const { house } = openedEpoch(twoCoins())
  if (house === undefined) throw new Error('it has a section')
  const row = { riskWeightPpm: 1, marketFallSign: -1, earnsOffset: true } as const
  const loaded = (second: number) => ({ ...house, factors: { A: { ...row, loadingsPpm: [600_000, second, 0, 0] } } })
  expect(ownShareCheck(loaded(799_999)).faults).toEqual([])
  expect(ownShareCheck(loaded(800_000)).faults).toEqual([
    { field: `${AT}.factors.A.loadingsPpm`, row: null, expected: 'squares that add up to less than 1', got: '1' },
  ])
})

test('the hash that was asked for is compared', () => {
  const opened = openedEpoch(twoCoins())
  expect(verifyEpoch(opened, opened.hash)).toMatchObject({
    verified: true,
    checks: [{ id: 'hash', faults: [] }, {}, {}, {}, {}, {}],
  })
  const other = `sha256:${'0'.repeat(64)}`
  expect(verifyEpoch(opened, other)).toMatchObject({
    verified: false,
    checks: [{ id: 'hash', faults: [{ field: '$', expected: other, got: opened.hash }] }, {}, {}, {}, {}, {}],
  })
})

test('an epoch without a section of the house is read, and nothing in it follows from anything', () => {
  const sections = { standard: { assets: {}, markets: {} } }
  const report = verifyEpoch(openedEpoch({ ...(twoCoins() as object), model: 'standard', sections }), undefined)
  expect(report).toMatchObject({ verified: true, counts: null, source: null, checks: [] })
})

test('the epoch of the repository verifies, with the hash that stands beside it', () => {
  const text = readFileSync('epochs/provisional-2026-11.json', 'utf8')
  const published = /sha256:[0-9a-f]{64}/.exec(readFileSync('epochs/README.md', 'utf8'))?.[0]
  const opening = openEpoch({ name: 'provisional-2026-11.json', text }, READERS)
  if (!opening.ok) throw new Error('it can be read')
  const report = verifyEpoch(opening.opened, published)
  expect(report).toMatchObject({ verified: true, hash: published, canonicalText: false })
  expect(report.counts).toMatchObject({ factors: 56, assets: 23, underlyings: 15, namedCrashes: 2, windows: 1_500 })
})
