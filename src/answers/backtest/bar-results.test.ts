import { describe, expect, test } from 'vitest'
import { bookHistory, coinLine } from '../../estimate/backtest/book-history.test-data.ts'
import { type BookSummary, bookSummary } from '../../estimate/backtest/book-summary.ts'
import type { BookType } from '../../estimate/backtest/book.ts'
import { coverageTable } from '../../estimate/backtest/coverage-table.ts'
import { barResults } from './bar-results.ts'
import type { BacktestStudy } from './backtest-study.ts'
import { cycles } from './beside-rows.ts'

const draw = () => 0.5
const WINDOWS = 1_000

/** A book of 1,000 windows at a margin of a tenth, of which so many lose `loss`; alone it would need `isolated`. */
function book(type: BookType, exceeded: number, loss = 0.12, isolated = 0.1): BookSummary {
  const margin = Array.from({ length: WINDOWS }, () => 0.1)
  // Far apart, so that none follows another.
  const losses = margin.map((_, i) => (i % 50 === 7 && i < exceeded * 50 ? loss : 0))
  const legs = [
    { line: coinLine('A', 0), worth: 1 },
    { line: coinLine('B', 1), worth: -1 },
  ]
  const like = margin.map(() => isolated)
  return bookSummary(
    bookHistory({
      id: `${type} ${exceeded}`,
      type,
      legs,
      margin,
      loss: losses,
      correlated: margin,
      isolated: like,
      sameUnderlying: like,
    }),
    draw,
  )
}

function barsOf(summaries: readonly BookSummary[]) {
  const stressed = Array.from({ length: WINDOWS }, (_, i) => i >= 700)
  const study = { summaries, coverage: coverageTable(summaries, stressed), core: [], known: { factors: [] } }
  const measured = { study: study as unknown as BacktestStudy, intraday: [], options: [], optionsWithinGrid: 0 }
  const bars = barResults({ ...measured, procyclicality: cycles(measured.study) })
  return (id: string) => {
    const bar = bars.find((one) => one.id === id)
    if (bar === undefined) throw new Error(`no bar ${id}`)
    return bar
  }
}

test('books that keep to their target pass what is measured, and the rest says why it is not', () => {
  const bar = barsOf([book('outright long', 2), book('random long-short', 1, 0.12, 0.26)])
  expect(bar('coverage-books')).toMatchObject({ got: '100.0%, all types', passed: true })
  // Two of 1,000 and one of 1,000.
  expect(bar('coverage-types')).toMatchObject({ got: '99.80% (outright long)', passed: true })
  expect(bar('efficiency-hedged')).toMatchObject({ got: '0.38, 0.38 (1 books)', passed: true })
  expect(bar('efficiency-cross')).toMatchObject({ got: '61.5% (1 books)', passed: true })
  for (const id of ['core', 'efficiency-majors', 'carry-coverage', 'intraday', 'options'])
    expect([bar(id).passed, (bar(id).note ?? '') !== '']).toEqual([null, true])
})

describe('what is missed names what missed it', () => {
  test('a type with too many exceedances', () => {
    const bar = barsOf([book('outright long', 1), book('outright short', 20)])
    // 20 of 1,000 where nine are allowed.
    expect(bar('coverage-books')).toMatchObject({ got: '50.0%, not outright short', passed: false })
    expect(bar('coverage-books').note).toContain('outright short: 20 exceedances in 1000 windows, 9 allowed.')
    expect(bar('coverage-types')).toMatchObject({ got: '98.00% (outright short)', passed: false })
  })

  test('stressed windows are held to their own bar: long 99.3%, hedged 99.7%', () => {
    // Exceedances in windows 7, 57, ..., 757: two of the 300 that are stressed. 99.33% is enough for a long book and not for a hedged one.
    const long = barsOf([book('outright long', 16), book('random long-short', 1)])
    expect(long('coverage-stressed')).toMatchObject({
      got: '99.33% (outright long); 100.00% (random long-short)',
      passed: true,
    })
    const hedged = barsOf([book('outright long', 1), book('random long-short', 16)])
    expect(hedged('coverage-stressed')).toMatchObject({ passed: false })
    expect(hedged('coverage-stressed').note).toContain('random long-short')
  })

  test('a loss of twice the margin is the worst that is still short of it', () => {
    // A loss of 0.19 is 90% beyond, one of 0.2 is the whole margin beyond.
    const ten = (loss: number) => [
      ...Array.from({ length: 9 }, () => book('outright long', 1)),
      book('outright short', 2, loss),
    ]
    expect(barsOf(ten(0.19))('shortfall-worst')).toMatchObject({ got: '100.0%', passed: true })
    expect(barsOf(ten(0.21))('shortfall-worst')).toMatchObject({ got: '90.0%', passed: true })
    expect(barsOf([...ten(0.21), book('outright short', 2, 0.21)])('shortfall-worst')).toMatchObject({ passed: false })
  })

  test('hedges that need more than they may', () => {
    // 0.1 over 0.2 is half of isolated.
    const bar = barsOf([book('ETH-BTC spread', 0, 0, 0.18), book('random long-short', 0, 0, 0.2)])
    expect(bar('efficiency-majors')).toMatchObject({ got: '0.56 (median of 1)', passed: false })
    expect(bar('efficiency-hedged')).toMatchObject({ passed: false })
    expect(bar('efficiency-majors').note).not.toBeUndefined()
  })
})
