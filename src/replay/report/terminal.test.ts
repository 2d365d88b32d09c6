import { describe, expect, test } from 'vitest'
import { isolatedRun, reportWith, runWith, singleRunReport } from './fixture.test-data.ts'
import type { ReplayReport } from './replay-report.ts'
import { cellsOf } from '../../report/terminal/cells.ts'
import { terminalReport, type TerminalStyle } from './terminal.ts'

const plain: TerminalStyle = { columns: 80, color: false, ascii: false, reportPath: 'out/report.html' }
const huge = '123456789012345678901234567890123456.123456789012345678'

/** Everything as large or as long as it may come. */
function hugeReport(): ReplayReport {
  const figures = {
    liquidated: 999_999_999,
    liquidations: 999_999_999,
    notionalClosed: huge,
    penalties: huge,
    insuranceAtStart: huge,
    insuranceDrawn: huge,
    insuranceAtEnd: huge,
    deficit: huge,
    marketProfit: `-${huge}`,
    feesEarned: huge,
    journal: `/a/${'long/'.repeat(40)}journal.db`,
    kinds: [{ kind: 'k', label: 'A kind with a name '.repeat(6), accounts: 999_999_999, liquidated: 999_999_999 }],
  }
  const base = reportWith({})
  return reportWith({
    tape: { ...base.tape, id: '長い名前'.repeat(20) },
    epoch: 'e'.repeat(90),
    leftOut: [{ label: 'A kind', reason: 'a reason of many words '.repeat(10) }],
    runs: [runWith(figures), isolatedRun(figures)],
    comparison: {
      capitalRequired: { cross: huge, isolated: '1' },
      worseUnderCross: {
        accounts: 999_999_999,
        examples: [{ account: 'A'.repeat(50), label: 'B', cross: '0', isolated: huge }],
      },
    },
  })
}

const lines = (text: string) => text.split('\n')

describe('the report of both runs', () => {
  test('is this', () => {
    // Savings: (5 − 3) / 5, (8 − 4) / 8, half of 5,000,001 and of 2,500.50, a quarter of 10,000; bad debt only under cross.
    // Bars, of 6 at most: 1 is 1.3 eighths, 3 is 4. The fund: 60,000 + 1,250.25 − 14.94 = 61,235.31; 60,000 + 2,500.50.
    expect(lines(terminalReport(reportWith({}), plain))).toEqual([
      'replay  2022-11-ftx                              12 accounts · seed 7 · standard',
      '        8 November 2022, every hour, 3 assets           epoch replay-2022-11-ftx',
      '',
      '  Pooled in one account, 3 of 10 accounts were liquidated; kept apart, 5 were.',
      '  done in 1.5 s · 3,000 commands · 2,000/s, every one on disk first',
      '',
      '  Same accounts, same tape                 CROSS      ISOLATED    cross saves',
      '  ───────────────────────────────────────────────────────────────────────────',
      '  Accounts liquidated                          3             5           40 %',
      '  Liquidations carried out                     4             8           50 %',
      '  Notional closed, USD                    2.50 m        5.00 m           50 %',
      '  Penalties paid, USD                   1,250.25      2,500.50           50 %',
      '  Capital required at open, USD         7,500.00     10,000.00           25 %',
      '  Bad debt, USD                            14.94          0.00          worse',
      '    of it from the insurance fund          14.94          0.00          worse',
      '    of it left as deficit                   0.00          0.00              —',
      '',
      '  Liquidations per hour',
      '  cross         ▂▄                                                    peak 3',
      '  isolated     ▂▂█                                                    peak 6',
      '              8 Nov',
      '',
      '  Who was liquidated                of     CROSS      ISOLATED    cross saves',
      '  Directional, 2–20x                 6         3             3           same',
      '  ETH–BTC spread                     4         0             2          100 %',
      '  Staked ETH behind a short: left out, the tape has no stETH',
      '',
      '  Where the losses went, USD               CROSS      ISOLATED',
      '  Penalties paid                        1,250.25      2,500.50',
      '  Insurance fund at start              60,000.00     60,000.00',
      '    + paid in, at the last prices       1,250.25      2,500.50',
      '    − drawn from it                        14.94          0.00',
      '  Insurance fund at end                61,235.31     62,500.50',
      '  Deficit left after the fund               0.00          0.00',
      '  Fees and rounding kept                   12.35         12.35',
      '  Profit of the market outside         −4,321.13     −4,321.13',
      '',
      '  1 account worse under cross, USD         CROSS      ISOLATED        less by',
      '  A-0004  Market maker                    100.00        350.50         250.50',
      '',
      '  CONSERVED   2 assets, 3,000 commands in two runs: every unit accounted for',
      '  VERIFIED    both journals re-decided, state hashes equal',
      '',
      '  journals',
      '    cross     out/cross.db            plimsoll journal verify out/cross.db',
      '    isolated  out/isolated.db         plimsoll journal verify out/isolated.db',
      '  report      out/report.html',
      '  state hashes',
      `    cross     ${'a'.repeat(64)}`,
      `    isolated  ${'b'.repeat(64)}`,
      '  again       plimsoll replay 2022-11-ftx --accounts 12 --seed 7 \\',
      '              --model standard',
      '',
    ])
  })
  test('says so where nobody is worse under cross', () => {
    const comparison = {
      capitalRequired: { cross: '1', isolated: '1' },
      worseUnderCross: { accounts: 0, examples: [] },
    }
    const text = terminalReport(reportWith({ comparison }), plain)
    expect(text).toContain('No account ended with less under cross than under isolated.')
  })
})

describe('the report of one run', () => {
  const text = terminalReport(singleRunReport(runWith({})), { ...plain, reportPath: undefined })

  test('has one column and compares nothing', () => {
    expect(text).toContain('  What happened                            CROSS\n')
    expect(text).not.toMatch(/ISOLATED|cross saves|worse under cross|Capital|report {6}/)
  })
  test('names its one journal and the mode to run again', () => {
    expect(text).toContain('  journal     out/cross.db            plimsoll journal verify out/cross.db\n')
    expect(text).toContain(`  state hash  ${'a'.repeat(64)}\n`)
    expect(text).toContain('--model standard --mode cross\n')
    expect(text).toContain('  VERIFIED    journal re-decided, state hash equal\n')
  })
  test('has no bars where nothing was liquidated', () => {
    const calm = runWith({ liquidated: 0, liquidations: 0, timeline: [] })
    expect(terminalReport(singleRunReport(calm), plain)).not.toContain('Liquidations per')
  })
  test('says that a journal was not decided again', () => {
    expect(terminalReport(singleRunReport(runWith({ verified: false })), plain)).toContain(
      '  UNVERIFIED  no journal was re-decided: the commands below do it\n',
    )
  })
})

describe('a replay that does not conserve', () => {
  const assets = [
    { asset: 'USDC', custody: '1', difference: '0.000001' },
    { asset: 'ETH', custody: '1', difference: '-2' },
  ]

  test('shows its verdict in place of every result', () => {
    const text = terminalReport(
      reportWith({ runs: [runWith({}), isolatedRun({ conservation: { ok: false, assets } })] }),
      plain,
    )
    expect(lines(text).slice(3, 7)).toEqual([
      '  BROKEN      isolated: USDC: 0.000001 too much',
      '              isolated: ETH: 2 missing',
      '',
      '  Nothing else this replay found may be relied on, so it is not shown.',
    ])
    expect(text).not.toMatch(/CONSERVED|VERIFIED|CROSS|liquidated/)
    expect(text).toContain('plimsoll journal verify out/isolated.db')
  })
  test('does not trust an "ok" beside a difference', () => {
    const report = singleRunReport(runWith({ conservation: { ok: true, assets } }))
    expect(terminalReport(report, plain)).toContain('  BROKEN      USDC: 0.000001 too much\n')
  })
  test('names the contracts where every asset balances', () => {
    const report = singleRunReport(runWith({ conservation: { ok: false, assets: [] } }))
    expect(terminalReport(report, plain)).toContain('  BROKEN      every asset balances, the contracts do not')
  })
})

describe('the shape of a line', () => {
  const widths = [200, 80, 79, 78, 77, 70, 60, 50, 40]

  test.each(widths)('of %d columns is never longer than that, nor than 80', (columns) => {
    for (const report of [reportWith({}), hugeReport(), singleRunReport(isolatedRun({ notionalClosed: huge }))]) {
      for (const ascii of [false, true]) {
        const longest = Math.max(...lines(terminalReport(report, { ...plain, columns, ascii })).map(cellsOf))
        expect(longest).toBeLessThanOrEqual(Math.min(80, columns))
      }
    }
  })
  test('huge figures keep their columns', () => {
    const row = lines(terminalReport(hugeReport(), plain)).find((line) => line.includes('Notional'))
    expect(row).toBe('  Notional closed, USD                 123.46e33     123.46e33           same')
  })
  test('a narrow terminal loses the bars first, then the last column', () => {
    const at = (columns: number) => terminalReport(reportWith({}), { ...plain, columns })
    expect([at(80), at(79), at(77)].map((text) => text.includes('peak'))).toEqual([true, false, false])
    expect([at(80), at(79), at(77)].map((text) => text.includes('cross saves'))).toEqual([true, true, false])
  })
})

describe('colour and signs', () => {
  const color = { ...plain, color: true }

  test('ASCII has nothing beyond ASCII', () => {
    for (const report of [reportWith({}), hugeReport()])
      expect(terminalReport(report, { ...plain, ascii: true })).toMatch(/^[\x20-\x7e\n]*$/)
  })
  test('without colour there is no escape', () => {
    expect(terminalReport(reportWith({}), plain)).not.toContain('\x1b')
  })
  test('with colour it reads the same', () => {
    const [first, ...rest] = terminalReport(reportWith({}), color).split('\x1b')
    const bare = [first, ...rest.map((part) => part.replace(/^\[[0-9;]*m/, ''))].join('')
    expect(bare).toBe(terminalReport(reportWith({}), plain))
  })
  test('losses are red and verdicts are bold on their colour', () => {
    const text = terminalReport(reportWith({}), color)
    expect(text).toContain('\x1b[31m14.94\x1b[0m')
    expect(text).not.toContain('\x1b[31m0.00')
    expect(text).toContain('\x1b[1;30;42mCONSERVED\x1b[0m   2 assets')
  })
  test('the words of a tape cannot move the cursor', () => {
    const { tape } = reportWith({})
    const text = terminalReport(reportWith({ tape: { ...tape, id: 'x\x1b[2J\r\ny' } }), plain)
    expect([text.includes('\x1b'), text.includes('\r')]).toEqual([false, false])
    expect(lines(text)[0]).toContain('replay  x?[2J??y')
  })
})
