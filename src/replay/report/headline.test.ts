import { describe, expect, test } from 'vitest'
import { isolatedRun, reportWith, runWith, singleRunReport } from './fixture.test-data.ts'
import { headlineOf, ledeOf } from './headline.ts'
import type { Comparison } from './replay-report.ts'

function pair(cross: number, isolated: number) {
  return reportWith({ runs: [runWith({ liquidated: cross }), isolatedRun({ liquidated: isolated })] })
}

function comparison(cross: string, isolated: string, worse: number): Comparison {
  return { capitalRequired: { cross, isolated }, worseUnderCross: { accounts: worse, examples: [] } }
}

describe('the headline', () => {
  const table: [cross: number, isolated: number, want: string][] = [
    [3, 5, 'Pooled in one account, 3 of 10 accounts were liquidated; kept apart, 5 were.'],
    [1, 2, 'Pooled in one account, 1 of 10 accounts was liquidated; kept apart, 2 were.'],
    [0, 1, 'Pooled in one account, none of 10 accounts were liquidated; kept apart, 1 was.'],
    [5, 3, 'Pooled in one account, 5 of 10 accounts were liquidated; kept apart, only 3 were.'],
    [5, 0, 'Pooled in one account, 5 of 10 accounts were liquidated; kept apart, none were.'],
    [4, 4, 'Pooled in one account or kept apart, 4 of 10 accounts were liquidated: no difference.'],
    [0, 0, 'Pooled or kept apart, no account was liquidated.'],
  ]
  test.each(table)('of %d pooled and %d apart', (cross, isolated, want) => {
    expect(headlineOf(pair(cross, isolated))).toBe(want)
  })
  test('of one run says which', () => {
    expect(headlineOf(singleRunReport(runWith({})))).toBe('Pooled in one account, 3 of 10 accounts were liquidated.')
    expect(headlineOf(singleRunReport(isolatedRun({ liquidated: 0 })))).toBe(
      'Kept apart, position by position, no account was liquidated.',
    )
  })
})

describe('the lede', () => {
  const bothRuns =
    'The same accounts, deposits and trades went through the clearinghouse twice: once with all collateral behind all ' +
    'positions (cross), once with each position on its own (isolated).'

  test('says capital, bad debt, what was left and who was worse off', () => {
    // (10,000 − 7,500) / 10,000 = 25 %; the last NLV is 10,000,000 − 7 × 250,000.
    expect(ledeOf(reportWith({}))).toEqual([
      bothRuns,
      'To pass the tape without a liquidation, pooling needed 25 % less capital.',
      'Bad debt was 14.94 USD pooled and 0.00 USD kept apart.',
      'All accounts together ended with 8.25 m USD pooled, 8.25 m USD kept apart.',
      '1 account ended with less for being pooled.',
    ])
  })
  test('is as plain where pooling cost more', () => {
    const runs = [runWith({ insuranceDrawn: '0' }), isolatedRun({})]
    expect(ledeOf(reportWith({ runs, comparison: comparison('11000', '10000', 0) }))).toEqual([
      bothRuns,
      'To pass the tape without a liquidation, pooling needed 10 % more capital.',
      'Neither left bad debt.',
      'All accounts together ended with 8.25 m USD pooled, 8.25 m USD kept apart.',
      'No account ended with less for being pooled.',
    ])
  })
  test('of equal needs says so', () => {
    const runs = [runWith({ insuranceDrawn: '5', timeline: [] }), isolatedRun({ insuranceDrawn: '5', timeline: [] })]
    expect(ledeOf(reportWith({ runs, comparison: comparison('1', '1', 2) }))).toEqual([
      bothRuns,
      'To pass the tape without a liquidation, both needed the same capital.',
      'Both left the same bad debt: 5.00 USD.',
      '2 accounts ended with less for being pooled.',
    ])
  })
  test('of one run does not compare', () => {
    expect(ledeOf(singleRunReport(runWith({ deficit: '1.06' })))).toEqual([
      'The accounts went through the clearinghouse once, with all collateral behind all positions (cross); nothing was run to compare it with.',
      'Bad debt was 16.00 USD.',
    ])
  })
})
