import { NO_MOVED_WORTH, wholeWorth } from '../../../quantity/moved-worth.ts'
import type { Timestamp } from '../../../quantity/timestamp.ts'
import type { WideValue } from '../../../quantity/value.ts'
import type { RowExtra } from '../../../quantity/worst-rows.ts'
import type { AssetId } from '../../../instrument/identifier.ts'
import {
  bookProfitDown,
  deltaExposure,
  type HeldOption,
  type OptionBook,
  optionBook,
} from '../../../pricing/option-book.ts'
import type { OptionGrid } from '../../../pricing/option-grid.ts'
import { bookSize, firstLookAt } from '../../../pricing/option-rows.ts'
import type { LineMoves } from './line-moves.ts'
import type { MeasuredEpoch } from './prepared-epoch.ts'
import type { OptionItem } from './risk-item.ts'

/** The options on one underlying, priced ahead of time on the nodes of its grid. */
export interface OptionGroup {
  readonly underlying: AssetId
  readonly grid: OptionGrid
  readonly book: OptionBook
  /** Delta in USD of each expiry by itself; they add up to that of the book. */
  readonly expiries: readonly { readonly expiry: Timestamp; readonly delta: WideValue }[]
}

/** Options of a netting set by underlying, in the order in which they come. */
export function optionGroups(items: readonly OptionItem[], epoch: MeasuredEpoch): readonly OptionGroup[] {
  const groups = Map.groupBy(items, ({ terms }) => terms.underlying)
  return [...groups].flatMap(([underlying, held]): readonly OptionGroup[] => {
    const grid = held[0]?.risk.grid
    if (grid === undefined) return []
    const bookOf = (some: readonly OptionItem[]) =>
      optionBook(
        some.map((item) => heldOption(item, epoch)),
        grid,
      )
    const expiries = [...Map.groupBy(held, ({ terms }) => terms.expiry)].map(([expiry, some]) => {
      return { expiry, delta: deltaExposure(bookOf(some)) }
    })
    return [{ underlying, grid, book: bookOf(held), expiries }]
  })
}

/** Profits in the rows of a table, rounded down: never better than the true value of the options there. */
export function optionExtra({ underlying, grid, book }: OptionGroup, moves: LineMoves): RowExtra {
  const rows = moves.optionRowsOf(underlying, grid)
  return {
    size: bookSize(book),
    firstLook: (unit) => firstLookAt(book, rows, unit),
    profitIn: (row) => {
      const move = rows.moves[row]
      return move === undefined ? NO_MOVED_WORTH : wholeWorth(bookProfitDown(book, move))
    },
  }
}

function heldOption({ terms, open, risk, pricing, settlementPrice }: OptionItem, epoch: MeasuredEpoch): HeldOption {
  return { bounds: epoch.boundsOf(terms, pricing, risk.grid), quantity: open.size, settlementPrice }
}
