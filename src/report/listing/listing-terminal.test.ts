import { expect, test } from 'vitest'
import type { ListingReport, ListingRow } from '../../wire/listing-report.ts'
import { cellsOf } from '../terminal/cells.ts'
import { listingTerminal } from './listing-terminal.ts'

const PLAIN = { columns: 80, color: false, ascii: false }

const SOUND: ListingRow = {
  asset: 'BTC',
  eligible: true,
  collateral: true,
  tier: 'major',
  weight: 0.895678,
  riskWeight: 0.104322,
  capUsd: '654110000',
  days: 1_990,
  sources: 3,
  reasons: ['NoDepthData'],
}
const REFUSED: ListingRow = {
  ...SOUND,
  asset: 'UST',
  eligible: false,
  collateral: false,
  tier: 'other',
  weight: 0,
  capUsd: null,
  reasons: ['TooFewPrices', 'OneSource', 'Collapsed', 'AlgorithmicClaim', 'NoVolumeData', 'NoDepthData'],
}
const REPORT: ListingReport = {
  format: 'plimsoll listing report v1',
  engineVersion: '0.1.0',
  asOf: '2022-05-20',
  inputsHash: 'sha256:00',
  counts: { assets: 2, eligible: 1, collateral: 1 },
  reasons: [
    { reason: 'Collapsed', assets: 1 },
    { reason: 'NoDepthData', assets: 2 },
  ],
  rows: [SOUND, REFUSED],
}

test('a reason that all share is said once; the others stand at the asset, on as many lines as they take', () => {
  const text = listingTerminal(REPORT, ['a b.csv'], PLAIN)
  expect(text).toMatch(/BTC +major +1,990 +3 +89\.6 % +654\.11 m\n/)
  expect(text).toMatch(
    /UST +other +1,990 +3 +— +— +TooFewPrices, OneSource,\n +Collapsed,\n? *AlgorithmicClaim, ?\n? *NoVolumeData\n/,
  )
  expect(text).toMatch(/Collapsed +1 +refused: fell by 40 % in a day, or trading ended\n/)
  expect(text).toMatch(/NoDepthData +2 +its offset rests on history alone, all of them\n/)
  expect(text).toContain("--prices 'a b.csv' --as-of 2022-05-20")
})

test('a group without assets is not shown', () => {
  const text = listingTerminal(REPORT, [], PLAIN)
  expect(text).toMatch(/COLLATERAL(.*\n)+.*REFUSED/)
  expect(text).not.toContain('MAY BE LISTED')
})

test.each([80, 60, 40, 20])('nothing goes beyond %i columns', (columns) => {
  for (const line of listingTerminal(REPORT, ['prices'], { ...PLAIN, columns }).split('\n'))
    expect(cellsOf(line)).toBeLessThanOrEqual(columns)
})
