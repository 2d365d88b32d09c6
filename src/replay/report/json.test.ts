import { expect, test } from 'vitest'
import { isolatedRun, reportWith, runWith, singleRunReport } from './fixture.test-data.ts'
import { jsonReport } from './json.ts'

test('has the first run on top and both sides beside each other', () => {
  const json = JSON.parse(JSON.stringify(jsonReport(reportWith({}))))
  expect(json).toMatchObject({
    tape: '2022-11-ftx',
    accounts: 12,
    accountsOpened: 10,
    seed: 7,
    model: 'standard',
    mode: 'cross',
    liquidated: 3,
    notionalClosed: '2500000.5',
    penalties: '1250.25',
    insuranceDrawn: '14.94',
    deficit: '0',
    conservation: { ok: true },
    commands: 1200,
    commandsPerSecond: 2400,
    journal: 'out/cross.db',
    stateHash: 'a'.repeat(64),
  })
  expect(json.comparison).toEqual({
    cross: {
      liquidated: 3,
      notionalClosed: '2500000.5',
      penalties: '1250.25',
      insuranceDrawn: '14.94',
      deficit: '0',
      capitalRequired: '7500',
      marketProfit: '-4321.125',
    },
    isolated: {
      liquidated: 5,
      notionalClosed: '5000001',
      penalties: '2500.5',
      insuranceDrawn: '0',
      deficit: '0',
      capitalRequired: '10000',
      marketProfit: '-4321.125',
    },
    worseUnderCross: {
      accounts: 1,
      examples: [{ account: 'A-0004', label: 'Market maker', cross: '100', isolated: '350.5' }],
    },
  })
  expect(json.runs.map(({ mode, journal }: { mode: string; journal: string }) => [mode, journal])).toEqual([
    ['cross', 'out/cross.db'],
    ['isolated', 'out/isolated.db'],
  ])
})

test('what is missing is null, never absent', () => {
  expect(jsonReport(singleRunReport(isolatedRun({})))).toMatchObject({ mode: 'isolated', comparison: null })
  const empty = jsonReport(reportWith({ runs: [], comparison: undefined }))
  expect(empty).toMatchObject({
    mode: null,
    liquidated: null,
    notionalClosed: null,
    conservation: null,
    stateHash: null,
  })
  expect(Object.keys(empty)).toEqual(Object.keys(jsonReport(singleRunReport(runWith({})))))
})
