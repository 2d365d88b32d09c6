import type { MovedWorth } from '../../../quantity/moved-worth.ts'
import type { Timestamp } from '../../../quantity/timestamp.ts'
import type { WideValue } from '../../../quantity/value.ts'
import type { AssetId } from '../../../instrument/identifier.ts'
import type { OptionBook } from '../../../pricing/option-book.ts'
import type { MoveTable } from './line-moves.ts'

/** The options on one underlying, priced ahead of time on the nodes of its grid. */
export interface OptionGroup {
  readonly underlying: AssetId
  readonly book: OptionBook
  /** Delta in USD of each expiry by itself; they add up to that of the book. */
  readonly expiries: readonly { readonly expiry: Timestamp; readonly delta: WideValue }[]
  /** Profit in each row of a table, worked out once. */
  readonly profitsIn: (table: MoveTable) => readonly MovedWorth[]
}

/** The group of which `parts` are all that decides it: as it was made before if they are the same, else as `make` makes it. */
export type RecentGroups = (parts: readonly unknown[], make: () => OptionGroup) => OptionGroup

const MOST_RECENT = 8

/** Remembers the last eight groups: one whose options are the same is not summed again, nor its profits. */
export function recentGroups(): RecentGroups {
  const recent: { readonly parts: readonly unknown[]; readonly group: OptionGroup }[] = []
  return (parts, make) => {
    const known = recent.find(
      (one) => one.parts.length === parts.length && one.parts.every((part, i) => part === parts[i]),
    )
    if (known !== undefined) return known.group
    const group = make()
    recent.push({ parts, group })
    if (recent.length > MOST_RECENT) recent.shift()
    return group
  }
}
