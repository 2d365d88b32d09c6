/** What one dollar of a leg is exposed to: indices into the factors of the calibration. */
export interface Line {
  /** Such as `BTC`, `BTC perpetual`, `stETH`. */
  readonly id: string
  /** Series of the panel that its profit is read from. */
  readonly series: number
  /** What it nets with before correlation is asked: a coin, its contracts and the claims on it. */
  readonly underlying: string
  /** Price of the coin, or of what a claim stands for; undefined for a claim on the dollar. */
  readonly price: number | undefined
  readonly basis: number | undefined
  readonly peg: number | undefined
}

export interface Leg {
  readonly line: Line
  /** USD, negative if short, kept at this worth: the book is put back to it at the end of every window. */
  readonly worth: number
}

/** A constant portfolio of one of METHODOLOGY 8's types. */
export interface Book {
  readonly id: string
  readonly type: BookType
  readonly legs: readonly Leg[]
}

export const BOOK_TYPES = [
  'outright long',
  'outright short',
  'equal-weight basket',
  'cash and carry',
  'ETH-BTC spread',
  'alts against BTC',
  'staked coin hedge',
  'stablecoin carry',
  'collateral against a short',
  'partly hedged spot and perpetual',
  'random long-short',
] as const

/** Books beside the table: the spread of a pair whose correlation is credited, and what went to zero. */
export const BESIDE = ['credited pair', 'went to zero'] as const

export type BookType = (typeof BOOK_TYPES)[number] | (typeof BESIDE)[number]

/** Those whose two sides are of one worth. */
export const HEDGED: ReadonlySet<BookType> = new Set<BookType>([
  'cash and carry',
  'ETH-BTC spread',
  'alts against BTC',
  'staked coin hedge',
  'stablecoin carry',
  'random long-short',
])

/** Of these the two sides are different coins: only correlation nets them. */
export const CROSS_ASSET: ReadonlySet<BookType> = new Set<BookType>([
  'ETH-BTC spread',
  'alts against BTC',
  'random long-short',
])

export const LONG_ONLY: ReadonlySet<BookType> = new Set<BookType>(['outright long', 'equal-weight basket'])

export function grossOf({ legs }: Book): number {
  return legs.reduce((sum, { worth }) => sum + Math.abs(worth), 0)
}
