import { expect, test } from 'vitest'
import { isolatedRun, reportWith, runWith, singleRunReport } from './fixture.test-data.ts'
import { measuresOf } from './measure.ts'
import { moneyFlowsOf, moneyFlowsToTheCent } from './money-flow.ts'

test('bad debt is the sum of its parts as they are shown', () => {
  // 1.004 + 2.004 = 3.008 rounds to 3.01, but 1.00 and 2.00 are shown.
  const shown = measuresOf(singleRunReport(runWith({ insuranceDrawn: '1.004', deficit: '2.004' })))
  expect(shown.slice(-3).map(({ shown: [figure] }) => figure)).toEqual(['3.00', '1.00', '2.00'])
})

test('parts of a large bad debt have its unit, so that they add up', () => {
  const shown = measuresOf(singleRunReport(runWith({ insuranceDrawn: '1504000', deficit: '996000' })))
  expect(shown.slice(-3).map(({ shown: [figure] }) => figure)).toEqual(['2.50 m', '1.50 m', '1.00 m'])
})

test('capital required is measured only where both modes ran', () => {
  expect(measuresOf(reportWith({})).map(({ id }) => id)).toContain('capital')
  expect(measuresOf(singleRunReport(runWith({}))).map(({ id }) => id)).not.toContain('capital')
})

test('the insurance fund adds up as shown: what was paid in is the rest', () => {
  const runs = [
    runWith({}),
    isolatedRun({ insuranceAtStart: '1000000', insuranceDrawn: '4000', insuranceAtEnd: '3000000' }),
  ]
  const fund = moneyFlowsOf(runs).slice(1, 5)
  // 61,235.31 − 60,000.00 + 14.94 = 1,250.25; 3.00 m − 1.00 m + 0.00 m = 2.00 m.
  expect(fund.map(({ shown }) => shown[0])).toEqual(['60,000.00', '1,250.25', '14.94', '61,235.31'])
  expect(fund.map(({ shown }) => shown[1])).toEqual(['1.00 m', '2.00 m', '0.00 m', '3.00 m'])
  // 3,000,000 − 1,000,000 + 4,000 = 2,004,000.
  const toTheCent = moneyFlowsToTheCent(runs).slice(1, 5)
  expect(toTheCent.map(({ shown }) => shown[1])).toEqual(['1,000,000.00', '2,004,000.00', '4,000.00', '3,000,000.00'])
})

test('only what was drawn or left unpaid is a loss', () => {
  const losses = moneyFlowsOf([runWith({ deficit: '0.5' })]).filter(({ isLoss }) => isLoss[0])
  expect(losses.map(({ label }) => label)).toEqual(['− drawn from it', 'Deficit left after the fund'])
})
