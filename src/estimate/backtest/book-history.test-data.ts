import type { BookType, Leg, Line } from './book.ts'
import type { BookHistory } from './walk-forward.ts'

/** A history by hand: margins and losses a window, margins a day; what is not said is not there. */
export function bookHistory(of: {
  readonly id?: string
  readonly type?: BookType
  readonly legs?: readonly Leg[]
  readonly margin: readonly number[]
  readonly loss: readonly number[]
  readonly worstLoss?: readonly number[]
  readonly required?: readonly number[]
  readonly correlated?: readonly number[]
  readonly isolated?: readonly number[]
  readonly sameUnderlying?: readonly number[]
  readonly settled?: readonly number[]
}): BookHistory {
  const column = (given: readonly number[] | undefined, like: readonly number[]) =>
    Float64Array.from(given ?? like.map(() => Number.NaN))
  const required = of.required ?? of.margin
  return {
    book: {
      id: of.id ?? 'a book',
      type: of.type ?? 'outright long',
      legs: of.legs ?? [{ line: coinLine('A', 0), worth: 1 }],
    },
    margin: Float64Array.from(of.margin),
    loss: Float64Array.from(of.loss),
    worstLoss: column(of.worstLoss, of.margin),
    daily: {
      required: Float64Array.from(required),
      correlated: column(of.correlated, required),
      isolated: column(of.isolated, required),
      sameUnderlying: column(of.sameUnderlying, required),
      settled: Float64Array.from(of.settled ?? required.map(() => 1)),
    },
    binding: new Map([['correlated', required.length]]),
  }
}

export function coinLine(id: string, place: number): Line {
  return { id, series: place, underlying: id, price: place, basis: undefined, peg: undefined }
}
