import { smaller } from '../../../quantity/arithmetic.ts'
import { NO_MOVED_WORTH, wholeWorth } from '../../../quantity/moved-worth.ts'
import type { WideValue } from '../../../quantity/value.ts'
import type { RowExtra } from '../../../quantity/worst-rows.ts'
import {
  bookProfitDown,
  heldDelta,
  type HeldOption,
  type OptionBook,
  optionBook,
} from '../../../pricing/option-book.ts'
import { bookSize, firstLookAt, type SmallBook, smallBook } from '../../../pricing/option-rows.ts'
import type { OptionGroup } from './measured.ts'
import { factorOf } from './factor-model.ts'
import { priceFactor, volatilityFactor } from './factor-name.ts'
import type { LineMoves } from './line-moves.ts'
import type { MeasuredEpoch } from './measured-epoch.ts'
import type { OptionItem } from './risk-item.ts'

/** Options of a netting set by underlying, in the order in which they come. */
export function optionGroups(items: readonly OptionItem[], epoch: MeasuredEpoch): readonly OptionGroup[] {
  const groups = Map.groupBy(items, ({ terms }) => terms.underlying)
  return [...groups].flatMap(([underlying, held]): readonly OptionGroup[] => {
    const grid = held[0]?.risk.grid
    if (grid === undefined) return []
    const contracts = held.map((item) => heldOption(item, epoch))
    const expiries = [...Map.groupBy(held.keys(), (i) => held[i]?.terms.expiry)].flatMap(([expiry, some]) => {
      const ofExpiry = some.flatMap((i) => contracts[i] ?? [])
      return expiry === undefined ? [] : [{ expiry, delta: heldDelta(ofExpiry, grid) }]
    })
    const book = optionBook(contracts, grid)
    const earnsOffset = [priceFactor(underlying), volatilityFactor(underlying)].every(
      (factor) => factorOf(epoch.parameters.factorModel, factor).earnsOffset,
    )
    return [{ underlying, grid, book, expiries, smallBookIn: rememberedSmallBook(book), earnsOffset }]
  })
}

/** Profits in the rows of a table, rounded down: never better than the true value of the options there. */
export function optionExtra(
  { underlying, grid, book, smallBookIn, earnsOffset }: OptionGroup,
  moves: LineMoves,
): RowExtra {
  const rows = moves.optionRowsOf(underlying, grid)
  const profitIn = (row: number) => {
    const move = rows.moves[row]
    return move === undefined ? NO_MOVED_WORTH : wholeWorth(bookProfitDown(book, move))
  }
  const firstLook = (unit: WideValue) => firstLookAt(smallBookIn(unit), rows)
  const extra = { size: bookSize(book), firstLook, profitIn }
  return earnsOffset ? extra : lossesOf(extra)
}

/** What earns no offset gains nothing in any row. */
function lossesOf({ size, firstLook, profitIn }: RowExtra): RowExtra {
  return {
    size,
    firstLook: (unit) => {
      const looked = firstLook(unit)
      return looked === undefined ? undefined : { ...looked, profits: looked.profits.map((one) => (one < 0 ? one : 0)) }
    },
    profitIn: (row) => smaller(profitIn(row), NO_MOVED_WORTH),
  }
}

/** All tables of one assessment look in the same unit: that of the largest worth. */
function rememberedSmallBook(book: OptionBook): OptionGroup['smallBookIn'] {
  let last: { readonly unit: WideValue; readonly small: SmallBook } | undefined
  return (unit) => {
    if (last?.unit !== unit) last = { unit, small: smallBook(book, unit) }
    return last.small
  }
}

function heldOption({ terms, open, risk, pricing, settlementPrice }: OptionItem, epoch: MeasuredEpoch): HeldOption {
  return { bounds: epoch.boundsOf(terms, pricing, risk.grid), quantity: open.size, settlementPrice }
}
