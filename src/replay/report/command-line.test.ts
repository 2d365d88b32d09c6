import { expect, test } from 'vitest'
import { replayCommand, verifyCommand } from './command-line.ts'
import { reportWith, runWith, singleRunReport } from './fixture.test-data.ts'

test('says all that decides the outcome, and the mode where there was one', () => {
  expect(replayCommand(reportWith({}))).toBe('plimsoll replay 2022-11-ftx --accounts 12 --seed 7 --model standard')
  expect(replayCommand(singleRunReport(runWith({})))).toBe(
    'plimsoll replay 2022-11-ftx --accounts 12 --seed 7 --model standard --mode cross',
  )
})

test('quotes what a shell would take apart', () => {
  const { tape } = reportWith({})
  expect(replayCommand(reportWith({ tape: { ...tape, argument: "my $(tape)'s" } }))).toContain(
    "replay 'my $(tape)'\\''s' --accounts",
  )
  expect(verifyCommand(runWith({ journal: 'out/a b.db' }))).toBe("plimsoll journal verify 'out/a b.db'")
})
