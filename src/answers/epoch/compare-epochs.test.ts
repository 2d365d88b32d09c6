import { expect, test } from 'vitest'
import type { EpochDifference } from '../../wire/epoch-report.ts'
import { compareEpochs } from './compare-epochs.ts'
import { type Change, openedEpoch, twoCoins } from './two-coins-epoch.test-data.ts'

function compared(change: Change, before?: Change): EpochDifference {
  return compareEpochs(openedEpoch(twoCoins(before)), openedEpoch(twoCoins(change)))
}

/** Sets a field of the section, such as `factors`, `A`, `riskWeightPpm`. */
function set(value: unknown, ...path: readonly string[]): Change {
  return (_, section) => {
    const parent = path
      .slice(0, -1)
      .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, section)
    const last = path.at(-1) ?? ''
    if (value === undefined) delete parent[last]
    else parent[last] = value
  }
}

test('the same documents say the same', () => {
  const report = compared(() => undefined)
  expect(report).toMatchObject({ verdict: 'same', rows: [], figures: [], others: [] })
  expect(report.riskWeights).toEqual({ compared: 5, rise: 0, fall: 0, largestRise: null, largestFall: null })
  expect(report.correlations).toEqual({ compared: 6, changed: 0, pairs: [] })
})

/** One field of every kind; the weight of A is 200000, its volumes 1000 units, the pegs' slip 5%. */
const planted: [path: readonly string[], value: unknown, want: object][] = [
  [
    ['factors', 'A', 'riskWeightPpm'],
    225_000,
    {
      group: 'riskWeight',
      before: 200_000,
      after: 225_000,
      relative: 0.125,
      effect: 'tighter',
      touches: 'whoever holds A long or short',
    },
  ],
  [['factors', 'A/vol', 'riskWeightPpm'], 300_000, { effect: 'looser', touches: 'whoever has options on A' }],
  [['factors', 'C/peg', 'riskWeightPpm'], 10_000, { effect: 'tighter', touches: 'whoever holds or owes C' }],
  [['factors', 'A/basis/perpetual', 'riskWeightPpm'], 0, { relative: -1, touches: 'whoever has perpetuals on A' }],
  [
    ['factors', 'A', 'earnsOffset'],
    false,
    { group: 'standing', before: true, after: false, relative: null, effect: 'tighter' },
  ],
  [['factors', 'A/basis/perpetual', 'earnsOffset'], true, { effect: 'looser' }],
  [['factors', 'B', 'marketFallSign'], 1, { group: 'standing', before: -1, after: 1, effect: 'neither' }],
  [['assets', 'A', 'isCollateral'], false, { effect: 'tighter', touches: 'whoever has A as collateral' }],
  [['assets', 'B', 'isCollateral'], true, { effect: 'looser' }],
  [
    ['assets', 'A', 'jumpClass'],
    'large',
    { before: 'major', after: 'large', effect: 'tighter', touches: 'whoever takes new risk in A' },
  ],
  [['assets', 'B', 'jumpClass'], 'major', { before: 'other', effect: 'looser' }],
  [['assets', 'A', 'depth', 'halfSpreadPpm'], 300, { group: 'size', relative: 0.5, effect: 'tighter' }],
  [['assets', 'A', 'depth', 'dailyVolumeUnits'], '1500', { before: '1000', relative: 0.5, effect: 'looser' }],
  [['assets', 'A', 'concentration', 'freeUnits'], '250', { relative: -0.5, effect: 'tighter' }],
  [
    ['assets', 'C', 'claim', 'initialSlipPpm'],
    110_000,
    { relative: 0.1, effect: 'tighter', touches: 'whoever holds C' },
  ],
  [['assets', 'C', 'claim', 'betaPpm'], 1_000_000, { effect: 'neither' }],
  [
    ['contracts', 'A', 'perpetual', 'impactFactorPpm'],
    500_000,
    { id: 'A perpetual', effect: 'looser', touches: 'whoever has perpetuals on A' },
  ],
  [
    ['contracts', 'A', 'option', 'minimumPpm'],
    6_000,
    { id: 'A option', effect: 'tighter', touches: 'whoever is short options on A' },
  ],
  [['contracts', 'A', 'option', 'grid', 'volatilityDownPpm'], -300_000, { relative: 0.2, effect: 'tighter' }],
  [['contracts', 'A', 'option', 'grid', 'volatilityFloor'], '0.4', { before: '0.3', effect: 'neither' }],
  [['creditedSharePpm'], 700_000, { group: 'whole', relative: -0.125, effect: 'tighter' }],
  [['initialFactorPpm'], 1_500_000, { relative: 0.2, effect: 'tighter', touches: 'whoever takes new risk' }],
  [['basis', 'initialPpm'], 40_000, { effect: 'looser', touches: 'whoever holds both sides of one underlying' }],
  [
    ['jumps', 'large', 'shortPpm'],
    600_000,
    { id: 'large', touches: 'whoever takes new risk in assets of class large' },
  ],
  [['keeper', 'flatFeeUsd'], '10', { relative: 1, effect: 'tighter', touches: 'whoever has contracts or debts' }],
  [['warnUsagePpm'], 700_000, { effect: 'neither' }],
]
test.each(planted)('a change of %j to %j is found and named, and nothing else is', (path, value, want) => {
  const { figures, rows, others, verdict, effects } = compared(set(value, ...path))
  expect([figures.length, rows, others]).toEqual([1, [], []])
  expect(figures[0]).toMatchObject(want)
  expect(figures[0]?.field.endsWith(path.at(-1) ?? '')).toBe(true)
  const effect = figures[0]?.effect ?? 'neither'
  expect([verdict, effects[effect]]).toEqual([effect === 'neither' ? 'changed' : effect, 1])
})

test('risk weights: how many rise and fall, and the largest of each', () => {
  const report = compared((document, section) => {
    set(240_000, 'factors', 'A', 'riskWeightPpm')(document, section)
    set(550_000, 'factors', 'B', 'riskWeightPpm')(document, section)
    set(300_000, 'factors', 'A/vol', 'riskWeightPpm')(document, section)
  })
  // A: 240 / 200; B: 550 / 500; A/vol: 300000 / 333333 - 1 = -0.0999991.
  expect(report.riskWeights).toEqual({ compared: 5, rise: 2, fall: 1, largestRise: 0.2, largestFall: -0.099999 })
  expect(report.figures.map(({ id }) => id)).toEqual(['A', 'B', 'A/vol'])
  expect([report.verdict, report.effects]).toEqual(['mixed', { tighter: 2, looser: 1, neither: 0 }])
})

test('a risk weight that was nothing has no relative change', () => {
  const report = compared(set(10, 'factors', 'C/peg', 'riskWeightPpm'), set(0, 'factors', 'C/peg', 'riskWeightPpm'))
  expect(report.figures).toMatchObject([{ before: 0, after: 10, relative: null, effect: 'tighter' }])
  expect(report.riskWeights).toMatchObject({ rise: 1, largestRise: null })
})

test('contracts, assets and factors that come and go', () => {
  const removed = compared(set(undefined, 'contracts', 'A', 'perpetual'))
  expect(removed).toMatchObject({
    verdict: 'tighter',
    rows: [
      {
        table: 'contracts',
        id: 'A perpetual',
        change: 'removed',
        effect: 'tighter',
        touches: 'whoever has perpetuals on A',
      },
    ],
  })
  const added = compared(() => undefined, set(undefined, 'contracts', 'A', 'option'))
  expect(added).toMatchObject({ verdict: 'looser', rows: [{ id: 'A option', change: 'added', effect: 'looser' }] })
  const gone = compared((document, section) => {
    set(undefined, 'assets', 'C')(document, section)
    set(undefined, 'factors', 'C/peg')(document, section)
    const rows = section.scenarios
    for (const { movesPpm } of rows) delete movesPpm['C/peg']
  })
  expect(gone.rows.map(({ table, id, change }) => `${table} ${id} ${change}`)).toEqual([
    'factors C/peg removed',
    'assets C removed',
  ])
  expect(gone.riskWeights.compared).toBe(4)
})

test('a depth of a market of its own comes', () => {
  const depth = { halfSpreadPpm: 1, impactFactorPpm: 1, dailyVolatilityPpm: 1, dailyVolumeUnits: '1' }
  const report = compared(set({ 'A-PERP': depth }, 'markets'))
  expect(report.rows).toMatchObject([
    { table: 'markets', id: 'A-PERP', change: 'added', touches: 'whoever has A-PERP' },
  ])
})

test('correlations come from the loadings, of factors that earn an offset in both', () => {
  // A with B: 0.8 * 0.6 + 0.2 * 0.5 = 0.58, then 0.8 * 0.5 + 0.2 * 0.5 = 0.5. B with A/vol: -0.4 * 0.6, then -0.4 * 0.5.
  const report = compared(set([500_000, 500_000, 0, 0], 'factors', 'B', 'loadingsPpm'))
  expect(report.correlations).toEqual({
    compared: 6,
    changed: 2,
    pairs: [
      { first: 'A', second: 'B', before: 0.58, after: 0.5 },
      { first: 'B', second: 'A/vol', before: -0.24, after: -0.2 },
    ],
  })
  expect(report.figures).toMatchObject([{ field: 'loadingsPpm', unit: 'list', effect: 'neither' }])
  const unrelated = compared((document, section) => {
    set([500_000, 500_000, 0, 0], 'factors', 'B', 'loadingsPpm')(document, section)
    set(false, 'factors', 'B', 'earnsOffset')(document, section)
  })
  expect(unrelated.correlations).toEqual({ compared: 3, changed: 0, pairs: [] })
})

test('scenarios: rows that come, go, and move otherwise', () => {
  const report = compared((_, section) => {
    const rows = section.scenarios
    const crash = rows.find((row) => row.id === 'crash')
    Object.assign(crash ?? {}, { dampPpm: 600_000, movesPpm: { A: -400_000, B: -550_000, 'A/vol': 10 } })
    rows.splice(0, 1)
    rows.push({ id: 'another', dampPpm: 1, initialOnly: true, movesPpm: { A: -1 } })
  })
  expect(report.scenarios).toEqual({
    before: 46,
    after: 46,
    added: ['another'],
    removed: ['A -1, volatility down'],
    changed: [
      {
        id: 'crash',
        dampPpm: { before: 500_000, after: 600_000 },
        initialOnly: null,
        moves: 2,
        largest: { factor: 'B', beforePpm: -500_000, afterPpm: -550_000 },
      },
    ],
  })
  expect(report.verdict).toBe('changed')
})

test('windows: how many, and the columns with other moves', () => {
  const report = compared(set({ count: 2, columns: { A: [-30_000, 40_000], B: [1, 1] } }, 'windows'))
  // Before: -95163, 0 and 161834: root of (95163^2 + 161834^2) / 3 = 108392. After: root of (30^2 + 40^2) / 2 = 35.355 thousand.
  expect(report.windows).toEqual({
    before: 3,
    after: 2,
    added: ['B'],
    removed: ['A/vol'],
    changed: [
      {
        factor: 'A',
        before: { deviationPpm: 108_392, lowestPpm: -95_163, highestPpm: 161_834 },
        after: { deviationPpm: 35_355, lowestPpm: -30_000, highestPpm: 40_000 },
      },
    ],
  })
  expect(report.verdict).toBe('changed')
})

test('name, source and provenance alone are no change of figures', () => {
  const report = compared((document, section) => {
    Object.assign(document, { id: 'later', provenance: { asOf: '2026-11-01', notes: ['a', 'b'] } })
    Object.assign(section, { source: 'another hand' })
  })
  expect(report.verdict).toBe('relabelled')
  expect(report.others).toEqual([
    { field: '$.id', before: 'two-coins', after: 'later' },
    { field: '$.sections["plimsoll-1"].source', before: 'typed for tests', after: 'another hand' },
    { field: '$.provenance.asOf', before: null, after: '2026-11-01' },
    { field: '$.provenance.notes', before: null, after: ['a', 'b'] },
  ])
})

test('liquidation, and figures of the sections of other models', () => {
  const report = compared((document) => {
    Object.assign(document.liquidation, { penaltyPpm: 4_000 })
    Object.assign(document.sections, { span: { rows: [{ a: 1 }, { a: 2 }] } })
  })
  expect(report.figures).toMatchObject([
    { table: 'liquidation', field: 'penaltyPpm', relative: -0.2, effect: 'looser', touches: 'whoever is liquidated' },
  ])
  expect(report.others.map(({ field, after }) => [field, after])).toEqual([
    ['$.sections.span.rows[0].a', 1],
    ['$.sections.span.rows[1].a', 2],
  ])
})

test('another model in force is a change before all others', () => {
  const standard = { assets: {}, markets: {} }
  const withBoth: Change = (document) => Object.assign(document.sections, { standard })
  const report = compared((document, section) => {
    withBoth(document, section)
    Object.assign(document, { model: 'standard' })
  }, withBoth)
  expect(report).toMatchObject({ verdict: 'changed', before: { model: 'plimsoll-1' }, after: { model: 'standard' } })
})
