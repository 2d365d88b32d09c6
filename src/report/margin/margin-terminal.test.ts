import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reportOf, TRADER } from '../../answers/trader.test-data.ts'
import { cellsOf } from '../terminal/cells.ts'
import { explainTerminal } from './explain-terminal.ts'
import { type MarginStyle, marginTerminal } from './margin-terminal.ts'

const PLAIN: MarginStyle = { columns: 80, color: false, ascii: false, all: false }

/** Its figures are those of answer-portfolio.test.ts, in cents: requirements up, what is held down. */
test.each([
  ['margin', marginTerminal],
  ['explain', explainTerminal],
])('%s of the short trader is laid out as its golden file', (name, render) => {
  const golden = readFileSync(`vectors/terminal/${name}-trader.txt`, 'utf8')
  const report = {
    ...reportOf(TRADER),
    epochHash: `sha256:${'3f0c5b1d'.repeat(8)}`,
    inputsHash: `sha256:${'9be1c07a'.repeat(8)}`,
  }
  expect(render(report, 'trader.json', PLAIN)).toBe(golden)
})

const DESK = {
  ...TRADER,
  balances: { USDC: '5000' },
  buckets: [
    { id: 1, name: 'eth-vol', mode: 'line', line: '25000', balances: { ETH: '1', USDC: '-1900' } },
    { id: 2, mode: 'isolated', balances: { ETH: '1', USDC: '-1990' } },
  ],
}

/*
 * Bucket 1: 2000 - 1900 * 0.9998 = 100.38, MM 200 + 2 % of 1899.62 = 237.9924, lacks 137.6124 of its line.
 * Bucket 2: 2000 - 1990 * 0.9998 = 10.398, shown as 10.39; MM 200 + 2 % of 1989.602 = 239.79204, shown as 239.80: 2306.13... %.
 */
test('of several netting sets each has a line, worst first, and the worst is shown in full', () => {
  const text = marginTerminal(reportOf(DESK), 'desk.json', PLAIN)
  const at = ['main 2  isolated', 'main 1 eth-vol  line, 138 of 25,000 drawn', '  main  ']
  const places = at.map((name) => text.indexOf(name))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(text).toContain('LIQUIDATABLE   2,306.2 % of the bucket is needed to keep it open')
  expect(text).toMatch(/2 more in full:\s+plimsoll margin\s+desk\.json --all/)
  expect(text).toContain('Missing 229.41 USD.')
  expect(marginTerminal(reportOf(DESK), 'desk.json', { ...PLAIN, all: true }).split('COLLATERAL')).toHaveLength(4)
})

test.each([80, 79, 60, 40, 20])('nothing is wider than %i columns', (columns) => {
  const report = reportOf(DESK)
  for (const render of [marginTerminal, explainTerminal]) {
    const lines = render(report, 'a/long/path/to/some/folder/desk.json', { ...PLAIN, columns, all: true }).split('\n')
    expect(lines.filter((line) => cellsOf(line) > columns)).toEqual([])
    // A figure is left out rather than cut.
    if (columns >= 79 && render === marginTerminal) expect(lines.filter((line) => /[0-9,.]…/.test(line))).toEqual([])
  }
})

test('ASCII has no other characters, and without colour it reads the same', () => {
  const report = reportOf(DESK)
  for (const render of [marginTerminal, explainTerminal]) {
    expect(render(report, 'desk.json', { ...PLAIN, ascii: true, all: true })).toMatch(/^[\x20-\x7e\n]*$/)
    const colored = render(report, 'desk.json', { ...PLAIN, color: true, all: true })
    // oxlint-disable-next-line no-control-regex
    expect(colored.replace(/\x1b\[[0-9;]*m/g, '')).toBe(render(report, 'desk.json', { ...PLAIN, all: true }))
  }
})

test('the verdict is painted by its status, the gauge in the same colour', () => {
  const text = marginTerminal(reportOf(TRADER), 'trader.json', { ...PLAIN, color: true })
  expect(text).toContain('\x1b[1;30;42mHEALTHY\x1b[0m')
  expect(text).toContain('\x1b[32m██████████████████████\x1b[0m')
  expect(text).toContain('\x1b[31m−351.93\x1b[0m')
})

test('of a long book the eight largest stay, and the others are one line', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J']
  const balances = Object.fromEntries(names.map((name, i) => [name, `${100 + i}`]))
  const prices = Object.fromEntries([...names.map((name) => [name, '1']), ['USDC', '1']])
  const text = marginTerminal(reportOf({ ...TRADER, balances, positions: [], prices }), 'long.json', PLAIN)
  // 100 and 101 are the smallest of what counts for nothing.
  expect(text).toMatch(/2 more +█+ +201\.00/)
  expect(text).toMatch(/1,045\.00 +100\.0 %/)
})
