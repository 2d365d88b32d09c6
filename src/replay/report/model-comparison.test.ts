import { describe, expect, test } from 'vitest'
import { isolatedRun, reportWith, runWith, singleRunReport } from './fixture.test-data.ts'
import { jsonReport } from './json.ts'
import { htmlReport } from './html.ts'
import { modelColumnsOf, modelRowsOf, modelSentencesOf } from './model-comparison.ts'
import type { ModeRun, OtherModel, ReplayReport } from './replay-report.ts'
import { terminalReport } from './terminal.ts'
import { verdictOf } from './verdict.ts'

const plain = { columns: 80, color: false, ascii: false, reportPath: undefined }

/** Under standard nobody is liquidated pooled, and one account kept apart; it leaves 20 unpaid, of which 5 as a deficit. */
function other(changes: Partial<OtherModel> = {}): OtherModel {
  const run: Partial<ModeRun> = { liquidated: 0, insuranceDrawn: '15', deficit: '5', journal: 'out/standard.db' }
  return {
    model: 'standard',
    sizes: [
      { tenths: 10, accounts: 7 },
      { tenths: 3, accounts: 2 },
      { tenths: 0, accounts: 1 },
    ],
    runs: [runWith(run), isolatedRun({ ...run, liquidated: 1 })],
    capitalRequired: { cross: '5000', isolated: '12500' },
    ...changes,
  }
}

function house(changes: Partial<ReplayReport> = {}): ReplayReport {
  const figures = { document: 'provisional', source: 'hand-written, not calibrated' }
  return reportWith({ model: 'plimsoll-1', figures, otherModel: other(), ...changes })
}

describe('the same accounts under both models', () => {
  test('stand in columns, the own model first, and in the main rows', () => {
    expect(modelColumnsOf(house()).map(({ model, mode }) => `${model} ${mode}`)).toEqual([
      'plimsoll-1 cross',
      'plimsoll-1 isolated',
      'standard cross',
      'standard isolated',
    ])
    expect(modelRowsOf(house()).map(({ label, shown }) => [label, ...shown])).toEqual([
      ['Accounts liquidated', '3', '5', '0', '1'],
      ['Notional closed', '2.50 m', '5.00 m', '2.50 m', '5.00 m'],
      ['Penalties paid', '1,250.25', '2,500.50', '1,250.25', '2,500.50'],
      ['Capital required at open', '7,500.00', '10,000.00', '5,000.00', '12,500.00'],
      ['Bad debt', '14.94', '0.00', '20.00', '20.00'],
      ['Deficit left', '0.00', '0.00', '5.00', '5.00'],
    ])
  })

  test('are told in words, with how large they are', () => {
    // 7,500 is half more than 5,000, 10,000 a fifth less than 12,500.
    expect(modelSentencesOf(house())).toEqual([
      'Accounts are drawn to what standard allows and sized down until plimsoll-1 lets them open too: 7 opened as drawn, 2 with some tenths of their trades, 1 with deposits only. So standard starts with room to spare.',
      'Pooled, plimsoll-1 liquidated 3 of 10 accounts, standard 0; plimsoll-1 required 50 % more capital, and bad debt was 14.94 USD against 20.00 USD.',
      'It asked for more and left less unpaid.',
      'Kept apart, plimsoll-1 liquidated 5 of 10 accounts, standard 1; plimsoll-1 required 20 % less capital, and bad debt was 0.00 USD against 20.00 USD.',
      'It asked for less and left less unpaid: better on both counts.',
    ])
  })

  const verdicts: [capital: string, debt: string, verdict: string][] = [
    ['5000', '14.94', 'It asked for more and no bad debt was avoided by it.'],
    ['5000', '0', 'It asked for more and still left more unpaid: worse on both counts.'],
    ['7500', '20', 'It asked for the same and left less unpaid.'],
    ['7500', '14.94', 'It asked for the same and left the same.'],
    ['7500', '0', 'It asked for the same and left more unpaid.'],
    ['10000', '14.94', 'It asked for less and left no more unpaid.'],
    ['10000', '0', 'It asked for less and left more unpaid.'],
  ]
  test.each(verdicts)('where standard required %s and left %s unpaid: %s', (cross, insuranceDrawn, verdict) => {
    const { runs } = other()
    const otherModel = other({
      runs: [runWith({ insuranceDrawn, deficit: '0' }), ...runs.slice(1)],
      capitalRequired: { cross, isolated: '1' },
    })
    expect(modelSentencesOf(house({ otherModel }))[2]).toBe(verdict)
  })

  test('are compared without the capital where one mode was run', () => {
    const otherModel = other({ runs: other().runs.slice(0, 1), capitalRequired: undefined })
    const report = { ...singleRunReport(runWith({})), model: 'plimsoll-1', otherModel }
    expect(modelRowsOf(report).map(({ id }) => id)).not.toContain('capital')
    expect(modelSentencesOf(report)[1]).toBe(
      'Pooled, plimsoll-1 liquidated 3 of 10 accounts, standard 0; bad debt was 14.94 USD against 20.00 USD.',
    )
  })

  test('are nowhere where standard is the model itself', () => {
    const report = reportWith({})
    expect([modelColumnsOf(report), modelRowsOf(report), modelSentencesOf(report)]).toEqual([[], [], []])
    expect(jsonReport(report)).toMatchObject({ figures: null, otherModel: null })
    expect(htmlReport(report)).not.toContain('id="models"')
  })
})

describe('the reports of a house model', () => {
  test('on a terminal have the table, the words and where the figures come from', () => {
    const lines = terminalReport(house(), plain).split('\n')
    const at = lines.findIndex((line) => line.startsWith('  Same accounts under standard'))
    expect(lines.slice(at, at + 9)).toEqual([
      '  Same accounts under standard            PLIMSOLL-1                  STANDARD',
      '  amounts in USD                  CROSS     ISOLATED        CROSS     ISOLATED',
      '  ────────────────────────────────────────────────────────────────────────────',
      '  Accounts liquidated                 3            5            0            1',
      '  Notional closed                2.50 m       5.00 m       2.50 m       5.00 m',
      '  Penalties paid               1,250.25     2,500.50     1,250.25     2,500.50',
      '  Capital required at open     7,500.00    10,000.00     5,000.00    12,500.00',
      '  Bad debt                        14.94         0.00        20.00        20.00',
      '  Deficit left                     0.00         0.00         5.00         5.00',
    ])
    const text = lines.map((line) => line.trim()).join(' ')
    expect(text).toContain('It asked for less and left less unpaid: better on both counts.')
    expect(text).toContain('VERIFIED    all four journals re-decided, state hashes equal')
    expect(text).toContain('of epoch provisional, which says of them: "hand-written, not calibrated"')
    expect(text).toContain('plimsoll journal verify out/standard.db')
  })

  test('fit a narrow terminal, with the other model alone', () => {
    const lines = terminalReport(house(), { ...plain, columns: 60 }).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
    const at = lines.findIndex((line) => line.includes('Same accounts under standard'))
    expect(lines[at + 3]).toMatch(/^ {2}Accounts liquidated +0 +1$/)
  })

  test('as a page have bars and a table, and say in words where the figures come from', () => {
    const html = htmlReport(house())
    expect(html.match(/class="f (cross|isolated)( other)?"/g)?.length).toBeGreaterThan(6)
    expect(html).toContain(
      '<th scope="colgroup" colspan="2">plimsoll-1</th><th scope="colgroup" colspan="2">standard</th>',
    )
    expect(html).toContain('which says of them: "hand-written, not calibrated".')
  })

  test('as JSON have the runs of the other model beside the comparison', () => {
    const json = JSON.parse(JSON.stringify(jsonReport(house())))
    expect(json.figures).toEqual({ document: 'provisional', source: 'hand-written, not calibrated' })
    expect(json.otherModel).toMatchObject({
      model: 'standard',
      sizes: other().sizes,
      capitalRequired: { cross: '5000', isolated: '12500' },
      runs: [
        { mode: 'cross', liquidated: 0, accountsOpened: 10, deficit: '5' },
        { mode: 'isolated', liquidated: 1 },
      ],
    })
  })

  test('are broken by a fault of either model', () => {
    const assets = [{ asset: 'USDC', custody: '1', difference: '0.5' }]
    const otherModel = other({ runs: [runWith({ conservation: { ok: false, assets } })] })
    expect(verdictOf(house({ otherModel }))).toEqual({ ok: false, faults: ['standard cross: USDC: 0.5 too much'] })
  })

  test('are unverified where a journal of either was not decided again', () => {
    const otherModel = other({ runs: [runWith({ verified: false }), isolatedRun({})] })
    expect(terminalReport(house({ otherModel }), plain)).toContain('UNVERIFIED')
  })
})
