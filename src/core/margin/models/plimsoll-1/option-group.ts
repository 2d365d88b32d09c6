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
import type { OptionGrid } from '../../../pricing/option-grid.ts'
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
  /** Profit in each row of a table, worked out once. */
  readonly profitsIn: (table: MoveTable) => readonly MovedWorth[]
}

/** Groups that were asked for last: one whose options are the same is not summed again, nor its profits. */
export type RecentGroups = (held: readonly OptionItem[], make: () => OptionGroup) => OptionGroup

const MOST_RECENT = 8

/** Remembers the last eight groups. What is given back is what `make` would make: options are equal in all that decides it. */
export function recentGroups(): RecentGroups {
  const recent: { readonly held: readonly OptionItem[]; readonly group: OptionGroup }[] = []
  return (held, make) => {
    const known = recent.find((one) => areSame(one.held, held))
    if (known !== undefined) return known.group
    const group = make()
    recent.push({ held, group })
    if (recent.length > MOST_RECENT) recent.shift()
    return group
  }
}

function areSame(a: readonly OptionItem[], b: readonly OptionItem[]): boolean {
  return (
    a.length === b.length &&
    a.every((item, i) => {
      const other = b[i]
      return (
        other !== undefined &&
        item.terms === other.terms &&
        item.pricing === other.pricing &&
        item.risk === other.risk &&
        item.open.size === other.open.size &&
        item.settlementPrice === other.settlementPrice
      )
    })
  )
}

/** Options of a netting set by underlying, in the order in which they come. */
export function optionGroups(items: readonly OptionItem[], epoch: MeasuredEpoch): readonly OptionGroup[] {
  const groups = Map.groupBy(items, ({ terms }) => terms.underlying)
  return [...groups].flatMap(([underlying, held]): readonly OptionGroup[] => {
    const grid = held[0]?.risk.grid
    if (grid === undefined) return []
    return [epoch.recentGroup(held, () => optionGroup(underlying, held, { grid, epoch }))]
  })
}

function optionGroup(
  underlying: AssetId,
  held: readonly OptionItem[],
  { grid, epoch }: { readonly grid: OptionGrid; readonly epoch: MeasuredEpoch },
): OptionGroup {
  const bookOf = (some: readonly OptionItem[]) =>
    optionBook(
      some.map((item) => heldOption(item, epoch)),
      grid,
    )
  const expiries = [...Map.groupBy(held, ({ terms }) => terms.expiry)].map(([expiry, some]) => {
    return { expiry, delta: deltaExposure(bookOf(some)) }
  })
  const book = bookOf(held)
  const known = new Map<MoveTable, readonly MovedWorth[]>()
  const profitsIn = (table: MoveTable): readonly MovedWorth[] => {
    const before = known.get(table)
    if (before !== undefined) return before
    const profits = optionProfits({ underlying, book }, table)
    known.set(table, profits)
    return profits
  }
  return { underlying, book, expiries, profitsIn }
}

/** Profit in each row, rounded down: never better than the true value of the options there. */
function optionProfits(
  { underlying, book }: Pick<OptionGroup, 'underlying' | 'book'>,
  table: MoveTable,
): readonly MovedWorth[] {
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
