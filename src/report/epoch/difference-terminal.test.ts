import { expect, test } from 'vitest'
import { compareEpochs } from '../../answers/epoch/compare-epochs.ts'
import { openedEpoch, twoCoins } from '../../answers/epoch/two-coins-epoch.test-data.ts'
import { differenceTerminal } from './difference-terminal.ts'

const PLAIN = { columns: 80, color: false, ascii: false }
const FILES = { before: 'epochs/old.json', after: 'new one.json' }

const before = openedEpoch(twoCoins())
const after = openedEpoch(
  twoCoins((document, section) => {
    const { factors, assets, contracts, scenarios } = section
    Object.assign(factors['A'] ?? {}, { riskWeightPpm: 225_000 })
    Object.assign(factors['A/vol'] ?? {}, { riskWeightPpm: 400_000, earnsOffset: false })
    Object.assign(factors['B'] ?? {}, { loadingsPpm: [500_000, 500_000, 0, 0] })
    Object.assign(assets['A'] ?? {}, { isCollateral: false })
    Object.assign(assets['B']?.depth ?? {}, { dailyVolumeUnits: '1500' })
    delete contracts['A']?.perpetual
    Object.assign(section, { initialFactorPpm: 1_300_000 })
    Object.assign(scenarios.find(({ id }) => id === 'crash')?.movesPpm ?? {}, { A: -450_000 })
    section.windows.columns['A']?.splice(1, 1, 7)
    Object.assign(document.sections, { span: { a: 1 } })
  }),
)
const report = compareEpochs(before, after)

test('a verdict, whom it touches, tables of what changed most, lists, and what to do next', () => {
  const text = differenceTerminal(report, FILES, PLAIN)
  expect(text).toMatch(/^epoch diff {2}old\.json → new one\.json +[0-9a-f]{8} → [0-9a-f]{8}\n/)
  // A/vol: 400000 over 333333. Tighter besides: two flags, iota, the perpetual that is gone; looser: the volume.
  expect(text).toMatch(/MIXED {3}2 of 5 risk weights rise, at most by 20\.0 %; other changes: 4 tighter,\n +1 looser/)
  expect(text).toContain('whoever holds A long or short: risk weight 20.0 % → 22.5 % (+12.5 %)\n')
  expect(text).toContain(
    'whoever has perpetuals on A: A perpetual is no longer in the epoch, so\n    charged in full\n',
  )
  expect(text).toContain('whoever has A as collateral: is collateral yes → no\n')
  expect(text).toContain('  gone   contracts: A perpetual\n')
  expect(text).toMatch(/RISK WEIGHTS +before +after +change\n {2}A\/vol +33\.3 % +40\.0 % +\+20\.0 % {2}tighter\n/)
  expect(text).toMatch(/A is collateral +yes +no +— {2}tighter\n/)
  expect(text).toMatch(/iota, IM over MM +125\.0 % +130\.0 % +\+4\.0 % {2}tighter\n/)
  expect(text).toMatch(/B daily volume +1,000 +1,500 +\+50\.0 % {2}looser\n/)
  expect(text).toMatch(/A with B +0\.5800 +0\.5000 +−0\.0800\n/)
  expect(text).toMatch(/Scenarios +46 +46 +0 added, 0 removed, 1 changed\n/)
  expect(text).toMatch(/Windows +3 +3 +columns: 0 added, 0 removed, 1 changed\n/)
  expect(text).toContain('A in scenario "crash": −40.0 % → −45.0 %\n')
  expect(text).toMatch(/plimsoll epoch verify 'new one\.json' --hash/)
})

test('prices are told before volatilities, bases and pegs', () => {
  const text = differenceTerminal(report, FILES, PLAIN)
  expect(text.indexOf('whoever holds A long or short')).toBeLessThan(text.indexOf('whoever has options on A'))
})

test('what does not fit into a table is counted by what it does', () => {
  const wide = openedEpoch(
    twoCoins((_, section) => {
      for (const { depth } of Object.values(section.assets)) {
        Object.assign(depth, { halfSpreadPpm: 300, impactFactorPpm: 900_000, dailyVolumeUnits: '7' })
      }
      Object.assign(section.assets['C']?.claim ?? {}, { betaPpm: 900_001 })
    }),
  )
  // Nine figures of depth and a beta: the eight largest are the volumes (3), the half spreads (3) and two impact factors.
  const text = differenceTerminal(compareEpochs(before, wide), FILES, PLAIN)
  expect(text).toContain('  2 more: 1 looser, 1 without a direction\n')
})

test('documents that say the same have no tables', () => {
  const text = differenceTerminal(compareEpochs(before, before), FILES, PLAIN)
  expect(text).toMatch(/SAME {3}both documents say the same\n\n {2}before /)
})

test.each([80, 60, 40, 20])('nothing goes beyond %i columns', (columns) => {
  const text = differenceTerminal(report, FILES, { ...PLAIN, columns })
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
})
