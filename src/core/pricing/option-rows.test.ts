import fc from 'fast-check'
import { expect, test } from 'vitest'
import { move } from '../quantity/move.ts'
import { wideValue } from '../quantity/value.ts'
import { bookOf, books, type Drawn, GRID, MILLION, moves, ONE } from '../../../simulator/pricing/drawn-books.ts'
import { bookProfitDown, type OptionBook, type OptionMove } from './option-book.ts'
import { bookSize, firstLookAt, optionRows, smallBook } from './option-rows.ts'
import type { OptionGrid } from './option-grid.ts'

const GRIDS: readonly OptionGrid[] = [
  GRID,
  // Nothing above rest, nothing below.
  { ...GRID, priceMoves: [-450_000n, -150_000n, 0n].map(move) },
  { ...GRID, priceMoves: [0n, 150_000n, 450_000n].map(move) },
]

/** The first look beside the exact profit of every row, in the unit of the book times so many. */
function looked(book: OptionBook, rows: readonly OptionMove[], grid: OptionGrid, times: bigint) {
  const unit = wideValue(((bookSize(book) >> 20n) + 1n) * times)
  const first = firstLookAt(smallBook(book, unit), optionRows(rows, grid))
  const profits = rows.map((row) => bookProfitDown(book, row) * MILLION)
  return { unit, first, profits }
}

function expectWithinError({ unit, first, profits }: ReturnType<typeof looked>): void {
  if (first === undefined) throw new Error('a first look')
  profits.forEach((profit, row) => {
    const look = first.profits[row] ?? Number.NaN
    expect(Math.abs(look)).toBeLessThan(2 ** 45)
    const off = BigInt(look) * unit - profit
    expect((off < 0n ? -off : off) <= BigInt(first.error) * unit).toBe(true)
  })
}

test('INV-PRICING-20: a first look is within its error of the exact profit: at nodes, between them and beyond, in every unit', () => {
  const units = fc.oneof(fc.constant(1n), fc.bigInt({ min: 1n, max: 1_000_000n }))
  fc.assert(
    fc.property(
      fc.constantFrom(...GRIDS),
      books,
      fc.array(moves, { maxLength: 20 }),
      units,
      (grid, held, rows, times) => {
        const seen = looked(bookOf(held, grid), rows, grid, times)
        // Far from the money next to nothing is paid for what moves much: then there may be none.
        fc.pre(seen.first !== undefined)
        expectWithinError(seen)
      },
    ),
    { numRuns: 2_000 },
  )
})

// At expiry all is known: forward 100.
const EXPIRED = { forward: 100n * ONE, volatility: ONE, days: 0, settlement: ONE }
const atNodes: [name: string, option: Pick<Drawn, 'right' | 'strike'>, contracts: bigint][] = [
  ['a long put on the last node, beyond which it may be worthless', { right: 'put', strike: 300n * ONE }, 1n],
  ['a long put at the money', { right: 'put', strike: 100n * ONE }, 1n],
  ['a long call at the money', { right: 'call', strike: 100n * ONE }, 1n],
  ['a short call', { right: 'call', strike: 100n * ONE }, -1n],
]
test.each(atNodes)('on a node the first look is that of the node: %s', (_name, option, contracts) => {
  const book = bookOf([{ ...EXPIRED, ...option, contracts: contracts * ONE }])
  const rows = [-1_000_000n, ...GRID.priceMoves].map((step) => ({ priceMove: move(step), volatilityMove: move(0n) }))
  expectWithinError(looked(book, rows, GRID, 1n))
})

test('there is no first look of figures that are too large for it', () => {
  const put = bookOf([{ ...EXPIRED, right: 'put', strike: 100n * ONE, contracts: ONE }])
  const step = (priceMove: bigint) => [{ priceMove: move(priceMove), volatilityMove: move(0n) }]
  const small = smallBook(put, wideValue((bookSize(put) >> 20n) + 1n))
  expect(firstLookAt(small, optionRows(step(33_554_431n), GRID))).toBeUndefined()
  expect(firstLookAt(small, optionRows(step(3_000_000n), GRID))).toBeDefined()
  const tiny = smallBook(put, wideValue((bookSize(put) >> 40n) + 1n))
  expect(firstLookAt(tiny, optionRows(step(0n), GRID))).toBeUndefined()
})
