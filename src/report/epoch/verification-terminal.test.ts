import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { openedEpoch, twoCoins } from '../../answers/epoch/two-coins-epoch.test-data.ts'
import { verifyEpoch } from '../../answers/epoch/verify-epoch.ts'
import { verificationTerminal } from './verification-terminal.ts'

const PLAIN = { columns: 80, color: false, ascii: false }
const OTHER = `sha256:${'0'.repeat(64)}`

const tampered = openedEpoch(
  twoCoins((document, section) => {
    Object.assign(section.factors['A'] ?? {}, { riskWeightPpm: 210_000 })
    Object.assign(document, { provenance: { asOf: '2026-11-01\u001b[2J' } })
    Object.assign(document.sections, { 'span 2': {} })
  }),
)

test('what does not follow is shown with its field, what it needs and what there is; the rest is counted', () => {
  const text = verificationTerminal(verifyEpoch(tampered, OTHER), 'epochs/two.json', PLAIN)
  expect(text).toMatch(/^epoch verify {2}two\.json +plimsoll-1 · epoch two-coins · [0-9a-f]{8}\n/)
  expect(text).toMatch(
    /BROKEN {3}\d+ of \d+ figures do not follow from the others; nor is it the epoch\n +that was asked/,
  )
  // Three times x down, where x = -ln(1 - 0.21): 0.79^3 - 1 = -0.506961.
  expect(text).toContain('priceMovesPpm[0]\n  needs  -506961\n  got    -488000\n')
  expect(text).toMatch(/… and \d+ more; --json lists them/)
  expect(text).toContain('no model of this build reads the section span 2')
  expect(text).not.toContain('again')
})

test('a fault of a scenario says which row it stands in', () => {
  const opened = openedEpoch(
    twoCoins((_, section) => Object.assign(section.scenarios.find(({ id }) => id === 'A +1') ?? {}, { dampPpm: 1 })),
  )
  const text = verificationTerminal(verifyEpoch(opened, undefined), 'two.json', PLAIN)
  expect(text).toMatch(/BROKEN {3}1 of \d+ figures does not follow/)
  expect(text).toMatch(/dampPpm, row\n? +"A \+1"\n {2}needs {2}1000000\n {2}got {4}1\n/)
})

test.each([80, 60, 40, 20])('nothing goes beyond %i columns', (columns) => {
  const text = verificationTerminal(verifyEpoch(tampered, OTHER), 'two.json', { ...PLAIN, columns })
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
})

test('colour adds nothing but colour, and no control character of a file comes through', () => {
  const report = verifyEpoch(tampered, OTHER)
  const plain = verificationTerminal(report, 'two.json', PLAIN)
  const painted = verificationTerminal(report, 'two.json', { ...PLAIN, color: true })
  expect(stripVTControlCharacters(painted)).toBe(plain)
  expect(plain.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
})
