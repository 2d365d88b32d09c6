import { expect, test } from 'vitest'
import { backtestHeadline } from './backtest-markdown.ts'
import { madeUpReport, TYPES } from './backtest-report.test-data.ts'

const markdown = backtestHeadline(madeUpReport())

test('has a row for each type with the figures of the headline', () => {
  expect(markdown).toContain('| ETH-BTC spread | 2 | 2,800 | 14 | 20 | 0.536 | 1.27 | 51 % | pass |')
  expect(markdown).toContain('| stablecoin carry | 6 | 8,400 | 69 | 53 | &lt;0.001 | 1.88 | 61 % | MISS |')
  for (const { portfolio } of TYPES) expect(markdown.split(`\n| ${portfolio} |`)).toHaveLength(2)
})

test('a figure without a value is a dash, and under the table stands why', () => {
  expect(markdown).toContain('| cash and carry | 20 | 28,000 | 0 | 160 | 1.000 | — | 17 % | pass |')
  expect(markdown).toContain('— under worst: no window lost more than its margin.')
  expect(markdown).toContain('— under isolated: a book with nothing to net has nothing to compare with.')
})

test('has every bar, the missed one and the open one with their notes', () => {
  for (const { what, got } of madeUpReport().bars)
    expect(markdown).toMatch(new RegExp(`\\| ${what} \\|.*\\| ${got} \\|`))
  expect(markdown).toContain(
    '| 8 of 9 | MISS | stablecoin carry lost the peg of USDC on 2023-03-11; not retuned on this window |',
  )
  expect(markdown).toContain('| nothing | not measured | no history of implied volatility is in the prices |')
})

test('every row has as many cells as its head, whatever a name has in it', () => {
  const [first, ...others] = madeUpReport().rows
  if (first === undefined) throw new Error('the report has rows')
  const text = backtestHeadline(madeUpReport({ rows: [{ ...first, portfolio: 'a | b\n<i>*c*' }, ...others] }))
  expect(text).toContain(String.raw`| a \| b &lt;i>\*c\* | 60 |`)
  const widths = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replaceAll(String.raw`\|`, '').split('|').length)
  expect(new Set(widths)).toEqual(new Set([11, 7]))
})

test('nothing to show is nothing but a line break', () => {
  expect(backtestHeadline(madeUpReport({ rows: [], bars: [] }))).toBe('\n')
})
