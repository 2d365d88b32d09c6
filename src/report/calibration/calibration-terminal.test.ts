import { expect, test } from 'vitest'
import type { CalibrationReport } from '../../wire/calibration-report.ts'
import { cellsOf } from '../terminal/cells.ts'
import { calibrationTerminal } from './calibration-terminal.ts'

const PLAIN = { columns: 80, color: false, ascii: false }

const REPORT: CalibrationReport = {
  format: 'plimsoll calibration report v1',
  engineVersion: '0.1.0',
  asOf: '2022-05-20',
  mpor: '8h',
  epoch: {
    id: 'calibrated-2022-05-20-8h',
    hash: `sha256:${'ab'.repeat(32)}`,
    file: 'out/epoch of may.json',
    bytes: 6_168_129,
    assets: 221,
    collateral: 29,
    factors: 656,
    scenarios: 1_797,
    windows: 1_500,
  },
  prices: {
    hash: `sha256:${'cd'.repeat(32)}`,
    filesHash: `sha256:${'ef'.repeat(32)}`,
    series: 226,
    from: '2017-11-28T00:00:00.000Z',
    to: '2022-05-21T00:00:00.000Z',
    files: [],
  },
  leftOut: [
    ...['LUNA', 'USTC'].map((asset) => ({ asset, reason: 'Collapsed' as const })),
    ...Array.from({ length: 11 }, (_, i) => ({ asset: `NEW${i}`, reason: 'TooFewPrices' as const })),
  ],
  tiers: [{ tier: 'major', factors: 2, earningOffset: 1, quantile: 3.6701, medianRiskWeight: 0.17044 }],
  fit: {
    pairs: 16_290,
    rms: 0.0234,
    byTiers: [],
    largest: [{ factors: ['BTC', 'ETH'], measured: 0.824, fitted: -0.011 }],
  },
  assumptions: ['No order books: half spreads are assumed.'],
  notes: ['a\u001b[2J'],
}

test('what is left out is counted by reason; of many the first are named', () => {
  const text = calibrationTerminal(REPORT, PLAIN)
  expect(text).toContain('  collapsed              2  LUNA, USTC\n')
  expect(text).toMatch(/under 90 days +11 {2}NEW0, NEW1, NEW2, NEW3, NEW4, NEW5, NEW6, NEW7 and 3\n +more\n/)
})

test('tiers, the fit and its farthest pairs', () => {
  const text = calibrationTerminal(REPORT, PLAIN)
  expect(text).toMatch(/ major +2 +1 +3\.67 +17\.04 %\n/)
  expect(text).toContain('0.023 off (rms) over 16,290 pairs')
  expect(text).toMatch(/BTC and ETH +0\.82 +−0\.01\n/)
})

test('without anything left out or any pair there is no such part', () => {
  const fit = { pairs: 0, rms: 0, byTiers: [], largest: [] }
  const text = calibrationTerminal({ ...REPORT, leftOut: [], fit, notes: [] }, PLAIN)
  expect(text).toContain('none is left out')
  expect(text).not.toMatch(/LEFT OUT|CORRELATIONS|notes/)
})

test('a file with blanks in its name can be copied into a shell', () => {
  expect(calibrationTerminal(REPORT, PLAIN)).toContain("plimsoll margin FILE --epoch 'out/epoch of may.json'")
})

test.each([80, 60, 40, 20])('nothing goes beyond %i columns', (columns) => {
  for (const line of calibrationTerminal(REPORT, { ...PLAIN, columns }).split('\n'))
    expect(cellsOf(line)).toBeLessThanOrEqual(columns)
})
