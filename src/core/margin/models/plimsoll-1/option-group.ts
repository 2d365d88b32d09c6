import { STILL } from '../../../quantity/move.ts'
import { type MovedWorth, wholeWorth } from '../../../quantity/moved-worth.ts'
import type { Timestamp } from '../../../quantity/timestamp.ts'
import type { WideValue } from '../../../quantity/value.ts'
import type { AssetId } from '../../../instrument/identifier.ts'
import {
  bookProfitDown,
  deltaExposure,
  type HeldOption,
  type OptionBook,
  optionBook,
} from '../../../pricing/option-book.ts'
import { priceFactor, volatilityFactor } from './factor-name.ts'
import type { MoveTable } from './line-moves.ts'
import type { MeasuredEpoch } from './prepared-epoch.ts'
import type { OptionItem } from './risk-item.ts'

/** The options on one underlying, priced ahead of time on the nodes of its grid. */
export interface OptionGroup {
  readonly underlying: AssetId
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
    return [{ underlying, book: bookOf(held), expiries }]
  })
}

/** Profit in each row, rounded down: never better than the true value of the options there. */
export function optionProfits({ underlying, book }: OptionGroup, table: MoveTable): readonly MovedWorth[] {
  const prices = table.columnOf(priceFactor(underlying))
  const volatilities = table.columnOf(volatilityFactor(underlying))
  return Array.from({ length: table.rowCount }, (_, row) => {
    const move = { priceMove: prices?.[row] ?? STILL, volatilityMove: volatilities?.[row] ?? STILL }
    return wholeWorth(bookProfitDown(book, move))
  })
}

function heldOption({ terms, open, risk, pricing, settlementPrice }: OptionItem, epoch: MeasuredEpoch): HeldOption {
  return { bounds: epoch.boundsOf(terms, pricing, risk.grid), quantity: open.size, settlementPrice }
}
