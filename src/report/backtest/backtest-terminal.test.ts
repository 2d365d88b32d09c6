import { describe, expect, test } from 'vitest'
import { cellsOf } from '../terminal/cells.ts'
import { madeUpReport } from './backtest-report.test-data.ts'
import { type BacktestStyle, backtestTerminal } from './backtest-terminal.ts'

const PLAIN: BacktestStyle = {
  columns: 80,
  color: false,
  ascii: false,
  files: [
    { name: 'rows', path: 'out/backtest.json' },
    { name: 'page', path: 'out/backtest.html' },
  ],
}

/** One blank for many, so that a sentence is found over line breaks. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ')
}

describe('the terminal report', () => {
  const text = backtestTerminal(madeUpReport(), PLAIN)

  test('opens with what was asked and the verdict in capitals, with what does not pass', () => {
    const [title, , verdict, open] = text.split('\n')
    expect(title).toMatch(/^backtest {2}2021-05-14 to 2025-03-14 {2,}plimsoll-1 · 99\.5 % · MPOR 1 day$/)
    expect(verdict).toBe('  4 OF 6 BARS PASS   missed: coverage 99.5 %, every type, all windows')
    expect(open?.trim()).toBe('not measured: short straddle, 99.5 %')
  })
  /* 92 + 210 + 19 + 0 + 14 + 151 + 2 + 69 + 713 = 1270 of 411 books x 1400 windows = 575,400: 0.2207 %. */
  test('says how many windows of how many books lost more than their margin', () => {
    expect(flat(text)).toContain('Margins of 411 books of 9 types')
    expect(flat(text)).toContain(
      '1,270 of 575,400 book windows lost more than their margin (0.22 %, where 0.50 % is allowed); 8 of 9 types stay within',
    )
  })
  test('has a line for each type: books, windows, over, limit, three p, the worst, against isolated, the word', () => {
    expect(text).toMatch(/^ {2}outright long +60 +84,000 +92 +455 1\.000 0\.500 0\.417 +2\.40 +— pass$/m)
    expect(text).toMatch(/^ {2}ETH-BTC spread +2 +2,800 +14 +20 0\.536 0\.268 0\.417 +1\.27 +51 pass$/m)
    expect(text).toMatch(/^ {2}stablecoin carry +6 +8,400 +69 +53 <\.001 <\.001 0\.417 +1\.88 +61 MISS$/m)
  })
  test('says why a figure is missing', () => {
    expect(text).toMatch(/^ {2}cash and carry +20 +28,000 +0 +160 1\.000 0\.500 +— +— +17 pass$/m)
    expect(flat(text)).toContain(
      '—: no book has two exceedances (Christoffersen), none exceeded (max excess), nothing to compare with (vs iso).',
    )
  })
  test('counts regimes apart: a type may miss in one of them', () => {
    expect(text).toMatch(/^ {2}stablecoin carry +12 +37 +0\.900 +pass +57 +20 +<\.001 +MISS$/m)
    expect(text).toMatch(/^ +calm +stressed$/m)
  })
  test('has every bar with what was got', () => {
    expect(text).toMatch(/^ {2}peak over trough at most 3 +>= 95 % of books +96\.4 % +pass$/m)
    expect(text).toMatch(/^ {2}margin against isolated, random +<= 45 % +40\.2 % +pass$/m)
    expect(text).toMatch(/^ {2}short straddle, 99\.5 % +one-sided p > 0\.05 +nothing +not$/m)
  })
  test('says every miss in a sentence with its reason, and why a bar is open', () => {
    const said = flat(text)
    expect(said).toContain(
      'MISS coverage 99.5 %, every type, all windows: 8 of 9, where the bar is 9 of 9 types, one-sided, Holm. Stablecoin carry lost the peg of USDC on 2023-03-11; not retuned on this window.',
    )
    expect(said).toContain(
      'MISS stablecoin carry: 69 where 53 are allowed, one-sided p <0.001. 2 of them on 2023-03-11. The largest: USDC carry 1, 2023-03-11, 1.88 times its margin (USDC −12 %). 2 follow each other: USDC carry 1, 2023-03-10 to 2023-03-11.',
    )
    expect(said).toContain('MISS stablecoin carry, stressed: 57 where 20 are allowed')
    expect(said).toContain(
      'OPEN short straddle, 99.5 %: not measured. No history of implied volatility is in the prices.',
    )
  })
  test('a miss without a reason says that it has none', () => {
    const bars = [{ id: 'x', what: 'x', bar: '1', got: '2', passed: false }]
    expect(flat(backtestTerminal(madeUpReport({ bars }), PLAIN))).toContain(
      'x: 2, where the bar is 1. The report gives no reason.',
    )
  })
  test('shows procyclicality, the largest exceedances, power, files, inputs and how to repeat', () => {
    expect(text).toMatch(/^ {2}outright long +2\.03 +2\.71 +\+18\.7 +\+38\.2 +\+15\.1 +\+33\.4$/m)
    expect(flat(text)).toContain('Peak at most 3 times the trough in 96.4 % of books')
    expect(text).toMatch(/^ {2}LUNA long +2022-05-12 +41\.3 +99\.0 +2\.40 +LUNA −99 %$/m)
    expect(text).toContain('35 more are named')
    expect(flat(text)).toContain(
      'with 1,400 windows at 99.5 %, where 11 pass, a true rate of 1 % is noticed with a chance of 61 %',
    )
    expect(text).toContain('rows     out/backtest.json    page  out/backtest.html')
    expect(text).toContain(`inputs   ${'9be1c07a'.repeat(8)}`)
    expect(text).toContain('again    plimsoll backtest out/prices --from 2021-05-14 --to 2025-03-14 \\\n')
  })
})

test('what there is no data for is said to be not measured, with why', () => {
  const report = madeUpReport({
    options: [],
    intraday: [],
    power: [],
    procyclicality: { byType: [], withinThree: 0, riseWithin: 0 },
    notes: { options: 'no surface is in the prices', intraday: 'only closes are known' },
  })
  const said = flat(backtestTerminal(report, PLAIN))
  expect(said).toContain('options not measured: no surface is in the prices')
  expect(said).toContain('intraday not measured: only closes are known')
  expect(said).toContain('power not measured: the report gives no reason')
  expect(said).toContain('Not measured: the report gives no reason')
})

test('a type above its limit that passes by Holm says why', () => {
  const rows = madeUpReport().rows.map((row) =>
    row.portfolio === 'stablecoin carry' ? { ...row, holmPasses: true } : row,
  )
  const said = flat(backtestTerminal(madeUpReport({ rows }), PLAIN))
  expect(said).toContain('all 9 types stay within')
  expect(said).toContain('Above its limit a type may pass: Holm over all types.')
})

test('all bars passing and no bar at all have verdicts of their own', () => {
  const passing = madeUpReport().bars.filter(({ passed }) => passed === true)
  const color = { ...PLAIN, color: true }
  expect(backtestTerminal(madeUpReport({ bars: passing }), color)).toContain('\x1b[1;30;42mALL 4 BARS PASS\x1b[0m')
  expect(backtestTerminal(madeUpReport({ bars: [] }), color)).toContain('\x1b[1;30;43mNO BAR WAS SET\x1b[0m')
  expect(backtestTerminal(madeUpReport(), color)).toContain('\x1b[1;97;41m4 OF 6 BARS PASS\x1b[0m')
})

test.each([79, 70, 60, 40, 20])('nothing is wider than %i columns', (columns) => {
  const lines = backtestTerminal(madeUpReport(), { ...PLAIN, columns }).split('\n')
  expect(lines.filter((line) => cellsOf(line) > columns)).toEqual([])
})

test('at most 79 columns are used, and nothing is cut there', () => {
  const lines = backtestTerminal(madeUpReport(), { ...PLAIN, columns: 200 }).split('\n')
  expect(lines.filter((line) => cellsOf(line) > 79)).toEqual([])
  expect(lines.filter((line) => line.includes('…'))).toEqual([])
})

test('ASCII has no other characters, and without colour it reads the same', () => {
  expect(backtestTerminal(madeUpReport(), { ...PLAIN, ascii: true })).toMatch(/^[\x20-\x7e\n]*$/)
  const colored = backtestTerminal(madeUpReport(), { ...PLAIN, color: true })
  // oxlint-disable-next-line no-control-regex
  expect(colored.replace(/\x1b\[[0-9;]*m/g, '')).toBe(backtestTerminal(madeUpReport(), PLAIN))
})

test('a name longer than its column has a line of its own, and control characters do not reach the terminal', () => {
  const rows = madeUpReport().rows.map((row, i) =>
    i === 0 ? { ...row, portfolio: 'collateral in one asset,\x1b[2J short another' } : row,
  )
  const text = backtestTerminal(madeUpReport({ rows }), PLAIN)
  expect(text).toContain('\n  collateral in one asset,?[2J short another\n')
  expect(text).toMatch(/^ +60 +84,000 +92 +455/m)
})
